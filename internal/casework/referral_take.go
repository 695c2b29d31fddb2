package casework

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/attachment"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/person"
	"hefa/internal/referral"
	"hefa/internal/region"
	"hefa/internal/store"
)

// Registration is where the county of registration finds somebody, asked only for who is not in its register yet, and how they were told apart from
// people who look alike, needed when there are some.
type Registration struct {
	Village  region.Code
	Address  string
	Distinct string
}

// TakeReferral makes a case of what another county took and had assessed: published where that is still to be done, then reviewed and decided here. What
// the parcel says must be what was signed, and what the register here says stands above it.
func (d *Desk) TakeReferral(ctx context.Context, by access.Actor, of referral.ID, at Registration) (application.ID, error) {
	made := application.ID(id.New())
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		p, err := both(tx, access.ReferralTake, referral.Home, of)
		if err != nil {
			return err
		}
		if !p.this.May(referral.Take) {
			return fault.New(fault.Refused, "referral.step.wrong", p.this.State)
		}
		if err := tx.FitsReferral(p.this); err != nil {
			return err
		}
		who, err := resident(tx, p.this, at)
		if err != nil {
			return err
		}
		others, err := alikeAtHome(tx, p.this, who)
		if err != nil {
			return err
		}
		a, err := receive(tx, made, who, p.this.Parcel)
		if err != nil {
			return err
		}
		if err := tellApart(tx, access.ReferralTake, a, others, at.Distinct); err != nil {
			return err
		}
		if err := p.this.Take(string(made), a.Region, by.Name, tx.Today()); err != nil {
			return err
		}
		return p.save(tx, access.ReferralTake)
	})
	return made, err
}

// alikeAtHome is the people of the county of registration who may be the applicant of a first certificate under another number.
func alikeAtHome(tx *store.Tx, r referral.Referral, who person.Person) ([]person.Person, error) {
	if r.Parcel.Matter != application.New {
		return nil, nil
	}
	return tx.Alike(who)
}

// ReferralAlike is who of the county of registration may be the applicant under another number: of somebody who is not in its register yet, among those of
// the village at, which is to be theirs.
func (d *Desk) ReferralAlike(ctx context.Context, by access.Actor, of referral.ID, at region.Code) (out []person.Person, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		r, err := referred(tx, access.ReferralTake, of)
		if err != nil || r.Side != referral.Home || !r.May(referral.Take) {
			return err
		}
		known, err := referredPerson(tx, r)
		if err != nil {
			return err
		}
		if known != nil {
			out, err = alikeAtHome(tx, r, *known)
			return err
		}
		if at.Level() != region.Village || !r.County().Contains(at) || !by.Region.Contains(at) {
			return nil
		}
		out, err = alikeAtHome(tx, r, r.Parcel.Enrolled(at, ""))
		return err
	})
	return out, err
}

// referredPerson is who of the register the parcel is about, nil for nobody: who has its number, or who of the same name had it before it was corrected here.
// Of another name, it may be the true holder, which somebody finds out first.
func referredPerson(tx *store.Tx, r referral.Referral) (*person.Person, error) {
	told := r.Parcel.Person
	_, who, err := tx.Identity(told.Number)
	if err != nil {
		return nil, err
	}
	if who == "" {
		p, _, err := renumbered(tx, r)
		if err != nil || p != nil && person.Bare(p.Name) == person.Bare(told.Name) {
			return p, err
		}
	}
	p, err := registered(tx, told.Number)
	if wrong := fault.Fields(err); len(wrong) > 0 {
		return nil, fault.New(fault.Refused, wrong[0].Key, wrong[0].Args...)
	}
	return p, err
}

// renumbered is who had the number of the parcel before it was corrected, as far as the actor may know them, and when that was.
func renumbered(tx *store.Tx, r referral.Referral) (*person.Person, *store.Former, error) {
	f, err := tx.Former(r.Parcel.Person.Number)
	if err != nil || f == nil {
		return nil, nil, err
	}
	p, err := tx.Seen(*f)
	return p, f, err
}

