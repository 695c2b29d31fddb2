package web

import (
	"bytes"
	"net/http"
	"path"
	"strconv"
	"strings"

	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/archiving"
	"hefa/internal/attempt"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/sheet"
)

func fileHref(id person.ID) string    { return "/archive/files/" + string(id) }
func boxHref(id archive.BoxID) string { return "/archive/boxes/" + string(id) }
func archiveCrumbs() []look.Link {
	return []look.Link{{Text: lang.T("archive.title"), Href: "/archive"}}
}
func dossierTag(s archive.State) look.Tag  { return look.Tag{Text: word(s), Colour: dossierColour[s]} }
func loanTag(s archive.LoanState) look.Tag { return look.Tag{Text: word(s), Colour: loanColour[s]} }

var (
	dossierColour = map[archive.State]look.Colour{archive.Shelved: look.Green, archive.Out: look.Yellow, archive.Destroyed: look.Grey}
	loanColour    = map[archive.LoanState]look.Colour{archive.Asked: look.Blue, archive.Granted: look.Green, archive.Lent: look.Yellow, archive.Returned: look.Grey, archive.Denied: look.Red}
)

// dossiers is the files of the area, with the field that a label is scanned into.
func (s *Server) dossiers(w http.ResponseWriter, r *http.Request) error {
	return s.dossiersShow(w, r, http.StatusOK, nil)
}

func (s *Server) dossiersShow(w http.ResponseWriter, r *http.Request, status int, wrong error) error {
	f := dossierFilter(r)
	all, more, err := s.archiving.Dossiers(r.Context(), actor(r), f)
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("archive.title"))
	p.Problems = look.Find(wrong)
	next := ""
	if more {
		next = all[len(all)-1].No
	}
	return show(w, r, status, dossiersPage(p, dossiersView{f, all, r, turner(r, len(all), next)}))
}

func dossierFilter(r *http.Request) archiving.DossierFilter {
	q := r.URL.Query()
	return archiving.DossierFilter{Region: region.Code(q.Get("region")), No: strings.TrimSpace(q.Get("no")), Name: strings.TrimSpace(q.Get("name")), State: archive.State(q.Get("state")),
		After: q.Get("after"), Limit: rows}
}

// archiveFind leads from a label to the file or the box that it names: the code as a scanner types it, or a photo of it.
func (s *Server) archiveFind(w http.ResponseWriter, r *http.Request) error {
	var found archiving.Found
	picture, _, err := r.FormFile("picture")
	if err == nil {
		defer picture.Close()
		found, err = s.archiving.FindPicture(r.Context(), actor(r), picture)
	} else {
		found, err = s.archiving.Find(r.Context(), actor(r), r.PostFormValue("code"))
	}
	switch {
	case again(err):
		return s.dossiersShow(w, r, http.StatusUnprocessableEntity, err)
	case err != nil:
		return err
	case found.Box != "":
		return redirect(w, r, boxHref(found.Box))
	}
	return redirect(w, r, fileHref(found.Person))
}

// dossiersExport is the list as a workbook.
func (s *Server) dossiersExport(w http.ResponseWriter, r *http.Request) error {
	return s.take(w, r, taking{name: lang.T("archive.list.title"), columns: archiving.DossierColumns, write: func(to sheet.Out) error {
		return s.archiving.ExportDossiers(r.Context(), actor(r), dossierFilter(r), to)
	}})
}

// dossiersView is the list as the page lays it out.
type dossiersView struct {
	f     archiving.DossierFilter
	all   []archiving.Kept
	r     *http.Request
	pager look.Pager
}

func (v dossiersView) code() look.Input {
	return look.Input{Field: look.Field{Name: "code", Label: lang.T("archive.code"), Hint: lang.T("archive.code.hint"), Optional: true}, Value: v.r.PostFormValue("code"), Width: look.W30, Complete: "off"}
}

func (v dossiersView) picture() look.File {
	return look.File{Field: look.Field{Name: "picture", Label: lang.T("archive.picture"), Hint: lang.T("archive.picture.hint"), Optional: true}, Accept: "image/jpeg,image/png"}
}

func (v dossiersView) no() look.Input {
	return look.Input{Field: look.Field{Name: "no", Label: lang.T("archive.no.begin")}, Value: v.f.No, Width: look.W20, Complete: "off"}
}

