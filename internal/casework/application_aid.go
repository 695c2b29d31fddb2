package casework

import (
	"context"
	"slices"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/store"
)

// SetAids notes what the applicant needs on the day on which they are examined.
func (d *Desk) SetAids(ctx context.Context, by access.Actor, id application.ID, aids application.Aids) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationAid, id)
		if err != nil {
			return err
		}
		if err := a.State.Attending(); err != nil {
			return err
		}
		return keepAids(tx, a.Application, aids)
	})
}

// keepAids keeps aids that are other than those that were read.
func keepAids(tx *store.Tx, a application.Application, to application.Aids) error {
	if err := to.Check(); err != nil {
		return err
	}
	all, err := tx.AidsOf(a)
	if err != nil {
		return err
	}
	if was := all[a.ID]; was.Version == to.Version && slices.Equal(was.All, to.All) {
		return nil
	}
	return tx.SaveAids(a, to)
}
