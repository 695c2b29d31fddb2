package casework

import (
	"context"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/store"
)

// DeclineApplication ends a request that cannot be accepted and keeps the decision letter with its reason.
func (d *Desk) DeclineApplication(ctx context.Context, by access.Actor, id application.ID, reason string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationDecline, id)
		if err != nil {
			return err
		}
		reason = strings.TrimSpace(reason)
		if err := a.Decline(reason, a.office); err != nil {
			return err
		}
		if err := a.save(tx, access.ApplicationDecline, reason); err != nil {
			return err
		}
		_, err = tx.SendLetter(a.Application, store.Letter{Kind: application.RejectionLetter, Reason: reason})
		return err
	})
}
