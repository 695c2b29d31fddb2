package records

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/store"
)

// DispatchBatch sends every card of the batch to its township, once all are good.
func (d *Desk) DispatchBatch(ctx context.Context, by access.Actor, id card.BatchID, p card.Parcel) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		b, err := batch(tx, access.ApplicationDispatch, id)
		if err != nil {
			return err
		}
		cards, err := tx.Cards(b)
		if err != nil {
			return err
		}
		if n := count(cards, card.Frozen); n > 0 {
			return fault.New(fault.Refused, "batch.unprinted", n)
		}
		if len(cards) > 0 && count(cards, card.Void) == len(cards) {
			return fault.New(fault.Refused, "batch.void")
		}
		if count(cards, card.Good) == 0 {
			return fault.New(fault.Refused, "batch.dispatched")
		}
		printed := b.Made // a card that is printed again keeps the day of its first print
		for _, c := range cards {
			if c.State == card.Good {
				printed = max(printed, c.Printed)
			}
		}
		if err := b.Dispatch(p, printed, tx.Today()); err != nil {
			return err
		}
		for _, c := range cards {
			if c.State != card.Good {
				continue
			}
			if err := send(tx, b, application.ID(c.Application), false); err != nil {
				return err
			}
		}
		return tx.SaveBatch(access.ApplicationDispatch, b)
	})
}

// DispatchApplication sends one good card ahead of its batch, today or on a day since it was printed; the last one of a batch closes it, and is what its list names.
func (d *Desk) DispatchApplication(ctx context.Context, by access.Actor, id application.ID, left day.Day) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationDispatch, id)
		if err != nil {
			return err
		}
		if err := a.Dispatch(a.office); err != nil {
			return err
		}
		b, err := tx.Batch(card.BatchID(a.Batch))
		if err != nil {
			return err
		}
		if err := tx.HoldBatch(b); err != nil {
			return err
		}
		cards, err := tx.Cards(b)
		if err != nil {
			return err
		}
		c, err := tx.CardOf(a.Application)
		if err != nil {
			return err
		}
		if b.Dispatched, err = b.Ahead(c, left, tx.Today()); err != nil {
			return err
		}
		ahead := count(cards, card.Frozen)+count(cards, card.Good) > 1
		if err := send(tx, b, id, ahead); err != nil || ahead {
			return err
		}
		return tx.SaveBatch(access.ApplicationDispatch, b)
	})
}

// send moves one case and its card to the township on the day of the batch, with it or ahead of it.
func send(tx *store.Tx, b card.Batch, id application.ID, ahead bool) error {
	a, err := load(tx, access.ApplicationDispatch, id)
	if err != nil {
		return err
	}
	if err := a.Dispatch(a.office); err != nil {
		return err
	}
	c, err := tx.CardOf(a.Application)
	if err != nil {
		return err
	}
	if err := c.Dispatch(b.Dispatched); err != nil {
		return err
	}
	c.Ahead = ahead
	if err := tx.SaveCard(access.ApplicationDispatch, c, b.No); err != nil {
		return err
	}
	return a.save(tx, access.ApplicationDispatch, b.No)
}

// count is how many cards stand in the state.
func count(cards []card.Card, s card.State) int {
	n := 0
	for _, c := range cards {
		if c.State == s {
			n++
		}
	}
	return n
}
