package web

import (
	"net/http"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/records"
	"hefa/internal/region"
)

// blankForm is one form about blanks: its sentences and its fields with what was typed, each a look.Input or a look.Choice.
type blankForm struct {
	title, hint, button string
	action              string
	act                 access.Act
	fields              []any
}

// blankShow shows the form, with what is wrong when it was sent in vain.
func (s *Server) blankShow(w http.ResponseWriter, r *http.Request, f blankForm, err error) error {
	if !actor(r).Can(f.act) {
		return fault.New(fault.Forbidden, "act.forbidden", f.act)
	}
	status := http.StatusOK
	if err != nil {
		status = http.StatusUnprocessableEntity
	}
	p := s.page(w, r, f.title)
	p.Crumbs, p.Problems = blankCrumbs(), look.Find(err)
	return show(w, r, status, blankFormPage(p, f))
}

// blankSend answers a form that was sent: back to the book when it was taken, the form with what is wrong when not.
func (s *Server) blankSend(w http.ResponseWriter, r *http.Request, f blankForm, done string, err error) error {
	if again(err) {
		return s.blankShow(w, r, f, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/blanks", done)
}

// typed is a line of a form with what was typed there.
func typed(r *http.Request, name, label, hint string, width look.Width) look.Input {
	return look.Input{Field: look.Field{Name: name, Label: label, Hint: hint}, Value: r.FormValue(name), Width: width, Complete: "off"}
}

// counted is the whole number in a field; what is none counts as -1, which nobody has.
func counted(r *http.Request, name string) int {
	n, err := strconv.Atoi(look.Narrow(r.PostFormValue(name)))
	if err != nil {
		return -1
	}
	return n
}

// run reads serials that follow each other.
func run(r *http.Request) card.Run {
	return card.Run{Kind: card.Kind(r.PostFormValue("kind")), First: r.PostFormValue("first"), Count: counted(r, "count")}
}

func runFields(r *http.Request) []any {
	n := typed(r, "count", lang.T("blanks.count"), "", look.W5)
	n.Numeric, n.Suffix = true, lang.T("blanks.pieces")
	return []any{typed(r, "first", lang.T("blanks.first"), lang.T("blanks.first.hint"), look.W20), n}
}

func deskField(r *http.Request) look.Input {
	return typed(r, "desk", lang.T("blanks.desk"), lang.T("blanks.desk.hint"), look.W20)
}

func receiveForm(r *http.Request) blankForm {
	fields := append([]any{radios{kindChoice(r.FormValue("kind"))}}, runFields(r)...)
	return blankForm{title: lang.T("blanks.receive"), hint: lang.T("blanks.receive.hint"), button: lang.T("blanks.receive"), action: "/blanks/receive", act: access.BlankReceive,
		fields: append(fields, typed(r, "supplier", lang.T("blanks.supplier"), lang.T("blanks.supplier.hint"), look.W20))}
}

// radios is a choice that is shown as round buttons.
type radios struct{ look.Choice }

// blanksReceive is the form with which a delivery is taken in.
func (s *Server) blanksReceive(w http.ResponseWriter, r *http.Request) error {
	return s.blankShow(w, r, receiveForm(r), nil)
}

// blanksReceived takes a delivery in.
func (s *Server) blanksReceived(w http.ResponseWriter, r *http.Request) error {
	err := s.records.ReceiveBlanks(r.Context(), actor(r), card.Receipt{Run: run(r), Supplier: r.PostFormValue("supplier")})
	return s.blankSend(w, r, receiveForm(r), "blanks.receive.done", err)
}

func issueForm(r *http.Request) blankForm {
	return blankForm{title: lang.T("blanks.issue"), hint: lang.T("blanks.issue.hint"), button: lang.T("blanks.issue"), action: "/blanks/issue", act: access.BlankMove, fields: append(runFields(r), deskField(r))}
}

// blanksIssue is the form with which blanks go to a desk.
func (s *Server) blanksIssue(w http.ResponseWriter, r *http.Request) error {
	return s.blankShow(w, r, issueForm(r), nil)
}

// blanksIssued hands blanks to a desk.
func (s *Server) blanksIssued(w http.ResponseWriter, r *http.Request) error {
	err := s.records.IssueBlanks(r.Context(), actor(r), "", run(r), r.PostFormValue("desk"))
	return s.blankSend(w, r, issueForm(r), "blanks.issue.done", err)
}

func returnForm(r *http.Request) blankForm {
	return blankForm{title: lang.T("blanks.return"), hint: lang.T("blanks.return.hint"), button: lang.T("blanks.return"), action: "/blanks/return", act: access.BlankMove,
		fields: append(runFields(r), typed(r, "reason", lang.T("blanks.reason"), lang.T("blanks.return.reason"), look.W30))}
}

// blanksReturn is the form with which blanks go back.
func (s *Server) blanksReturn(w http.ResponseWriter, r *http.Request) error {
	return s.blankShow(w, r, returnForm(r), nil)
}

// blanksReturned takes blanks back into the store, or sends them back to the supplier.
func (s *Server) blanksReturned(w http.ResponseWriter, r *http.Request) error {
	err := s.records.ReturnBlanks(r.Context(), actor(r), "", run(r), r.PostFormValue("reason"))
	return s.blankSend(w, r, returnForm(r), "blanks.return.done", err)
}

func loseForm(r *http.Request) blankForm {
	what := look.Choice{Field: look.Field{Name: "what", Label: lang.T("blanks.lose.what")}, Value: "lost", Inline: true,
		Options: []look.Option{{Value: "lost", Text: lang.T("blanks.lose.lost")}, {Value: "found", Text: lang.T("blanks.lose.found")}}}
	if r.FormValue("what") == "found" {
		what.Value = "found"
	}
	return blankForm{title: lang.T("blanks.lose"), hint: lang.T("blanks.lose.hint"), button: lang.T("blanks.lose"), action: "/blanks/lose", act: access.BlankLose,
		fields: []any{radios{what}, typed(r, "serial", lang.T("cards.column.serial"), "", look.W20), typed(r, "reason", lang.T("blanks.reason"), lang.T("blanks.lose.reason"), look.W30),
			typed(r, "witness", lang.T("blanks.witness"), lang.T("blanks.witness.hint", actor(r).Name), look.W10)}}
}

// blanksLose is the form for a blank that is lost, or was found.
func (s *Server) blanksLose(w http.ResponseWriter, r *http.Request) error {
	return s.blankShow(w, r, loseForm(r), nil)
}

// blanksLost records that a blank is lost, or was found.
func (s *Server) blanksLost(w http.ResponseWriter, r *http.Request) error {
	l := records.Loss{Serial: r.PostFormValue("serial"), Reason: r.PostFormValue("reason"), Witness: r.PostFormValue("witness"), Found: r.PostFormValue("what") == "found"}
	return s.blankSend(w, r, loseForm(r), "blanks.lose.done", s.records.LoseBlank(r.Context(), actor(r), "", l))
}

// closeForm asks for what was counted at a desk without saying what the book holds, so that people count.
func (s *Server) closeForm(r *http.Request) (blankForm, error) {
	f := blankForm{title: lang.T("blanks.close"), hint: lang.T("blanks.close.hint"), button: lang.T("blanks.close"), action: "/blanks/close", act: access.BlankClose}
	b, err := s.records.Book(r.Context(), actor(r), region.Code(""))
	if err != nil {
		return f, err
	}
	desk := look.Choice{Field: look.Field{Name: "desk", Label: lang.T("blanks.desk")}, Value: r.FormValue("desk"), Empty: lang.T("blanks.desk.choose")}
	for _, d := range b.Desks {
		if !d.Done {
			desk.Options = append(desk.Options, look.Option{Value: d.Desk, Text: lang.T("blanks.desk.day", d.Desk, d.Day)})
		}
	}
	f.fields = append(f.fields, desk)
	for _, k := range card.Kinds {
		if b.Received[k] > 0 {
			n := typed(r, string(k), lang.T("blanks.close.count", k), "", look.W5)
			n.Numeric, n.Suffix = true, lang.T("blanks.pieces")
			f.fields = append(f.fields, n)
		}
	}
	return f, nil
}

// blanksClose is the form with which a desk ends its day.
func (s *Server) blanksClose(w http.ResponseWriter, r *http.Request) error {
	f, err := s.closeForm(r)
	if err != nil {
		return err
	}
	return s.blankShow(w, r, f, nil)
}

// blanksClosed ends a desk's day when the count agrees with the book.
func (s *Server) blanksClosed(w http.ResponseWriter, r *http.Request) error {
	f, err := s.closeForm(r)
	if err != nil {
		return err
	}
	var p fault.Problems
	desk, c := card.Desk(&p, r.PostFormValue("desk")), card.Count{}
	for _, field := range f.fields {
		in, ok := field.(look.Input)
		if !ok {
			continue
		}
		if c[card.Kind(in.Name)] = counted(r, in.Name); c[card.Kind(in.Name)] < 0 {
			p.Add(in.Name, "blank.count.missing")
		}
	}
	if err := p.Fault(); err != nil {
		return s.blankShow(w, r, f, err)
	}
	return s.blankSend(w, r, f, "blanks.close.done", s.records.CloseDesk(r.Context(), actor(r), "", desk, c))
}
