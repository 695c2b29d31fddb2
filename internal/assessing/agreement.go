package assessing

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/org"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/session"
	"hefa/internal/store"
)

// AgreementFilter narrows the list of agreements.
type AgreementFilter = store.AgreementFilter

// AgreementList is one page of agreements as they stand today, with the hospitals that they can be with.
type AgreementList struct {
	Agreements []org.Agreement
	Hospitals  []org.Org
	Places     map[region.Code]string
	More       bool
	Today      day.Day
	Warn       int // calendar days before the end from which on a list warns
}

// Hospital is the name of the hospital with the id.
func (l AgreementList) Hospital(id org.ID) string { return hospital(l.Hospitals, id) }

// Agreements is the agreements of the area; a hospital sees its own.
func (d *Desk) Agreements(ctx context.Context, by access.Actor, f AgreementFilter) (AgreementList, error) {
	var l AgreementList
	var err error
	if f.Region, err = by.Scope(access.AgreementRead, f.Region); err != nil {
		return l, err
	}
	if by.Role.Clinical() {
		f.Hospital = org.ID(by.Org)
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		f.Limit++
		all, err := tx.Agreements(f)
		if err != nil {
			return err
		}
		l.Agreements, l.More, l.Today = all[:min(len(all), f.Limit-1)], len(all) == f.Limit, tx.Today()
		office, err := tx.Office(f.Region)
		if err != nil {
			return err
		}
		l.Warn = office.Policy.Count(policy.AgreementWarn)
		var codes []region.Code
		for _, a := range l.Agreements {
			codes = append(codes, a.Region)
		}
		if l.Places, err = tx.RegionNames(codes...); err != nil {
			return err
		}
		l.Hospitals, err = tx.Orgs(f.Region, org.Hospital)
		return err
	})
	return l, err
}

// Agreement is one agreement of the area.
func (d *Desk) Agreement(ctx context.Context, by access.Actor, id string) (org.Agreement, error) {
	var a org.Agreement
	err := d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		a, err = agreement(tx, access.AgreementRead, id)
		return err
	})
	return a, err
}

// agreement reads an agreement that the actor may do act to.
func agreement(tx *store.Tx, act access.Act, id string) (org.Agreement, error) {
	a, err := tx.Agreement(id)
	if err != nil {
		return a, err
	}
	if by := tx.By(); by.Role.Clinical() && by.Org != string(a.Hospital) {
		return a, fault.New(fault.Missing, "record.missing")
	}
	return a, tx.By().May(act, a.Region)
}

// AddAgreement enters an agreement that was signed, for the actor's county unless another is named.
func (d *Desk) AddAgreement(ctx context.Context, by access.Actor, a org.Agreement) (string, error) {
	a = a.Clean()
	a.ID = id.New()
	if a.Region == "" {
		a.Region = by.Region.County()
	}
	return a.ID, d.db.Update(ctx, by, func(tx *store.Tx) error {
		if err := by.May(access.AgreementEdit, a.Region); err != nil {
			return err
		}
		p := fault.Problems(fault.Fields(a.Check()))
		all, err := tx.Orgs(a.Region, org.Hospital)
		if err != nil {
			return err
		}
		if a.Hospital != "" && hospital(all, a.Hospital) == "" {
			p.Add("hospital", "agreement.hospital.missing")
		}
		if err := p.Fault(); err != nil {
			return err
		}
		return tx.AddAgreement(a)
	})
}

// EditAgreement corrects an agreement or ends it early; county and hospital stay.
func (d *Desk) EditAgreement(ctx context.Context, by access.Actor, a org.Agreement) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		was, err := agreement(tx, access.AgreementEdit, a.ID)
		if err != nil {
			return err
		}
		a = a.Clean()
		a.Region, a.Hospital = was.Region, was.Hospital
		if err := a.Check(); err != nil {
			return err
		}
		return tx.SaveAgreement(a)
	})
}

// agreed is the categories that the county of the session has agreed on with the hospital for the day; none in force refuses (N16).
func agreed(tx *store.Tx, s session.Session, on day.Day) ([]certificate.Category, error) {
	all, err := tx.AgreementsWith(s.County(), s.Hospital)
	if err != nil {
		return nil, err
	}
	return org.Agreed(all, on)
}
