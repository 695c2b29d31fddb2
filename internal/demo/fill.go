package demo

import (
	"context"
	"fmt"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/seal"
	"hefa/internal/store"
)

// seed is the demonstration's seed; another one gives another county of the same figures.
const seed = 20200320

// filer is the actor under whose name the county is filled.
func filer() access.Actor {
	return access.Actor{Account: "demo", Name: "演示数据", Role: access.Clerk, Region: County}
}

// Fill puts the county into a furnished store that has no organisations yet; a store with any is left alone, and filled is false.
func Fill(ctx context.Context, db *store.DB) (filled bool, err error) {
	var villages []region.Code
	err = db.View(ctx, filer(), func(tx *store.Tx) error {
		there, err := tx.Orgs("", "")
		if err != nil || len(there) > 0 {
			return err
		}
		filled = true
		villages, err = villagesOf(tx)
		return err
	})
	if err != nil || !filled {
		return false, err
	}
	if err := db.Update(ctx, access.Program(), office); err != nil {
		return false, fmt.Errorf("filling the offices: %w", err)
	}
	today := day.Of(db.Now(), day.Beijing)
	if err := people(ctx, db, holders(seed, villages, shift(today.Sub(Plan)))); err != nil {
		return false, fmt.Errorf("filling the register: %w", err)
	}
	return true, nil
}

func villagesOf(tx *store.Tx) ([]region.Code, error) {
	townships, err := tx.Regions(County)
	if err != nil {
		return nil, err
	}
	var out []region.Code
	for _, t := range townships {
		below, err := tx.Regions(t.Code)
		if err != nil {
			return nil, err
		}
		for _, v := range below {
			out = append(out, v.Code)
		}
	}
	return out, nil
}

// office enters organisations, accounts, the thirteen days and the base figure.
func office(tx *store.Tx) error {
	for _, o := range orgs() {
		if err := tx.AddOrg(o); err != nil {
			return err
		}
	}
	hash := seal.Password(Password)
	for _, a := range accounts() {
		a.Hash, a.Changed, a.Pledged = hash, tx.Now().UnixMicro(), tx.Now().UnixMicro()
		if err := tx.AddAccount(a); err != nil {
			return err
		}
		if a.Role != access.Doctor {
			continue
		}
		if err := tx.SavePractice(practice(a, tx.Today())); err != nil {
			return err
		}
	}
	for _, p := range printers() {
		if err := tx.AddPrinter(p); err != nil {
			return err
		}
	}
	for _, a := range agreements(tx.Today()) {
		if err := tx.AddAgreement(a); err != nil {
			return err
		}
	}
	calendar, err := tx.Calendar()
	if err != nil {
		return err
	}
	for _, s := range sessions(shift(tx.Today().Sub(Plan)), calendar) {
		if err := tx.AddSession(s); err != nil {
			return err
		}
	}
	for _, v := range []policy.Value{
		{Key: policy.BaseEstimate, Value: strconv.Itoa(Estimated), Basis: "芒政办发〔2020〕23号；M4"},
		{Key: policy.RehabLoss, Value: "yes", Basis: "芒政办发〔2020〕23号四（二）；M32"},
		{Key: policy.RehabStroke, Value: "60", Basis: "芒政办发〔2020〕23号四（二）；M33"},
	} {
		v.Region, v.Effective = County, tx.Today()
		if err := tx.SavePolicy(v); err != nil {
			return err
		}
	}
	return nil
}

// atOnce is how many holders one transaction enters.
const atOnce = 1000

func people(ctx context.Context, db *store.DB, all []Holder) error {
	for len(all) > 0 {
		n := min(atOnce, len(all))
		err := db.Update(ctx, filer(), func(tx *store.Tx) error {
			for _, h := range all[:n] {
				if err := tx.AddPerson(access.RosterImport, h.Person); err != nil {
					return err
				}
				if err := tx.AddCertificate(access.RosterImport, h.Certificate); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		all = all[n:]
	}
	return nil
}

// Account is one account as the start of the demonstration prints it.
type Account struct{ Login, Name, Role string }

// Accounts is the accounts to sign in with, all with Password.
func Accounts() []Account {
	var out []Account
	for _, a := range accounts() {
		out = append(out, Account{a.Login, a.Name, a.Role.Word()})
	}
	return out
}
