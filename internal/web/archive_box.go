package web

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"

	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/archiving"
	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/region"
)

// boxes is the boxes on the shelves.
func (s *Server) boxes(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	f := archiving.BoxFilter{County: region.Code(q.Get("region")), No: strings.TrimSpace(q.Get("no")), After: q.Get("after"), Limit: rows}
	all, more, err := s.archiving.Boxes(r.Context(), actor(r), f)
	if err != nil {
		return err
	}
	next := ""
	if more {
		next = all[len(all)-1].No
	}
	p := s.page(w, r, lang.T("archive.boxes.title"))
	p.Crumbs = archiveCrumbs()
	return show(w, r, http.StatusOK, boxesPage(p, boxesView{f, all, r, turner(r, len(all), next)}))
}

// boxesView is the list as the page lays it out.
type boxesView struct {
	f     archiving.BoxFilter
	all   []archive.Box
	r     *http.Request
	pager look.Pager
}

func (v boxesView) no() look.Input {
	return look.Input{Field: look.Field{Name: "no", Label: lang.T("archive.box.begin")}, Value: v.f.No, Width: look.W20, Complete: "off"}
}

func (v boxesView) table() look.Table {
	t := look.Table{Caption: lang.T("archive.boxes.title"), Quiet: true, Empty: lang.T("archive.boxes.empty"), Columns: []look.Column{{Text: lang.T("archive.box")}, {Text: lang.T("archive.place")},
		{Text: lang.T("archive.term"), Tight: true}, {Text: lang.T("archive.filled"), Number: true}, {Text: lang.T("archive.holds"), Number: true}}}
	for _, b := range v.all {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: b.No, Href: boxHref(b.ID)}, placeCell(b), {Text: word(b.Term)}, {Text: strconv.Itoa(b.Filled)}, {Text: strconv.Itoa(b.Holds)}}})
	}
	return t
}

// placeCell is where a box stands, with a mark when nobody said.
func placeCell(b archive.Box) look.Cell {
	if b.Place() == "" {
		return look.Cell{Tag: look.Tag{Text: lang.T("archive.place.none"), Colour: look.Yellow}}
	}
	return look.Cell{Text: b.Place()}
}

// shelves is the index of the shelves as PDF.
func (s *Server) shelves(w http.ResponseWriter, r *http.Request) error {
	return file(w, lang.T("archive.shelves.title")+".pdf", pdf, func(b *bytes.Buffer) error {
		return s.archiving.WriteShelves(r.Context(), actor(r), region.Code(r.URL.Query().Get("region")), b)
	})
}

// box is one box with what is in it.
func (s *Server) box(w http.ResponseWriter, r *http.Request) error {
	return s.boxShow(w, r, http.StatusOK, nil)
}

func (s *Server) boxShow(w http.ResponseWriter, r *http.Request, status int, wrong error) error {
	b, err := s.archiving.Box(r.Context(), actor(r), archive.BoxID(r.PathValue("id")))
	if err != nil {
		return err
	}
	p := s.page(w, r, b.No)
	p.Problems = look.Find(wrong)
	p.Crumbs = append(archiveCrumbs(), look.Link{Text: lang.T("archive.boxes.title"), Href: "/archive/boxes"})
	return show(w, r, status, boxPage(p, boxView{b, r}))
}

// boxPlace says where the box stands.
func (s *Server) boxPlace(w http.ResponseWriter, r *http.Request) error {
	id := archive.BoxID(r.PathValue("id"))
	version, _ := strconv.Atoi(r.PostFormValue("version"))
	err := s.archiving.PlaceBox(r.Context(), actor(r), id, archiving.Place{Room: r.PostFormValue("room"), Rack: r.PostFormValue("rack"), Shelf: r.PostFormValue("shelf")}, version)
	if again(err) {
		return s.boxShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, boxHref(id), "archive.place.done")
}

// boxCount compares what was read off the files with what the box should hold.
func (s *Server) boxCount(w http.ResponseWriter, r *http.Request) error {
	id := archive.BoxID(r.PathValue("id"))
	_, err := s.archiving.TakeStock(r.Context(), actor(r), id, strings.Fields(r.PostFormValue("codes")))
	if again(err) {
		return s.boxShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, boxHref(id), "archive.count.done")
}

