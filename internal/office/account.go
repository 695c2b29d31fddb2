package office

import (
	"context"
	"strings"
	"time"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/org"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/seal"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// AccountFilter narrows the list of accounts.
type AccountFilter = store.AccountFilter

// AccountList is one page of accounts with the names of their places and organisations.
type AccountList struct {
	Accounts []staff.Account
	Places   map[region.Code]string
	Orgs     map[org.ID]string
	More     bool
	Now      time.Time
}

// Accounts is the accounts of the area, by login.
func (d *Desk) Accounts(ctx context.Context, by access.Actor, f AccountFilter) (AccountList, error) {
	l := AccountList{Orgs: map[org.ID]string{}}
	if f.Region == "" {
		f.Region = by.Region
	}
	if err := by.May(access.AccountManage, f.Region); err != nil {
		return l, err
	}
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		f.Limit++
		all, err := tx.FindAccounts(f)
		if err != nil {
			return err
		}
		l.Accounts, l.More, l.Now = all[:min(len(all), f.Limit-1)], len(all) == f.Limit, tx.Now()
		var codes []region.Code
		for _, a := range l.Accounts {
			codes = append(codes, a.Region)
			if l.Orgs[a.Org] == "" {
				o, err := tx.Org(a.Org)
				if err != nil {
					return err
				}
				l.Orgs[a.Org] = o.Name
			}
		}
		l.Places, err = tx.RegionNames(codes...)
		return err
	})
	return l, err
}

// AccountFile is one account with what its page shows.
type AccountFile struct {
	staff.Account
	Place    string
	Second   bool   // has a second factor
	Province string // what the province's single sign-on is called, "" where there is none
	Linked   string // as whom it knows the account, "" when it is not linked
	Office   org.Org
	Devices  []Device
	Lines    []Line // the newest first
	Now      time.Time
}

// IsLocked says whether too many wrong passwords keep the account out now.
func (f AccountFile) IsLocked() bool { return f.Locked > f.Now.UnixMicro() }

// Account is one account with its devices and its last lines.
func (d *Desk) Account(ctx context.Context, by access.Actor, id staff.ID) (AccountFile, error) {
	var f AccountFile
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		a, err := managed(tx, id)
		if err != nil {
			return err
		}
		f.Account, f.Now = a, tx.Now()
		s, err := second(tx, id)
		if err != nil {
			return err
		}
		f.Second, f.Province = s.factor.Secret != "" || len(s.keys) > 0, d.Province()
		l, err := tx.Linked(id)
		if err != nil && fault.Of(err) != fault.Missing {
			return err
		}
		f.Linked = l.Named()
		if f.Office, err = tx.Org(a.Org); err != nil {
			return err
		}
		if f.Place, err = place(tx, a.Region); err != nil {
			return err
		}
		if f.Devices, err = devices(tx, a.ID, ""); err != nil {
			return err
		}
		f.Lines, err = tx.Lines(store.AuditFilter{County: a.Region.County(), Kind: "account", Subject: string(a.ID), Limit: 20})
		return err
	})
	return f, err
}

// managed reads an account that the actor may manage.
func managed(tx *store.Tx, id staff.ID) (staff.Account, error) {
	a, err := tx.Account(id)
	if err != nil {
		return a, err
	}
	return a, tx.By().May(access.AccountManage, a.Region)
}

// others reads an account that the actor may manage and that is not the actor's own.
func others(tx *store.Tx, id staff.ID) (staff.Account, error) {
	a, err := managed(tx, id)
	if err == nil && string(id) == tx.By().Account {
		err = fault.New(fault.Refused, "account.self")
	}
	return a, err
}

// AddAccount enters one person's account and gives the first password, which is shown once and must be changed at the first sign-in.
func (d *Desk) AddAccount(ctx context.Context, by access.Actor, a staff.Account) (staff.ID, string, error) {
	a.ID, a.Fresh, a.Login, a.Name = staff.ID(id.New()), true, strings.ToLower(strings.TrimSpace(a.Login)), strings.TrimSpace(a.Name)
	password, err := d.first(ctx, by, a)
	if err != nil {
		return "", "", err
	}
	a.Hash = seal.Password(password)
	err = d.db.Update(ctx, by, func(tx *store.Tx) error {
		if err := by.May(access.AccountManage, a.Region); err != nil {
			return err
		}
		if err := check(tx, a); err != nil {
			return err
		}
		a.Changed = tx.Now().UnixMicro()
		return tx.AddAccount(a)
	})
	return a.ID, password, err
}

// check finds what is wrong with an account as typed: its own values and its organisation.
func check(tx *store.Tx, a staff.Account) error {
	p := fault.Problems(fault.Fields(a.Check()))
	if _, err := tx.Org(a.Org); fault.Of(err) == fault.Missing {
		p.Add("org", "account.org.missing")
	} else if err != nil {
		return err
	}
	return p.Fault()
}

// first is a password for somebody who has none, of the length that the place wants.
func (d *Desk) first(ctx context.Context, by access.Actor, a staff.Account) (password string, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		if err := by.May(access.AccountManage, a.Region); err != nil {
			return err
		}
		office, err := tx.Office(a.Region)
		if err != nil {
			return err
		}
		password = initial(a.Login, max(12, office.Policy.Count(policy.PasswordLength)))
		return nil
	})
	return password, err
}

// AccountEdit is what of an account can be changed, with the version that was shown.
type AccountEdit struct {
	ID         staff.ID
	Version    int
	Name       string
	Role       access.Role
	Region     region.Code
	Org        org.ID
	Title      string
	Categories []certificate.Category
}

// EditAccount changes an account of somebody else; nobody changes their own role or area.
func (d *Desk) EditAccount(ctx context.Context, by access.Actor, e AccountEdit) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := others(tx, e.ID)
		if err != nil {
			return err
		}
		if err := by.May(access.AccountManage, e.Region); err != nil {
			var p fault.Problems
			p.Add("region", "org.region.wrong")
			return p.Fault()
		}
		a.Name, a.Role, a.Region, a.Org, a.Title, a.Categories = strings.TrimSpace(e.Name), e.Role, e.Region, e.Org, e.Title, e.Categories
		if a.Role != access.Doctor {
			a.Title, a.Categories = "", nil
		}
		if err := check(tx, a); err != nil {
			return err
		}
		a.Version = e.Version
		return tx.SaveAccount(access.AccountManage, a, "edit")
	})
}
