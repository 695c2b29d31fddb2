package records

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/fault"
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
			last := o.Rows[limit-1].Certificate
			o.Next = string(last.Since) + " " + string(last.ID)
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
	if len(of) == 0 {
		var p fault.Problems
		p.Add("ids", "surrender.none")
		return p.Fault()
	}
	s.Clerk = by.Name
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		for _, s.Certificate = range of {
			c, err := tx.Certificate(s.Certificate)
			if err != nil {
				return err
			}
			if err := by.May(access.RecallTake, c.Region); err != nil {
				return err
			}
			if err := s.Check(c, tx.Today()); err != nil {
				return err
			}
			if err := tx.Surrender(c, s); err != nil {
				return err
			}
		}
		return nil
	})
}
