package records

import (
	"context"
	"slices"

	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/fault"
	"hefa/internal/region"
	"hefa/internal/store"
)

// take makes a blank the good card, where the county keeps the book of its blanks.
func take(tx *store.Tx, c card.Card) error {
	return withBlank(tx, c, "serial", c.Serial, func(b *card.Blank) error { return b.Use(c, tx.Today()) })
}

// waste marks the blank on which the card came out wrong.
func waste(tx *store.Tx, c card.Card, serial, reason string) error {
	return withBlank(tx, c, "blank", serial, func(b *card.Blank) error { return b.Spoil(c, reason, tx.Today()) })
}

// withBlank takes one step with the blank of a serial, which was typed in field, at its desk.
func withBlank(tx *store.Tx, c card.Card, field, serial string, step func(*card.Blank) error) error {
	kept, err := tx.BlanksKept(c.County())
	if err != nil || !kept {
		return err
	}
	var p fault.Problems
	serial = card.Serial(serial)
	if serial == "" {
		p.Add(field, "blank.serial.missing")
		return p.Fault()
	}
	b, err := tx.Blank(c.County(), serial)
	if err != nil {
		return err
	}
	if b.State == card.Issued {
		if err := deskOpen(tx, c.County(), b.Desk); err != nil {
			return err
		}
	}
	act := access.ApplicationPrint
	if err := step(&b); err != nil {
		return err
	}
	if b.State == card.Spoiled {
		act = access.ApplicationSpoil
	}
	return tx.SaveBlank(act, b)
}

// tray is the blanks of a desk in the order in which the printer takes them, kind by kind.
type tray struct {
	kept  bool
	ready map[card.Kind][]card.Blank
}

// fill takes the next blanks of a desk for the cards of a batch; where no book is kept there is nothing to take.
func fill(tx *store.Tx, b card.Batch, desk string, cards []card.Card) (tray, error) {
	t := tray{ready: map[card.Kind][]card.Blank{}}
	var err error
	if t.kept, err = tx.BlanksKept(b.County()); err != nil || !t.kept {
		return t, err
	}
	var p fault.Problems
	if desk = card.Desk(&p, desk); len(p) > 0 {
		return t, p.Fault()
	}
	wanted := map[card.Kind]int{}
	for _, c := range cards {
		if c.State == card.Frozen {
			wanted[c.Face.Kind()]++
		}
	}
	for kind, n := range wanted {
		if t.ready[kind], err = tx.NextBlanks(b.County(), desk, kind, n); err != nil {
			return t, err
		}
		if len(t.ready[kind]) < n {
			return t, fault.New(fault.Refused, "blank.desk.short", desk, kind, len(t.ready[kind]), n)
		}
	}
	return t, nil
}

// next is the serial of the blank that a card of the kind comes out on, "" where no book is kept.
func (t tray) next(kind card.Kind) string {
	if !t.kept {
		return ""
	}
	b := t.ready[kind][0]
	t.ready[kind] = t.ready[kind][1:]
	return b.Serial
}

// Book is the county's book of blanks: the whole tally, each desk as it stands, the last deliveries and closed days.
type Book struct {
	County   region.Code
	Kept     bool
	Tally    map[card.Kind]map[card.BlankState]int
	Received map[card.Kind]int
	Desks    []card.DeskDay // each desk with the day that it closes next
	Closed   []card.DeskDay
	Receipts []card.Receipt
}

// Book is the book of blanks.
func (d *Desk) Book(ctx context.Context, by access.Actor, where region.Code) (Book, error) {
	out := Book{Tally: map[card.Kind]map[card.BlankState]int{}, Received: map[card.Kind]int{}}
	err := d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		if out.County, err = tx.CountyFor(access.BlankRead, where); err != nil {
			return err
		}
		if out.Receipts, err = tx.BlankReceipts(out.County, 20); err != nil {
			return err
		}
		out.Kept = len(out.Receipts) > 0
		rows, err := tx.BlankTally(out.County)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if out.Tally[r.Kind] == nil {
				out.Tally[r.Kind] = map[card.BlankState]int{}
			}
			out.Tally[r.Kind][r.State] += r.N
			out.Received[r.Kind] += r.N
		}
		names, err := tx.BlankDesks(out.County)
		if err != nil {
			return err
		}
		if out.Desks, err = desks(tx, out.County, names); err != nil {
			return err
		}
		out.Closed, err = tx.DeskDays(out.County, 20)
		return err
	})
	return out, err
}

// desks is each desk of the county as it stands.
func desks(tx *store.Tx, home region.Code, names []string) ([]card.DeskDay, error) {
	var out []card.DeskDay
	for _, name := range names {
		s, err := deskStand(tx, home, name)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// ready is the desks of the county that hold blanks, for whoever prints; kept says whether the county keeps the book of its blanks at all.
func ready(tx *store.Tx, home region.Code) (kept bool, out []card.DeskDay, err error) {
	if kept, err = tx.BlanksKept(home); err != nil || !kept {
		return kept, nil, err
	}
	names, err := tx.BlankDesks(home)
	if err != nil {
		return kept, nil, err
	}
	out, err = desks(tx, home, names)
	return kept, slices.DeleteFunc(out, func(s card.DeskDay) bool { return len(s.Held) == 0 }), err
}

// Blanks is one page of the blanks of the county by serial; more says that there are others.
func (d *Desk) Blanks(ctx context.Context, by access.Actor, f store.BlankFilter) (all []card.Blank, more bool, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		home, err := tx.CountyFor(access.BlankRead, f.County)
		if err != nil {
			return err
		}
		f.County, f.From = home, card.Serial(f.From)
		limit := f.Limit
		f.Limit++
		if all, err = tx.Blanks(f); err != nil {
			return err
		}
		if more = len(all) > limit; more {
			all = all[:limit]
		}
		return nil
	})
	return all, more, err
}

// BlankFilter narrows a list of blanks.
type BlankFilter = store.BlankFilter
