package web

import (
	"cmp"
	"net/http"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/card"
	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/records"
)

// applicationPrint records a good print.
func (s *Server) applicationPrint(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "print.done", func(id application.ID) error {
		return s.records.PrintApplication(r.Context(), actor(r), id, r.PostFormValue("serial"))
	})
}

// applicationSpoil records a blank that came out wrong.
func (s *Server) applicationSpoil(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "spoil.done", func(id application.ID) error {
		return s.records.SpoilApplication(r.Context(), actor(r), id, r.PostFormValue("blank"), r.PostFormValue("reason"))
	})
}

// applicationReprint takes a good card back to the printer.
func (s *Server) applicationReprint(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "reprint.done", func(id application.ID) error {
		lost, err := whetherLost(r, "lost")
		if err != nil {
			return err
		}
		m := records.Remake{Reason: r.PostFormValue("reason"), Lost: lost, Witness: r.PostFormValue("witness")}
		return s.records.ReprintApplication(r.Context(), actor(r), id, m)
	})
}

// applicationUnbatch takes a case out of its batch.
func (s *Server) applicationUnbatch(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "unbatch.done", func(id application.ID) error {
		return under("unbatch", s.records.UnbatchApplication(r.Context(), actor(r), id, r.PostFormValue("unbatch-reason")))
	})
}

// applicationDispatch sends one card to the township.
func (s *Server) applicationDispatch(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "dispatch.done", func(id application.ID) error {
		return s.records.DispatchApplication(r.Context(), actor(r), id, dayTyped(r.PostFormValue("left")))
	})
}

// applicationDeliver hands the card over.
func (s *Server) applicationDeliver(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "deliver.done", func(id application.ID) error {
		return s.records.DeliverApplication(r.Context(), actor(r), id, delivery(r))
	})
}

// applicationFile puts the casefile on the shelf.
func (s *Server) applicationFile(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "file.done", func(id application.ID) error {
		return s.archiving.FileApplication(r.Context(), actor(r), id, archive.Filing{Reason: r.PostFormValue("reason")})
	})
}

// delivery reads the form with which a card is handed over.
func delivery(r *http.Request) card.Delivery {
	return deliveryOf(r.PostFormValue)
}

// deliveryOf is a delivery as the fields of its form say.
func deliveryOf(field func(string) string) card.Delivery {
	return card.Delivery{Means: card.Means(field("means")), Receiver: field("receiver"), Relation: field("relation"), Papers: field("papers"), Tracking: field("tracking"),
		Recalled: field("recalled") != "", Note: field("note"), On: dayTyped(field("on"))}
}

// dayTyped is a day as somebody typed it; what is no day stays as it is, to be refused at its field.
func dayTyped(text string) day.Day {
	if d, ok := look.ReadDay(text); ok {
		return d
	}
	return day.Day(text)
}

// on is the day of the signature, which may lie before today where a sheet comes back later.
func (f deliveryForm) on() look.Date {
	return look.Date{Field: look.Field{Name: "on", Label: lang.T("deliver.on"), Hint: lang.T("deliver.on.hint"), Optional: true}, Typed: string(f.On)}
}

// deliveryForm is that form as it is shown: the holder's name stands in it until somebody types another one.
type deliveryForm struct {
	card.Delivery
	exchange bool
}

func (f deliveryForm) receiver() look.Input {
	return look.Input{Field: look.Field{Name: "receiver", Label: lang.T("deliver.receiver")}, Value: f.Receiver, Width: look.W20, Complete: "off"}
}

func (f deliveryForm) relation() look.Input {
	return look.Input{Field: look.Field{Name: "relation", Label: lang.T("deliver.relation"), Hint: lang.T("deliver.relation.hint"), Optional: true}, Value: f.Relation, Width: look.W10, Complete: "off"}
}

func (f deliveryForm) papers() look.Input {
	return look.Input{Field: look.Field{Name: "papers", Label: lang.T("deliver.papers"), Hint: lang.T("deliver.papers.hint"), Optional: true}, Value: f.Papers, Complete: "off"}
}

func (f deliveryForm) means() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "means", Label: lang.T("deliver.means")}, Value: string(cmp.Or(f.Means, card.Counter)), Inline: true}, card.AllMeans)
}

