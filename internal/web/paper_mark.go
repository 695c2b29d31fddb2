package web

import (
	"net/http"
	"net/url"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/archiving"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/sheet"
)

// markForms is what is wrong with the papers of a file or of a case, with the forms that set and lift a mark; they are sent to at+"/marks" and "/marks/lift".
type markForms struct {
	at     string
	papers []archive.Item
	open   []archive.Mark
	typed  url.Values
	tried  string // "marks" or "lift" when that form was just sent in vain
}

// table is the open marks.
func (m markForms) table() look.Table {
	t := look.Table{Caption: lang.T("archive.marks"), Empty: lang.T("archive.marks.empty"), Columns: []look.Column{{Text: lang.T("archive.mark.paper")}, {Text: lang.T("archive.flaw"), Tight: true},
		{Text: lang.T("archive.mark.reason")}, {Text: lang.T("archive.mark.day"), Tight: true}}}
	for _, x := range m.open {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: x.Title, Note: word(x.Kind)}, {Tag: look.Tag{Text: word(x.Flaw), Colour: look.Red}}, {Text: x.Reason}, {Text: string(x.Day), Note: x.Clerk}}})
	}
	return t
}

// paper is the choice of the paper that a mark is set on; its value is the case and the name of the paper in it.
func (m markForms) paper() look.Choice {
	c := look.Choice{Field: look.Field{Name: "marked", Label: lang.T("archive.mark.paper")}, Value: m.typed.Get("marked"), Empty: lang.T("edit.pick")}
	for n, name := range archive.Names(m.papers) {
		if i := m.papers[n]; i.Flaw == "" && i.Destroyed == "" {
			c.Options = append(c.Options, look.Option{Value: i.Application + " " + name, Text: word(i.Kind) + "　" + i.Title + "　" + string(i.Day)})
		}
	}
	return c
}

func (m markForms) flaw() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "flaw", Label: lang.T("archive.flaw")}, Value: m.typed.Get("flaw"), Empty: lang.T("edit.pick")}, archive.Flaws)
}

func (m markForms) why() look.Input {
	return look.Input{Field: look.Field{Name: "why", Label: lang.T("archive.mark.reason"), Hint: lang.T("archive.mark.reason.hint")}, Value: m.typed.Get("why"), Width: look.Wide, Complete: "off"}
}

func (m markForms) which() look.Choice {
	c := look.Choice{Field: look.Field{Name: "mark", Label: lang.T("archive.lift.mark")}, Value: m.typed.Get("mark"), Empty: lang.T("edit.pick")}
	for _, x := range m.open {
		c.Options = append(c.Options, look.Option{Value: x.ID, Text: lang.T("archive.lack.flaw", x.Title, x.Flaw)})
	}
	return c
}

func (m markForms) answer() look.Input {
	return look.Input{Field: look.Field{Name: "answer", Label: lang.T("archive.lift.answer"), Hint: lang.T("archive.lift.answer.hint")}, Value: m.typed.Get("answer"), Width: look.Wide, Complete: "off"}
}

// markTyped is the mark that a form asks for.
func markTyped(r *http.Request) archive.Mark {
	of, name, _ := strings.Cut(r.PostFormValue("marked"), " ")
	return archive.Mark{Application: of, Paper: name, Flaw: archive.Flaw(r.PostFormValue("flaw")), Reason: r.PostFormValue("why")}
}

// dossierMark sets a mark on a paper of a file.
func (s *Server) dossierMark(w http.ResponseWriter, r *http.Request) error {
	return s.dossierAct(w, r, "archive.mark.done", func(id person.ID) error { return s.archiving.MarkPaper(r.Context(), actor(r), id, markTyped(r)) })
}

// dossierLift lifts a mark.
func (s *Server) dossierLift(w http.ResponseWriter, r *http.Request) error {
	return s.dossierAct(w, r, "archive.lift.done", func(id person.ID) error {
		return s.archiving.LiftMark(r.Context(), actor(r), id, r.PostFormValue("mark"), r.PostFormValue("answer"))
	})
}

// applicationMark sets a mark on a paper of a case that waits to be filed.
func (s *Server) applicationMark(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "archive.mark.done", func(id application.ID) error { return s.archiving.MarkFiling(r.Context(), actor(r), id, markTyped(r)) })
}

// applicationLift lifts a mark on such a paper.
func (s *Server) applicationLift(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "archive.lift.done", func(id application.ID) error {
		f, err := s.casework.Application(r.Context(), actor(r), id)
		if err != nil {
			return err
		}
		return s.archiving.LiftMark(r.Context(), actor(r), f.Person.ID, r.PostFormValue("mark"), r.PostFormValue("answer"))
	})
}

