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

// Second is the second factor of the own account: one-time codes of an app on the phone (RFC 6238; GB/T 22239-2019 8.1.4.1 d), and keys (WebAuthn).
type Second struct {
	On      bool
	Since   time.Time
	Left    int    // recovery codes that were not used
	Secret  string // of one that was begun and is not on yet, "" when none was
	Address string // the same for the app, as a QR code holds it
	Keys    []staff.Passkey
	Ready   bool // keys can be asked here
}

// Second is how the actor's own second factor stands.
func (d *Desk) Second(ctx context.Context, by access.Actor) (Second, error) {
	var v Second
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		a, s, err := own(tx, by)
		if err != nil {
			return err
		}
		f := s.factor
		v = Second{On: f.On(), Left: len(f.Spare), Keys: s.keys, Ready: d.keys != nil}
		if v.On {
			v.Since = time.UnixMicro(f.Since)
			return nil
		}
		if v.Secret = f.Secret; v.Secret != "" {
			v.Address = seal.CodeAddress(lang.T("second.issuer"), a.Login, v.Secret)
		}
		return nil
	})
	return v, err
}

// BeginSecond makes a secret for the actor's app, once they proved who they are, so that whoever finds a screen open binds no app of their own; it is
// asked for only once a code of it was right.
func (d *Desk) BeginSecond(ctx context.Context, by access.Actor, p Proof) error {
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		_, s, err := own(tx, by)
		if err == nil && s.factor.On() {
			err = fault.New(fault.Refused, "second.on")
		}
		return err
	})
	if err == nil {
		err = d.Confirm(ctx, by, p)
	}
	if err != nil {
		return err
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, s, err := own(tx, by)
		if err != nil {
			return err
		}
		if s.factor.On() {
			return fault.New(fault.Refused, "second.on")
		}
		return tx.PutFactor(a, seal.CodeSecret())
	})
}

// ConfirmSecond switches the one-time codes on with the first code of the app, signs the other devices out, and gives the recovery codes, which are shown
// once.
func (d *Desk) ConfirmSecond(ctx context.Context, by access.Actor, code, token string) ([]string, error) {
	codes := seal.SpareCodes(spares)
	wrong := false
	var id staff.ID
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, s, err := own(tx, by)
		if err != nil {
			return err
		}
		f := s.factor
		if id = a.ID; f.On() || f.Secret == "" {
			return fault.New(fault.Refused, "second.begin")
		}
		step, ok := seal.MatchCode(f.Secret, code, tx.Now(), f.Step)
		if wrong = !ok; wrong {
			return nil
		}
		f.Since, f.Step, f.Spare = tx.Now().UnixMicro(), step, spareIndexes(tx, a.ID, codes)
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

// spareIndexes is recovery codes as they are kept.
func spareIndexes(tx *store.Tx, id staff.ID, codes []string) []string {
	var out []string
	for _, c := range codes {
		out = append(out, tx.SpareIndex(id, spare(c)))
	}
	return out
}

// DropSecond takes the actor's own one-time codes off, with the password; keys stay.
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
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		_, s, err := own(tx, by)
		switch {
		case err != nil:
			return err
		case s.factor.Secret == "":
			return fault.New(fault.Refused, "second.off")
		case len(s.keys) > 0:
			return tx.ClearFactor(access.SelfManage, a, "second-off")
		}
		return tx.DropFactor(access.SelfManage, a, "second-off")
	})
}

// ResetSecond takes every second factor off somebody else's account, whose phone, keys and recovery codes are lost, and ends their sign-ins.
func (d *Desk) ResetSecond(ctx context.Context, by access.Actor, id staff.ID) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := others(tx, id)
		if err != nil {
			return err
		}
		s, err := second(tx, id)
		if err != nil {
			return err
		}
		if s.factor.Secret == "" && len(s.keys) == 0 {
			return fault.New(fault.Refused, "second.off")
		}
		if s.factor.Version > 0 {
			if err := tx.DropFactor(access.AccountManage, a, "second-reset"); err != nil {
				return err
			}
		}
		if len(s.keys) > 0 {
			if err := tx.DropPasskey(access.AccountManage, a, "", "key-reset"); err != nil {
				return err
			}
		}
		return tx.EndSignins(access.AccountManage, a, "", "signedout")
	})
}

