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
			if b.State == card.Issued {
				if err := deskOpen(tx, home, b.Desk); err != nil {
					return err
				}
			}
			return b.Return(reason, tx.Today())
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

// LoseBlank records that a blank is lost, or that a lost one was found; a second person stands for it beside the one who enters it.
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
		step := b.Lose
		if l.Found {
			step = b.Find
		}
		if err := step(l.Reason, strings.TrimSpace(l.Witness), tx.Today()); err != nil {
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

// CloseDesk ends a desk's day: what was counted must be what the book says, kind by kind. A difference is first entered as a loss or a find with
// two names. The day is today, or an earlier one on which the desk last worked and that nobody closed.
func (d *Desk) CloseDesk(ctx context.Context, by access.Actor, where region.Code, desk string, counted card.Count) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		home, err := tx.CountyFor(access.BlankClose, where)
		if err != nil {
			return err
		}
		var p fault.Problems
		desk = card.Desk(&p, desk)
		if err := p.Fault(); err != nil {
			return err
		}
		s, err := deskStand(tx, home, desk)
		if err != nil {
			return err
		}
		if k := counted.Differs(s.Held); k != "" {
			p.Add(string(k), "blank.count.differs", k, s.Held[k], counted[k])
			return p.Fault()
		}
		s.Clerk = by.Name
		return tx.CloseDesk(s)
	})
}

// deskStand is the day that a desk closes next, with what the book says of it.
func deskStand(tx *store.Tx, home region.Code, desk string) (card.DeskDay, error) {
	out := card.DeskDay{Region: home, Desk: desk, Day: tx.Today(), Held: card.Count{}}
	moved, closed, err := tx.DeskLast(home, desk)
	if err != nil {
		return out, err
	}
	if moved == "" {
		return out, fault.New(fault.Refused, "blank.desk.unknown", desk)
	}
	if out.Done = moved <= closed; !out.Done {
		out.Day = moved
	}
	rows, err := tx.DeskTally(home, desk, out.Day)
	for _, r := range rows {
		switch r.State {
		case card.Issued:
			out.Held[r.Kind] += r.N
		case card.Used:
			out.Used += r.N
		case card.Spoiled:
			out.Spoiled += r.N
		case card.Lost:
			out.Gone += r.N
		}
	}
	return out, err
}

// deskOpen refuses work at a desk that closed its day, or that has not closed an earlier one.
func deskOpen(tx *store.Tx, home region.Code, desk string) error {
	moved, closed, err := tx.DeskLast(home, desk)
	switch {
	case err != nil:
		return err
	case closed >= tx.Today():
		return fault.New(fault.Refused, "blank.day.closed", desk, closed)
	case moved > closed && moved < tx.Today():
		return fault.New(fault.Refused, "blank.day.open", desk, moved)
	}
	return nil
}
