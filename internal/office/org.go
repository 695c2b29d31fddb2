package office

import (
	"context"
	"strings"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/org"
	"hefa/internal/region"
	"hefa/internal/store"
)

// OrgFilter narrows the list of organisations.
type OrgFilter = store.OrgFilter

// OrgList is one page of organisations with the names of their places.
type OrgList struct {
	Orgs   []org.Org
	Places map[region.Code]string
	More   bool
}

// Orgs is the organisations of the area, by place.
func (d *Desk) Orgs(ctx context.Context, by access.Actor, f OrgFilter) (OrgList, error) {
	var l OrgList
	if f.Region == "" {
		f.Region = by.Region
	}
	if err := by.May(access.OrgManage, f.Region); err != nil {
		return l, err
	}
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		f.Limit++
		all, err := tx.FindOrgs(f)
		if err != nil {
			return err
		}
		l.Orgs, l.More = all[:min(len(all), f.Limit-1)], len(all) == f.Limit
		var codes []region.Code
		for _, o := range l.Orgs {
			codes = append(codes, o.Region)
		}
		l.Places, err = tx.RegionNames(codes...)
		return err
	})
	return l, err
}

// OrgChoices is the organisations that an account of the area can belong to: those inside it and those around it.
func (d *Desk) OrgChoices(ctx context.Context, by access.Actor) ([]org.Org, error) {
	var out []org.Org
	err := by.May(access.AccountManage, by.Region)
	if err != nil {
		return nil, err
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		out, err = tx.Orgs(by.Region, "")
		return err
	})
	return out, err
}

// Org is one organisation of the actor's area.
func (d *Desk) Org(ctx context.Context, by access.Actor, id org.ID) (o org.Org, where string, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		if o, err = tx.Org(id); err != nil {
			return err
		}
		if err := by.May(access.OrgManage, o.Region); err != nil {
			return err
		}
		where, err = place(tx, o.Region)
		return err
	})
	return o, where, err
}

// AddOrg enters an organisation.
func (d *Desk) AddOrg(ctx context.Context, by access.Actor, o org.Org) (org.ID, error) {
	o.ID, o.Name = org.ID(id.New()), strings.TrimSpace(o.Name)
	return o.ID, d.db.Update(ctx, by, func(tx *store.Tx) error {
		if err := by.May(access.OrgManage, o.Region); err != nil {
			return err
		}
		if err := checkOrg(tx, o); err != nil {
			return err
		}
		return tx.AddOrg(o)
	})
}

// EditOrg changes name, address, telephone and categories; the kind and the place of an organisation stay.
func (d *Desk) EditOrg(ctx context.Context, by access.Actor, o org.Org) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		was, err := tx.Org(o.ID)
		if err != nil {
			return err
		}
		if err := by.May(access.OrgManage, was.Region); err != nil {
			return err
		}
		was.Name, was.Address, was.Phone, was.Categories, was.Version = strings.TrimSpace(o.Name), o.Address, o.Phone, o.Categories, o.Version
		if err := checkOrg(tx, was); err != nil {
			return err
		}
		return tx.SaveOrg(was)
	})
}

// checkOrg finds what is wrong with an organisation as typed.
func checkOrg(tx *store.Tx, o org.Org) error {
	p := fault.Problems(fault.Fields(o.Check()))
	if o.Kind == org.Hospital && len(o.Categories) == 0 {
		p.Add("categories", "org.categories.missing")
	}
	if _, err := tx.Region(o.Region); fault.Of(err) == fault.Missing && o.Region != "" && o.Region.Valid() {
		p.Add("region", "org.region.wrong")
	}
	return p.Fault()
}
