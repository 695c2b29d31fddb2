package casework

import (
	"context"
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/store"
)

// Declining is why a request is not accepted.
type Declining struct {
	Reason string
	Same   person.ID // who of those that look alike is the applicant under another number; "" for nobody
}

// DeclineApplication ends a request that cannot be accepted and keeps the decision letter with its reason. That the applicant stands in the register
// already, under another number, is kept for both entries.
func (d *Desk) DeclineApplication(ctx context.Context, by access.Actor, id application.ID, s Declining) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationDecline, id)
		if err != nil {
			return err
		}
		reason := strings.TrimSpace(s.Reason)
		if err := a.findSame(tx, s.Same, reason); err != nil {
			return err
		}
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

// findSame keeps that the applicant is one of those who look alike.
func (l loaded) findSame(tx *store.Tx, same person.ID, how string) error {
	if same == "" {
		return nil
	}
	others, err := l.alike(tx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(others, func(o person.Person) bool { return o.ID == same })
	if i < 0 {
		var p fault.Problems
		p.Add("same", "form.choice.wrong")
		return p.Fault()
	}
	return tx.KeepLikeness(access.ApplicationDecline, store.Likeness{Application: l.ID, Region: l.Region, Person: l.Person, Other: others[i], Same: true, Reason: how})
}
