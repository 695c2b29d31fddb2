package office

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/key"
	"hefa/internal/store"
)

// Keys is every key of the installation, wrapped, the oldest first; only the program itself, on the server's command line, keeps keys.
func (d *Desk) Keys(ctx context.Context, by access.Actor) (all []key.Key, err error) {
	if err := itself(by); err != nil {
		return nil, err
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		all, err = tx.Keys()
		return err
	})
	return all, err
}

// RotateKey makes k the key that seals from now on; the one before goes on opening what it sealed, until Reseal has passed over it.
func (d *Desk) RotateKey(ctx context.Context, by access.Actor, k key.Key) error {
	if err := itself(by); err != nil {
		return err
	}
	if err := d.db.Update(ctx, by, func(tx *store.Tx) error { return tx.AddKey(k) }); err != nil {
		return err
	}
	return d.db.UseKeys(ctx)
}

// Reseal seals anew what other keys than the current one sealed and answers how many rows; officers go on working meanwhile. told hears how far
// each table has come. What an earlier, interrupted pass has done is not done again.
func (d *Desk) Reseal(ctx context.Context, by access.Actor, told func(table string, rows int)) (int, error) {
	if err := itself(by); err != nil {
		return 0, err
	}
	return d.db.Reseal(ctx, told)
}

// RewrapKeys keeps all keys as another master key has wrapped them, all at once.
func (d *Desk) RewrapKeys(ctx context.Context, by access.Actor, all []key.Key) error {
	if err := itself(by); err != nil {
		return err
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		for _, k := range all {
			if err := tx.SaveKey(k); err != nil {
				return err
			}
		}
		return nil
	})
}
