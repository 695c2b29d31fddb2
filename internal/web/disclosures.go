package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/disclosure"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/region"
	"hefa/internal/registry"
	"hefa/internal/sheet"
)

func disclosureHref(id disclosure.ID) string { return "/disclosures/" + string(id) }

// disclosures is the lists with whole numbers that were asked for.
func (s *Server) disclosures(w http.ResponseWriter, r *http.Request) error {
	v := disclosuresView{r: r, by: actor(r)}
	q := r.URL.Query()
	f := registry.DisclosureFilter{Region: region.Code(q.Get("region")), State: disclosure.State(q.Get("state")), After: disclosure.ID(q.Get("after")), Limit: rows}
	var err error
	if v.where, v.whole, err = s.ofCounty(r, access.DisclosureRead, f.Region); err == nil && !v.whole {
		v.DisclosureList, err = s.registry.Disclosures(r.Context(), v.by, f)
	}
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, disclosuresPage(s.page(w, r, lang.T("disclosure.title")), v))
}

type disclosuresView struct {
	registry.DisclosureList
	r     *http.Request
	by    access.Actor
	where look.Choice
	whole bool // no county is chosen yet
}

// exchange is where to ask for what another register needs to know: every column but those that it does not have.
func (v disclosuresView) exchange() string {
	q := url.Values{"receiver": {lang.T("disclosure.exchange.receiver")}, "reason": {lang.T("disclosure.exchange.reason")}, "since": {string(v.Today.AddMonths(-1))}}
	for _, c := range disclosure.Exchange {
		q.Add("columns", string(c))
	}
	return "/disclosures/new?" + q.Encode()
}

func (v disclosuresView) states() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "state", Label: lang.T("disclosure.state")}, Value: v.r.URL.Query().Get("state"), Empty: lang.T("reminder.filter.all")}, disclosure.States)
}

func (v disclosuresView) table() look.Table {
	t := look.Table{Caption: lang.T("disclosure.title"), Quiet: true, Empty: v.empty(), Columns: []look.Column{{Text: lang.T("disclosure.no"), Tight: true},
		{Text: lang.T("disclosure.author")}, {Text: lang.T("disclosure.place")}, {Text: lang.T("disclosure.receiver")}, {Text: lang.T("disclosure.rows"), Number: true},
		{Text: lang.T("disclosure.state"), Tight: true}}}
	for _, d := range v.Disclosures {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: d.No, Href: disclosureHref(d.ID)}, {Text: d.AuthorName, Note: string(d.On)}, {Text: v.Places[d.Region]},
			{Text: d.Receiver}, {Text: strconv.Itoa(d.Rows)}, {Tag: disclosureTag(d, v.Today)}}})
	}
	return t
}

func (v disclosuresView) empty() string {
	switch {
	case v.whole:
		return lang.T("disclosure.choose")
	case narrowed(v.r) != "":
		return lang.T("disclosure.filtered")
	}
	return lang.T("disclosure.empty")
}

func disclosureTag(d disclosure.Disclosure, today day.Day) look.Tag {
	if d.State == disclosure.Granted && !d.Open(today) {
		return look.Tag{Text: lang.T("disclosure.state.over"), Colour: look.Grey}
	}
	return look.Tag{Text: word(d.State), Colour: map[disclosure.State]look.Colour{disclosure.Asked: look.Blue, disclosure.Granted: look.Green, disclosure.Denied: look.Red}[d.State]}
}

// disclosureNew is the form; it begins with the conditions of the list that somebody comes from, and the columns that most lists need.
func (s *Server) disclosureNew(w http.ResponseWriter, r *http.Request) error {
	if err := actor(r).May(access.DisclosureAsk, actor(r).Region); err != nil {
		return err
	}
	q := r.URL.Query()
	if !q.Has("columns") {
		for _, c := range []disclosure.Column{disclosure.Name, disclosure.Number, disclosure.Certificate, disclosure.Category, disclosure.Level} {
			q.Add("columns", string(c))
		}
	}
	return s.disclosureForm(w, r, q, nil)
}

