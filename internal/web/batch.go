package web

import (
	"bytes"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/records"
	"hefa/internal/sheet"
)

// batch shows one print batch: what to do next with it, and each card.
func (s *Server) batch(w http.ResponseWriter, r *http.Request) error {
	return s.batchShow(w, r, http.StatusOK, nil)
}

func (s *Server) batchShow(w http.ResponseWriter, r *http.Request, status int, err error) error {
	b, loadErr := s.records.Batch(r.Context(), actor(r), batchID(r))
	if loadErr != nil {
		return loadErr
	}
	p := s.page(w, r, lang.T("batch.title", b.No))
	p.Caption, p.Problems = b.Place, look.Find(err)
	p.Crumbs = []look.Link{{Text: lang.T("batches.title"), Href: "/batches"}}
	return show(w, r, status, batchPage(p, batchView{b, r, actor(r)}))
}

func batchID(r *http.Request) card.BatchID { return card.BatchID(r.PathValue("id")) }

// batchAct runs one act on a batch: back to the batch when it was done, the batch with what is wrong when not.
func (s *Server) batchAct(w http.ResponseWriter, r *http.Request, done string, act func() error) error {
	err := act()
	if again(err) {
		return s.batchShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, batchHref(batchID(r)), done)
}

// batchGood records that one card of the batch came out good and goes to the field of the next one, so that a scanner can go on at once.
func (s *Server) batchGood(w http.ResponseWriter, r *http.Request) error {
	err := s.records.PrintApplication(r.Context(), actor(r), application.ID(r.PostFormValue("card")), r.PostFormValue("serial"))
	if again(err) {
		return s.batchShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, batchHref(batchID(r))+"#"+look.ID("serial"))
}

// batchSpoil records a blank of the batch that came out wrong.
func (s *Server) batchSpoil(w http.ResponseWriter, r *http.Request) error {
	return s.batchAct(w, r, "spoil.done", func() error {
		return s.records.SpoilApplication(r.Context(), actor(r), application.ID(r.PostFormValue("card")), r.PostFormValue("blank"), r.PostFormValue("reason"))
	})
}

// batchPrint records that all the rest came out good.
func (s *Server) batchPrint(w http.ResponseWriter, r *http.Request) error {
	return s.batchAct(w, r, "batch.print.done", func() error {
		_, err := s.records.PrintBatch(r.Context(), actor(r), batchID(r), r.PostFormValue("desk"))
		return err
	})
}

// batchDispatch sends the batch to its township.
func (s *Server) batchDispatch(w http.ResponseWriter, r *http.Request) error {
	return s.batchAct(w, r, "batch.dispatch.done", func() error {
		return s.records.DispatchBatch(r.Context(), actor(r), batchID(r), card.Parcel{Seal: look.Narrow(r.PostFormValue("seal")), Bearer: r.PostFormValue("bearer"), Left: dayTyped(r.PostFormValue("left"))})
	})
}

// batchReceive notes what the township found in the bag.
func (s *Server) batchReceive(w http.ResponseWriter, r *http.Request) error {
	f := card.Found{Count: -1, Serials: strings.Fields(look.Narrow(r.PostFormValue("serials"))), Whole: r.PostFormValue("whole") == "yes", Note: r.PostFormValue("note"), On: dayTyped(r.PostFormValue("on"))}
	if n, err := strconv.Atoi(look.Narrow(r.PostFormValue("count"))); err == nil {
		f.Count = n
	}
	return s.batchAct(w, r, "batch.receive.done", func() error { return s.records.ReceiveBatch(r.Context(), actor(r), batchID(r), f) })
}

// batchBooklets is the pages to print.
func (s *Server) batchBooklets(w http.ResponseWriter, r *http.Request) error {
	return file(w, lang.T("batch.file.booklets"), pdf, func(b *bytes.Buffer) error {
		return s.records.WriteBatch(r.Context(), actor(r), batchID(r), card.PrinterID(r.URL.Query().Get("printer")), b)
	})
}

// batchDispatchList is the list that goes with the cards.
func (s *Server) batchDispatchList(w http.ResponseWriter, r *http.Request) error {
	return file(w, lang.T("batch.file.dispatch"), pdf, func(b *bytes.Buffer) error {
		return s.records.WriteDispatchList(r.Context(), actor(r), batchID(r), b)
	})
}

