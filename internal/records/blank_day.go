package records

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/region"
	"hefa/internal/store"
)

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
	worked, closed, err := tx.DeskLast(home, desk)
	if err != nil {
		return out, err
	}
	if worked == "" {
		return out, fault.New(fault.Refused, "blank.desk.unknown", desk)
	}
	if out.Done = worked <= closed || worked > tx.Today(); !out.Done {
		out.Day = worked
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
	worked, closed, err := tx.DeskLast(home, desk)
	switch {
	case err != nil:
		return err
	case closed >= tx.Today():
		return fault.New(fault.Refused, "blank.day.closed", desk, closed)
	case worked > closed && worked < tx.Today():
		return fault.New(fault.Refused, "blank.day.open", desk, worked)
	}
	return nil
}

// entryDay is the day of a desk in whose count an entry stands that explains a difference: the earlier one that is still open, so that it can be
// closed; tomorrow's once today's is closed; else today's. Of what is at no desk it is today.
func entryDay(tx *store.Tx, home region.Code, desk string) (day.Day, error) {
	today := tx.Today()
	if desk == "" {
		return today, nil
	}
	worked, closed, err := tx.DeskLast(home, desk)
	switch {
	case worked > closed && worked < today:
		return worked, err
	case closed >= today:
		return closed.Add(1), err
	}
	return today, err
}
