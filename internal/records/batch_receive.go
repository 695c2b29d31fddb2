package records

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/fault"
	"hefa/internal/policy"
	"hefa/internal/store"
)

// ReceiveBatch notes that a batch came in at its township and what was in the bag (M64).
func (d *Desk) ReceiveBatch(ctx context.Context, by access.Actor, id card.BatchID, f card.Found) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		b, err := batch(tx, access.BatchReceive, id)
		if err != nil {
			return err
		}
		cards, err := tx.Cards(b)
		if err != nil {
			return err
		}
		if err := b.Receive(f, cards, by.Name, tx.Today()); err != nil {
			return err
		}
		return tx.SaveBatch(access.BatchReceive, b)
	})
}

// arrived refuses to hand out a card of a batch that nobody counted at its township, where policy wants that.
func arrived(tx *store.Tx, a loaded) error {
	if !a.office.Policy.Is(policy.ReceiptFirst) || a.Batch == "" {
		return nil
	}
	b, err := tx.Batch(card.BatchID(a.Batch))
	if err == nil && b.Received == "" {
		err = fault.New(fault.Refused, "batch.receive.first", b.No)
	}
	return err
}
