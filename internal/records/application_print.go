package records

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/fault"
	"hefa/internal/store"
)

// PrintApplication records that the case's card came out good, with the blank's serial when it is noted. A case that is only approved yet gets a
// batch of its own first, all in one transaction.
func (d *Desk) PrintApplication(ctx context.Context, by access.Actor, id application.ID, serial string) error {
	if err := d.fits(ctx, by, []application.ID{id}); err != nil {
		return err
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationPrint, id)
		if err != nil {
			return err
		}
		if a.State == application.Approved {
			if _, err := prepare(tx, a.Region.Township(), []application.ID{id}); err != nil {
				return err
			}
		}
		return good(tx, id, serial)
	})
}

// PrintBatch records that every card of the batch that is still being printed came out good; it says how many those were.
// Where the county keeps the book of its blanks, they are the next ones of the desk, in the order of their serials.
func (d *Desk) PrintBatch(ctx context.Context, by access.Actor, id card.BatchID, desk string) (int, error) {
	n := 0
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		b, err := batch(tx, access.ApplicationPrint, id)
		if err != nil {
			return err
		}
		cards, err := tx.Cards(b)
		if err != nil {
			return err
		}
		t, err := fill(tx, b, desk, cards)
		if err != nil {
			return err
		}
		n = 0
		for _, c := range cards {
			if c.State != card.Frozen {
				continue
			}
			if err := good(tx, application.ID(c.Application), t.next(c.Face.Kind())); err != nil {
				return err
			}
			n++
		}
		if n == 0 {
			return fault.New(fault.Refused, "batch.printed")
		}
		return nil
	})
	return n, err
}

// good marks the card of a case as good.
func good(tx *store.Tx, id application.ID, serial string) error {
	a, err := load(tx, access.ApplicationPrint, id)
	if err != nil {
		return err
	}
	if err := a.Print(a.office); err != nil {
		return err
	}
	c, err := tx.CardOf(a.Application)
	if err != nil {
		return err
	}
	if err := c.Good(serial, tx.Today()); err != nil {
		return err
	}
	if err := take(tx, c); err != nil {
		return err
	}
	if err := tx.SaveCard(access.ApplicationPrint, c, c.Serial); err != nil {
		return err
	}
	return a.save(tx, access.ApplicationPrint, c.Serial)
}

// SpoilApplication counts a blank that came out wrong, with the reason; the same face is printed again. serial is the
// blank's, "" where the county keeps no book of them.
func (d *Desk) SpoilApplication(ctx context.Context, by access.Actor, id application.ID, serial, reason string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationSpoil, id)
		if err != nil {
			return err
		}
		if err := a.Spoil(a.office); err != nil {
			return err
		}
		c, err := tx.CardOf(a.Application)
		if err != nil {
			return err
		}
		if err := c.Spoil(reason); err != nil {
			return err
		}
		if err := waste(tx, c, serial, reason); err != nil {
			return err
		}
		if err := tx.SaveCard(access.ApplicationSpoil, c, reason); err != nil {
			return err
		}
		return a.save(tx, access.ApplicationSpoil, reason)
	})
}