// SignInCode makes a half sign-in whole with a code of the app or a recovery code, and gives its new token. Wrong codes count towards the lock like
// wrong passwords, and a lock ends the half sign-in.
func (d *Desk) SignInCode(ctx context.Context, token, code, addr string) (string, error) {
	return d.complete(ctx, token, addr, "code", func(tx *store.Tx, s seconds) (string, error) { return s.code(tx, code) })
}

// SignInKey does the same with what a key answered to AskKey.
func (d *Desk) SignInKey(ctx context.Context, token, answer, addr string) (string, error) {
	return d.complete(ctx, token, addr, "key", func(tx *store.Tx, s seconds) (string, error) { return d.answer(tx, s, seal.Digest(token), answer) })
}

// complete makes a half sign-in whole when prove finds nothing wrong; what it finds is said beside the field.
func (d *Desk) complete(ctx context.Context, token, addr, field string, prove func(*store.Tx, seconds) (wrong string, err error)) (string, error) {
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
	var wrong string
	fresh := seal.Token()
	err = d.db.Update(ctx, s.Holder.Actor(addr), func(tx *store.Tx) error {
		has, err := second(tx, s.Holder.ID)
		if err != nil {
			return err
		}
		has.of = s.Holder
		p := nothing
		if s.Holder.Locked <= tx.Now().UnixMicro() {
			if wrong, err = prove(tx, has); err != nil {
				return err
			}
			if wrong == "" {
				p = whole
			}
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
		return makeWhole(tx, s, fresh, addr)
	})
	switch {
	case err != nil:
		return "", err
	case locked(refused):
		return "", refused
	case refused != nil && wrong != "":
		return "", beside(field, wrong)
	case refused != nil:
		return "", refused
	}
	return fresh, nil
}

// makeWhole puts a whole sign-in under a fresh token in the place of half a one.
func makeWhole(tx *store.Tx, s store.SignedIn, fresh, addr string) error {
	err := tx.DropSignin(s.Holder.ID, s.Hash)
	if err != nil {
		return err
	}
	next := s.Signin
	next.Hash, next.Half, next.Seen = seal.Digest(fresh), false, tx.Now()
	if next.Doubt, err = doubted(tx, s.Holder, addr); err != nil {
		return err
	}
	return tx.AddSignin(next)
}

// seconds is all that an account has beside its password.
type seconds struct {
	of     staff.Account
	factor staff.Factor
	keys   []staff.Passkey
}

func (s seconds) means() staff.Means {
	return staff.Means{Code: s.factor.On(), Key: len(s.keys) > 0}
}

// code says what is wrong with a code of the app or a recovery code, "" when it is right, and uses it up.
func (s seconds) code(tx *store.Tx, code string) (wrong string, err error) {
	f, note := s.factor, ""
	if step, ok := seal.MatchCode(f.Secret, code, tx.Now(), f.Step); f.On() && ok {
		f.Step, note = step, "second-ok"
	} else if f.Spend(tx.SpareIndex(s.of.ID, spare(code))) {
		note = "second-spare"
	} else {
		return "second.wrong", nil
	}
	return "", tx.SaveFactor(s.of, f, note)
}

// own reads the actor's account with its second factors.
func own(tx *store.Tx, by access.Actor) (staff.Account, seconds, error) {
	a, err := tx.Account(staff.ID(by.Account))
	if err == nil {
		err = by.May(access.SelfManage, a.Region)
	}
	if err != nil {
		return a, seconds{}, err
	}
	s, err := second(tx, a.ID)
	s.of = a
	return a, s, err
}

// second reads what an account has beside its password; of is left empty.
func second(tx *store.Tx, id staff.ID) (seconds, error) {
	f, err := tx.Factor(id)
	if fault.Of(err) == fault.Missing {
		f, err = staff.Factor{Account: id}, nil
	}
	if err != nil {
		return seconds{}, err
	}
	keys, err := tx.Passkeys(id)
	return seconds{factor: f, keys: keys}, err
}

// spare is a recovery code as it is compared: people leave the hyphen out, add spaces or write capitals.
func spare(code string) string {
	return strings.ToLower(strings.NewReplacer("-", "", " ", "").Replace(code))
}