// batchRegister is the register in which people sign.
func (s *Server) batchRegister(w http.ResponseWriter, r *http.Request) error {
	return file(w, lang.T("batch.file.register"), pdf, func(b *bytes.Buffer) error {
		return s.records.WriteDeliveryRegister(r.Context(), actor(r), batchID(r), b)
	})
}

// batchExport is the batch as a spreadsheet.
func (s *Server) batchExport(w http.ResponseWriter, r *http.Request) error {
	return s.take(w, r, taking{name: lang.T("batch.file.sheet"), columns: records.CardColumns, write: func(to sheet.Out) error {
		return s.records.ExportBatch(r.Context(), actor(r), batchID(r), to)
	}})
}

// batchView is a batch as the page lays it out.
type batchView struct {
	records.Sheaf
	r  *http.Request
	by access.Actor
}

func (v batchView) href(part string) string { return batchHref(v.ID) + "/" + part }

// printing says whether the reader registers prints now; dispatching whether the batch can leave.
func (v batchView) printing() bool {
	return v.by.Can(access.ApplicationPrint) && v.Tally[card.Frozen] > 0
}

func (v batchView) dispatching() bool {
	return v.by.Can(access.ApplicationDispatch) && v.Tally[card.Frozen] == 0 && v.Tally[card.Good] > 0
}

// receiving says whether the reader counts the batch now.
func (v batchView) receiving() bool {
	return v.by.Can(access.BatchReceive) && v.Dispatched != "" && v.Received == "" && v.Live() > 0
}

func (v batchView) typed(name, label string) look.Input {
	return look.Input{Field: look.Field{Name: name, Label: lang.T(label), Optional: name != "count"}, Value: v.r.PostFormValue(name), Width: look.W20, Complete: "off"}
}

// day is a day that lies before that of its entry, or is that one when it is left out.
func (v batchView) day(name, label, hint string) look.Date {
	return look.Date{Field: look.Field{Name: name, Label: lang.T(label), Hint: lang.T(hint), Optional: true}, Typed: v.r.PostFormValue(name)}
}

func (v batchView) whole() look.Choices {
	c := look.Choices{Field: look.Field{Name: "whole", Label: lang.T("batch.receive.seal")}, Options: []look.Option{{Value: "yes", Text: lang.T("batch.receive.whole")}}}
	if v.r.PostFormValue("whole") == "yes" {
		c.Values = []string{"yes"}
	}
	return c
}

func (v batchView) serials() look.Area {
	return look.Area{Field: look.Field{Name: "serials", Label: lang.T("batch.receive.serials"), Hint: lang.T("batch.receive.serials.hint"), Optional: true}, Value: v.r.PostFormValue("serials"), Rows: 4}
}

func (v batchView) departure() look.Area {
	return look.Area{Field: look.Field{Name: "note", Label: lang.T("batch.departure"), Hint: lang.T("batch.receive.note.hint"), Optional: true}, Value: v.r.PostFormValue("note"), Rows: 2, Max: 200}
}

// next is the card that is registered now: the one asked for, else the first that is not good yet.
func (v batchView) next() records.Line {
	wanted := v.r.FormValue("card")
	i := slices.IndexFunc(v.Lines, func(l records.Line) bool {
		return string(l.Case.Application.ID) == wanted && l.Card.State == card.Frozen
	})
	if i < 0 {
		i = slices.IndexFunc(v.Lines, func(l records.Line) bool { return l.Card.State == card.Frozen })
	}
	return v.Lines[i]
}

// serial is the field of the blank that came out good; where the book of blanks is kept it must be filled in.
func (v batchView) serial() look.Input {
	in := serialInput(v.r.PostFormValue("serial"), lang.T("print.serial.hint"))
	if v.Kept {
		in.Hint, in.Optional = lang.T("print.serial.kept"), false
	}
	return in
}

func (v batchView) waste() look.Input {
	in := wasteInput(v.r.PostFormValue("blank"), "")
	in.Optional = false
	return in
}

// printHint is how the pages are printed.
func (v batchView) printHint() string {
	if v.Make == certificate.Card {
		return lang.T("batch.print.card")
	}
	return lang.T("batch.print.hint")
}

// printer is the printers that print the batch, for a county that has set some up.
func (v batchView) printer() look.Choice {
	c := look.Choice{Field: look.Field{Name: "printer", Label: lang.T("batch.printer"), Hint: lang.T("batch.printer.hint")}, Empty: lang.T("printer.standard")}
	for _, p := range v.Printers {
		c.Options = append(c.Options, look.Option{Value: string(p.ID), Text: p.Name})
	}
	return c
}