func (v dossiersView) name() look.Input {
	return look.Input{Field: look.Field{Name: "name", Label: lang.T("archive.holder")}, Value: v.f.Name, Width: look.W10, Complete: "off"}
}

func (v dossiersView) state() look.Choice {
	c := look.Choice{Field: look.Field{Name: "state", Label: lang.T("archive.state")}, Value: string(v.f.State), Empty: lang.T("blanks.list.all")}
	for _, s := range []archive.State{archive.Shelved, archive.Out, archive.Destroyed} {
		c.Options = append(c.Options, look.Option{Value: string(s), Text: word(s)})
	}
	return c
}

func (v dossiersView) table() look.Table {
	t := look.Table{Caption: lang.T("archive.list.title"), Empty: lang.T("archive.empty"), Columns: []look.Column{{Text: lang.T("archive.no")}, {Text: lang.T("archive.holder")},
		{Text: lang.T("archive.box")}, {Text: lang.T("archive.place")}, {Text: lang.T("archive.closed"), Tight: true}, {Text: lang.T("archive.state"), Tight: true}}}
	for _, k := range v.all {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: k.No, Href: fileHref(k.Person)}, {Text: k.Holder.Name, Note: k.Holder.Number.Masked()}, inBox(k), {Text: k.Stands},
			{Text: string(k.Closed)}, {Tag: dossierTag(k.State)}}})
	}
	return t
}

// inBox is the box of a file and its place there.
func inBox(k archiving.Kept) look.Cell {
	if k.InBox == "" {
		return look.Cell{Text: lang.T("archive.box.none")}
	}
	return look.Cell{Text: k.InBox, Href: boxHref(k.Box), Note: lang.T("archive.order.text", k.Order)}
}

func (v dossiersView) export() string {
	if !actor(v.r).Can(access.ListExport) {
		return ""
	}
	return beside(v.r, "list.xlsx")
}

// dossier is one person's file.
func (s *Server) dossier(w http.ResponseWriter, r *http.Request) error {
	return s.dossierShow(w, r, http.StatusOK, nil)
}

