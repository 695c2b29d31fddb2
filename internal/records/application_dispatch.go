package records

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
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
			if c.State != card.Good {
				continue
			}
			printed = max(printed, c.Printed)
			if err := send(tx, application.ID(c.Application), b.No, false); err != nil {
				return err
			}
		}
		if err := b.Dispatch(p, printed, tx.Today()); err != nil {
			return err
		}
		return tx.SaveBatch(access.ApplicationDispatch, b)
	})
}

// DispatchApplication sends one good card ahead of its batch; the last one of a batch closes it, and is what its list names.
func (d *Desk) DispatchApplication(ctx context.Context, by access.Actor, id application.ID) error {
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
		ahead := count(cards, card.Frozen)+count(cards, card.Good) > 1
		if err := send(tx, id, b.No, ahead); err != nil || ahead {
			return err
		}
		b.Dispatched = tx.Today()
		return tx.SaveBatch(access.ApplicationDispatch, b)
	})
}

// send moves one case and its card to the township, with its batch or ahead of it.
func send(tx *store.Tx, id application.ID, no string, ahead bool) error {
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
	if err := c.Dispatch(); err != nil {
		return err
	}
	c.Ahead = ahead
	if err := tx.SaveCard(access.ApplicationDispatch, c, no); err != nil {
		return err
	}
	return a.save(tx, access.ApplicationDispatch, no)
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
