package office

import (
	"context"
	"slices"
	"strings"
	"time"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/seal"
	"hefa/internal/store"
)

// TokenOrder asks for a token by which another program acts as an account.
type TokenOrder struct {
	Login string
	Name  string       // what the token is for
	Days  int          // how long it holds, 1 to 730; at most GraveDays with grave acts
	Grave []access.Act // the grave acts that it is issued for
}

// GraveDays is how long a token holds at most that may do grave acts.
const GraveDays = 90

// CreateToken gives a token, which is shown once; only its digest is kept. Accounts that keep the house get none.
func (d *Desk) CreateToken(ctx context.Context, by access.Actor, o TokenOrder) (string, error) {
	token := seal.Token()
	return token, d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := tx.AccountByLogin(strings.ToLower(strings.TrimSpace(o.Login)))
		if err != nil {
			return err
		}
		if err := by.May(access.TokenCreate, a.Region); err != nil {
			return err
		}
		var p fault.Problems
		if o.Name = strings.TrimSpace(o.Name); o.Name == "" {
			p.Add("name", "token.name.missing")
		}
		if o.Days < 1 || o.Days > 730 {
			p.Add("days", "token.days.wrong")
		}
		p = append(p, o.checkGrave(a.Role)...)
		if err := p.Fault(); err != nil {
			return err
		}
		if a.Role.Admin() || a.Disabled {
			return fault.New(fault.Refused, "token.admin")
		}
		t := store.Token{ID: id.New(), Hash: seal.Digest(token), Account: a.ID, Name: o.Name, Created: tx.Now(), Expires: tx.Now().AddDate(0, 0, o.Days), Grave: o.Grave}
		return tx.AddToken(t, a.Region)
	})
}

// checkGrave finds what is wrong with the grave acts of an order for an account of the post.
func (o TokenOrder) checkGrave(post access.Role) fault.Problems {
	var p fault.Problems
	for _, act := range o.Grave {
		if !slices.Contains(access.Grave, act) || !(access.Actor{Role: post}).Can(act) {
			p.Add("grave", "token.grave.wrong", string(act))
		}
	}
	if len(o.Grave) > 0 && o.Days > GraveDays {
		p.Add("days", "token.grave.days", GraveDays)
	}
	return p
}

// IssueToken is CreateToken for somebody at a page, who proves who they are first: a token acts without being asked again.
func (d *Desk) IssueToken(ctx context.Context, by access.Actor, o TokenOrder, p Proof) (string, error) {
	err := by.May(access.TokenCreate, by.Region)
	if err != nil {
		return "", err
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		a, err := tx.AccountByLogin(strings.ToLower(strings.TrimSpace(o.Login)))
		if fault.Of(err) == fault.Missing || err == nil && !by.Region.Contains(a.Region) {
			return beside("login", "token.login.none")
		}
		return err
	})
	if err == nil {
		err = d.Confirm(ctx, by, p)
	}
	if err != nil {
		return "", err
	}
	return d.CreateToken(ctx, by, o)
}

// Bearer is who acts under a token; one that ran out, was revoked or belongs to a disabled account is nobody.
func (d *Desk) Bearer(ctx context.Context, token, addr string) (Visitor, error) {
	var v Visitor
	err := d.db.Glance(ctx, access.Anybody(addr), func(tx *store.Tx) error {
		t, a, err := tx.TokenAccount(seal.Digest(token))
		if err != nil {
			return err
		}
		if t.Revoked || a.Disabled || !tx.Now().Before(t.Expires) {
			return fault.New(fault.SignIn, "token.bad")
		}
		v = Visitor{Actor: a.Actor(addr), Account: a, Grave: t.Grave}
		return nil
	})
	if fault.Of(err) == fault.Missing {
		err = fault.New(fault.SignIn, "token.bad")
	}
	return v, err
}

// TokenRow is a token with the account that it acts as.
type TokenRow = store.TokenRow

// TokenList is one page of tokens, the newest first.
type TokenList struct {
	Tokens []TokenRow
	More   bool
	Now    time.Time
}

// Tokens is the tokens of the accounts of the actor's area after the id of the page before.
func (d *Desk) Tokens(ctx context.Context, by access.Actor, after string, limit int) (TokenList, error) {
	var l TokenList
	if err := by.May(access.TokenCreate, by.Region); err != nil {
		return l, err
	}
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		all, err := tx.Tokens(after, limit+1)
		l.Tokens, l.More, l.Now = all[:min(len(all), limit)], len(all) > limit, tx.Now()
		return err
	})
	return l, err
}

// RevokeToken ends a token at once.
func (d *Desk) RevokeToken(ctx context.Context, by access.Actor, id string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		t, err := tx.Token(id)
		if err != nil {
			return err
		}
		if err := by.May(access.TokenCreate, t.Region); err != nil {
			return err
		}
		return tx.RevokeToken(id, t.Region)
	})
}
