package casework

import (
	"context"
	"slices"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/referral"
	"hefa/internal/region"
	"hefa/internal/store"
)

// ReferralFilter narrows a list of referrals; empty fields do not.
type ReferralFilter = store.ReferralFilter

// ReferralList is one page of the referrals of a county.
type ReferralList struct {
	Referrals []referral.Referral
	Places    map[region.Code]string
	Today     day.Day
	Next      string // what After is for the next page, "" on the last
}

// Referrals is the cases that this county takes for others, and those that others take for it, in an area of one county, by their last day.
func (d *Desk) Referrals(ctx context.Context, by access.Actor, f ReferralFilter) (l ReferralList, err error) {
	if f.Region, err = by.Scope(access.ReferralRead, f.Region); err != nil {
		return l, err
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		limit := f.Limit
		f.Limit++
		all, err := tx.Referrals(f)
		if err != nil {
			return err
		}
		l.Referrals, l.Today = all[:min(len(all), limit)], tx.Today()
		if len(all) > limit {
			last := l.Referrals[limit-1]
			l.Next = string(last.Due) + " " + string(last.ID)
		}
		var codes []region.Code
		for _, r := range l.Referrals {
			codes = append(codes, r.Region, r.Abroad)
		}
		l.Places, err = tx.RegionNames(codes...)
		return err
	})
	return l, err
}

// Referral is one county's record with what its page shows.
type Referral struct {
	referral.Referral
	Here, There string // the places in words
	Fits        bool   // the parcel is what was signed
	Today       day.Day
	Stands      application.State // of the case at home, "" before it is taken
	Last        day.Day           // its last day there
	Own         application.State // of the case of this county, "" before it is taken
	Known       bool              // the register of the county of registration has the person already; only that county is told
	Away        string            // the county where the number was corrected, when that is another
	Renumbered  *person.Person    // who had the number of the parcel before it was corrected there; only that county is told
	Since       day.Day           // of that correction, "" for none
}

// Referral is one county's record of a case that one county takes and another decides.
func (d *Desk) Referral(ctx context.Context, by access.Actor, of referral.ID) (out Referral, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		if out.Referral, err = referred(tx, access.ReferralRead, of); err != nil {
			return err
		}
		out.Fits, out.Today = tx.FitsReferral(out.Referral) == nil, tx.Today()
		if out.Here, err = place(tx, out.Region); err != nil {
			return err
		}
		if out.There, err = place(tx, out.Abroad.County()); err != nil {
			return err
		}
		if out.Side == referral.Home && out.State == referral.Sent {
			if err := out.known(tx); err != nil {
				return err
			}
		}
		home := out.Referral
		if home.Side == referral.Host {
			if out.Own, _, err = tx.ReferredState(home); err != nil {
				return err
			}
			if home, err = tx.ReferralTwin(home); err != nil {
				return err
			}
		}
		if home.Application == "" {
			return nil
		}
		out.Stands, out.Last, err = tx.ReferredState(home)
		if out.Side == referral.Home {
			out.Own = out.Stands
		}
		return err
	})
	return out, err
}

// known finds out whether the register of the county of registration has the person, under the number of the parcel or as it was before a correction.
func (r *Referral) known(tx *store.Tx) error {
	told := r.Parcel.Person
	county, who, err := tx.Identity(told.Number)
	if r.Known = county == r.County(); err != nil || who != "" {
		return err
	}
	p, f, err := renumbered(tx, r.Referral)
	if err != nil || f == nil {
		return err
	}
	r.Renumbered, r.Since = p, f.On
	if p == nil {
		county, err := tx.Region(f.County)
		if err != nil {
			return err
		}
		r.Away = county.Name
	}
	r.Known = p != nil && person.Bare(p.Name) == person.Bare(told.Name)
	return nil
}

func referred(tx *store.Tx, act access.Act, of referral.ID) (referral.Referral, error) {
	r, err := tx.Referral(of)
	if err != nil {
		return r, err
	}
	return r, tx.By().May(act, r.Region)
}

// pair is a record of the side on which the actor may do act, with the other county's and the case of the host.
type pair struct {
	this, other referral.Referral
	guest       loaded
}

// both reads the pair.
func both(tx *store.Tx, act access.Act, side referral.Side, of referral.ID) (p pair, err error) {
	if p.this, err = referred(tx, act, of); err != nil {
		return p, err
	}
	if p.this.Side != side {
		return p, fault.New(fault.Missing, "record.missing")
	}
	return p, p.fill(tx)
}

// fill reads what stands beside the own record.
func (p *pair) fill(tx *store.Tx) (err error) {
	if p.other, err = tx.ReferralTwin(p.this); err != nil {
		return err
	}
	host := p.this
	if host.Side == referral.Home {
		host = p.other
	}
	a, err := tx.ReferredCase(host)
	if err != nil {
		return err
	}
	p.guest, err = loading(tx, a)
	return err
}

// save keeps both records, which say the same.
func (p pair) save(tx *store.Tx, act access.Act) error {
	if err := tx.SaveReferral(act, p.this); err != nil {
		return err
	}
	other := p.other
	other.Told(p.this)
	return tx.SaveReferral(act, other)
}

// move puts the case of the host where the answer puts it, with what its timeline says.
func (p *pair) move(tx *store.Tx, act access.Act, to application.State, note string) error {
	if err := p.guest.Referred(act, to, p.guest.office); err != nil {
		return err
	}
	return p.guest.save(tx, act, note)
}

// outcome keeps the letter that tells the guest what the county of registration decided.
func (p pair) outcome(tx *store.Tx, reason string) error {
	_, err := tx.SendLetter(p.guest.Application, store.Letter{Kind: application.OutcomeLetter, Reason: reason})
	return err
}

// refer fills in what goes between the two counties of a case; its card is handed over on the page of the referral, unless it goes straight to the holder.
func (f *File) refer(tx *store.Tx) (err error) {
	a := f.Case.Application
	if a.Home == "" && a.Origin != application.Guest {
		return nil
	}
	if f.HomePlace, err = place(tx, a.Home); err != nil {
		return err
	}
	r, ok, err := tx.ReferralOf(a.County(), a.ID)
	if err != nil {
		return err
	}
	if ok {
		f.Referral = &r
	}
	if a.Home != "" {
		f.Steps = slices.DeleteFunc(f.Steps, func(act access.Act) bool { return act == access.ApplicationVoid || act == access.ApplicationReprint })
	}
	if a.Home != "" || !ok || !r.Way.Holder {
		f.Steps = slices.DeleteFunc(f.Steps, func(act access.Act) bool { return act == access.ApplicationDeliver })
	}
	return nil
}
