package records

import (
	"context"
	"strings"

	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/region"
	"hefa/internal/store"
)

// ReceiveBlanks takes a delivery of numbered blanks into the county's store.
func (d *Desk) ReceiveBlanks(ctx context.Context, by access.Actor, r card.Receipt) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) (err error) {
		if r.Region, err = tx.CountyFor(access.BlankReceive, r.Region); err != nil {
			return err
		}
		r.Run = r.Run.Clean()
		p := r.Run.Check(true)
		r.Supplier = strings.TrimSpace(r.Supplier)
		if r.Supplier == "" {
			p.Add("supplier", "blank.supplier.missing")
		} else if len([]rune(r.Supplier)) > 40 {
			p.Add("supplier", "card.text.long", 40)
		}
		if err := p.Fault(); err != nil {
			return err
		}
		r.ID, r.Day, r.Last, r.Clerk = id.New(), tx.Today(), r.Run.Last(), by.Name
		return tx.ReceiveBlanks(r)
	})
}

// IssueBlanks hands a run of blanks from the store to a printing desk.
func (d *Desk) IssueBlanks(ctx context.Context, by access.Actor, where region.Code, run card.Run, desk string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		home, err := tx.CountyFor(access.BlankMove, where)
		if err != nil {
			return err
		}
		run = run.Clean()
		p := run.Check(false)
		desk = card.Desk(&p, desk)
		if err := p.Fault(); err != nil {
			return err
		}
		if err := deskOpen(tx, home, desk); err != nil {
			return err
		}
		return moveRun(tx, home, run, func(b *card.Blank) error { return b.Issue(desk, tx.Today()) })
	})
}

// ReturnBlanks takes a run of blanks from a desk back into the store, or sends one from the store back to the supplier, with the reason.
func (d *Desk) ReturnBlanks(ctx context.Context, by access.Actor, where region.Code, run card.Run, reason string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		home, err := tx.CountyFor(access.BlankMove, where)
		if err != nil {
			return err
		}
		run = run.Clean()
		p := run.Check(false)
		reason = card.Reason(&p, reason)
		if err := p.Fault(); err != nil {
			return err
		}
		return moveRun(tx, home, run, func(b *card.Blank) error {
			desk, booked, err := b.Desk, tx.Today(), error(nil)
			if b.State == card.Issued {
				if booked, err = entryDay(tx, home, desk); err != nil {
					return err
				}
				if booked > tx.Today() {
					return deskOpen(tx, home, desk)
				}
				if err := tx.DeskWorked(home, desk, booked); err != nil {
					return err
				}
			}
			err = b.Return(reason, tx.Today())
			b.Booked = booked
			return err
		})
	})
}

// moveRun takes every blank of a run one step; all must be known and stand alike.
func moveRun(tx *store.Tx, home region.Code, run card.Run, step func(*card.Blank) error) error {
	all, err := tx.BlankRun(home, run)
	if err != nil {
		return err
	}
	if len(all) != run.Count {
		return fault.New(fault.Refused, "blank.run.gaps", run.First, run.Last(), run.Count-len(all))
	}
	first := all[0]
	for _, b := range all {
		if b.State != first.State || b.Desk != first.Desk {
			return fault.New(fault.Refused, "blank.run.mixed", first.Serial, first.State, b.Serial, b.State)
		}
	}
	to := first
	if err := step(&to); err != nil {
		return err
	}
	return tx.MoveBlanks(access.BlankMove, run, first.State, to)
}

// LoseBlank records that a blank is lost, or that a lost one was found; a second person stands for it beside the one who enters it. A loss at a desk
// stands in the count of the day that the desk closes next.
func (d *Desk) LoseBlank(ctx context.Context, by access.Actor, where region.Code, l Loss) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		home, err := tx.CountyFor(access.BlankLose, where)
		if err != nil {
			return err
		}
		var p fault.Problems
		if l.Serial = card.Serial(l.Serial); l.Serial == "" {
			p.Add("serial", "blank.first.missing")
		}
		l.Reason = card.Reason(&p, l.Reason)
		card.TwoNames(&p, by.Name, l.Witness)
		if err := p.Fault(); err != nil {
			return err
		}
		b, err := tx.Blank(home, l.Serial)
		if err != nil {
			return err
		}
		step, desk := b.Lose, b.Desk
		if l.Found {
			step, desk = b.Find, ""
		}
		if err := step(l.Reason, strings.TrimSpace(l.Witness), tx.Today()); err != nil {
			return err
		}
		if b.Booked, err = entryDay(tx, home, desk); err != nil {
			return err
		}
		return tx.SaveBlank(access.BlankLose, b)
	})
}

// Loss is an entry about a lost blank, or with Found about one that turned up.
type Loss struct {
	Serial  string
	Reason  string
	Witness string
	Found   bool
}
