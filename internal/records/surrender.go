package records

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/region"
	"hefa/internal/store"
)

// OwedFilter narrows the cards that cancelled holders still have.
type OwedFilter = store.OwedFilter

// Owings is a page of cancelled certificates whose cards were not given back.
type Owings struct {
	Rows   []store.Owed
	Places map[region.Code]string
	Next   string // what After is for the next page, "" on the last
}

// Owings is the cancelled certificates of an area of one county whose cards were not given back.
func (d *Desk) Owings(ctx context.Context, by access.Actor, f OwedFilter) (o Owings, err error) {
	if f.Region, err = by.Scope(access.RecallRead, f.Region); err != nil {
		return o, err
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		limit := f.Limit
		f.Limit++
		if o.Rows, err = tx.Owed(f); err != nil {
			return err
		}
		if len(o.Rows) > limit {
			o.Rows = o.Rows[:limit]
			last := o.Rows[limit-1]
			on := last.Certificate.Since
			if f.Given {
				on = last.Surrender.Day
			}
			o.Next = string(on) + " " + string(last.Certificate.ID)
		}
		var codes []region.Code
		for _, r := range o.Rows {
			codes = append(codes, r.Certificate.Region)
		}
		o.Places, err = tx.RegionNames(codes...)
		return err
	})
	return o, err
}

// TakeRecalled records of cancelled certificates that their cards were given back, or are not to be obtained and why; all or none.
func (d *Desk) TakeRecalled(ctx context.Context, by access.Actor, s card.Surrender, of []certificate.ID) error {
	s.Clerk = by.Name
	return d.ofRecalled(ctx, by, of, func(tx *store.Tx, c certificate.Certificate) error {
		s.Certificate = c.ID
		if err := s.Check(c, tx.Today()); err != nil {
			return err
		}
		return tx.Surrender(c, s)
	})
}

// RetractRecalled takes back that cards were given back, or are not to be obtained, as long as they were not destroyed: it was recorded by mistake; all or none.
func (d *Desk) RetractRecalled(ctx context.Context, by access.Actor, obtained bool, of []certificate.ID) error {
	return d.ofRecalled(ctx, by, of, func(tx *store.Tx, c certificate.Certificate) error {
		return tx.Retract(c, obtained, lang.T("surrender.retract.note"))
	})
}

// ofRecalled does the same with each of some certificates of which the actor may say what became of their cards.
func (d *Desk) ofRecalled(ctx context.Context, by access.Actor, of []certificate.ID, do func(*store.Tx, certificate.Certificate) error) error {
	if len(of) == 0 {
		var p fault.Problems
		p.Add("ids", "surrender.none")
		return p.Fault()
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		for _, id := range of {
			c, err := tx.Certificate(id)
			if err != nil {
				return err
			}
			if err := by.May(access.RecallTake, c.Region); err != nil {
				return err
			}
			if err := do(tx, c); err != nil {
				return err
			}
		}
		return nil
	})
}
