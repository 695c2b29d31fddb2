package records

import (
	"cmp"
	"context"
	"slices"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/day"
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
		if err := b.Receive(f, slices.DeleteFunc(cards, func(c card.Card) bool { return c.Ahead }), by.Name, tx.Today()); err != nil {
			return err
		}
		return tx.SaveBatch(access.BatchReceive, b)
	})
}

// arrived refuses to hand out a card of a batch that nobody counted at its township, where policy wants that; what was sent ahead was in no bag. It says
// since when the card is where it is handed out: since the day on which its bag left and came in, however much later that was entered.
func arrived(tx *store.Tx, a loaded) (day.Day, error) {
	if a.State != application.Dispatched {
		return "", nil
	}
	if a.Batch == "" { // its card is another county's
		return a.Since, nil
	}
	c, err := tx.CardOf(a.Application)
	if err != nil {
		return "", err
	}
	left := cmp.Or(c.Left, a.Since)
	if c.Ahead {
		return left, nil
	}
	b, err := tx.Batch(card.BatchID(a.Batch))
	if err != nil {
		return "", err
	}
	if c.Left == "" && b.Dispatched != "" {
		left = min(left, b.Dispatched) // the batch leaves once more with a card that was printed again
	}
	if !a.office.Policy.Is(policy.ReceiptFirst) {
		return left, nil
	}
	if b.Received == "" {
		return "", fault.New(fault.Refused, "batch.receive.first", b.No)
	}
	return max(left, b.Received), nil
}
