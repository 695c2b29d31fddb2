package office

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"time"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/oidc"
	"hefa/internal/seal"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// WithProvince is the same desk in an installation whose people may come in by their province's single sign-on; nil is one where they may not.
func (d *Desk) WithProvince(p *oidc.Provider) *Desk { return &Desk{d.db, d.keys, p} }

// Province is what pages call the identity provider, "" where there is none.
func (d *Desk) Province() string {
	if d.province == nil {
		return ""
	}
	return d.province.Name()
}

// BeginProvince is the address at the identity provider to which a browser is sent, and the errand that it must bring back to SignInProvince.
func (d *Desk) BeginProvince(ctx context.Context) (address, errand string, err error) {
	if d.province == nil {
		return "", "", fault.New(fault.Missing, "record.missing")
	}
	address, e, err := d.province.Begin(ctx, seal.Token)
	if err != nil {
		return "", "", failedProvince(err)
	}
	text, err := json.Marshal(e)
	return address, string(text), err
}

// failedProvince is what went wrong at the identity provider in words; why is for the log.
func failedProvince(err error) error {
	for why, key := range map[error]string{oidc.ErrAway: "province.away", oidc.ErrDenied: "province.denied", oidc.ErrStale: "province.stale", oidc.ErrBad: "province.bad"} {
		if errors.Is(err, why) {
			return fault.New(fault.Refused, key).Because(err)
		}
	}
	return err
}

// who asks the identity provider who came back with a query.
func (d *Desk) who(ctx context.Context, errand string, query url.Values) (string, error) {
	var e oidc.Errand
	if errand == "" || json.Unmarshal([]byte(errand), &e) != nil {
		return "", failedProvince(oidc.ErrStale)
	}
	name, err := d.province.Finish(ctx, e, query)
	if err != nil {
		return "", failedProvince(err)
	}
	return staff.SubjectOf(d.province.Issuer(), name), nil
}

// SignInProvince begins a sign-in for whoever came back from the identity provider, in place of the password: the account that is linked to them, if there is
// one, and nobody else. All that holds after a password holds here: a lock, a second factor, a pledge, a password that ran out, a doubtful place.
func (d *Desk) SignInProvince(ctx context.Context, errand string, query url.Values, at Attempt) (token string, err error) {
	if d.province == nil {
		return "", fault.New(fault.Missing, "record.missing")
	}
	subject, err := d.who(ctx, errand, query)
	if err != nil {
		return "", err
	}
	var l staff.Linked
	var a staff.Account
	err = d.db.View(ctx, access.Anybody(at.Addr), func(tx *store.Tx) error {
		if l, err = tx.LinkedAs(subject); err != nil {
			return err
		}
		a, err = tx.AccountLinked(l)
		return err
	})
	if fault.Of(err) == fault.Missing {
		return "", fault.New(fault.Refused, "province.unknown", d.Province())
	}
	if err != nil {
		return "", err
	}
	token = seal.Token()
	var refused error
	err = d.db.Update(ctx, a.Actor(at.Addr), func(tx *store.Tx) error {
		s, err := second(tx, a.ID)
		if err != nil {
			return err
		}
		p := whole
		if s.means().Any() {
			p = half
		}
		if refused, err = d.admit(tx, a.ID, p); err != nil || refused != nil {
			return err
		}
		if err := tx.UseLinked(a, l); err != nil {
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
	if fault.Of(refused) == fault.Refused && !locked(refused) {
		refused = fault.New(fault.Refused, "province.disabled")
	}
	if err != nil || refused != nil {
		return "", first(err, refused)
	}
	return token, nil
}

// Link is how the actor's own account stands with the identity provider.
type Link struct {
	Province string // what pages call it, "" where there is none
	Named    string // as whom it knows the actor, "" when they are not linked
	Since    time.Time
	Used     time.Time // zero for never
}

// Link is the actor's own link.
func (d *Desk) Link(ctx context.Context, by access.Actor) (Link, error) {
	v := Link{Province: d.Province()}
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		a, _, err := own(tx, by)
		if err != nil {
			return err
		}
		l, err := tx.Linked(a.ID)
		if fault.Of(err) == fault.Missing {
			return nil
		}
		if v.Named, v.Since = l.Named(), time.UnixMicro(l.Since); l.Used > 0 {
			v.Used = time.UnixMicro(l.Used)
		}
		return err
	})
	return v, err
}

// BeginLink is the address at the identity provider to which the actor goes so that FinishLink can link their account, once they proved who they are. What they
// must bring back lies with their sign-in, not in the browser.
func (d *Desk) BeginLink(ctx context.Context, by access.Actor, p Proof) (string, error) {
	if d.province == nil {
		return "", fault.New(fault.Missing, "record.missing")
	}
	if err := d.Confirm(ctx, by, p); err != nil {
		return "", err
	}
	address, errand, err := d.BeginProvince(ctx)
	if err != nil {
		return "", err
	}
	return address, d.db.Update(ctx, by, func(tx *store.Tx) error { return ask(tx, p.Token, asked{Link: errand}) })
}

// FinishLink links the actor's own account to whoever came back from the identity provider.
func (d *Desk) FinishLink(ctx context.Context, by access.Actor, token string, query url.Values) error {
	if d.province == nil {
		return fault.New(fault.Missing, "record.missing")
	}
	var was asked
	err := d.db.Update(ctx, by, func(tx *store.Tx) (err error) {
		was, err = take(tx, seal.Digest(token))
		return err
	})
	if err != nil {
		return err
	}
	subject, err := d.who(ctx, was.Link, query)
	if err != nil {
		return err
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, _, err := own(tx, by)
		if err != nil {
			return err
		}
		return tx.PutLinked(access.SelfManage, a, subject)
	})
}

// DropLink ends the actor's own link, once they proved who they are.
func (d *Desk) DropLink(ctx context.Context, by access.Actor, p Proof) error {
	if err := d.Confirm(ctx, by, p); err != nil {
		return err
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, _, err := own(tx, by)
		if err != nil {
			return err
		}
		if _, err := tx.Linked(a.ID); err != nil {
			return err
		}
		return tx.DropLinked(access.SelfManage, a)
	})
}

// LinkAccount links somebody else's account to a name at the identity provider; "" ends its link. Their sign-ins end.
func (d *Desk) LinkAccount(ctx context.Context, by access.Actor, id staff.ID, name string) error {
	if d.province == nil {
		return fault.New(fault.Missing, "record.missing")
	}
	if name = strings.TrimSpace(name); len(name) > 255 {
		return beside("linked", "province.long")
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := others(tx, id)
		if err != nil {
			return err
		}
		_, err = tx.Linked(id)
		switch {
		case err != nil && fault.Of(err) != fault.Missing:
			return err
		case name == "" && err != nil:
			return beside("linked", "province.none")
		case name == "":
			err = tx.DropLinked(access.AccountManage, a)
		default:
			err = tx.PutLinked(access.AccountManage, a, staff.SubjectOf(d.province.Issuer(), name))
		}
		if err != nil {
			return err
		}
		return tx.EndSignins(access.AccountManage, a, "", "signedout")
	})
}
