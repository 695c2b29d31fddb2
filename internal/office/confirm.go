package office

import (
	"context"
	"errors"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/policy"
	"hefa/internal/seal"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// Proof is what somebody gives before a grave act: what was typed, the password or a code, or what a key answered under the sign-in of Token.
type Proof struct{ Typed, Key, Token string }

// Confirm asks the actor to prove once more who they are before a grave act, so that whoever finds a screen open cannot do it: with the second factor where
// they have one (policy stepup.factor), else with the password. A wrong answer counts towards the lock of the account like one at the door; while it is locked
// a right one is refused too.
func (d *Desk) Confirm(ctx context.Context, by access.Actor, p Proof) error {
	wanted := false
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		a, s, err := own(tx, by)
		if err != nil {
			return err
		}
		office, err := tx.Office(a.Region)
		if err != nil {
			return err
		}
		wanted = s.means().Any() && office.Policy.Is(policy.StepUpFactor)
		return nil
	})
	switch {
	case err != nil:
		return err
	case !wanted:
		return d.confirmPassword(ctx, by, p.Typed)
	case p.Key == "" && p.Typed == "":
		return beside("confirm", "confirm.second")
	}
	return d.confirmSecond(ctx, by, p)
}

// confirmPassword asks for the password.
func (d *Desk) confirmPassword(ctx context.Context, by access.Actor, password string) error {
	var a staff.Account
	var now int64
	err := d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		if a, err = tx.Account(staff.ID(by.Account)); err != nil {
			return err
		}
		now = tx.Now().UnixMicro()
		return by.May(access.SelfManage, a.Region)
	})
	switch {
	case err != nil:
		return err
	case a.Locked > now:
		return fault.New(fault.Refused, "signin.locked", minutes(a.Locked-now))
	case password == "":
		return beside("confirm", "confirm.missing")
	case !seal.Verify(a.Hash, password):
		return d.wrongTry(ctx, by, a.ID, "confirm", "confirm.wrong")
	}
	return nil
}

// confirmSecond asks for a code or a key's answer.
func (d *Desk) confirmSecond(ctx context.Context, by access.Actor, p Proof) error {
	var id staff.ID
	var wrong string
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, s, err := own(tx, by)
		if err != nil {
			return err
		}
		if id = a.ID; a.Locked > tx.Now().UnixMicro() {
			return fault.New(fault.Refused, "signin.locked", minutes(a.Locked-tx.Now().UnixMicro()))
		}
		if p.Key != "" {
			wrong, err = d.answer(tx, s, seal.Digest(p.Token), p.Key)
			return err
		}
		wrong, err = s.code(tx, p.Typed)
		return err
	})
	if err != nil || wrong == "" {
		return err
	}
	return d.wrongTry(ctx, by, id, "confirm", wrong)
}

// wrongTry counts a wrong password or code of somebody who is signed in, and says beside the field what is wrong, or that the account is locked now.
func (d *Desk) wrongTry(ctx context.Context, by access.Actor, id staff.ID, field, key string) error {
	var refused error
	err := d.db.Update(ctx, by, func(tx *store.Tx) (err error) {
		refused, err = d.admit(tx, id, nothing)
		return err
	})
	if err != nil {
		return err
	}
	if locked(refused) {
		return refused
	}
	return beside(field, key)
}

func locked(refused error) bool {
	f, ok := errors.AsType[*fault.Fault](refused)
	return ok && f.Key == "signin.locked"
}

func beside(field, key string) error {
	var p fault.Problems
	p.Add(field, key)
	return p.Fault()
}
