package web

import (
	"net/http"
	"net/url"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/region"
	"hefa/internal/sheet"
)

// applications is the list of cases, searched and narrowed.
func (s *Server) applications(w http.ResponseWriter, r *http.Request) error {
	by, q := actor(r), r.URL.Query()
	if by.Region.Level() < region.County && q.Get("region") == "" && by.Can(access.ApplicationRead) {
		return s.homeCounties(w, r)
	}
	found, err := s.casework.Applications(r.Context(), by, caseFilter(q))
	if err != nil {
		return err
	}
	v := applicationsView{found, s, q, by.Can(access.ListExport)}
	return show(w, r, http.StatusOK, applicationsPage(s.page(w, r, lang.T("cases.title")), v))
}

// applicationsExport is the same list as a spreadsheet.
func (s *Server) applicationsExport(w http.ResponseWriter, r *http.Request) error {
	return s.take(w, r, taking{name: lang.T("cases.file", s.today()), columns: casework.CaseColumns, streams: true, write: func(to sheet.Out) error {
		return s.casework.ExportApplications(r.Context(), actor(r), caseFilter(r.URL.Query()), to)
	}})
}

// workbook sends a spreadsheet as it is written; its headers go out with the first byte, so that a refusal before it is still a page.
type workbook struct {
	w     http.ResponseWriter
	name  string
	begun bool
}

// Write sends a part of the file.
func (b *workbook) Write(p []byte) (int, error) {
	if !b.begun {
		b.begun = true
		kind := xlsx
		if strings.HasSuffix(b.name, ".csv") {
			kind = "text/csv"
		}
		b.w.Header().Set("Content-Type", kind)
		b.w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(b.name))
	}
	return b.w.Write(p)
}

// caseFilter reads the conditions; the village counts before the township.
func caseFilter(q url.Values) casework.CaseFilter {
	where := region.Code(q.Get("region"))
	if village := region.Code(q.Get("village")); village != "" && where.Contains(village) {
		where = village
	}
	return casework.CaseFilter{Region: where, Query: look.Narrow(q.Get("q")), State: application.State(q.Get("state")), Matter: application.Matter(q.Get("matter")),
		Category: certificate.Category(q.Get("category")), Mine: q.Get("mine") != "", Overdue: q.Get("overdue") != "", After: application.ID(q.Get("after")), Limit: rows}
}

// applicationsView is the list as the page lays it out; q is the conditions as they were typed.
type applicationsView struct {
	casework.CasePage
	s         *Server
	q         url.Values
	mayExport bool
}

// query is the conditions without the page.
func (v applicationsView) query() string {
	q := url.Values{}
	for k := range v.q {
		if s := v.q.Get(k); s != "" && k != "after" {
			q.Set(k, s)
		}
	}
	return q.Encode()
}

// clear is the list without conditions, in the county that was chosen.
func (v applicationsView) clear() string {
	if where := region.Code(v.q.Get("region")); len(v.Townships) > 0 && where.County() != "" {
		return "/applications?region=" + string(where.County())
	}
	return "/applications"
}

func (v applicationsView) search() look.Input {
	return look.Input{Field: look.Field{Name: "q", Label: lang.T("cases.q"), Hint: lang.T("cases.q.hint")}, Value: v.q.Get("q"), Kind: "search", Complete: "off"}
}

// choice is a drop-down list of words, all of which is the empty choice.
func (v applicationsView) choice(name, label string) look.Choice {
	return look.Choice{Field: look.Field{Name: name, Label: label}, Value: v.q.Get(name), Empty: lang.T("cases.all")}
}

func (v applicationsView) states() look.Choice {
	c := v.choice("state", lang.T("cases.column.state"))
	for _, g := range application.Course {
		c.Options = append(c.Options, look.Option{Value: string(g.State), Text: word(g.State)})
	}
	return c
}

func (v applicationsView) matters() look.Choice {
	c := v.choice("matter", lang.T("cases.column.matter"))
	for _, m := range application.Matters {
		c.Options = append(c.Options, look.Option{Value: string(m), Text: word(m)})
	}
	return c
}

func (v applicationsView) categories() look.Choice {
	c := v.choice("category", lang.T("cases.column.category"))
	for _, k := range certificate.Categories {
		c.Options = append(c.Options, look.Option{Value: string(k), Text: word(k)})
	}
	return c
}

// townships narrows to a township; an officer above the county stays in the county that was chosen.
func (v applicationsView) townships() look.Choice {
	c := v.choice("region", lang.T("cases.township"))
	where := region.Code(v.q.Get("region"))
	if where != "" {
		c.Empty = ""
		c.Options = append(c.Options, look.Option{Value: string(where.County()), Text: lang.T("cases.all")})
	}
	for _, p := range v.Townships {
		c.Options = append(c.Options, look.Option{Value: string(p.Code), Text: p.Name})
	}
	return c
}

func (v applicationsView) villages() look.Choice {
	c := v.choice("village", lang.T("cases.village"))
	for _, p := range v.Villages {
		c.Options = append(c.Options, look.Option{Value: string(p.Code), Text: p.Name})
	}
	return c
}

// marks narrows to what is in the reader's hand, and to what is late.
func (v applicationsView) marks() look.Choices {
	c := look.Choices{Field: look.Field{Name: "overdue", Label: lang.T("cases.marks")}, Options: []look.Option{{Value: "1", Text: lang.T("cases.overdue")}}}
	if v.q.Get("overdue") != "" {
		c.Values = []string{"1"}
	}
	return c
}

func (v applicationsView) mine() look.Choices {
	c := look.Choices{Field: look.Field{Name: "mine", Label: lang.T("cases.column.handler")}, Options: []look.Option{{Value: "1", Text: lang.T("cases.mine")}}}
	if v.q.Get("mine") != "" {
		c.Values = []string{"1"}
	}
	return c
}

func (v applicationsView) table() look.Table {
	t := look.Table{Caption: lang.T("cases.title"), Quiet: true, Empty: lang.T("cases.empty"), Columns: []look.Column{
		{Text: lang.T("column.name")}, {Text: lang.T("cases.column.state"), Tight: true}, {Text: lang.T("column.due"), Tight: true},
		{Text: lang.T("column.matter"), Tight: true}, {Text: lang.T("cases.column.category"), Tight: true}, {Text: lang.T("cases.column.place")},
		{Text: lang.T("column.no"), Tight: true}, {Text: lang.T("cases.column.handler")}}}
	for _, c := range v.Cases {
		a := c.Application
		due := look.Cell{}
		if a.State.Open() {
			due.Body = urgency(v.s.dueTag(a), urgedTag(a))
		}
		grade := ""
		if a.Category != "" {
			grade = word(a.Category) + word(a.Level)
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: c.Person.Name, Href: caseHref(a.ID), Note: c.Person.Number.Masked()},
			{Tag: stateTag(a.State)}, due, {Text: word(a.Matter)}, {Text: grade}, {Text: v.Place(a.Region)}, {Text: a.No}, {Text: v.Handlers[a.Handler]}}})
	}
	return t
}

func (v applicationsView) pager() look.Pager {
	p := look.Pager{Shown: len(v.Cases), Total: -1}
	if v.q.Get("after") != "" {
		p.First = "/applications?" + v.query()
	}
	if v.More {
		p.Next = "/applications?" + v.query() + "&after=" + url.QueryEscape(lastID(v.Cases))
	}
	return p
}
