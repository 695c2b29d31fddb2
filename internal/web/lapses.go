package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/disclosure"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/lapse"
	"hefa/internal/look"
	"hefa/internal/region"
	"hefa/internal/registry"
	"hefa/internal/renewing"
	"hefa/internal/sheet"
)

// overOnly is the condition for what waits for its cancellation, which is no state of its own.
const overOnly = "over"

// lapses is the certificates that were put up for cancellation, with what came of each.
func (s *Server) lapses(w http.ResponseWriter, r *http.Request) error {
	return s.lapsesShow(w, r, r.URL.Query(), nil, nil)
}

// lapsesShow shows the list, with what came of cancelling several when there was such an act.
func (s *Server) lapsesShow(w http.ResponseWriter, r *http.Request, q url.Values, outcomes []renewing.LapseOutcome, err error) error {
	by := actor(r)
	f, wrong := lapsesFilter(q)
	f.After, f.Limit = q.Get("after"), rows
	v := lapsesView{q: q, by: by, outcomes: outcomes}
	status := http.StatusOK
	if err == nil {
		err = wrong
	}
	if err != nil {
		status = http.StatusUnprocessableEntity
	}
	var loadErr error
	if v.where, v.whole, loadErr = s.ofCounty(r, access.LapseRead, f.Region); loadErr == nil && !v.whole {
		v.LapseList, loadErr = s.renewing.Lapses(r.Context(), by, f)
	}
	if loadErr != nil {
		return loadErr
	}
	p := s.page(w, r, lang.T("lapse.list.title"))
	p.Problems = look.Find(err)
	return show(w, r, status, lapsesPage(p, v))
}

// lapsesFilter is the conditions of an address, and what is wrong with their dates; a wrong one does not narrow.
func lapsesFilter(q url.Values) (renewing.LapseFilter, error) {
	f := renewing.LapseFilter{Region: region.Code(q.Get("region")), State: lapse.State(q.Get("state"))}
	if f.State == overOnly {
		f.State, f.Over = "", true
	}
	var wrong fault.Problems
	var ok bool
	if f.From, ok = look.ReadDay(q.Get("from")); !ok {
		wrong.Add("from", "notice.day.wrong")
	}
	if f.To, ok = look.ReadDay(q.Get("to")); !ok {
		wrong.Add("to", "notice.day.wrong")
	}
	return f, wrong.Fault()
}

// lapsesCancel cancels what was ticked, and says for every one that was not what stands in its way.
func (s *Server) lapsesCancel(w http.ResponseWriter, r *http.Request) error {
	var ids []lapse.ID
	for _, id := range r.PostForm["ids"] {
		ids = append(ids, lapse.ID(id))
	}
	err := s.confirm(r, access.LapseCancel)
	var outcomes []renewing.LapseOutcome
	if err == nil {
		outcomes, err = s.renewing.CancelLapses(r.Context(), actor(r), ids)
	}
	if again(err) {
		return s.lapsesShow(w, r, r.PostForm, nil, err)
	}
	if err != nil {
		return err
	}
	return s.lapsesShow(w, r, r.PostForm, outcomes, nil)
}

// lapsesExport is the list as a workbook.
func (s *Server) lapsesExport(w http.ResponseWriter, r *http.Request) error {
	f, err := lapsesFilter(r.URL.Query())
	if err != nil {
		return err
	}
	return s.take(w, r, taking{name: lang.T("lapse.list.title"), columns: renewing.LapseColumns, write: func(to sheet.Out) error {
		return s.renewing.ExportLapses(r.Context(), actor(r), f, to)
	}})
}

// lapsesStops is the list of whose subsidies are to stop, with masked numbers.
func (s *Server) lapsesStops(w http.ResponseWriter, r *http.Request) error {
	f, err := lapsesFilter(r.URL.Query())
	if err != nil {
		return err
	}
	return s.take(w, r, taking{name: lang.T("lapse.stops.sheet"), columns: registry.StopColumns, write: func(to sheet.Out) error {
		return s.registry.ExportStops(r.Context(), actor(r), registry.StopFilter{Region: f.Region, From: f.From, To: f.To}, to)
	}})
}

// lapsesView is the list as the page lays it out; q is the conditions, and what was typed when a form failed.
type lapsesView struct {
	renewing.LapseList
	q        url.Values
	by       access.Actor
	where    look.Choice
	whole    bool // no county is chosen yet
	outcomes []renewing.LapseOutcome
}

// lapsesHref is an address with the conditions of q.
func lapsesHref(path string, q url.Values, more ...string) string {
	return carrying(path, q, []string{"region", "state", "from", "to"}, more...)
}

func lapseHref(id lapse.ID) string { return "/lapses/" + string(id) }

func (v lapsesView) states() look.Choice {
	c := look.Choice{Field: look.Field{Name: "state", Label: lang.T("lapse.column.state")}, Value: v.q.Get("state"), Empty: lang.T("reminder.filter.all"),
		Options: []look.Option{{Value: overOnly, Text: lang.T("lapse.filter.over")}}}
	for _, st := range lapse.States {
		c.Options = append(c.Options, look.Option{Value: string(st), Text: word(st)})
	}
	return c
}