func (s *Server) disclosureForm(w http.ResponseWriter, r *http.Request, q url.Values, wrong error) error {
	v := disclosureForm{q: q}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	var err error
	if v.where, err = s.placeField(r, look.Field{Name: "region", Label: lang.T("people.region")}, region.Code(q.Get("region"))); err != nil {
		return err
	}
	p := s.page(w, r, lang.T("disclosure.new"))
	p.Problems = look.Find(wrong)
	p.Crumbs = []look.Link{{Text: lang.T("disclosure.title"), Href: "/disclosures"}}
	return show(w, r, status, disclosureNewPage(p, v))
}

// disclosureAsk takes the form.
func (s *Server) disclosureAsk(w http.ResponseWriter, r *http.Request) error {
	v := disclosureForm{q: r.PostForm}
	f := v.conditions().f
	x := disclosure.Disclosure{Region: f.Region, Reason: v.q.Get("reason"), Receiver: v.q.Get("receiver"),
		Filter: disclosure.Filter{State: f.State, Category: f.Category, Level: f.Level, Poor: f.Poor}}
	for _, c := range v.q["columns"] {
		x.Columns = append(x.Columns, disclosure.Column(c))
	}
	var p fault.Problems
	for name, to := range map[string]*day.Day{"from": &x.Filter.From, "to": &x.Filter.To, "since": &x.Filter.Since, "ended": &x.Filter.Ended,
		"ended_to": &x.Filter.EndedTo} {
		var ok bool
		if *to, ok = look.ReadDay(v.q.Get(name)); !ok {
			p.Add(name, "audit.day.wrong")
		}
	}
	err := p.Fault()
	var id disclosure.ID
	if err == nil {
		id, err = s.registry.AskDisclosure(r.Context(), actor(r), x)
	}
	if again(err) {
		return s.disclosureForm(w, r, v.q, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, disclosureHref(id), "disclosure.asked.done")
}

// disclosureForm is the form as it was typed.
type disclosureForm struct {
	q     url.Values
	where look.Choice
}

// conditions is whose certificates are wanted, as the list of certificates shows them.
func (v disclosureForm) conditions() certificatesView {
	return certificatesView{f: registry.CertificateFilter{Region: region.Code(v.q.Get("region")), State: certificate.State(v.q.Get("state")),
		Category: certificate.Category(v.q.Get("category")), Level: certificate.Level(v.q.Get("level")), Poor: v.q.Get("poor") == "yes"}}
}

func (v disclosureForm) columns() look.Choices {
	c := look.Choices{Field: look.Field{Name: "columns", Label: lang.T("disclosure.columns"), Hint: lang.T("disclosure.columns.hint")}, Values: v.q["columns"]}
	for _, k := range disclosure.Columns {
		c.Options = append(c.Options, look.Option{Value: string(k), Text: word(k)})
	}
	return c
}

func (v disclosureForm) receiver() look.Input {
	return look.Input{Field: look.Field{Name: "receiver", Label: lang.T("disclosure.receiver"), Hint: lang.T("disclosure.receiver.hint")}, Value: v.q.Get("receiver"), Width: look.W30,
		Complete: "off"}
}

func (v disclosureForm) reason() look.Area {
	return look.Area{Field: look.Field{Name: "reason", Label: lang.T("disclosure.reason"), Hint: lang.T("disclosure.reason.hint")}, Value: v.q.Get("reason"), Rows: 3, Max: 200}
}

// disclosure shows one list that was asked for, with the form to decide about it or to take it out.
func (s *Server) disclosure(w http.ResponseWriter, r *http.Request) error {
	return s.disclosureShow(w, r, "", nil)
}

func (s *Server) disclosureShow(w http.ResponseWriter, r *http.Request, opinion string, wrong error) error {
	f, err := s.registry.Disclosure(r.Context(), actor(r), disclosure.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	p := s.page(w, r, f.No)
	p.Caption, p.Problems = lang.T("disclosure.title"), look.Find(wrong)
	p.Crumbs = []look.Link{{Text: lang.T("disclosure.title"), Href: "/disclosures"}}
	return show(w, r, status, disclosurePage(p, disclosureView{f, opinion}))
}

// disclosureJudge grants or denies.
func (s *Server) disclosureJudge(w http.ResponseWriter, r *http.Request) error {
	id, grant, opinion := disclosure.ID(r.PathValue("id")), r.PostFormValue("do") == "grant", r.PostFormValue("opinion")
	err := s.registry.JudgeDisclosure(r.Context(), actor(r), id, grant, opinion)
	switch {
	case again(err):
		return s.disclosureShow(w, r, opinion, err)
	case err != nil:
		return err
	case grant:
		return s.done(w, r, disclosureHref(id), "disclosure.granted.done")
	}
	return s.done(w, r, disclosureHref(id), "disclosure.denied.done")
}

// disclosureTake sends the list.
func (s *Server) disclosureTake(w http.ResponseWriter, r *http.Request) error {
	as := sheet.Format(r.PostFormValue("as"))
	out := &workbook{w: w, name: lang.T("disclosure.sheet") + as.Extension()}
	err := s.confirm(r, access.DisclosureTake)
	if err != nil {
		if again(err) {
			return s.disclosureShow(w, r, "", err)
		}
		return err
	}
	err = s.registry.TakeDisclosure(r.Context(), actor(r), disclosure.ID(r.PathValue("id")), as, out)
	if again(err) && !out.begun {
		return s.disclosureShow(w, r, "", err)
	}
	return err
}

type disclosureView struct {
	registry.DisclosureFile
	typed string // the opinion
}

func (v disclosureView) details() []look.Detail {
	var columns []string
	for _, c := range v.Columns {
		columns = append(columns, word(c))
	}
	out := []look.Detail{{Key: lang.T("disclosure.state"), Body: look.State(disclosureTag(v.Disclosure, v.Today))}, {Key: lang.T("disclosure.author"), Value: v.AuthorName},
		{Key: lang.T("disclosure.on"), Value: v.On.Chinese()}, {Key: lang.T("disclosure.receiver"), Value: v.Receiver}, {Key: lang.T("disclosure.reason"), Value: v.Reason},
		{Key: lang.T("disclosure.place"), Value: v.Place}, {Key: lang.T("disclosure.conditions"), Value: v.conditions()},
		{Key: lang.T("disclosure.columns.shown"), Value: strings.Join(columns, "、")}, {Key: lang.T("disclosure.rows"), Value: strconv.Itoa(v.Rows)}}
	if v.Judged != "" {
		out = append(out, look.Detail{Key: lang.T("disclosure.judged"), Value: lang.T("disclosure.judged.by", v.JudgeName, v.Judged.Chinese())})
	}
	if v.Opinion != "" {
		out = append(out, look.Detail{Key: lang.T("disclosure.opinion"), Value: v.Opinion})
	}
	if v.State == disclosure.Granted {
		out = append(out, look.Detail{Key: lang.T("disclosure.until"), Value: lang.T("disclosure.until.text", v.Until.Chinese(), v.Left)})
	}
	return out
}

// conditions is whose certificates stand on the list, in words.
func (v disclosureView) conditions() string {
	f := v.Filter
	if v.Chips() {
		return lang.T("chip.batch")
	}
	var out []string
	add := func(label, value string) {
		if value != "" {
			out = append(out, label+"："+value)
		}
	}
	if f.State != "" {
		add(lang.T("certificates.state"), word(f.State))
	}
	if f.Category != "" {
		add(lang.T("certificates.category"), word(f.Category))
	}
	if f.Level != "" {
		add(lang.T("certificates.level"), word(f.Level))
	}
	add(lang.T("certificates.from"), string(f.From))
	add(lang.T("certificates.to"), string(f.To))
	add(lang.T("disclosure.since"), string(f.Since))
	add(lang.T("disclosure.ended"), string(f.Ended))
	add(lang.T("disclosure.ended.to"), string(f.EndedTo))
	if f.Poor {
		add(lang.T("person.poor"), lang.T("policy.yes"))
	}
	if len(out) == 0 {
		return lang.T("disclosure.conditions.all")
	}
	return strings.Join(out, "；")
}

func (v disclosureView) opinion() look.Area {
	return look.Area{Field: look.Field{Name: "opinion", Label: lang.T("disclosure.opinion"), Hint: lang.T("disclosure.opinion.hint"), Optional: true}, Value: v.typed, Rows: 2,
		Max: disclosure.OpinionMost}
}

func (v disclosureView) formats() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "as", Label: lang.T("disclosure.format")}, Value: string(sheet.XLSX)}, sheet.Formats)
}