// lacks is what the files of the area lack.
func (s *Server) lacks(w http.ResponseWriter, r *http.Request) error {
	f := lackFilter(r)
	all, next, err := s.archiving.Lackers(r.Context(), actor(r), f)
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("archive.lacks.title"))
	p.Crumbs = archiveCrumbs()
	return show(w, r, http.StatusOK, lacksPage(p, lacksView{f, all, r, turner(r, len(all), next)}))
}

func lackFilter(r *http.Request) archiving.LackFilter {
	q := r.URL.Query()
	return archiving.LackFilter{Region: region.Code(q.Get("region")), Flaw: archive.Flaw(q.Get("flaw")), Late: q.Get("late") == "yes", Filed: q.Get("filed") == "yes", After: q.Get("after"), Limit: rows}
}

// lacksExport is the list as a workbook.
func (s *Server) lacksExport(w http.ResponseWriter, r *http.Request) error {
	return s.take(w, r, taking{name: lang.T("archive.lacks.title"), columns: archiving.LackColumns, write: func(to sheet.Out) error {
		return s.archiving.ExportLackers(r.Context(), actor(r), lackFilter(r), to)
	}})
}

type lacksView struct {
	f     archiving.LackFilter
	all   []archiving.Lacker
	r     *http.Request
	pager look.Pager
}

func (v lacksView) flaw() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "flaw", Label: lang.T("archive.flaw")}, Value: string(v.f.Flaw), Empty: lang.T("blanks.list.all")}, archive.Flaws)
}

func (v lacksView) late() look.Choices {
	c := look.Choices{Field: look.Field{Name: "late", Label: lang.T("archive.lacks.late")}, Options: []look.Option{{Value: "yes", Text: lang.T("archive.lacks.only")}}}
	if v.f.Late {
		c.Values = []string{"yes"}
	}
	return c
}

func (v lacksView) filed() look.Choices {
	c := look.Choices{Field: look.Field{Name: "filed", Label: lang.T("archive.lacks.filed")}, Options: []look.Option{{Value: "yes", Text: lang.T("archive.lacks.filed.only")}}}
	if v.f.Filed {
		c.Values = []string{"yes"}
	}
	return c
}

func (v lacksView) table() look.Table {
	t := look.Table{Caption: lang.T("archive.lacks.title"), Quiet: true, Empty: lang.T("archive.lacks.empty"), Columns: []look.Column{{Text: lang.T("archive.holder")}, {Text: lang.T("cases.village")},
		{Text: lang.T("archive.lacks.case")}, {Text: lang.T("archive.lacks")}, {Text: lang.T("archive.mark.reason")}, {Text: lang.T("archive.lacks.state"), Tight: true}}}
	for _, l := range v.all {
		holder, of, late := look.Cell{Text: l.Holder.Name, Note: l.Holder.Number.Masked(), Href: fileHref(l.Person)}, look.Cell{Text: l.CaseNo}, look.Cell{}
		if l.Filed == "" && (l.State == application.Delivered || l.Flaw == "") { // who may have no file yet
			holder.Href = ""
		}
		if l.CaseNo == "" && l.State != "" { // it ended before it got a number
			of.Text = word(l.State)
		}
		if l.End != "" && l.End != archive.CaseEnd {
			of.Note = word(l.End)
		}
		if l.Application != "" && actor(v.r).Can(access.ApplicationRead) {
			of.Href = "/applications/" + l.Application
		}
		if l.Late {
			late = look.Cell{Tag: look.Tag{Text: lang.T("archive.lacks.late.yes"), Colour: look.Red}, Note: string(l.CaseDue)}
		}
		if l.Filed != "" {
			late = look.Cell{Tag: look.Tag{Text: lang.T("archive.lacks.filed.yes"), Colour: look.Yellow}, Note: string(l.Filed)}
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{holder, {Text: l.Place}, of, {Text: l.Said()}, lackReason(l), late}})
	}
	return t
}

// lackReason is what is wrong with a paper, or why the file was closed without one.
func lackReason(l archiving.Lacker) look.Cell {
	if l.Filed != "" && l.Flaw == "" {
		return look.Cell{Text: lang.T("archive.lacks.because", l.Why)}
	}
	c := look.Cell{Text: l.Reason, Note: strings.TrimSpace(string(l.Day) + " " + l.Clerk)}
	if l.Filed != "" {
		c.Note += "　" + lang.T("archive.lacks.because", l.Why)
	}
	return c
}

func (v lacksView) export() string {
	if !actor(v.r).Can(access.ListExport) {
		return ""
	}
	return carrying("/archive/lacks.xlsx", v.r.URL.Query(), []string{"region", "flaw", "late", "filed"})
}
