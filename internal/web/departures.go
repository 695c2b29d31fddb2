package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/departure"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/region"
	"hefa/internal/registry"
	"hefa/internal/roster"
	"hefa/internal/sheet"
)

// departures is who died or moved by the lists of other offices, and what can be done about the certificate.
func (s *Server) departures(w http.ResponseWriter, r *http.Request) error {
	return s.departuresShow(w, r, departuresView{q: r.URL.Query()}, nil)
}

// departuresShow shows the list, with what came of an act on it when there was one.
func (s *Server) departuresShow(w http.ResponseWriter, r *http.Request, v departuresView, wrong error) error {
	v.by = actor(r)
	f := departuresFilter(v.q)
	f.After, f.Limit = v.q.Get("after"), rows
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	var err error
	if v.where, v.whole, err = s.ofCounty(r, access.DepartureRead, f.Region); err == nil && !v.whole {
		v.DepartureList, err = s.registry.Departures(r.Context(), v.by, f)
	}
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("departure.title"))
	p.Problems = look.Find(wrong)
	return show(w, r, status, departuresPage(p, v))
}

func departuresFilter(q url.Values) registry.DepartureFilter {
	return registry.DepartureFilter{Region: region.Code(q.Get("region")), Kind: departure.Kind(q.Get("kind")), State: departure.State(q.Get("state"))}
}

// departuresDecide does what is due for whoever was ticked, and says for every one that could not be done what stands in its way; or dismisses them.
func (s *Server) departuresDecide(w http.ResponseWriter, r *http.Request) error {
	var ids []departure.ID
	for _, id := range r.PostForm["ids"] {
		ids = append(ids, departure.ID(id))
	}
	v := departuresView{q: r.PostForm}
	var err error
	if r.PostFormValue("do") == "dismiss" {
		if err = s.registry.DismissDepartures(r.Context(), actor(r), ids, r.PostFormValue("reason")); err == nil {
			return s.done(w, r, departuresHref("/departures", r.PostForm), "departure.dismiss.done")
		}
	} else if err = s.confirm(r, access.DepartureApply); err == nil {
		v.outcomes, err = s.registry.ApplyDepartures(r.Context(), actor(r), ids)
	}
	if err != nil && !again(err) {
		return err
	}
	return s.departuresShow(w, r, v, err)
}

// departuresExport is the list as a workbook.
func (s *Server) departuresExport(w http.ResponseWriter, r *http.Request) error {
	return s.take(w, r, taking{name: lang.T("departure.title"), columns: registry.DepartureColumns, write: func(to sheet.Out) error {
		return s.registry.ExportDepartures(r.Context(), actor(r), departuresFilter(r.URL.Query()), to)
	}})
}

// departuresView is the list as the page lays it out; q is the conditions, and what was typed when a form failed.
type departuresView struct {
	registry.DepartureList
	q        url.Values
	by       access.Actor
	where    look.Choice
	whole    bool // no county is chosen yet
	outcomes []registry.DepartureOutcome
}

// departuresHref is an address with the conditions of q.
func departuresHref(path string, q url.Values, more ...string) string {
	return carrying(path, q, []string{"region", "kind", "state"}, more...)
}

func (v departuresView) kinds() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "kind", Label: lang.T("departure.kind")}, Value: v.q.Get("kind"), Empty: lang.T("reminder.filter.all")}, departure.Kinds)
}

func (v departuresView) states() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "state", Label: lang.T("departure.state")}, Value: v.q.Get("state"), Empty: lang.T("reminder.filter.all")}, departure.States)
}

// deciding says whether the reader may do something about one of this list at least.
func (v departuresView) deciding() bool {
	return v.by.Can(access.DepartureApply) && slices.ContainsFunc(v.Departed, func(x registry.Departed) bool {
		return x.Departure.Next(v.Limits, v.Today) != departure.Wait
	})
}

func (v departuresView) table() look.Table {
	t := look.Table{Caption: lang.T("departure.title"), Quiet: true, Empty: v.empty(), Columns: []look.Column{{Text: lang.T("lapse.column.name")},
		{Text: lang.T("lapse.column.village")}, {Text: lang.T("departure.kind")}, {Text: lang.T("departure.happened"), Tight: true},
		{Text: lang.T("departure.due")}, {Text: lang.T("departure.state"), Tight: true}}}
	if v.deciding() || v.dismissing() {
		t.Select = "ids"
	}
	for _, x := range v.Departed {
		t.Rows = append(t.Rows, v.row(x))
	}
	return t
}