func (s *Server) dossierShow(w http.ResponseWriter, r *http.Request, status int, wrong error) error {
	f, err := s.archiving.Dossier(r.Context(), actor(r), person.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	tried, err := s.attemptsOf(r, f.Person)
	if err != nil {
		return err
	}
	p := s.page(w, r, f.Holder.Name)
	p.Caption, p.Problems, p.Crumbs = f.No, look.Find(wrong), archiveCrumbs()
	return show(w, r, status, dossierPage(p, dossierView{f, tried, r}))
}

// dossierAct runs one act on a file: back to the file when it was done, the file with what is wrong when not.
func (s *Server) dossierAct(w http.ResponseWriter, r *http.Request, done string, act func(person.ID) error) error {
	id := person.ID(r.PathValue("id"))
	err := act(id)
	if again(err) {
		return s.dossierShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, fileHref(id), done)
}

// dossierPaper opens a paper of the file that is kept as a content, for a reason.
func (s *Server) dossierPaper(w http.ResponseWriter, r *http.Request) error {
	id := person.ID(r.PathValue("id"))
	kind, content, err := s.archiving.Paper(r.Context(), actor(r), id, r.PathValue("item"), r.PostFormValue("reason"))
	return s.archived(w, r, kept{lang.T("archive.paper"), kind, content, look.Link{Text: lang.T("archive.paper.back"), Href: fileHref(id)}}, err)
}

// dossierCount sets the pages of the papers.
func (s *Server) dossierCount(w http.ResponseWriter, r *http.Request) error {
	return s.dossierAct(w, r, "archive.pages.done", func(id person.ID) error {
		counts := map[string]archiving.Count{}
		for name := range r.PostForm {
			if item, ok := strings.CutPrefix(name, "pages-"); ok {
				counts[item] = archiving.Count{Pages: counted(r, name), Note: r.PostFormValue("note-" + item)}
			}
		}
		return s.archiving.CountPages(r.Context(), actor(r), id, counts)
	})
}

// dossierAdd puts a paper into the file.
func (s *Server) dossierAdd(w http.ResponseWriter, r *http.Request) error {
	return s.dossierAct(w, r, "archive.add.done", func(id person.ID) error {
		on, _ := look.ReadDay(r.PostFormValue("day"))
		return s.archiving.AddPaper(r.Context(), actor(r), id, archive.Item{Kind: archive.Kind(r.PostFormValue("kind")), Title: r.PostFormValue("title"), Author: r.PostFormValue("author"),
			Number: r.PostFormValue("number"), Day: on, Pages: counted(r, "pages")})
	})
}

// dossierMove puts the file into another box.
func (s *Server) dossierMove(w http.ResponseWriter, r *http.Request) error {
	return s.dossierAct(w, r, "archive.move.done", func(id person.ID) error {
		return s.archiving.MoveDossier(r.Context(), actor(r), id, r.PostFormValue("box"))
	})
}

// dossierAsk asks for the paper file.
func (s *Server) dossierAsk(w http.ResponseWriter, r *http.Request) error {
	return s.dossierAct(w, r, "archive.loan.asked.done", func(id person.ID) error {
		return s.archiving.AskLoan(r.Context(), actor(r), id, archive.Loan{Borrower: r.PostFormValue("borrower"), Unit: r.PostFormValue("unit"), Reason: r.PostFormValue("reason")})
	})
}

// dossierPapers is the cover, the contents and the remarks as PDF.
func (s *Server) dossierPapers(w http.ResponseWriter, r *http.Request) error {
	return file(w, lang.T("archive.papers.file"), pdf, func(b *bytes.Buffer) error {
		return s.archiving.WriteDossier(r.Context(), actor(r), person.ID(r.PathValue("id")), b)
	})
}

// dossierView is a file as the page lays it out.
type dossierView struct {
	archiving.Dossier
	attempts []attempt.Attempt
	r        *http.Request
}

func (v dossierView) may(act access.Act) bool { return actor(v.r).Can(act) }

// tried says whether the form with the last part of the address was just sent in vain.
func (v dossierView) tried(name string) bool { return path.Base(v.r.URL.Path) == name }

func (v dossierView) details() []look.Detail {
	box := look.Detail{Key: lang.T("archive.box"), Value: lang.T("archive.box.none")}
	if v.InBox != "" {
		box.Value = v.InBox + " " + lang.T("archive.order.text", v.Order)
		box.Actions = []look.Link{{Text: lang.T("archive.box.open"), Href: boxHref(v.Box)}}
	}
	holder := look.Detail{Key: lang.T("archive.holder"), Value: v.Holder.Name + " " + v.Holder.Number.Masked()}
	if v.may(access.PersonRead) {
		holder.Actions = []look.Link{{Text: lang.T("archive.person"), Href: "/people/" + string(v.Person)}}
	}
	return []look.Detail{{Key: lang.T("archive.no"), Value: v.No}, holder, box, {Key: lang.T("archive.place"), Value: v.Stands}, {Key: lang.T("archive.state"), Body: look.State(dossierTag(v.Kept.State))},
		{Key: lang.T("archive.term"), Value: word(v.Term)}, {Key: lang.T("archive.opened"), Value: string(v.Opened)}, {Key: lang.T("archive.closed"), Value: string(v.Closed)},
		{Key: lang.T("archive.size"), Value: lang.T("archive.size.text", len(v.Items), v.Pages)}}
}

// items is the papers; whoever keeps the archive can correct their pages.
func (v dossierView) items(wrong look.Problems) look.Table {
	t := look.Table{Caption: lang.T("archive.items"), Empty: lang.T("archive.items.empty"), Columns: []look.Column{{Text: lang.T("archive.column.kind"), Tight: true}, {Text: lang.T("archive.column.title")},
		{Text: lang.T("archive.column.author")}, {Text: lang.T("archive.column.day"), Tight: true}, {Text: lang.T("archive.column.origin"), Tight: true}, {Text: lang.T("archive.column.pages")},
		{Text: lang.T("archive.column.note")}}}
	for _, i := range v.Items {
		title := look.Cell{Text: i.Title, Note: i.Number}
		if i.Flaw != "" {
			title.Note = strings.TrimSpace(i.Number + " " + lang.T("archive.flaw.is", i.Flaw))
		}
		if i.Application != "" && v.may(access.ApplicationRead) {
			title.Href = "/applications/" + i.Application
		}
		kind := look.Cell{Text: word(i.Kind)}
		if i.Hash != "" && i.Destroyed == "" && v.may(access.AttachmentRead) {
			kind.Href = fileHref(v.Person) + "/papers/" + i.ID
		}
		count, note := look.Cell{Text: strconv.Itoa(i.Pages)}, look.Cell{Text: i.Note}
		if v.may(access.ArchiveKeep) {
			count = look.Cell{Body: inRow(v.field("pages-"+i.ID, lang.T("archive.pages.of", i.Title), strconv.Itoa(i.Pages)), look.W4, wrong)}
			note = look.Cell{Body: inRow(v.field("note-"+i.ID, lang.T("archive.note.of", i.Title), i.Note), look.W10, wrong)}
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{kind, title, {Text: i.Author}, {Text: string(i.Day)}, {Text: word(i.Origin), Note: strings.TrimSpace(v.gone(i) + " " + digestText(i))}, count, note}})
	}
	return t
}