// resident is the person as the register of the county of registration has them: as it knows them already, or entered now.
func resident(tx *store.Tx, r referral.Referral, at Registration) (person.Person, error) {
	known, err := referredPerson(tx, r)
	if err != nil {
		return person.Person{}, err
	}
	if known != nil {
		return *known, nil
	}
	p := r.Parcel.Enrolled(at.Village, at.Address)
	if at.Village.Level() != region.Village || !r.County().Contains(at.Village) {
		var problems fault.Problems
		problems.Add("region", "application.village.missing")
		return p, problems.Fault()
	}
	if err := tx.By().May(access.ReferralTake, at.Village); err != nil {
		return p, err
	}
	if err := p.Check(); err != nil {
		return p, err
	}
	p.ID = person.ID(id.New())
	return p, tx.AddPerson(access.ReferralTake, p)
}

// receive opens the case and puts what came along into it.
func receive(tx *store.Tx, made application.ID, who person.Person, parcel referral.Parcel) (application.Application, error) {
	if err := open(tx, made, who, parcel.Request()); err != nil {
		return application.Application{}, err
	}
	a, err := tx.Application(made)
	if err != nil {
		return a, err
	}
	l, err := loading(tx, a)
	if err != nil {
		return a, err
	}
	no, err := tx.AcceptanceNo(a.County())
	if err != nil {
		return a, err
	}
	e := application.Examination{Category: parcel.Category, Level: parcel.Level, On: parcel.Assessed, Published: parcel.Notice != ""}
	if err := l.Receive(no, e, who.Birth, l.office); err != nil {
		return a, err
	}
	if err := l.hold(tx); err != nil {
		return a, err
	}
	if err := l.save(tx, access.ReferralTake, parcel.From+" "+parcel.No); err != nil {
		return a, err
	}
	for _, c := range parcel.Conclusions {
		if err := tx.AddAssessment(a, id.New(), c); err != nil {
			return a, err
		}
	}
	for _, s := range parcel.Papers {
		if err := tx.AddAttachment(s.Attachment(attachment.ID(id.New()), a.Region, a.ID)); err != nil {
			return a, err
		}
	}
	return a, tx.Sight(a, parcel.Sighted)
}

// ReturnReferral sends a case back once with what is missing.
func (d *Desk) ReturnReferral(ctx context.Context, by access.Actor, of referral.ID, reason string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		p, err := both(tx, access.ReferralReturn, referral.Home, of)
		if err != nil {
			return err
		}
		if err := p.this.Return(reason, by.Name, tx.Today()); err != nil {
			return err
		}
		if err := p.save(tx, access.ReferralReturn); err != nil {
			return err
		}
		return p.move(tx, access.ReferralReturn, application.Ready, p.this.Reason)
	})
}

// DeclineReferral does not take a case of somebody who is not registered here; the guest is told where they applied.
func (d *Desk) DeclineReferral(ctx context.Context, by access.Actor, of referral.ID, reason string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		p, err := both(tx, access.ReferralDecline, referral.Home, of)
		if err != nil {
			return err
		}
		if err := p.this.Decline(reason, by.Name, tx.Today()); err != nil {
			return err
		}
		if err := p.save(tx, access.ReferralDecline); err != nil {
			return err
		}
		if err := p.move(tx, access.ReferralDecline, application.Declined, p.this.Reason); err != nil {
			return err
		}
		return p.outcome(tx, p.this.Reason)
	})
}

// PostReferral records that a printed card was sent off: to the county that took the case, or straight to the holder.
func (d *Desk) PostReferral(ctx context.Context, by access.Actor, of referral.ID, w referral.Way) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		p, err := both(tx, access.ReferralPost, referral.Home, of)
		if err != nil {
			return err
		}
		s := application.State("")
		if p.this.Application != "" {
			if s, _, err = tx.ReferredState(p.this); err != nil {
				return err
			}
		}
		if s != application.Dispatched {
			return fault.New(fault.Refused, "referral.post.early")
		}
		if err := p.this.Post(w, by.Name, tx.Today()); err != nil {
			return err
		}
		return p.save(tx, access.ReferralPost)
	})
}

// turn takes one step with a certificate of the county of registration.
func turn(tx *store.Tx, c certificate.Certificate, step certificate.Step) error {
	if err := c.Take(step, tx.Today()); err != nil {
		return err
	}
	return tx.SaveCertificate(access.ReferralHand, c)
}
