package web

import (
	"net/http"
	"net/url"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/casework"
	"hefa/internal/fault"
	"hefa/internal/fieldwork"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/region"
	"hefa/internal/roster"
	"hefa/internal/sheet"
)

// listed is who stands on the townships' lists and waits for an application.
func (s *Server) listed(w http.ResponseWriter, r *http.Request) error {
	return s.listedShow(w, r, r.URL.Query(), nil, nil)
}

// listedShow shows a page of the list, with what came of opening applications when there was such an act.
func (s *Server) listedShow(w http.ResponseWriter, r *http.Request, q url.Values, opened *casework.Opened, err error) error {
	f := listedFilter(q)
	f.After, f.Limit = q.Get("after"), rows
	people, loadErr := s.fieldwork.Listed(r.Context(), actor(r), f)
	if loadErr != nil {
		return loadErr
	}
	by := actor(r)
	v := listedView{People: people, f: f, opened: opened, mayOpen: by.Can(access.ApplicationOpen), mayExport: by.Can(access.ListExport), mayImport: by.Can(access.RosterImport), mayTried: by.Can(access.ReminderRead)}
	p := s.page(w, r, lang.T("listed.title"))
	p.Caption, p.Problems = people.Names[people.Where], look.Find(err)
	status := http.StatusOK
	if err != nil {
		status = http.StatusUnprocessableEntity
	}
	return show(w, r, status, listedPage(p, v))
}

func listedFilter(q url.Values) fieldwork.ListedFilter {
	f := fieldwork.ListedFilter{Kind: roster.Kind(q.Get("kind")), Region: region.Code(q.Get("region")), Open: q.Get("case") != "all", Poor: q.Get("poor") == "yes"}
	if !f.Kind.Waits() {
		f.Kind = roster.Expired
	}
	return f
}

// listedOpen opens an application for each row that was ticked, and says for every one what came of it.
func (s *Server) listedOpen(w http.ResponseWriter, r *http.Request) error {
	opened, err := s.casework.OpenListed(r.Context(), actor(r), r.PostForm["listed"])
	if again(err) {
		return s.listedShow(w, r, r.PostForm, nil, err)
	}
	if err != nil {
		return err
	}
	return s.listedShow(w, r, r.PostForm, &opened, nil)
}

// listedExport sends the whole list as a spreadsheet.
func (s *Server) listedExport(w http.ResponseWriter, r *http.Request) error {
	f := listedFilter(r.URL.Query())
	return s.take(w, r, taking{name: lang.T(f.Kind.Word()), columns: fieldwork.ListedColumns, write: func(to sheet.Out) error {
		return s.fieldwork.ExportListed(r.Context(), actor(r), f, to)
	}})
}

// listedView is the list as the page lays it out.
type listedView struct {
	fieldwork.People
	f                             fieldwork.ListedFilter
	opened                        *casework.Opened
	mayOpen, mayExport, mayImport bool
	mayTried                      bool // leads to the attempts
}

func (v listedView) href(path, after string) string {
	q := url.Values{"kind": {string(v.f.Kind)}}
	if v.f.Region != "" {
		q.Set("region", string(v.f.Region))
	}
	if !v.f.Open {
		q.Set("case", "all")
	}
	if v.f.Poor {
		q.Set("poor", "yes")
	}
	if after != "" {
		q.Set("after", after)
	}
	return path + "?" + q.Encode()
}

func (v listedView) tabs() []look.Link {
	var out []look.Link
	for _, k := range roster.Waiting {
		out = append(out, look.Link{Text: word(k), Href: "/listed?kind=" + string(k), Current: k == v.f.Kind})
	}
	return out
}

func (v listedView) places() look.Choice {
	c := look.Choice{Field: look.Field{Name: "region", Label: lang.T("listed.filter.place")}, Value: string(v.f.Region), Empty: lang.T("listed.filter.everywhere")}
	for _, p := range v.Places {
		c.Options = append(c.Options, look.Option{Value: string(p.Code), Text: p.Name})
	}
	if v.f.Region.Level() < region.Village && v.f.Region != "" {
		c.Options = append([]look.Option{{Value: string(v.f.Region), Text: v.Names[v.f.Region]}}, c.Options...)
	}
	return c
}