func (v departuresView) row(x registry.Departed) look.Row {
	d := x.Departure
	village := look.Cell{Text: v.Places[d.Region]}
	if d.Region.Level() == region.Village {
		village.Note = v.Places[d.Region.Township()]
	}
	name := look.Cell{Text: x.Person.Name, Href: "/certificates/" + string(d.Certificate), Note: x.Number.Masked()}
	if d.Certificate == "" {
		name.Href, name.Note = personHref(x.Person.ID), lang.T("departure.bare")
	}
	state := look.Cell{Tag: departureTag(d.State), Note: string(d.Decided)}
	state.Tag.Text = lang.T(d.Word())
	if d.Reason != "" {
		state.Note += " " + d.Reason
	}
	due := look.Cell{Text: v.due(d)}
	if d.State.Open() && d.Other(x.Person.Name) {
		due = look.Cell{Text: lang.T("departure.due.name"), Note: lang.T("departure.other", d.Named)}
	}
	return look.Row{Value: string(d.ID), Label: x.Person.Name, Picked: slices.Contains(v.q["ids"], string(d.ID)),
		Cells: []look.Cell{name, village, {Text: word(d.Kind)}, {Text: string(d.On), Note: d.Whither}, due, state}}
}

// due is what can be done now, or from when on.
func (v departuresView) due(d departure.Departure) string {
	if !d.State.Open() {
		return ""
	}
	next := d.Next(v.Limits, v.Today)
	switch {
	case next != departure.Wait:
		return word(next)
	case d.On > v.Today:
		return lang.T("departure.future", d.On)
	case d.On == "":
		return lang.T("departure.due.undated")
	case d.State == departure.Frozen:
		return lang.T("departure.due.from", d.From(departure.Cancel, v.Limits), word(departure.Cancel))
	}
	return lang.T("departure.due.from", d.From(departure.Freeze, v.Limits), word(departure.Freeze))
}

func departureTag(s departure.State) look.Tag {
	return look.Tag{Text: word(s), Colour: map[departure.State]look.Colour{departure.Proposed: look.Blue, departure.Frozen: look.Orange, departure.Cancelled: look.Red,
		departure.Dismissed: look.Grey}[s]}
}

// empty says why the list has no rows.
func (v departuresView) empty() string {
	switch {
	case v.whole:
		return lang.T("departure.choose")
	case departuresHref("", v.q) != "":
		return lang.T("departure.filtered")
	}
	return lang.T("departure.empty")
}

func (v departuresView) pager() look.Pager {
	p := look.Pager{Shown: len(v.Departed), Total: -1}
	if v.q.Get("after") != "" {
		p.First = departuresHref("/departures", v.q)
	}
	if v.Next != "" {
		p.Next = departuresHref("/departures", v.q, "after", v.Next)
	}
	return p
}

// dismissing says whether the reader may close one of this list at least.
func (v departuresView) dismissing() bool {
	return v.by.Can(access.DepartureDismiss) && slices.ContainsFunc(v.Departed, func(x registry.Departed) bool { return x.Departure.State.Open() })
}

func (v departuresView) reason() look.Area {
	return look.Area{Field: look.Field{Name: "reason", Label: lang.T("departure.dismiss.reason"), Hint: lang.T("departure.reason.hint"), Optional: true}, Value: v.q.Get("reason"), Rows: 2,
		Max: departure.ReasonMost}
}

// buttons is what the reader may do with whoever is ticked.
func (v departuresView) buttons() []look.Button {
	var out []look.Button
	if v.deciding() {
		out = append(out, look.Button{Text: lang.T("departure.apply.button"), Kind: look.Warning, Name: "do", Value: "apply"})
	}
	if v.dismissing() {
		out = append(out, look.Button{Text: lang.T("departure.dismiss.button"), Kind: look.Secondary, Name: "do", Value: "dismiss"})
	}
	return out
}

func (v departuresView) lists() look.Table {
	t := look.Table{Caption: lang.T("departure.lists"), Columns: []look.Column{{Text: lang.T("departure.lists.file")}, {Text: lang.T("departure.kind"), Tight: true},
		{Text: lang.T("departure.lists.on"), Tight: true}, {Text: lang.T("departure.lists.rows"), Number: true}, {Text: lang.T("departure.lists.matched"), Number: true},
		{Text: lang.T("departure.lists.idle"), Number: true}, {Text: lang.T("departure.lists.unknown"), Number: true}, {Text: lang.T("departure.lists.rejected"), Number: true}}}
	for _, l := range v.Lists {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: l.Name, Note: l.Source}, {Text: word(l.Kind)}, {Text: string(l.On), Note: l.Author}, {Text: strconv.Itoa(l.Rows)},
			{Text: strconv.Itoa(l.Matched)}, {Text: strconv.Itoa(l.Idle)}, {Text: strconv.Itoa(l.Unknown)}, {Text: strconv.Itoa(l.Rejected)}}})
	}
	return t
}

