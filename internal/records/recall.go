package records

import (
	"context"
	"fmt"
	"io"

	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/id"
	"hefa/internal/lang"
	"hefa/internal/paper"
	"hefa/internal/region"
	"hefa/internal/sheet"
	"hefa/internal/store"
)

// RecallFilter narrows the old cards that were handed in.
type RecallFilter = store.RecallFilter

// destructionsShown is how many of the latest records stand beside the old cards.
const destructionsShown = 20

// Recalls is a page of old cards that were handed in and are kept, with the records of those that were destroyed.
type Recalls struct {
	Cards        []store.Recall
	Places       map[region.Code]string
	Destructions []card.Destruction
	Next         string // what After is for the next page, "" on the last
}

// Recalls is the old cards of an area of one county that were handed in and are kept.
func (d *Desk) Recalls(ctx context.Context, by access.Actor, f RecallFilter) (r Recalls, err error) {
	if f.Region, err = by.Scope(access.RecallRead, f.Region); err != nil {
		return r, err
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		r, err = recalls(tx, f)
		if err != nil {
			return err
		}
		county, err := tx.County(f.Region)
		if err == nil {
			r.Destructions, err = tx.Destructions(county, destructionsShown)
		}
		return err
	})
	return r, err
}

func recalls(tx *store.Tx, f RecallFilter) (r Recalls, err error) {
	limit := f.Limit
	f.Limit++
	if r.Cards, err = tx.Recalls(f); err != nil {
		return r, err
	}
	if len(r.Cards) > limit {
		r.Cards = r.Cards[:limit]
		last := r.Cards[limit-1]
		r.Next = string(last.Handed) + " " + string(last.ID)
	}
	var codes []region.Code
	for _, c := range r.Cards {
		codes = append(codes, c.Region)
	}
	r.Places, err = tx.RegionNames(codes...)
	return r, err
}

// RecalledFrom says from whom an old card came: who fetched the new one, or that its certificate was cancelled.
func RecalledFrom(c store.Recall) string {
	if c.Application == "" {
		return lang.T("recall.cancelled")
	}
	return c.Receiver
}

// DestroyRecalled records that old cards of the actor's county were destroyed together before two witnesses; all or none (M61).
func (d *Desk) DestroyRecalled(ctx context.Context, by access.Actor, x card.Destruction, cards []card.ID) (string, error) {
	x.ID, x.Clerk, x.Cards = id.New(), by.Name, len(cards)
	return x.ID, d.db.Update(ctx, by, func(tx *store.Tx) (err error) {
		if x.Region, err = tx.County(x.Region); err != nil {
			return err
		}
		if err := by.May(access.RecallDestroy, x.Region); err != nil {
			return err
		}
		last, err := tx.LastRecalled(x.Region, cards)
		if err != nil {
			return err
		}
		if err := x.Check(last, tx.Today()); err != nil {
			return err
		}
		n, err := tx.Next(x.Region, fmt.Sprintf("destruction-%d", tx.Today().Year()))
		if err != nil {
			return err
		}
		x.No = fmt.Sprintf("%s-%d-X%04d", x.Region, tx.Today().Year(), n)
		return tx.AddDestruction(x, cards)
	})
}

// exportedRecalls is how many rows one read of an export takes.
const exportedRecalls = 1000

// each yields every old card that fits.
func (d *Desk) each(ctx context.Context, by access.Actor, f RecallFilter, yield func(store.Recall, string) bool) error {
	f.Limit = exportedRecalls
	for {
		var r Recalls
		err := d.db.View(ctx, by, func(tx *store.Tx) (err error) {
			r, err = recalls(tx, f)
			return err
		})
		if err != nil {
			return err
		}
		for _, c := range r.Cards {
			if !yield(c, r.Places[c.Region]) {
				return nil
			}
		}
		if f.After = r.Next; r.Next == "" {
			return nil
		}
	}
}

// RecallColumns is what can be taken out of the register of old cards.
var RecallColumns = []string{"cards.column.name", "recall.old", "cards.column.village", "recall.handed", "cards.column.receiver"}

// ExportRecalls writes the register of old cards that are kept as a workbook, numbers masked; taking it out is written down.
func (d *Desk) ExportRecalls(ctx context.Context, by access.Actor, f RecallFilter, to sheet.Out) (err error) {
	if err := to.Check(RecallColumns); err != nil {
		return err
	}
	if f.Region, err = by.Scope(access.RecallRead, f.Region); err != nil {
		return err
	}
	err = d.db.Update(ctx, by, func(tx *store.Tx) error {
		if err := by.May(access.ListExport, f.Region); err != nil {
			return err
		}
		return tx.Note(access.ListExport, store.Subject{Kind: "destruction", ID: string(f.Region), Region: f.Region, Note: lang.T("recall.title")})
	})
	if err != nil {
		return err
	}
	t := sheet.Table{Name: lang.T("recall.title"), Title: lang.T("recall.title"), Columns: sheet.Keyed(RecallColumns)}
	t.Rows = func(yield func([]string, error) bool) {
		err := d.each(ctx, by, f, func(c store.Recall, place string) bool {
			return yield([]string{c.Name, c.Old.Masked(), place, string(c.Handed), RecalledFrom(c)}, nil)
		})
		if err != nil {
			yield(nil, err)
		}
	}
	return to.Write(t)
}

// WriteDestruction writes the record of a destruction with every card on it, to be signed by both witnesses; it leaves a line in the audit.
func (d *Desk) WriteDestruction(ctx context.Context, by access.Actor, of string, w io.Writer) error {
	var x card.Destruction
	var rows [][]string
	err := d.db.Update(ctx, by, func(tx *store.Tx) (err error) {
		if x, err = tx.Destruction(of); err != nil {
			return err
		}
		if err := by.May(access.RecallRead, x.Region); err != nil {
			return err
		}
		return tx.Note(access.ListExport, store.Subject{Kind: "destruction", ID: x.ID, Region: x.Region, Note: lang.T("recall.record", x.No)})
	})
	if err != nil {
		return err
	}
	err = d.each(ctx, by, RecallFilter{Region: x.Region, Destruction: x.ID}, func(c store.Recall, place string) bool {
		rows = append(rows, []string{fmt.Sprint(len(rows) + 1), c.Name, c.Old.Masked(), place, string(c.Handed)})
		return true
	})
	if err != nil {
		return err
	}
	r := paper.Report{Name: lang.T("recall.record", x.No), About: lang.T("recall.record.about", x.Day.Chinese(), x.Cards, x.Way, x.Clerk, x.First, x.Second),
		Sign: []string{lang.T("recall.sign.first"), lang.T("recall.sign.second"), lang.T("recall.sign.clerk")}}
	r.Columns = []paper.Column{{Head: lang.T("paper.column.order"), Width: 12}, {Head: lang.T("cards.column.name"), Width: 34}, {Head: lang.T("recall.old"), Width: 54},
		{Head: lang.T("cards.column.village"), Width: 44}, {Head: lang.T("recall.handed"), Width: 30}}
	r.Rows = func(yield func([]string) bool) {
		for _, row := range rows {
			if !yield(row) {
				return
			}
		}
	}
	return paper.Write(w, r)
}
