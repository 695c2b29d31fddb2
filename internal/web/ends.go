package web

import (
	"net/http"
	"slices"

	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/archiving"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/region"
	"hefa/internal/sheet"
)

// ends is what came to an end and does not lie in its person's file yet.
func (s *Server) ends(w http.ResponseWriter, r *http.Request) error {
	return s.endsShow(w, r, http.StatusOK, nil)
}

func (s *Server) endsShow(w http.ResponseWriter, r *http.Request, status int, wrong error) error {
	f := endFilter(r)
	all, next, err := s.archiving.Ends(r.Context(), actor(r), f)
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("archive.ends.title"))
	p.Problems, p.Crumbs = look.Find(wrong), archiveCrumbs()
	return show(w, r, status, endsPage(p, endsView{f, all, r, turner(r, len(all), next)}))
}

// endConditions is what narrows the list.
var endConditions = []string{"region", "kind", "late"}

func endFilter(r *http.Request) archiving.EndFilter {
	get := r.FormValue // a form that comes back keeps its conditions
	return archiving.EndFilter{Region: region.Code(get("region")), Kind: archive.EndKind(get("kind")), Late: get("late") == "yes", After: get("after"), Limit: rows}
}

// endsFile puts the ticked ones into the files of their people.
func (s *Server) endsFile(w http.ResponseWriter, r *http.Request) error {
	var picked []archive.End
	for _, name := range r.PostForm["ends"] {
		if e, ok := archive.NamedEnd(name); ok {
			picked = append(picked, e)
		}
	}
	err := s.archiving.FileEnds(r.Context(), actor(r), picked, archive.Filing{Reason: r.PostFormValue("reason")})
	if again(err) {
		return s.endsShow(w, r, wrongStatus(r, err), err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, carrying("/archive/ends", r.PostForm, endConditions), "archive.ends.done")
}

// endsExport is the list as a workbook.
func (s *Server) endsExport(w http.ResponseWriter, r *http.Request) error {
	return s.take(w, r, taking{name: lang.T("archive.ends.title"), columns: archiving.EndColumns, write: func(to sheet.Out) error {
		return s.archiving.ExportEnds(r.Context(), actor(r), endFilter(r), to)
	}})
}

type endsView struct {
	f     archiving.EndFilter
	all   []archiving.Unfiled
	r     *http.Request
	pager look.Pager
}

func (v endsView) files() bool { return actor(v.r).Can(access.ApplicationFile) && len(v.all) > 0 }

func (v endsView) kind() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "kind", Label: lang.T("archive.end.kind")}, Value: string(v.f.Kind), Empty: lang.T("blanks.list.all")}, archive.EndKinds)
}

func (v endsView) late() look.Choices {
	c := look.Choices{Field: look.Field{Name: "late", Label: lang.T("archive.lacks.late")}, Options: []look.Option{{Value: "yes", Text: lang.T("archive.lacks.only")}}}
	if v.f.Late {
		c.Values = []string{"yes"}
	}
	return c
}

func (v endsView) reason() look.Input {
	return look.Input{Field: look.Field{Name: "reason", Label: lang.T("file.reason"), Hint: lang.T("archive.ends.reason.hint"), Optional: true}, Value: v.r.PostFormValue("reason"), Width: look.Wide, Complete: "off"}
}

func (v endsView) table() look.Table {
	t := look.Table{Caption: lang.T("archive.ends.title"), Quiet: true, Empty: lang.T("archive.ends.empty"), Columns: []look.Column{{Text: lang.T("archive.holder")}, {Text: lang.T("cases.village")},
		{Text: lang.T("archive.end.what")}, {Text: lang.T("archive.end.no")}, {Text: lang.T("archive.end.on"), Tight: true}, {Text: lang.T("archive.end.due"), Tight: true}}}
	if v.files() {
		t.Select = "ends"
	}
	for _, u := range v.all {
		what, due := look.Cell{Text: u.Said()}, look.Cell{Text: string(u.Due)}
		if u.Kind == archive.CaseEnd && actor(v.r).Can(access.ApplicationRead) {
			what.Href = "/applications/" + u.ID
		}
		if u.Late {
			due = look.Cell{Tag: look.Tag{Text: lang.T("archive.lacks.late.yes"), Colour: look.Red}, Note: string(u.Due)}
		}
		t.Rows = append(t.Rows, look.Row{Value: u.Named(), Label: u.Holder.Name, Picked: slices.Contains(v.r.PostForm["ends"], u.Named()), Cells: []look.Cell{
			{Text: u.Holder.Name, Note: u.Holder.Number.Masked()}, {Text: u.Place}, what, {Text: u.No}, {Text: string(u.On)}, due}})
	}
	return t
}

func (v endsView) export() string {
	if !actor(v.r).Can(access.ListExport) {
		return ""
	}
	return carrying("/archive/ends.xlsx", v.r.Form, endConditions)
}