func (v listedView) cases() look.Choice {
	value := "none"
	if !v.f.Open {
		value = "all"
	}
	return look.Choice{Field: look.Field{Name: "case", Label: lang.T("listed.column.case")}, Value: value,
		Options: []look.Option{{Value: "none", Text: lang.T("listed.filter.open")}, {Value: "all", Text: lang.T("listed.filter.all")}}}
}

func (v listedView) poor() look.Choice {
	value := ""
	if v.f.Poor {
		value = "yes"
	}
	return look.Choice{Field: look.Field{Name: "poor", Label: lang.T("listed.column.poor")}, Value: value, Empty: lang.T("listed.filter.all"),
		Options: []look.Option{{Value: "yes", Text: lang.T("listed.filter.poor")}}}
}

func (v listedView) table() look.Table {
	t := look.Table{Caption: word(v.f.Kind), Empty: lang.T("listed.empty"), Columns: []look.Column{{Text: lang.T("listed.column.name")},
		{Text: lang.T("listed.column.village")}, {Text: lang.T("listed.column.what")}, {Text: lang.T("listed.column.poor"), Tight: true}, {Text: lang.T("listed.column.attempts"), Tight: true},
		{Text: lang.T("listed.column.case"), Tight: true}}}
	if v.mayOpen {
		t.Select = "listed"
	}
	for _, p := range v.People.People {
		t.Rows = append(t.Rows, v.row(p))
	}
	return t
}

func (v listedView) row(p fieldwork.Waiting) look.Row {
	village := look.Cell{Text: v.Names[p.Region], Note: v.Names[p.Region.Township()]}
	if p.Region.Level() < region.Village {
		village = look.Cell{Text: p.Village, Note: lang.T("listed.village.unknown", v.Names[p.Region])}
	}
	what := look.Cell{Text: p.Condition}
	if p.Reason != "" {
		what.Note = word(p.Reason)
	}
	if p.Kind == roster.Expired {
		what = look.Cell{Text: p.Number.Masked(), Note: lang.T("listed.until", p.Until)}
	}
	poor := ""
	if p.Holder.Poor {
		poor = lang.T("listed.yes")
	}
	opened := look.Cell{Tag: look.Tag{Text: lang.T("listed.none.opened"), Colour: look.Yellow}}
	if p.Application != "" {
		opened = look.Cell{Text: lang.T("listed.see"), Href: "/applications/" + p.Application}
	}
	tried := look.Cell{Text: strconv.Itoa(p.Attempts), Note: string(p.Attempted)}
	if v.mayTried {
		tried.Href = attemptsHref(p.Person)
	}
	return look.Row{Value: p.ID, Label: p.Holder.Name, Cells: []look.Cell{
		{Text: p.Holder.Name, Href: "/people/" + string(p.Person), Note: p.Holder.Number.Masked()}, village, what, {Text: poor}, tried, opened}}
}

func (v listedView) pages() look.Pager {
	p := look.Pager{Shown: len(v.People.People), Total: -1}
	if v.f.After != "" {
		p.First = v.href("/listed", "")
	}
	if v.More {
		last := v.People.People[len(v.People.People)-1]
		p.Next = v.href("/listed", string(last.Region)+" "+last.ID)
	}
	return p
}

// results is what came of opening applications, for each row that was refused.
func (v listedView) results() look.Table {
	t := look.Table{Caption: lang.T("listed.refused", strconv.Itoa(len(v.opened.Refused))), Columns: []look.Column{{Text: lang.T("listed.column.name")}, {Text: lang.T("roster.column.message")}}}
	for _, n := range v.opened.Refused {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: n.Name}, {Text: say(n.Err)}}})
	}
	return t
}

// say is the sentences of a fault in one.
func say(err error) string {
	out := ""
	for _, p := range look.Find(err) {
		out += lang.T(p.Key, p.Args...)
	}
	if out == "" && fault.Of(err) != "" {
		out = lang.T("record.missing")
	}
	return out
}
