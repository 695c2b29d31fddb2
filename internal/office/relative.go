package office

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/region"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// Kin is a declared relative who stands in the register.
type Kin = store.Kin

// Relatives is whom the actor declared as related.
func (d *Desk) Relatives(ctx context.Context, by access.Actor) (all []staff.Relative, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		if err := by.May(access.SelfManage, by.Region); err != nil {
			return err
		}
		all, err = tx.Relatives(staff.ID(by.Account))
		return err
	})
	return all, err
}

// DeclareRelative keeps that somebody is related to the actor, who then neither assesses them nor decides about them (N22).
func (d *Desk) DeclareRelative(ctx context.Context, by access.Actor, r staff.Relative) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		if err := by.May(access.SelfManage, by.Region); err != nil {
			return err
		}
		if err := r.Check(); err != nil {
			return err
		}
		r.ID, r.Account, r.Declared = id.New(), staff.ID(by.Account), tx.Today()
		return tx.AddRelative(r)
	})
}

// WithdrawRelative ends a declaration of the actor's own that was wrong; that it was made stays to be seen.
func (d *Desk) WithdrawRelative(ctx context.Context, by access.Actor, of string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		all, err := tx.Relatives(staff.ID(by.Account))
		if err != nil {
			return err
		}
		for _, r := range all {
			if r.ID == of {
				return tx.EndRelative(r, tx.Today())
			}
		}
		return fault.New(fault.Missing, "record.missing")
	})
}

// Kindred is the declared relatives of officers and doctors who stand in the register of an area, for those who watch over the work (N22): up to limit of
// them from a place in the list on, and whether more follow. That they were looked at is in the audit.
func (d *Desk) Kindred(ctx context.Context, by access.Actor, where region.Code, from, limit int) (all []Kin, more bool, err error) {
	if where, err = by.Scope(access.RelativeScreen, where); err != nil {
		return nil, false, err
	}
	err = d.db.Update(ctx, by, func(tx *store.Tx) error {
		if all, err = tx.Kindred(where, max(from, 0), limit+1); err != nil {
			return err
		}
		more = len(all) > limit
		all = all[:min(len(all), limit)]
		return tx.Note(access.RelativeScreen, store.Subject{Kind: "relative", Region: where})
	})
	return all, more, err
}
