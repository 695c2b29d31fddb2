package records

import (
	"context"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/region"
	"hefa/internal/sheet"
	"hefa/internal/store"
)

// HandoutFilter is which waiting cards a list shows; empty fields do not narrow. Name is the beginning of the name.
type HandoutFilter struct {
	Region region.Code
	Batch  card.BatchID
	Name   string
	Late   bool           // only those whose days for delivery are over
	Stage  card.Stage     // what is to be done about them
	After  application.ID // the last row of the page before
	Limit  int
}

// Handouts is one page of the cards that lie in a township and wait for their holders.
type Handouts struct {
	Rows []Line
	More bool
}

// Handouts is the cards to be handed out in the area, the longest waiting first.
func (d *Desk) Handouts(ctx context.Context, by access.Actor, f HandoutFilter) (Handouts, error) {
	var out Handouts
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		where, err := by.Scope(access.ApplicationDeliver, f.Region)
		if err != nil {
			return err
		}
		f.Region = where
		out, err = handouts(tx, f)
		return err
	})
	return out, err
}

// handouts is a page, read by whoever may.
func handouts(tx *store.Tx, f HandoutFilter) (Handouts, error) {
	if !f.Stage.Valid() {
		return Handouts{}, fault.New(fault.Invalid, "handout.stage.wrong")
	}
	var after *application.Application
	if f.After != "" {
		a, err := tx.Application(f.After)
		if err != nil {
			return Handouts{}, err
		}
		after = &a
	}
	s := store.HandoutFilter{Region: f.Region, Batch: f.Batch, Name: f.Name, Stage: f.Stage, After: after, Limit: f.Limit + 1}
	if f.Stage != "" {
		office, err := tx.Office(f.Region)
		if err != nil {
			return Handouts{}, err
		}
		s.Waits = card.WaitsOn(office.Today, office.Calendar, office.Policy)
	}
	if f.Late {
		s.Due = tx.Today()
	}
	cards, err := tx.Handouts(s)
	if err != nil {
		return Handouts{}, err
	}
	more := len(cards) > f.Limit
	if more {
		cards = cards[:f.Limit]
	}
	rows, err := lines(tx, f.Region, cards)
	return Handouts{rows, more}, err
}

// Handout is one card with its case, for the form with which it is handed out.
func (d *Desk) Handout(ctx context.Context, by access.Actor, id application.ID) (Line, error) {
	var l Line
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationDeliver, id)
		if err != nil {
			return err
		}
		c, err := tx.CardOf(a.Application)
		if err != nil {
			return err
		}
		p, err := tx.Person(a.Person)
		if err != nil {
			return err
		}
		all, err := lines(tx, a.Region, []store.Printed{{Card: c, Case: store.Case{Application: a.Application, Person: p}}})
		if err != nil {
			return err
		}
		l = all[0]
		return nil
	})
	return l, err
}

// NotifyHolders records that holders were told to fetch their cards, all or none, and how: in words that stand in the course of each case.
func (d *Desk) NotifyHolders(ctx context.Context, by access.Actor, ids []application.ID, how string) error {
	var p fault.Problems
	how = strings.TrimSpace(how)
	if len(ids) == 0 {
		p.Add("ids", "card.notify.none")
	}
	if n := len([]rune(how)); n == 0 {
		p.Add("how", "card.notify.how.missing")
	} else if n > notifyMost {
		p.Add("how", "card.text.long", notifyMost)
	}
	if err := p.Fault(); err != nil {
		return err
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		for _, of := range ids {
			a, err := load(tx, access.CardNotify, of)
			if err != nil {
				return err
			}
			if err := tx.TellHolder(a.Application, how); err != nil {
				return err
			}
		}
		return nil
	})
}

// notifyMost is how many letters the words of a notification may have.
const notifyMost = 100

// exported is how many rows a list taken out holds at most.
const exported = 20000

// CardColumns is what can be taken out of a list of cards.
var CardColumns = []string{"cards.column.name", "cards.column.number", "cards.column.village", "cards.column.state", "cards.column.serial", "cards.column.printed",
	"cards.column.receiver", "cards.column.relation", "cards.column.delivered", "cards.column.address"}

// ExportHandouts writes the list of waiting cards as a spreadsheet, numbers masked; taking it out is written down.
func (d *Desk) ExportHandouts(ctx context.Context, by access.Actor, f HandoutFilter, to sheet.Out) error {
	if err := to.Check(CardColumns); err != nil {
		return err
	}
	var rows []Line
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		where, err := by.Scope(access.ListExport, f.Region)
		if err != nil {
			return err
		}
		f.Region, f.After, f.Limit = where, "", exported
		all, err := handouts(tx, f)
		if err != nil {
			return err
		}
		rows = all.Rows
		return tx.Note(access.ListExport, store.Subject{Kind: "card", ID: string(f.Batch), Region: where, Note: lang.T("handout.title")})
	})
	if err != nil {
		return err
	}
	return writeLines(to, lang.T("handout.title"), rows)
}

// ExportBatch writes the cards of a batch as a spreadsheet, numbers masked; taking it out is written down.
func (d *Desk) ExportBatch(ctx context.Context, by access.Actor, id card.BatchID, to sheet.Out) error {
	if err := to.Check(CardColumns); err != nil {
		return err
	}
	var s Sheaf
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		b, err := batch(tx, access.ListExport, id)
		if err != nil {
			return err
		}
		if s, err = sheaf(tx, b); err != nil {
			return err
		}
		return tx.Note(access.ListExport, store.Subject{Kind: "batch", ID: string(b.ID), Region: b.Region, Note: b.No})
	})
	if err != nil {
		return err
	}
	return writeLines(to, lang.T("batch.sheet", s.No), s.Lines)
}

// writeLines writes cards as a spreadsheet.
func writeLines(to sheet.Out, title string, all []Line) error {
	var rows [][]string
	for _, l := range all {
		rows = append(rows, []string{l.Card.Face.Name, l.Card.Face.Number.Masked(), l.Place, lang.T(l.Card.State.Word()), l.Card.Serial, string(l.Card.Printed),
			l.Card.Receiver, l.Card.Relation, string(l.Card.Delivered), l.Case.Person.Address})
	}
	return to.Write(sheet.Table{Name: title, Title: title, Rows: sheet.Rows(rows), Columns: sheet.Keyed(CardColumns)})
}