// desk is the desks that hold blanks, for the print of all the rest.
func (v batchView) desk() look.Choice {
	c := look.Choice{Field: look.Field{Name: "desk", Label: lang.T("blanks.desk")}, Value: v.r.PostFormValue("desk"), Empty: lang.T("blanks.desk.choose")}
	for _, d := range v.Desks {
		c.Options = append(c.Options, look.Option{Value: d.Desk, Text: lang.T("blanks.desk.held", d.Desk, held(d.Held))})
	}
	return c
}

func (v batchView) details() []look.Detail {
	out := []look.Detail{{Key: lang.T("batches.township"), Value: v.Place}, {Key: lang.T("batches.made"), Value: v.Made.Chinese()},
		{Key: lang.T("batches.cards"), Value: strconv.Itoa(v.Cards)}, {Key: lang.T("cards.column.state"), Body: look.State(bundleTag(v.Bundle))}}
	if v.Make != "" {
		out = append(out, look.Detail{Key: lang.T("batch.make"), Value: word(v.Make)})
	}
	if v.Dispatched != "" {
		out = append(out, look.Detail{Key: lang.T("batch.dispatched.on"), Value: v.Dispatched.Chinese()})
	}
	if v.Seal != "" || v.Bearer != "" {
		out = append(out, look.Detail{Key: lang.T("batch.parcel"), Value: lang.T("batch.parcel.text", v.Seal, v.Bearer)})
	}
	if r := v.Arrival; r.Received != "" {
		out = append(out, look.Detail{Key: lang.T("batch.received"), Value: lang.T("batch.received.text", r.Received.Chinese(), r.Receiver, r.Count)})
		read := lang.T("batch.read.none")
		if r.Read > 0 {
			read = lang.T("batch.read.some", r.Read)
		}
		out = append(out, look.Detail{Key: lang.T("batch.read"), Value: read})
		if r.Departure != "" {
			out = append(out, look.Detail{Key: lang.T("batch.departure"), Value: r.Departure})
		}
		for key, serials := range map[string][]string{"batch.missing": r.Missing, "batch.strange": r.Strange} {
			if len(serials) > 0 {
				out = append(out, look.Detail{Key: lang.T(key), Value: strings.Join(serials, "、")})
			}
		}
	}
	return out
}

func (v batchView) table() look.Table {
	t := look.Table{Caption: lang.T("batch.cards"), Columns: []look.Column{{Text: lang.T("cards.column.name")}, {Text: lang.T("cards.column.village")}, {Text: lang.T("cards.column.state"), Tight: true},
		{Text: lang.T("cards.column.serial"), Tight: true}, {Text: lang.T("cards.spoiled"), Number: true}, {Text: lang.T("cards.days"), Tight: true}, {Text: lang.T("cards.column.receiver")}}}
	for _, l := range v.Lines {
		state := look.Cell{Tag: cardTag(l.Card.State)}
		if l.Bar != "" {
			state.Note = word(l.Bar)
		}
		if v.printing() && l.Card.State == card.Frozen {
			state = look.Cell{Body: cardPick(l, batchHref(v.ID)+"?card="+string(l.Case.Application.ID)+"#next")}
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: l.Card.Face.Name, Href: caseHref(l.Case.Application.ID), Note: l.Card.Face.Number.Masked() + " " + cover(l)},
			{Text: l.Place}, state, {Text: l.Card.Serial}, {Text: strconv.Itoa(l.Card.Spoiled)}, daysCell(l), {Text: l.Card.Receiver, Note: l.Card.Relation}}})
	}
	return t
}

// cover is which blank the card wants.
func cover(l records.Line) string {
	if k := l.Card.Face.Kind(); k != "" {
		return word(k)
	}
	return l.Card.Face.Layout // one that this program does not know, and does not print
}

// daysCell is the days from the print to the hand, red when they are too many.
func daysCell(l records.Line) look.Cell {
	switch {
	case l.Card.Printed == "":
		return look.Cell{}
	case l.Late:
		return look.Cell{Tag: look.Tag{Text: lang.T("cards.days.late", l.Days), Colour: look.Red}}
	}
	return look.Cell{Text: lang.T("cards.days.text", l.Days)}
}
