package office

import (
	"context"
	"crypto/rand"
	"strings"

	"hefa/internal/access"
	"hefa/internal/seal"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// DisableAccount keeps somebody else out from the next click on, or lets them in again.
func (d *Desk) DisableAccount(ctx context.Context, by access.Actor, id staff.ID, off bool) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := others(tx, id)
		if err != nil {
			return err
		}
		note := "enable"
		if off {
			note = "disable"
		}
		a.Disabled, a.Failed, a.Locked = off, 0, 0
		if err := tx.SaveAccount(access.AccountManage, a, note); err != nil || !off {
			return err
		}
		return tx.EndSignins(access.AccountManage, a, "", "signedout")
	})
}

// UnlockAccount lets somebody try again before the lock has run out.
func (d *Desk) UnlockAccount(ctx context.Context, by access.Actor, id staff.ID) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := others(tx, id)
		if err != nil {
			return err
		}
		a.Failed, a.Locked = 0, 0
		return tx.SaveAccount(access.AccountManage, a, "unlock")
	})
}

// ResetPassword gives somebody else a first password again, shown once, and ends their sign-ins.
func (d *Desk) ResetPassword(ctx context.Context, by access.Actor, id staff.ID) (string, error) {
	var a staff.Account
	err := d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		a, err = others(tx, id)
		return err
	})
	if err != nil {
		return "", err
	}
	password, err := d.first(ctx, by, a)
	if err != nil {
		return "", err
	}
	a.Hash, a.Fresh, a.Failed, a.Locked = seal.Password(password), true, 0, 0
	err = d.db.Update(ctx, by, func(tx *store.Tx) error {
		a.Changed = tx.Now().UnixMicro()
		if err := tx.SaveAccount(access.AccountManage, a, "reset"); err != nil {
			return err
		}
		return tx.EndSignins(access.AccountManage, a, "", "signedout")
	})
	return password, err
}

// EndSignins signs somebody else out on every device.
func (d *Desk) EndSignins(ctx context.Context, by access.Actor, id staff.ID) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := others(tx, id)
		if err != nil {
			return err
		}
		return tx.EndSignins(access.AccountManage, a, "", "signedout")
	})
}

// letters are what a first password is made of: none that looks like another one on paper.
const letters = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"

// initial is a password of n random letters in groups of four that the rules accept.
func initial(login string, n int) string {
	for {
		raw := make([]byte, n)
		_, _ = rand.Read(raw) // crypto/rand ends the program rather than fail
		var b strings.Builder
		for i, c := range raw {
			if i > 0 && i%4 == 0 {
				b.WriteByte('-')
			}
			b.WriteByte(letters[int(c)%len(letters)])
		}
		if staff.CheckPassword("", b.String(), login, n) == nil {
			return b.String()
		}
	}
}
