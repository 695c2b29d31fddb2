package web

import (
	"net/http"

	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/lang"
	"hefa/internal/look"
)

// applicationsApprove approves the chosen cases, each by itself, and shows how each fared.
func (s *Server) applicationsApprove(w http.ResponseWriter, r *http.Request) error {
	var ids []application.ID
	for _, id := range r.PostForm["id"] {
		ids = append(ids, application.ID(id))
	}
	out, err := s.casework.ApproveApplications(r.Context(), actor(r), ids)
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("approve.several"))
	p.Crumbs = []look.Link{{Text: lang.T("nav.tray"), Href: "/"}}
	return show(w, r, http.StatusOK, outcomesPage(p, outcomesView{out}))
}

// outcomesView is how several cases fared.
type outcomesView struct{ all []casework.Outcome }

func (v outcomesView) failed() int {
	n := 0
	for _, o := range v.all {
		if o.Err != nil {
			n++
		}
	}
	return n
}

func (v outcomesView) table() look.Table {
	t := look.Table{Caption: lang.T("approve.several"), Quiet: true, Empty: lang.T("approve.none"), Columns: []look.Column{{Text: lang.T("column.name")}, {Text: lang.T("column.no"), Tight: true},
		{Text: lang.T("approve.result"), Tight: true}, {Text: lang.T("approve.why")}}}
	for _, o := range v.all {
		tag, why := look.Tag{Text: lang.T("approve.done"), Colour: look.Green}, ""
		if o.Err != nil {
			tag = look.Tag{Text: lang.T("approve.failed"), Colour: look.Red}
			for _, p := range look.Find(o.Err) {
				why += lang.T(p.Key, p.Args...)
			}
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: o.Case.Person.Name, Href: caseHref(o.Case.Application.ID), Note: o.Case.Person.Number.Masked()},
			{Text: o.Case.Application.No}, {Tag: tag}, {Text: why}}})
	}
	return t
}
