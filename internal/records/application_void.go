package records

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/store"
)

// VoidApplication ends a case between its approval and the hand-over: its card is void, its certificate never was, and what the holder has in hand stays or
// comes to what it is.
func (d *Desk) VoidApplication(ctx context.Context, by access.Actor, id application.ID, v application.Void) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationVoid, id)
		if err != nil {
			return err
		}
		if err := tx.Unrelated(a.Person); err != nil {
			return err
		}
		return tx.VoidCase(a.Application, v)
	})
}
