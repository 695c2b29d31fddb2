package office

import (
	"context"
	"strings"
	"time"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/seal"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// spares is how many recovery codes somebody gets.
const spares = 10

// Second is the second factor of the own account: one-time codes of an app on the phone (RFC 6238; GB/T 22239-2019 8.1.4.1 d).
type Second struct {
	On      bool
	Since   time.Time
	Left    int    // recovery codes that were not used
	Secret  string // of one that was begun and is not on yet, "" when none was
	Address string // the same for the app, as a QR code holds it
}

// Second is how the actor's own second factor stands.
func (d *Desk) Second(ctx context.Context, by access.Actor) (Second, error) {
	var s Second
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		a, f, err := own(tx, by)
		if err != nil {
			return err
		}
		s = Second{On: f.On(), Left: len(f.Spare)}
		if s.On {
			s.Since = time.UnixMicro(f.Since)
			return nil
		}
		if s.Secret = f.Secret; s.Secret != "" {
			s.Address = seal.CodeAddress(lang.T("second.issuer"), a.Login, s.Secret)
		}
		return nil
	})
	return s, err
}

// BeginSecond makes a secret for the actor's app; it is asked for only once a code of it was right.
func (d *Desk) BeginSecond(ctx context.Context, by access.Actor) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, f, err := own(tx, by)
		if err != nil {
			return err
		}
		if f.On() {
			return fault.New(fault.Refused, "second.on")
		}
		return tx.PutFactor(a, seal.CodeSecret())
	})
}

// ConfirmSecond switches the second factor on with the first code of the app, signs the other devices out, and gives the recovery codes, which are shown
// once.
func (d *Desk) ConfirmSecond(ctx context.Context, by access.Actor, code, token string) ([]string, error) {
	codes := seal.SpareCodes(spares)
	wrong := false
	var id staff.ID
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, f, err := own(tx, by)
		if err != nil {
			return err
		}
		if id = a.ID; f.On() || f.Secret == "" {
			return fault.New(fault.Refused, "second.begin")
		}
		step, ok := seal.MatchCode(f.Secret, code, tx.Now(), f.Step)
		if wrong = !ok; wrong {
			return nil
		}
		f.Since, f.Step = tx.Now().UnixMicro(), step
		for _, c := range codes {
			f.Spare = append(f.Spare, tx.SpareIndex(a.ID, spare(c)))
		}
		if err := tx.SaveFactor(a, f, "second-on"); err != nil {
			return err
		}
		return tx.EndSignins(access.SelfManage, a, seal.Digest(token), "others")
	})
	if err == nil && wrong {
		err = d.wrongTry(ctx, by, id, "code", "second.wrong")
	}
	if err != nil {
		return nil, err
	}
	return codes, nil
}

// DropSecond takes the actor's own second factor off, with the password.
func (d *Desk) DropSecond(ctx context.Context, by access.Actor, password string) error {
	var a staff.Account
	err := d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		a, _, err = own(tx, by)
		return err
	})
	if err != nil {
		return err
	}
	if !seal.Verify(a.Hash, password) {
		return d.wrongTry(ctx, by, a.ID, "old", "password.old")
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error { return dropSecond(tx, access.SelfManage, a.ID, "second-off") })
}

// ResetSecond takes the second factor off somebody else's account, whose phone and recovery codes are lost, and ends their sign-ins.
func (d *Desk) ResetSecond(ctx context.Context, by access.Actor, id staff.ID) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := others(tx, id)
		if err != nil {
			return err
		}
		if err := dropSecond(tx, access.AccountManage, id, "second-reset"); err != nil {
			return err
		}
		return tx.EndSignins(access.AccountManage, a, "", "signedout")
	})
}

func dropSecond(tx *store.Tx, act access.Act, id staff.ID, note string) error {
	a, err := tx.Account(id)
	if err != nil {
		return err
	}
	f, err := factor(tx, id)
	if err != nil {
		return err
	}
	if f.Secret == "" {
		return fault.New(fault.Refused, "second.off")
	}
	return tx.DropFactor(act, a, note)
}

// SignInCode makes a half sign-in whole with a code of the app or a recovery code, and gives its new token. Wrong codes count towards the lock like
// wrong passwords, and a lock ends the half sign-in.
func (d *Desk) SignInCode(ctx context.Context, token, code, addr string) (string, error) {
	var s store.SignedIn
	err := d.db.View(ctx, access.Anybody(addr), func(tx *store.Tx) (err error) {
		s, err = tx.SignedIn(seal.Digest(token))
		return err
	})
	if fault.Of(err) == fault.Missing {
		return "", fault.New(fault.SignIn, "signin.wanted")
	}
	if err != nil || !s.Half {
		return token, err
	}
	var refused error
	fresh := seal.Token()
	err = d.db.Update(ctx, s.Holder.Actor(addr), func(tx *store.Tx) error {
		f, err := tx.Factor(s.Holder.ID)
		if err != nil {
			return err
		}
		p, note := nothing, ""
		if step, ok := seal.MatchCode(f.Secret, code, tx.Now(), f.Step); ok {
			f.Step, p, note = step, whole, "second-ok"
		} else if f.Spend(tx.SpareIndex(s.Holder.ID, spare(code))) {
			p, note = whole, "second-spare"
		}
		if refused, err = d.admit(tx, s.Holder.ID, p); err != nil {
			return err
		}
		if locked(refused) {
			return tx.DropSignin(s.Holder.ID, s.Hash)
		}
		if refused != nil {
			return nil
		}
		if err := tx.SaveFactor(s.Holder, f, note); err != nil {
			return err
		}
		if err := tx.DropSignin(s.Holder.ID, s.Hash); err != nil {
			return err
		}
		next := s.Signin
		next.Hash, next.Half, next.Seen = seal.Digest(fresh), false, tx.Now()
		if next.Doubt, err = doubted(tx, s.Holder, addr); err != nil {
			return err
		}
		return tx.AddSignin(next)
	})
	switch {
	case err != nil:
		return "", err
	case locked(refused):
		return "", refused
	case refused != nil:
		return "", beside("code", "second.wrong")
	}
	return fresh, nil
}

// own reads the actor's account with its second factor, which is empty when there is none.
func own(tx *store.Tx, by access.Actor) (staff.Account, staff.Factor, error) {
	a, err := tx.Account(staff.ID(by.Account))
	if err == nil {
		err = by.May(access.SelfManage, a.Region)
	}
	if err != nil {
		return a, staff.Factor{}, err
	}
	f, err := factor(tx, a.ID)
	return a, f, err
}

func factor(tx *store.Tx, id staff.ID) (staff.Factor, error) {
	f, err := tx.Factor(id)
	if fault.Of(err) == fault.Missing {
		return staff.Factor{Account: id}, nil
	}
	return f, err
}

// spare is a recovery code as it is compared: people leave the hyphen out, add spaces or write capitals.
func spare(code string) string {
	return strings.ToLower(strings.NewReplacer("-", "", " ", "").Replace(code))
}