// boxLabels is the labels of the box and the list of what is in it, as PDF.
func (s *Server) boxLabels(w http.ResponseWriter, r *http.Request) error {
	return file(w, lang.T("archive.labels.file"), pdf, func(b *bytes.Buffer) error {
		return s.archiving.WriteBox(r.Context(), actor(r), archive.BoxID(r.PathValue("id")), b)
	})
}

// boxView is a box as the page lays it out.
type boxView struct {
	archiving.Box
	r *http.Request
}

func (v boxView) keeps() bool { return actor(v.r).Can(access.ArchiveKeep) }

func (v boxView) details() []look.Detail {
	return []look.Detail{{Key: lang.T("archive.place"), Value: v.Place()}, {Key: lang.T("archive.term"), Value: word(v.Term)},
		{Key: lang.T("archive.filled"), Value: lang.T("archive.filled.text", len(v.Files), v.Holds)}}
}

func (v boxView) place(name, label, value string) look.Input {
	if v.r.PostForm.Has(name) {
		value = v.r.PostFormValue(name)
	}
	return look.Input{Field: look.Field{Name: name, Label: label}, Value: value, Width: look.W10, Complete: "off"}
}

func (v boxView) codes() look.Area {
	return look.Area{Field: look.Field{Name: "codes", Label: lang.T("archive.codes"), Hint: lang.T("archive.codes.hint")}, Value: v.r.PostFormValue("codes"), Rows: 6}
}

func (v boxView) files() look.Table {
	t := look.Table{Caption: lang.T("archive.files.of"), Empty: lang.T("archive.files.empty"), Columns: []look.Column{{Text: lang.T("archive.order"), Number: true}, {Text: lang.T("archive.no")},
		{Text: lang.T("archive.holder")}, {Text: lang.T("archive.opened"), Tight: true}, {Text: lang.T("archive.state"), Tight: true}}}
	for _, k := range v.Files {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: strconv.Itoa(k.Order)}, {Text: k.No, Href: fileHref(k.Person)}, {Text: k.Holder.Name}, {Text: string(k.Opened)}, {Tag: dossierTag(k.State)}}})
	}
	return t
}

func (v boxView) counts() look.Table {
	t := look.Table{Caption: lang.T("archive.counts"), Empty: lang.T("archive.counts.empty"), Columns: []look.Column{{Text: lang.T("archive.count.day"), Tight: true}, {Text: lang.T("archive.count.found"), Number: true},
		{Text: lang.T("archive.count.missing")}, {Text: lang.T("archive.count.strange")}, {Text: lang.T("archive.count.clerk")}}}
	for _, c := range v.Counts {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: string(c.Day)}, {Text: strconv.Itoa(c.Found)}, numbers(c.Missing), numbers(c.Strange), {Text: c.Clerk}}})
	}
	return t
}

// numbers is a list of numbers in a cell.
func numbers(all []string) look.Cell {
	if len(all) == 0 {
		return look.Cell{Text: lang.T("archive.count.none")}
	}
	return look.Cell{Text: strings.Join(all, "、")}
}

// loans is who borrowed what.
func (s *Server) loans(w http.ResponseWriter, r *http.Request) error {
	return s.loansShow(w, r, http.StatusOK, nil)
}

func (s *Server) loansShow(w http.ResponseWriter, r *http.Request, status int, wrong error) error {
	q := r.URL.Query()
	f := archiving.LoanFilter{County: region.Code(q.Get("region")), State: archive.LoanState(q.Get("state")), Late: q.Get("late") == "yes", After: q.Get("after"), Limit: rows}
	l, err := s.archiving.Loans(r.Context(), actor(r), f)
	if err != nil {
		return err
	}
	next := ""
	if l.More {
		next = l.Rows[len(l.Rows)-1].ID
	}
	p := s.page(w, r, lang.T("archive.loans.title"))
	p.Crumbs, p.Problems = archiveCrumbs(), look.Find(wrong)
	return show(w, r, status, loansPage(p, loansView{l, f, r, turner(r, len(l.Rows), next)}))
}

// loansView is the list as the page lays it out.
type loansView struct {
	archiving.Loans
	f     archiving.LoanFilter
	r     *http.Request
	pager look.Pager
}