// lacks is what was filed though papers were lacking, and what still is.
func (v dossierView) lacks() look.Table {
	t := look.Table{Caption: lang.T("archive.closings"), Columns: []look.Column{{Text: lang.T("archive.lacks.case")}, {Text: lang.T("archive.lacks.filed"), Tight: true},
		{Text: lang.T("archive.lacks.then")}, {Text: lang.T("archive.lacks.why")}, {Text: lang.T("archive.lacks.still")}}}
	for _, c := range v.Lacks {
		of := look.Cell{Text: word(c.Kind), Note: c.No}
		if c.Kind == archive.CaseEnd && v.may(access.ApplicationRead) {
			of.Href = "/applications/" + c.ID
		}
		still := look.Cell{Text: lang.T("archive.lacks.none")}
		if len(c.Wanting) > 0 {
			still = look.Cell{Tag: look.Tag{Text: archive.Words(c.Wanting), Colour: look.Yellow}}
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{of, {Text: string(c.Day)}, {Text: archive.Words(c.Lacking)}, {Text: c.Reason}, still}})
	}
	return t
}

// digestText is the hash of a scan with the name of its algorithm.
func digestText(i archive.Item) string {
	switch {
	case i.Digest != "":
		return i.Said()
	case i.Hash != "" && i.Destroyed == "":
		return lang.T("archive.digest.none")
	}
	return ""
}

// marks is what is wrong with the papers.
func (v dossierView) marks() markForms {
	return markForms{at: fileHref(v.Person), papers: v.Items, open: v.Marks, typed: v.r.PostForm, tried: path.Base(v.r.URL.Path)}
}

// gone says with which list a paper was destroyed.
func (v dossierView) gone(i archive.Item) string {
	if i.Destroyed == "" {
		return ""
	}
	return lang.T("appraisal.gone", i.Destroyed)
}

// field is one line in a row, with what was typed when the form comes back.
func (v dossierView) field(name, label, value string) look.Input {
	if v.r.PostForm.Has(name) {
		value = v.r.PostFormValue(name)
	}
	return look.Input{Field: look.Field{Name: name, Label: label}, Value: value, Complete: "off"}
}

func (v dossierView) kinds() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "kind", Label: lang.T("archive.column.kind")}, Value: v.r.PostFormValue("kind"), Empty: lang.T("edit.pick")}, archive.Kinds)
}

func (v dossierView) day() look.Date {
	d := look.Date{Field: look.Field{Name: "day", Label: lang.T("archive.column.day")}, Typed: v.r.PostFormValue("day")}
	return d
}

func (v dossierView) box() look.Input {
	return look.Input{Field: look.Field{Name: "box", Label: lang.T("archive.move.box"), Hint: lang.T("archive.move.hint"), Optional: true}, Value: v.r.PostFormValue("box"), Width: look.W30, Complete: "off"}
}

func (v dossierView) text(name, label string, width look.Width) look.Input {
	return typed(v.r, name, label, "", width)
}

func (v dossierView) optional(name, label string) look.Input {
	i := typed(v.r, name, label, "", look.W20)
	i.Optional = true
	return i
}

func (v dossierView) loans() look.Table {
	return loanTable(lang.T("archive.loans.of"), v.Loans)
}
