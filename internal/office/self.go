package office

import (
	"context"
	"slices"
	"time"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/org"
	"hefa/internal/policy"
	"hefa/internal/seal"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// Device is one browser on which an account is signed in.
type Device struct {
	Since time.Time
	Seen  time.Time // the last use, to the minute
	Addr  string
	Agent string
	Here  bool // the one that asks
}

// Self is what somebody may know of their own account.
type Self struct {
	Account staff.Account
	Place   string
	Org     org.Org
	Acts    []access.Act
	Devices []Device
	Renew   day.Day // from this day on the password must be changed
	Least   int     // characters of a new password
}

// Self is the actor's own account; token is that of the device that asks.
func (d *Desk) Self(ctx context.Context, by access.Actor, token string) (Self, error) {
	var s Self
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		a, err := tx.Account(staff.ID(by.Account))
		if err != nil {
			return err
		}
		if err := by.May(access.SelfManage, a.Region); err != nil {
			return err
		}
		s.Account = a
		if s.Org, err = tx.Org(a.Org); err != nil {
			return err
		}
		if s.Place, err = place(tx, a.Region); err != nil {
			return err
		}
		office, err := tx.Office(a.Region)
		if err != nil {
			return err
		}
		s.Least = office.Policy.Count(policy.PasswordLength)
		s.Renew = day.Of(time.UnixMicro(a.Changed), day.Beijing).Add(office.Policy.Count(policy.PasswordDays) + 1)
		s.Acts = actsOf(by)
		s.Devices, err = devices(tx, a.ID, seal.Digest(token))
		return err
	})
	return s, err
}

// actsOf is what a role may do, in the order of the table.
func actsOf(by access.Actor) []access.Act {
	var out []access.Act
	for _, act := range access.Acts {
		if by.Can(act) {
			out = append(out, act)
		}
	}
	return out
}

func devices(tx *store.Tx, id staff.ID, here string) ([]Device, error) {
	all, err := tx.Signins(id)
	var out []Device
	for _, s := range all {
		out = append(out, Device{s.Created, s.Seen, s.Addr, s.Agent, s.Hash == here})
	}
	return out, err
}

// due says whether a pledge must be given, for the first time or again after months; it never must when months is 0.
func due(last int64, months int, now time.Time) bool {
	return months > 0 && (last == 0 || day.Of(time.UnixMicro(last), day.Beijing).AddMonths(months) <= day.Of(now, day.Beijing))
}

// Pledge notes that the actor promised to keep what they see to themselves and to lend the account to nobody (N55, N54).
func (d *Desk) Pledge(ctx context.Context, by access.Actor, promised bool) error {
	if !promised {
		return beside("promised", "pledge.missing")
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := tx.Account(staff.ID(by.Account))
		if err != nil {
			return err
		}
		if err := by.May(access.SelfManage, a.Region); err != nil {
			return err
		}
		a.Pledged = tx.Now().UnixMicro()
		return tx.SaveAccount(access.SelfManage, a, "pledge")
	})
}

// SignOutOthers ends the actor's sign-ins on every other device.
func (d *Desk) SignOutOthers(ctx context.Context, by access.Actor, token string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := tx.Account(staff.ID(by.Account))
		if err != nil {
			return err
		}
		return tx.EndSignins(access.SelfManage, a, seal.Digest(token), "others")
	})
}

// formerMost is how many former passwords are tried at most, whatever policy says: each takes as long as a sign-in.
const formerMost = 12

// Passwords is a change of password as typed; Token is that of the device that stays signed in.
type Passwords struct {
	Old, New, Again string
	Token           string
}

// ChangePassword sets a new password once the old one was right and ends the sign-ins on other devices. A wrong old password counts towards the
// lock of the account like one at the door. Hashes are made outside the transaction, because they take time.
func (d *Desk) ChangePassword(ctx context.Context, by access.Actor, p Passwords) error {
	var a staff.Account
	var former []string
	least := 0
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		var err error
		if a, err = tx.Account(staff.ID(by.Account)); err != nil {
			return err
		}
		office, err := tx.Office(a.Region)
		if err != nil {
			return err
		}
		least = office.Policy.Count(policy.PasswordLength)
		former, err = tx.FormerPasswords(a.ID, min(office.Policy.Count(policy.PasswordHistory), formerMost))
		return err
	})
	if err != nil {
		return err
	}
	if !seal.Verify(a.Hash, p.Old) {
		return d.wrongTry(ctx, by, a.ID, "old", "password.old")
	}
	if err := p.check(a.Login, least); err != nil {
		return err
	}
	switch {
	case seal.Weak(p.New, a.Login, a.Name):
		return beside("new", "password.weak")
	case slices.ContainsFunc(former, func(hash string) bool { return seal.Verify(hash, p.New) }):
		return beside("new", "password.former")
	}
	hash := seal.Password(p.New)
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		if err := tx.KeepFormer(a.ID, a.Hash); err != nil {
			return err
		}
		a.Hash, a.Changed, a.Fresh, a.Failed, a.Locked = hash, tx.Now().UnixMicro(), false, 0, 0
		if err := tx.SaveAccount(access.SelfManage, a, "password"); err != nil {
			return err
		}
		return tx.EndSignins(access.SelfManage, a, seal.Digest(p.Token), "others")
	})
}

// check finds what is wrong with the new password.
func (p Passwords) check(login string, least int) error {
	var problems fault.Problems
	if p.New != p.Again {
		problems.Add("again", "password.again")
	}
	if p.New == p.Old {
		problems.Add("new", "password.same")
	}
	problems = append(problems, fault.Fields(staff.CheckPassword("new", p.New, login, least))...)
	return problems.Fault()
}
