package casework

import (
	"context"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/fault"
	"hefa/internal/store"
)

// ApproveApplication grants what is asked for: the word of another officer than the reviewer. A cancellation, a move and a review that changes nothing
// take effect at once; everything else when its card comes into the hand.
func (d *Desk) ApproveApplication(ctx context.Context, by access.Actor, id application.ID) error {
	if err := d.keepFile(ctx, by, id); err != nil {
		return err
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationApprove, id)
		if err != nil {
			return err
		}
		if err := tx.Unrelated(a.Person); err != nil {
			return err
		}
		if err := undisputed(tx, a); err != nil {
			return err
		}
		held, err := a.held(tx)
		if err != nil {
			return err
		}
		if err := a.Approve(by.Account, held, a.office); err != nil {
			return err
		}
		if err := a.conclude(tx, held); err != nil {
			return err
		}
		if err := a.save(tx, access.ApplicationApprove, ""); err != nil {
			return err
		}
		return a.amend(tx)
	})
}

// Outcome is how one case of several fared; Err is nil when it was done and a fault that a clerk may read when not.
type Outcome struct {
	Case store.Case
	Err  error
}

// ApproveApplications approves several cases, each by itself: what cannot be approved is told with its reason and leaves the others untouched.
// It fails as a whole only for a defect or when a case lies outside the actor's region or role.
func (d *Desk) ApproveApplications(ctx context.Context, by access.Actor, ids []application.ID) ([]Outcome, error) {
	var out []Outcome
	for _, id := range ids {
		c, err := d.named(ctx, by, access.ApplicationApprove, id)
		if err != nil {
			return out, err
		}
		err = d.ApproveApplication(ctx, by, id)
		if err != nil && fault.Of(err) == "" {
			return out, err
		}
		out = append(out, Outcome{c, err})
	}
	return out, nil
}

// named is a case with its person, for the list of outcomes.
func (d *Desk) named(ctx context.Context, by access.Actor, act access.Act, id application.ID) (store.Case, error) {
	var c store.Case
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, act, id)
		if err != nil {
			return err
		}
		c.Application = a.Application
		c.Person, err = tx.Person(a.Person)
		return err
	})
	return c, err
}

// RefuseApplication ends the case with a decision letter that names the reason; the letter is printed from what is kept here.
func (d *Desk) RefuseApplication(ctx context.Context, by access.Actor, of application.ID, reason string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationRefuse, of)
		if err != nil {
			return err
		}
		if err := tx.Unrelated(a.Person); err != nil {
			return err
		}
		if err := undisputed(tx, a); err != nil {
			return err
		}
		if err := a.Refuse(reason, a.office); err != nil {
			return err
		}
		if err := short("reason", reason); err != nil {
			return err
		}
		if err := a.save(tx, access.ApplicationRefuse, strings.TrimSpace(reason)); err != nil {
			return err
		}
		return refusalLetter(tx, a.Application, strings.TrimSpace(reason))
	})
}