// done is what the act before did, a sentence for each kind of it; refused is those to whom nothing was done.
func (v departuresView) done() (said []string, refused look.Table) {
	done := map[departure.Remedy]int{}
	refused = look.Table{Caption: lang.T("departure.refused"), Columns: []look.Column{{Text: lang.T("lapse.column.name")}, {Text: lang.T("lapse.why")}}}
	for _, o := range v.outcomes {
		if o.Err == nil {
			done[o.Remedy]++
			continue
		}
		name := look.Cell{Text: o.Name}
		if o.Case != "" {
			name.Href = caseHref(o.Case)
		}
		refused.Rows = append(refused.Rows, look.Row{Cells: []look.Cell{name, {Text: say(o.Err)}}})
	}
	for _, r := range []departure.Remedy{departure.Cancel, departure.Freeze, departure.End} {
		if n := done[r]; n > 0 {
			said = append(said, lang.T("departure.done."+string(r), strconv.Itoa(n)))
		}
	}
	return said, refused
}

// departuresNew shows the form to hand a list in.
func (s *Server) departuresNew(w http.ResponseWriter, r *http.Request) error {
	if err := actor(r).May(access.DepartureTake, actor(r).Region); err != nil {
		return err
	}
	return s.departuresForm(w, r, departuresForm{}, nil)
}

// departuresForm is what was typed, and what came of the list when it was taken in.
type departuresForm struct {
	kind, source string
	report       registry.DepartureReport
	taken        bool
}

func (s *Server) departuresForm(w http.ResponseWriter, r *http.Request, f departuresForm, wrong error) error {
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	p := s.page(w, r, lang.T("departure.new.title"))
	p.Problems = look.Find(wrong)
	p.Crumbs = []look.Link{{Text: lang.T("departure.title"), Href: "/departures"}}
	return show(w, r, status, departuresNewPage(p, f))
}

// departuresTake reads a list and says what came of each of its lines.
func (s *Server) departuresTake(w http.ResponseWriter, r *http.Request) error {
	f := departuresForm{kind: r.PostFormValue("kind"), source: r.PostFormValue("source")}
	d := registry.DepartureFile{Region: actor(r).Region, Kind: departure.Kind(f.kind), Source: f.source}
	file, head, err := r.FormFile("file")
	if err == nil {
		defer file.Close() // the request's own copy
		d.Name, d.File, d.Size = head.Filename, file, head.Size
	} else if !errors.Is(err, http.ErrMissingFile) {
		return fault.New(fault.Invalid, "roster.file.missing").Because(err)
	}
	f.report, err = s.registry.TakeDepartures(r.Context(), actor(r), d)
	if err != nil && !again(err) {
		return err
	}
	f.taken = err == nil
	return s.departuresForm(w, r, f, err)
}

func (f departuresForm) kinds() look.Choice {
	c := look.Choice{Field: look.Field{Name: "kind", Label: lang.T("departure.kind")}, Value: f.kind}
	for _, k := range departure.Kinds {
		c.Options = append(c.Options, look.Option{Value: string(k), Text: word(k), Hint: lang.T("departure.kind." + string(k) + ".hint")})
	}
	return c
}

func (f departuresForm) sourceField() look.Input {
	return look.Input{Field: look.Field{Name: "source", Label: lang.T("departure.source"), Hint: lang.T("departure.source.hint")}, Value: f.source, Width: look.W20, Complete: "off"}
}

func (f departuresForm) file() look.File {
	return look.File{Field: look.Field{Name: "file", Label: lang.T("roster.new.file"), Hint: lang.T("departure.file.hint")}, Accept: ".xlsx,.csv", Max: registry.DepartureFileLimit}
}

// said is what came of the list.
func (f departuresForm) said() string {
	r := f.report
	return lang.T("departure.taken", r.Rows, r.Matched, r.Idle, r.Unknown, r.Rejected)
}

func (f departuresForm) rejected() look.Table {
	return linesTable(lang.T("departure.rejected"), f.report.Lines)
}

// renumbered is the lines with a number that was corrected.
func (f departuresForm) renumbered() look.Table {
	return linesTable(lang.T("departure.corrected.title"), f.report.Renumbered)
}

func linesTable(caption string, lines []roster.Rejection) look.Table {
	t := look.Table{Caption: caption, Columns: []look.Column{{Text: lang.T("departure.rejected.row"), Tight: true}, {Text: lang.T("departure.rejected.why")}}}
	for _, l := range lines {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: strconv.Itoa(l.Row)}, {Text: l.Message}}})
	}
	return t
}

// cases is whose case has to be ended though there is no certificate to cancel.
func (f departuresForm) cases() look.Table {
	t := look.Table{Caption: lang.T("departure.cases"), Columns: []look.Column{{Text: lang.T("lapse.column.name")}, {Text: lang.T("departure.state")}}}
	for _, c := range f.report.Cases {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: c.Person.Name, Href: caseHref(c.Application.ID)}, {Tag: stateTag(c.Application.State)}}})
	}
	return t
}
