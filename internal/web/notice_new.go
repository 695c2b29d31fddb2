package web

import (
	"net/http"
	"slices"

	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/region"
)

// noticeNew shows who of a township waits for a notice; a county chooses the township first.
func (s *Server) noticeNew(w http.ResponseWriter, r *http.Request) error {
	return s.noticeNewShow(w, r, http.StatusOK, nil)
}

// noticeNewShow shows the form, with what went wrong when err is not nil.
func (s *Server) noticeNewShow(w http.ResponseWriter, r *http.Request, status int, err error) error {
	plan, loadErr := s.casework.Proposal(r.Context(), actor(r), region.Code(r.FormValue("region")))
	if loadErr != nil {
		return loadErr
	}
	p := s.page(w, r, lang.T("notice.new.title"))
	p.Caption, p.Problems = plan.Place, look.Find(err)
	p.Crumbs = []look.Link{{Text: lang.T("nav.tray"), Href: "/"}, {Text: lang.T("notice.list.title"), Href: "/notices"}}
	if err != nil {
		return show(w, r, status, noticeNewPage(p, proposalView{plan, r.PostForm["ids"], true}))
	}
	return show(w, r, status, noticeNewPage(p, proposalView{Proposal: plan}))
}

// noticeAdd hangs the notice up.
func (s *Server) noticeAdd(w http.ResponseWriter, r *http.Request) error {
	var ids []application.ID
	for _, id := range r.PostForm["ids"] {
		ids = append(ids, application.ID(id))
	}
	id, err := s.casework.AnnounceApplications(r.Context(), actor(r), region.Code(r.PostFormValue("region")), ids)
	switch {
	case again(err):
		return s.noticeNewShow(w, r, http.StatusUnprocessableEntity, err)
	case err != nil:
		return err
	case id == "":
		return s.done(w, r, "/notices", "notice.new.exempt")
	}
	return s.done(w, r, noticeHref(id), "notice.new.done")
}

// proposalView is who waits, with the boxes as they were sent when the form comes back.
type proposalView struct {
	casework.Proposal
	picked []string
	sent   bool
}

func (v proposalView) townships() look.Table {
	t := look.Table{Caption: lang.T("notice.new.townships"), Columns: []look.Column{{Text: lang.T("notice.column.place")}, {Text: lang.T("notice.new.waiting"), Number: true}}}
	for _, w := range v.Townships {
		c := look.Cell{Text: w.Name}
		if w.Count > 0 {
			c.Href = "/notices/new?region=" + string(w.Code)
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{c, {Text: lang.T("notice.people", w.Count)}}})
	}
	return t
}

func (v proposalView) table() look.Table {
	t := look.Table{Caption: lang.T("notice.new.caption", len(v.Candidates)), Select: "ids", Empty: lang.T("notice.new.empty"), Columns: []look.Column{
		{Text: lang.T("column.name")}, {Text: lang.T("notice.column.village")}, {Text: lang.T("notice.column.grade"), Tight: true},
		{Text: lang.T("column.no"), Tight: true}, {Text: lang.T("notice.new.how")}}}
	for _, c := range v.Candidates {
		a := c.Application
		how := look.Cell{Text: lang.T("notice.new.publish")}
		if c.Exempt {
			how = look.Cell{Tag: look.Tag{Text: lang.T("notice.new.hidden"), Colour: look.Yellow}}
		}
		t.Rows = append(t.Rows, look.Row{Value: string(a.ID), Label: c.Person.Name, Picked: !v.sent || slices.Contains(v.picked, string(a.ID)), Cells: []look.Cell{
			{Text: c.Person.Name, Href: caseHref(a.ID), Note: c.Person.Number.Masked()}, {Text: c.Village}, {Text: lang.T("notice.grade", a.Category, a.Level)},
			{Text: a.No}, how}})
	}
	return t
}
