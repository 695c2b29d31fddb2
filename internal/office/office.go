// Package office keeps the house itself: accounts and sign-in, organisations, places, working days, legal values, and the search of the audit.
package office

import (
	"context"
	"slices"
	"strings"
	"time"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/oidc"
	"hefa/internal/policy"
	"hefa/internal/seal"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// Desk is where the house itself is kept.
type Desk struct {
	db       *store.DB
	keys     *seal.Passkeys // nil where no key can be asked
	province *oidc.Provider // nil where there is no single sign-on
}

// New is the desk over a store.
func New(db *store.DB) *Desk { return &Desk{db: db} }

// WithKeys is the same desk in an installation that browsers reach under names, where keys can be asked; keys nil is one where they cannot.
func (d *Desk) WithKeys(keys *seal.Passkeys) *Desk { return &Desk{d.db, keys, d.province} }

// Attempt is somebody at the door with a name and a password.
type Attempt struct {
	Login    string
	Password string
	Addr     string
	Agent    string
}

// nobody is a hash that no password fits; trying it keeps unknown logins as slow as known ones.
const nobody = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// SignIn checks a password and begins a sign-in, whose token it gives; of an account with a second factor it is half a sign-in, with which SignInCode and
// SignInKey alone can be asked. Wrong passwords count towards a lock (policy lock.tries, lock.minutes); an
// unknown login and a wrong password answer alike. The password is tried outside a transaction, because trying takes time.
func (d *Desk) SignIn(ctx context.Context, at Attempt) (token string, err error) {
	at.Login = strings.ToLower(strings.TrimSpace(at.Login))
	var a staff.Account
	err = d.db.View(ctx, access.Anybody(at.Addr), func(tx *store.Tx) error {
		a, err = tx.AccountByLogin(at.Login)
		return err
	})
	if fault.Of(err) == fault.Missing {
		seal.Verify(nobody, at.Password)
		return "", wrong()
	}
	if err != nil {
		return "", err
	}
	right := seal.Verify(a.Hash, at.Password)
	token = seal.Token()
	var refused error
	err = d.db.Update(ctx, a.Actor(at.Addr), func(tx *store.Tx) error {
		s, err := second(tx, a.ID)
		if err != nil {
			return err
		}
		p := nothing
		switch {
		case right && s.means().Any():
			p = half
		case right:
			p = whole
		}
		refused, err = d.admit(tx, a.ID, p)
		if err != nil || refused != nil {
			return err
		}
		in := store.Signin{Hash: seal.Digest(token), Account: a.ID, Created: tx.Now(), Seen: tx.Now(), Addr: at.Addr, Agent: at.Agent, Half: p == half}
		if p == whole {
			if in.Doubt, err = doubted(tx, a, at.Addr); err != nil {
				return err
			}
		}
		return tx.AddSignin(in)
	})
	if err != nil || refused != nil {
		return "", first(err, refused)
	}
	return token, nil
}

// proof is how much somebody at the door has proved.
type proof int

const (
	nothing proof = iota // a wrong password or code
	half                 // the password, while a code is still wanted: wrong tries before it still count
	whole
)

// admit counts the try and says whether the account may come in; a refusal is kept too, so it is no error of the transaction.
func (d *Desk) admit(tx *store.Tx, id staff.ID, p proof) (refused, err error) {
	a, err := tx.Account(id)
	if err != nil {
		return nil, err
	}
	office, err := tx.Office(a.Region)
	if err != nil {
		return nil, err
	}
	now := tx.Now().UnixMicro()
	if a.Locked > now {
		return fault.New(fault.Refused, "signin.locked", minutes(a.Locked-now)), nil
	}
	note := "ok"
	switch {
	case a.Disabled:
		refused, note = wrong(), "disabled"
	case p == half:
		note = "half"
	case p == whole:
		a.Failed, a.Locked = 0, 0
	default:
		a.Failed++
		refused, note = wrong(), "wrong"
		if a.Failed >= office.Policy.Count(policy.LockTries) {
			wait := int64(office.Policy.Count(policy.LockMinutes))
			a.Failed, a.Locked, note = 0, now+wait*time.Minute.Microseconds(), "locked"
			refused = fault.New(fault.Refused, "signin.locked", wait)
		}
	}
	return refused, tx.SaveAccount(access.SelfManage, a, note)
}

func wrong() error { return fault.New(fault.Refused, "signin.wrong") }

func minutes(micros int64) int64 { return micros/time.Minute.Microseconds() + 1 }

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// Visitor is who is behind a token, and what they must do before anything else.
type Visitor struct {
	Actor   access.Actor
	Account staff.Account
	Place   string       // the name of the area that they answer for
	Half    bool         // the second factor is still wanted
	Means   staff.Means  // what the account has beside its password
	Confirm staff.Means  // what a grave act asks for in place of the password; nothing where it asks for the password
	Doubt   staff.Doubt  // whether the sign-in is theirs must be said first (N54)
	Grave   []access.Act // for a token: the grave acts that it was issued for
	Renew   bool         // the password must be changed first
	Pledge  bool         // confidentiality must be promised first, for the first time or again (policy pledge.months; N55)
	Enrol   bool         // the post wants a second factor (policy second.factor), which must be set up first
}

// seenEvery is how often a device's last use is written down.
const seenEvery = time.Minute

// Visit is who is signed in under a token; one that was idle too long (policy idle.minutes) or lasted too long (session.hours), or whose account is
// disabled, is nobody.
func (d *Desk) Visit(ctx context.Context, token, addr string) (Visitor, error) {
	var v Visitor
	stale := false
	err := d.db.Glance(ctx, access.Anybody(addr), func(tx *store.Tx) error {
		s, err := tx.SignedIn(seal.Digest(token))
		if err != nil {
			return err
		}
		a := s.Holder
		office, err := tx.Office(a.Region)
		if err != nil {
			return err
		}
		idle := tx.Now().Sub(s.Seen)
		if a.Disabled || idle > time.Duration(office.Policy.Count(policy.IdleMinutes))*time.Minute {
			return fault.New(fault.SignIn, "signin.idle")
		}
		if most := office.Policy.Count(policy.SessionHours); most > 0 && tx.Now().Sub(s.Created) > time.Duration(most)*time.Hour {
			return fault.New(fault.SignIn, "signin.long")
		}
		age := tx.Now().Sub(time.UnixMicro(a.Changed))
		stale = idle > seenEvery
		v = Visitor{Actor: a.Actor(addr), Account: a, Place: s.Place, Half: s.Half, Doubt: s.Doubt, Means: s.Means,
			Renew:  a.Fresh || age > time.Duration(office.Policy.Count(policy.PasswordDays))*24*time.Hour,
			Pledge: due(a.Pledged, office.Policy.Count(policy.PledgeMonths), tx.Now()),
			Enrol:  !s.Means.Any() && slices.Contains(office.Policy.List(policy.SecondFactor), string(a.Role))}
		if office.Policy.Is(policy.StepUpFactor) {
			v.Confirm = s.Means
		}
		return nil
	})
	if fault.Of(err) == fault.Missing {
		return v, fault.New(fault.SignIn, "signin.wanted")
	}
	if err != nil || !stale {
		return v, err
	}
	return v, d.db.Update(ctx, v.Actor, func(tx *store.Tx) error { return tx.SeeSignin(seal.Digest(token)) })
}

// SignOut ends the sign-in behind a token.
func (d *Desk) SignOut(ctx context.Context, by access.Actor, token string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		if err := tx.DropSignin(staff.ID(by.Account), seal.Digest(token)); err != nil {
			return err
		}
		return tx.Note(access.SelfManage, store.Subject{Kind: "account", ID: by.Account, Region: by.Region, Note: "out"})
	})
}