func (v loansView) state() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "state", Label: lang.T("archive.loan.state")}, Value: string(v.f.State), Empty: lang.T("blanks.list.all")}, archive.LoanStates)
}

func (v loansView) overdue() look.Choices {
	c := look.Choices{Field: look.Field{Name: "late", Label: lang.T("archive.loan.late.filter")}, Options: []look.Option{{Value: "yes", Text: lang.T("archive.loan.late.only")}}}
	if v.f.Late {
		c.Values = []string{"yes"}
	}
	return c
}

// waiting is the loans of the page that this reader can take a step with.
func (v loansView) waiting() []archiving.Lending {
	var out []archiving.Lending
	by := actor(v.r)
	for _, l := range v.Rows {
		if l.State == archive.Asked && by.Can(access.LoanDecide) && l.AskedBy != by.Account || (l.State == archive.Granted || l.State == archive.Lent) && by.Can(access.LoanTake) {
			out = append(out, l)
		}
	}
	return out
}

func (v loansView) answer(l archiving.Lending) look.Input {
	i := look.Input{Field: look.Field{Name: "answer", Label: lang.T("archive.loan.answer"), Optional: true}, Complete: "off"}
	if v.r.PathValue("id") == l.ID {
		i.Value = v.r.PostFormValue("answer")
	}
	return i
}

// late is the tag of a loan, red when the file should be back.
func late(l archive.Loan, today day.Day) look.Tag {
	if l.Late(today) {
		return look.Tag{Text: lang.T("archive.loan.late", l.Due), Colour: look.Red}
	}
	return loanTag(l.State)
}

func (v loansView) table() look.Table {
	t := loanTable(lang.T("archive.loans.title"), v.Rows)
	t.Quiet = true
	for i, l := range v.Rows {
		t.Rows[i].Cells[len(t.Rows[i].Cells)-1].Tag = late(l.Loan, v.Today)
	}
	return t
}

func loanTable(caption string, all []archiving.Lending) look.Table {
	t := look.Table{Caption: caption, Empty: lang.T("archive.loans.empty"), Columns: []look.Column{{Text: lang.T("archive.no")}, {Text: lang.T("archive.loan.borrower")}, {Text: lang.T("archive.loan.reason")},
		{Text: lang.T("archive.loan.asked"), Tight: true}, {Text: lang.T("archive.loan.due"), Tight: true}, {Text: lang.T("archive.loan.back"), Tight: true}, {Text: lang.T("archive.loan.state"), Tight: true}}}
	for _, l := range all {
		reason := look.Cell{Text: l.Reason, Note: l.Answer}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: l.No, Href: fileHref(l.Person), Note: l.Holder}, {Text: l.Borrower, Note: l.Unit}, reason, {Text: string(l.Asked)}, {Text: string(l.Due)},
			{Text: string(l.Back)}, {Tag: loanTag(l.State)}}})
	}
	return t
}

// loanAct runs one step of a loan: back to the list when it was done, the list with what is wrong when not.
func (s *Server) loanAct(w http.ResponseWriter, r *http.Request, done string, act func(id string) error) error {
	err := act(r.PathValue("id"))
	if again(err) {
		return s.loansShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/archive/loans", done)
}

// loanDecide grants or denies a loan.
func (s *Server) loanDecide(w http.ResponseWriter, r *http.Request) error {
	return s.loanAct(w, r, "archive.loan.decided.done", func(id string) error {
		return s.archiving.DecideLoan(r.Context(), actor(r), id, r.PostFormValue("grant") == "yes", r.PostFormValue("answer"))
	})
}

// loanTake hands the file out.
func (s *Server) loanTake(w http.ResponseWriter, r *http.Request) error {
	return s.loanAct(w, r, "archive.loan.taken.done", func(id string) error { return s.archiving.TakeLoan(r.Context(), actor(r), id) })
}

// loanReturn puts the file back.
func (s *Server) loanReturn(w http.ResponseWriter, r *http.Request) error {
	return s.loanAct(w, r, "archive.loan.returned.done", func(id string) error { return s.archiving.ReturnLoan(r.Context(), actor(r), id) })
}

// loanSteps is the last part of the address of the step that waits in a state.
var loanSteps = map[archive.LoanState]string{archive.Asked: "decide", archive.Granted: "take", archive.Lent: "return"}