// day is one end of the span of days on which it was decided.
func (v lapsesView) day(name, label string) look.Input {
	return look.Input{Field: look.Field{Name: name, Label: label}, Value: v.q.Get(name), Width: look.W10, Complete: "off"}
}

// cancelling says whether the reader may cancel several of this list at once.
func (v lapsesView) cancelling() bool {
	return v.by.Can(access.LapseCancel) && slices.ContainsFunc(v.Lapses, func(l renewing.Lapsed) bool { return l.Lapse.State == lapse.Announced && l.Lapse.Ends < v.Today })
}

func (v lapsesView) table() look.Table {
	t := look.Table{Caption: lang.T("lapse.list.title"), Quiet: true, Empty: v.empty(), Columns: []look.Column{{Text: lang.T("lapse.column.name")},
		{Text: lang.T("lapse.column.village")}, {Text: lang.T("lapse.column.cause")}, {Text: lang.T("lapse.column.ends"), Tight: true}, {Text: lang.T("lapse.column.state"), Tight: true}}}
	if v.cancelling() {
		t.Select = "ids"
	}
	for _, l := range v.Lapses {
		t.Rows = append(t.Rows, lapseRow(l, v.Places, slices.Contains(v.q["ids"], string(l.Lapse.ID))))
	}
	return t
}

// lapseRow is one certificate on a list for officers.
func lapseRow(l renewing.Lapsed, places map[region.Code]string, picked bool) look.Row {
	n := l.Lapse
	village := look.Cell{Text: places[n.Region]}
	if n.Region.Level() == region.Village {
		village.Note = places[n.Region.Township()]
	}
	state := look.Cell{Tag: lapseTag(n.State)}
	if n.Decided != "" {
		state.Note = string(n.Decided)
	}
	return look.Row{Value: string(n.ID), Label: l.Person.Name, Picked: picked, Cells: []look.Cell{
		{Text: l.Person.Name, Href: lapseHref(n.ID), Note: l.Certificate.Number.Masked()}, village,
		{Text: word(n.Cause), Note: lang.T("lapse.expires", l.Certificate.Expires)}, {Text: string(n.Ends)}, state}}
}

func lapseTag(st lapse.State) look.Tag {
	colour := map[lapse.State]look.Colour{lapse.Announced: look.Blue, lapse.Disputed: look.Orange, lapse.Cancelled: look.Red, lapse.Dropped: look.Green}
	return look.Tag{Text: word(st), Colour: colour[st]}
}

// empty says why the list has no rows.
func (v lapsesView) empty() string {
	switch {
	case v.whole:
		return lang.T("reminder.list.choose")
	case lapsesHref("", v.q) != "":
		return lang.T("lapse.list.none")
	}
	return lang.T("lapse.list.empty")
}

func (v lapsesView) pager() look.Pager {
	p := look.Pager{Shown: len(v.Lapses), Total: -1}
	if v.q.Get("after") != "" {
		p.First = lapsesHref("/lapses", v.q)
	}
	if v.Next != "" {
		p.Next = lapsesHref("/lapses", v.q, "after", v.Next)
	}
	return p
}

// done is how many were cancelled by the act before, as text; refused is those that were not.
func (v lapsesView) done() (done string, refused look.Table) {
	n := 0
	refused = look.Table{Caption: lang.T("lapse.refused"), Columns: []look.Column{{Text: lang.T("lapse.column.name")}, {Text: lang.T("lapse.why")}}}
	for _, o := range v.outcomes {
		if o.Err == nil {
			n++
			continue
		}
		refused.Rows = append(refused.Rows, look.Row{Cells: []look.Cell{{Text: o.Name}, {Text: say(o.Err)}}})
	}
	return strconv.Itoa(n), refused
}

// files is what can be taken out of the list.
func (v lapsesView) files() []look.Link {
	var out []look.Link
	if v.by.Can(access.ListExport) && len(v.Lapses) > 0 {
		out = append(out, takeLinks(lapsesHref("/lapses/list.xlsx", v.q), "")...)
	}
	if v.by.Can(access.LapseExport) && !v.whole {
		out = append(out, takeLinks(lapsesHref("/lapses/stops.xlsx", v.q), lang.T("lapse.stops")+" ")...)
	}
	if v.by.Can(access.LapseExport) && v.by.Can(access.DisclosureAsk) && !v.whole {
		out = append(out, look.Link{Text: lang.T("lapse.stops.whole"), Href: v.disclosing()})
	}
	return out
}

// disclosing is where to ask for the list of whose subsidies are to stop with whole numbers, by which the other office finds its payments.
func (v lapsesView) disclosing() string {
	q := url.Values{"receiver": {lang.T("lapse.stops.receiver")}, "reason": {lang.T("lapse.stops.reason")}, "region": {v.q.Get("region")}, "ended": {v.q.Get("from")}, "ended_to": {v.q.Get("to")},
		"state": {string(certificate.Cancelled)}}
	for _, c := range disclosure.Stops {
		q.Add("columns", string(c))
	}
	return "/disclosures/new?" + q.Encode()
}
