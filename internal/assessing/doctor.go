package assessing

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/org"
	"hefa/internal/region"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// Doctor is a doctor with the hospital's name and the papers.
type Doctor = store.Doctor

// DoctorFilter narrows the list of doctors.
type DoctorFilter = store.DoctorFilter

// DoctorList is one page of doctors as they stand today.
type DoctorList struct {
	Doctors []Doctor
	More    bool
	Today   day.Day

	Specimens map[staff.ID]int // the number of the newest specimen of a signature, for those who have one
}

// Doctors is the doctors of the area; a hospital sees its own.
func (d *Desk) Doctors(ctx context.Context, by access.Actor, f DoctorFilter) (DoctorList, error) {
	var l DoctorList
	var err error
	if f.Region, err = by.Scope(access.DoctorRead, f.Region); err != nil {
		return l, err
	}
	if by.Role.Clinical() {
		f.Org = org.ID(by.Org)
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		f.Limit++
		all, err := tx.Doctors(f)
		if err != nil {
			return err
		}
		l.Doctors, l.More, l.Today = all[:min(len(all), f.Limit-1)], len(all) == f.Limit, tx.Today()
		l.Specimens, err = specimens(tx, l.Doctors)
		return err
	})
	return l, err
}

// specimens is the newest specimen of each doctor's signature; they stand in few places, each of which is asked once.
func specimens(tx *store.Tx, all []Doctor) (map[staff.ID]int, error) {
	out, asked := map[staff.ID]int{}, map[region.Code]map[string]int{}
	for _, d := range all {
		newest, ok := asked[d.Region]
		if !ok {
			var err error
			if newest, err = tx.NewestDeeds(org.SpecimenDeed, d.Region); err != nil {
				return nil, err
			}
			asked[d.Region] = newest
		}
		if no := newest[string(d.Doctor)]; no > 0 {
			out[d.Doctor] = no
		}
	}
	return out, nil
}

// Doctor is one doctor for whoever may correct the papers.
func (d *Desk) Doctor(ctx context.Context, by access.Actor, id staff.ID) (Doctor, error) {
	var out Doctor
	err := d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		out, err = corrected(tx, id)
		return err
	})
	return out, err
}

// corrected reads a doctor whose papers the actor may correct.
func corrected(tx *store.Tx, id staff.ID) (Doctor, error) {
	doc, err := tx.Doctor(id)
	if err != nil {
		return doc, err
	}
	return doc, tx.By().May(access.DoctorEdit, doc.Region)
}

// EditDoctor corrects a doctor's title, categories and papers; p carries the version that was shown (N45).
func (d *Desk) EditDoctor(ctx context.Context, by access.Actor, p staff.Practice) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		was, err := corrected(tx, p.Doctor)
		if err != nil {
			return err
		}
		p = p.Clean()
		if err := p.Check(); err != nil {
			return err
		}
		if p.Version != was.Version {
			return fault.New(fault.Stale, "record.stale")
		}
		p.Region = was.Region
		a, err := tx.Account(p.Doctor)
		if err != nil {
			return err
		}
		a.Title, a.Categories = p.Title, p.Categories
		if err := tx.SaveAccount(access.DoctorEdit, a, "edit"); err != nil {
			return err
		}
		return tx.SavePractice(p)
	})
}

// trained refuses an examination by a doctor who has retired or left or holds no training certificate today (N19, N20).
func trained(tx *store.Tx) error {
	doc, err := tx.Doctor(staff.ID(tx.By().Account))
	if err != nil {
		return err
	}
	return doc.MayAssess(tx.Today())
}
