package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/fieldwork"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/region"
	"hefa/internal/roster"
	"hefa/internal/sheet"
)

// differences is what this register and another one tell differently, side by side.
func (s *Server) differences(w http.ResponseWriter, r *http.Request) error {
	return s.differencesShow(w, r, differencesView{q: r.URL.Query()}, nil)
}

func (s *Server) differencesShow(w http.ResponseWriter, r *http.Request, v differencesView, wrong error) error {
	v.by = actor(r)
	f := differencesFilter(v.q)
	f.After, f.Limit = v.q.Get("after"), rows
	status := wrongStatus(r, wrong)
	if fault.Of(wrong) == fault.Stale {
		status = http.StatusConflict
	}
	var err error
	if v.where, v.whole, err = s.ofCounty(r, access.DifferenceRead, f.Region); err == nil && !v.whole {
		v.DifferenceList, err = s.fieldwork.Differences(r.Context(), v.by, f)
	}
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("difference.title"))
	p.Problems = look.Find(wrong)
	return show(w, r, status, differencesPage(p, v))
}

// differencesFilter is the conditions of q; undecided ones are shown where nobody asks for a state.
func differencesFilter(q url.Values) fieldwork.DifferenceFilter {
	f := fieldwork.DifferenceFilter{Region: region.Code(q.Get("region")), Roster: roster.ID(q.Get("roster")), Field: roster.Field(q.Get("field")), State: roster.Choice(q.Get("state"))}
	switch f.State {
	case "":
		f.State = roster.Undecided
	case "all":
		f.State = ""
	}
	return f
}

// differencesDecide keeps what becomes of whatever was ticked.
func (s *Server) differencesDecide(w http.ResponseWriter, r *http.Request) error {
	var all []roster.Seen
	for _, one := range r.PostForm["ids"] {
		id, version, _ := strings.Cut(one, " ")
		n, _ := strconv.Atoi(version)
		all = append(all, roster.Seen{ID: roster.DifferenceID(id), Version: n})
	}
	err := s.fieldwork.DecideDifferences(r.Context(), actor(r), all, roster.Choice(r.PostFormValue("do")), r.PostFormValue("reason"))
	if again(err) || fault.Of(err) == fault.Stale {
		return s.differencesShow(w, r, differencesView{q: r.PostForm}, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, differencesHref("/differences", r.PostForm), "difference.done")
}

// differencesExport is the list as a workbook.
func (s *Server) differencesExport(w http.ResponseWriter, r *http.Request) error {
	return s.take(w, r, taking{name: lang.T("difference.title"), columns: fieldwork.DifferenceColumns, write: func(to sheet.Out) error {
		return s.fieldwork.ExportDifferences(r.Context(), actor(r), differencesFilter(r.URL.Query()), to)
	}})
}

// differencesView is the list as the page lays it out; q is the conditions, and what was typed when a form failed.
type differencesView struct {
	fieldwork.DifferenceList
	q     url.Values
	by    access.Actor
	where look.Choice
	whole bool // no county is chosen yet
}

// differencesHref is an address with the conditions of q.
func differencesHref(path string, q url.Values, more ...string) string {
	return carrying(path, q, []string{"region", "roster", "field", "state"}, more...)
}

func (v differencesView) fields() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "field", Label: lang.T("difference.field")}, Value: v.q.Get("field"), Empty: lang.T("reminder.filter.all")}, roster.Fields)
}

func (v differencesView) states() look.Choice {
	c := picks(look.Choice{Field: look.Field{Name: "state", Label: lang.T("difference.state")}, Value: cmp.Or(v.q.Get("state"), string(roster.Undecided))}, roster.Choices)
	c.Options = append(c.Options, look.Option{Value: "all", Text: lang.T("reminder.filter.all")})
	return c
}

// deciding says whether the reader may decide one of this list at least.
func (v differencesView) deciding() bool {
	return v.by.Can(access.DifferenceDecide) && slices.ContainsFunc(v.Differing, func(x fieldwork.Differing) bool { return x.Difference.State.Current() })
}

func (v differencesView) table() look.Table {
	t := look.Table{Caption: lang.T("difference.title"), Quiet: true, Empty: v.empty(), Columns: []look.Column{{Text: lang.T("lapse.column.name")},
		{Text: lang.T("lapse.column.village")}, {Text: lang.T("difference.field"), Tight: true}, {Text: lang.T("difference.ours")}, {Text: lang.T("difference.theirs")},
		{Text: lang.T("difference.state"), Tight: true}}}
	if v.deciding() {
		t.Select = "ids"
	}
	for _, x := range v.Differing {
		t.Rows = append(t.Rows, v.row(x))
	}
	return t
}

func (v differencesView) row(x fieldwork.Differing) look.Row {
	d, whole := x.Difference, v.by.Can(access.PersonEdit)
	village := look.Cell{Text: v.Places[d.Region]}
	if d.Region.Level() == region.Village {
		village.Note = v.Places[d.Region.Township()]
	}
	theirs := look.Cell{Text: v.Value(d.Field, d.Theirs, whole)}
	if d.State == roster.Undecided && !d.Takeable() {
		theirs.Note = lang.T(d.Instead())
	}
	state := look.Cell{Tag: look.Tag{Text: word(d.State), Colour: map[roster.Choice]look.Colour{roster.Undecided: look.Yellow, roster.Theirs: look.Green, roster.Ours: look.Blue,
		roster.Send: look.Orange, roster.Settled: look.Grey}[d.State]}}
	if d.Decided != "" {
		state.Note = lang.T("difference.by", d.Clerk, d.Decided, d.Reason)
	}
	name, seen := x.Person.Name+" "+word(d.Field), string(d.ID)+" "+strconv.Itoa(d.Version) // a tick does not outlast a colleague's decision
	return look.Row{Value: seen, Label: name, Picked: slices.Contains(v.q["ids"], seen),
		Cells: []look.Cell{{Text: x.Person.Name, Href: "/people/" + string(d.Person), Note: x.Person.Number.Masked()}, village, {Text: word(d.Field)},
			{Text: v.Value(d.Field, d.Ours, whole)}, theirs, state}}
}

// empty says why the list has no rows.
func (v differencesView) empty() string {
	switch {
	case v.whole:
		return lang.T("disclosure.choose")
	case v.q.Get("after") == "" && differencesHref("", v.q) == "":
		return lang.T("difference.empty")
	}
	return lang.T("difference.filtered")
}

func (v differencesView) pager() look.Pager {
	p := look.Pager{Shown: len(v.Differing), Total: -1}
	if v.q.Get("after") != "" {
		p.First = differencesHref("/differences", v.q)
	}
	if v.Next != "" {
		p.Next = differencesHref("/differences", v.q, "after", v.Next)
	}
	return p
}

func (v differencesView) reason() look.Area {
	return look.Area{Field: look.Field{Name: "reason", Label: lang.T("difference.reason"), Hint: lang.T("difference.reason.hint"), Optional: true}, Value: v.q.Get("reason"), Rows: 2,
		Max: roster.DifferenceReasonMost}
}

func (v differencesView) buttons() []look.Button {
	return []look.Button{{Text: lang.T("difference.theirs.button"), Name: "do", Value: string(roster.Theirs)},
		{Text: lang.T("difference.ours.button"), Kind: look.Secondary, Name: "do", Value: string(roster.Ours)},
		{Text: lang.T("difference.send.button"), Kind: look.Secondary, Name: "do", Value: string(roster.Send)}}
}
