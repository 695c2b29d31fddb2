package casework

import (
	"context"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/store"
)

// WithdrawApplication ends a case at the applicant's wish, in any state before approval; a place in a session that has not been held is free again.
func (d *Desk) WithdrawApplication(ctx context.Context, by access.Actor, id application.ID, reason string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationWithdraw, id)
		if err != nil {
			return err
		}
		reason = strings.TrimSpace(reason)
		if err := a.Withdraw(reason, a.office); err != nil {
			return err
		}
		if err := a.save(tx, access.ApplicationWithdraw, reason); err != nil {
			return err
		}
		if a.was != application.Scheduled {
			return nil
		}
		return tx.Unseat(a.Application)
	})
}