func (f deliveryForm) tracking() look.Input {
	return look.Input{Field: look.Field{Name: "tracking", Label: lang.T("deliver.tracking"), Hint: lang.T("deliver.tracking.hint"), Optional: true}, Value: f.Tracking, Width: look.W20, Complete: "off"}
}

func (f deliveryForm) recalled() look.Choices {
	c := look.Choices{Field: look.Field{Name: "recalled", Label: lang.T("deliver.recalled")}, Options: []look.Option{{Value: "yes", Text: lang.T("deliver.recalled.yes")}}}
	if f.Recalled {
		c.Values = []string{"yes"}
	}
	return c
}

func (f deliveryForm) note() look.Input {
	return look.Input{Field: look.Field{Name: "note", Label: lang.T("deliver.note"), Hint: lang.T("deliver.note.hint"), Optional: true}, Value: f.Note}
}

// deliveryForm is the form on the page of the case.
func (v caseView) deliveryForm() deliveryForm {
	f := deliveryForm{card.Delivery{Receiver: v.Person.Name}, v.a().Previous != ""}
	if v.tried == tail(access.ApplicationDeliver) {
		f.Delivery = deliveryOf(v.typedText)
	}
	return f
}

func serialInput(value, hint string) look.Input {
	return look.Input{Field: look.Field{Name: "serial", Label: lang.T("print.serial"), Hint: hint, Optional: true}, Value: value, Width: look.W20, Complete: "off"}
}

// wasteInput is the serial of a blank that came out wrong.
func wasteInput(value, hint string) look.Input {
	return look.Input{Field: look.Field{Name: "blank", Label: lang.T("spoil.blank"), Hint: hint, Optional: true}, Value: value, Width: look.W20, Complete: "off"}
}

func reprintArea(value string) look.Input {
	return look.Input{Field: look.Field{Name: "reason", Label: lang.T("reprint.reason"), Hint: lang.T("spoil.reason.hint")}, Value: value, Width: look.W30}
}

func spoilArea(value string) look.Input {
	return look.Input{Field: look.Field{Name: "reason", Label: lang.T("spoil.reason"), Hint: lang.T("spoil.reason.hint")}, Value: value, Width: look.W30}
}

// lackingInput is the reason for which a case goes to the shelf though papers are lacking.
func (v caseView) lackingInput() look.Input {
	return look.Input{Field: look.Field{Name: "reason", Label: lang.T("file.reason"), Hint: lang.T("file.reason.hint")}, Value: v.typedText("reason")}
}

// filing is the papers that the shelf will take, and what is lacking.
func (v caseView) filing() look.Table {
	t := look.Table{Caption: lang.T("archive.items"), Empty: lang.T("archive.items.empty"), Columns: []look.Column{{Text: lang.T("archive.column.kind"), Tight: true}, {Text: lang.T("archive.column.title")},
		{Text: lang.T("archive.column.day"), Tight: true}, {Text: lang.T("archive.column.origin"), Tight: true}}}
	for _, i := range v.Filing.Items {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: word(i.Kind)}, {Text: i.Title, Note: strings.TrimSpace(i.Number + " " + i.Note)}, {Text: string(i.Day)}, {Text: word(i.Origin)}}})
	}
	for _, l := range v.Filing.Lacking {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: l.Said()}, {Tag: look.Tag{Text: lang.T("archive.lacks"), Colour: look.Red}}, {}, {}}})
	}
	return t
}

// marks is what is wrong with the papers that the shelf will take.
func (v caseView) marks() markForms {
	return markForms{at: caseHref(v.a().ID), papers: v.Filing.Items, open: v.Filing.Marks, typed: v.typed, tried: v.tried}
}

// filingPlace is where the papers go.
func (v caseView) filingPlace() string {
	switch f := v.Filing; {
	case f.No != "" && f.Box != "":
		return lang.T("file.into.both", f.No, f.Box)
	case f.No != "":
		return lang.T("file.into.file", f.No)
	case f.Box != "":
		return lang.T("file.into.box", f.Box)
	}
	return lang.T("file.into.new")
}

// left is the day on which one card leaves ahead of its batch.
func (v caseView) left() look.Date {
	return look.Date{Field: look.Field{Name: "left", Label: lang.T("batch.left"), Hint: lang.T("batch.left.hint"), Optional: true}, Typed: v.typedText("left")}
}

// newBatchHref is where a batch is put together for the township of the case.
func (v caseView) newBatchHref() string {
	return "/batches/new?region=" + string(v.a().Region.Township())
}

// carded is the card of the case: its number and days, where it is, who has it, where the file stands.
func (v caseView) carded() []look.Detail {
	k := v.Card
	out := []look.Detail{
		{Key: lang.T("cards.column.number"), Value: k.Face.Number.Masked()},
		{Key: lang.T("cards.valid"), Value: lang.T("cards.valid.text", k.Face.Issued, k.Face.Expires)},
		{Key: lang.T("cards.column.state"), Body: look.State(cardTag(k.State))},
	}
	if v.can(access.ApplicationUrge) { // whoever may hurry a case may open its batch
		out[2].Actions = []look.Link{{Text: lang.T("cards.batch"), Href: batchHref(k.Batch)}}
	}
	if k.Spoiled > 0 {
		out = append(out, look.Detail{Key: lang.T("cards.spoiled"), Value: lang.T("cards.spoiled.text", k.Spoiled)})
	}
	if k.Serial != "" {
		out = append(out, look.Detail{Key: lang.T("cards.column.serial"), Value: k.Serial})
	}
	if k.Left != "" {
		out = append(out, look.Detail{Key: lang.T("batch.dispatched.on"), Value: k.Left.Chinese()})
	}
	if k.Delivered != "" {
		out = append(out, look.Detail{Key: lang.T("cards.column.receiver"), Value: receiverText(*k)})
		if len(v.Signed) > 0 {
			at := look.Detail{Key: lang.T("register.signature"), Value: card.Seen(v.Signed)}
			for _, g := range v.Signed {
				if v.batches {
					at.Actions = append(at.Actions, look.Link{Text: lang.T("register.open.of", g.No, g.Page), Href: signedHref(g.Batch, g.Scan)})
				}
			}
			out = append(out, at)
		}
	}
	return out
}

// shelved is where the papers of a filed case are, and what they lack.
func (v caseView) shelved() []look.Detail {
	f := v.Casefile
	at := look.Detail{Key: lang.T("cards.casefile"), Value: strings.Join(strings.Fields(f.No+" "+f.Box+" "+f.Place), " ")}
	if v.reads {
		at.Actions = []look.Link{{Text: lang.T("archive.open"), Href: fileHref(v.Person.ID)}}
	}
	out := []look.Detail{at}
	if len(f.Lacking) > 0 {
		out = append(out, look.Detail{Key: lang.T("archive.lacks"), Value: lang.T("archive.lacks.text", archive.Words(f.Lacking), f.Reason)})
	}
	if len(f.Wanting) > 0 {
		out = append(out, look.Detail{Key: lang.T("archive.lacks.still"), Value: archive.Words(f.Wanting)})
	}
	return out
}

// receiverText is who took the card, when, and what became of the old one.
func receiverText(k card.Card) string {
	s := lang.T("cards.received", k.Receiver, k.Delivered)
	if k.Relation != "" {
		s = lang.T("cards.received.by", k.Receiver, k.Relation, k.Delivered)
	}
	if k.Papers != "" {
		s += lang.T("cards.papers", k.Papers)
	}
	switch k.Means {
	case card.Home:
		s += lang.T("cards.brought")
	case card.Post:
		s += lang.T("cards.posted", k.Tracking)
	}
	switch {
	case k.Recalled:
		s += lang.T("cards.recalled")
	case k.Note != "":
		s += lang.T("cards.unrecalled", k.Note)
	}
	return s
}

// cardTag is a card's state with its colour.
func cardTag(s card.State) look.Tag {
	colour := map[card.State]look.Colour{card.Frozen: look.Yellow, card.Good: look.Blue, card.Dispatched: look.Blue, card.Delivered: look.Green, card.Void: look.Grey}[s]
	return look.Tag{Text: word(s), Colour: colour}
}

func batchHref(id card.BatchID) string { return "/batches/" + string(id) }
