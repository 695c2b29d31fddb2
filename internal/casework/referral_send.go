package casework

import (
	"context"
	"strings"

	"hefa/internal/access"
	"hefa/internal/announcement"
	"hefa/internal/application"
	"hefa/internal/day"
	"hefa/internal/id"
	"hefa/internal/policy"
	"hefa/internal/referral"
	"hefa/internal/store"
)

// SendReferral sends an accepted and assessed case to the county of registration with all that its decision rests on, signed; registered is the address
// that the household register shows. What came back is sent again.
func (d *Desk) SendReferral(ctx context.Context, by access.Actor, of application.ID, registered string) (made referral.ID, err error) {
	err = d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ReferralSend, of)
		if err != nil {
			return err
		}
		if registered, err = referral.Registered(registered); err != nil {
			return err
		}
		parcel, err := a.referral(tx, registered)
		if err != nil {
			return err
		}
		home, err := tx.Office(a.Home)
		if err != nil {
			return err
		}
		due := home.Calendar.After(home.Today, home.Policy.Count(policy.ReferTake))
		if err := a.Refer(a.office); err != nil {
			return err
		}
		old, again, err := tx.ReferralOf(a.County(), a.ID)
		if err != nil {
			return err
		}
		if err := a.save(tx, access.ReferralSend, ""); err != nil {
			return err
		}
		if again {
			made = old.ID
			return resend(tx, old, parcel, due)
		}
		host := referral.Referral{ID: referral.ID(id.New()), Side: referral.Host, Region: a.Region, Abroad: a.Home, Twin: referral.ID(id.New()), Application: string(a.ID),
			Parcel: parcel, State: referral.Sent, Sent: a.office.Today, Due: due}
		made = host.ID
		if err := tx.SignReferral(&host); err != nil {
			return err
		}
		twin := host
		twin.ID, twin.Side, twin.Region, twin.Abroad, twin.Twin, twin.Application = host.Twin, referral.Home, host.Abroad, host.Region, host.ID, ""
		if err := tx.AddReferral(access.ReferralSend, host); err != nil {
			return err
		}
		return tx.AddReferral(access.ReferralSend, twin)
	})
	return made, err
}

// resend sends what came back once more.
func resend(tx *store.Tx, r referral.Referral, parcel referral.Parcel, due day.Day) error {
	if err := r.Resend(parcel, due, tx.By().Name, tx.Today()); err != nil {
		return err
	}
	if err := tx.SignReferral(&r); err != nil {
		return err
	}
	p := pair{this: r}
	if err := p.fill(tx); err != nil {
		return err
	}
	return p.save(tx, access.ReferralSend)
}

// referral is what the county of registration is told of the case.
func (l loaded) referral(tx *store.Tx, registered string) (out referral.Parcel, err error) {
	p, err := tx.Person(l.Person)
	if err != nil {
		return out, err
	}
	out = referral.Parcel{No: l.No, Accepted: l.Accepted, Registered: registered, Matter: l.Matter, Wanted: l.Wanted, Cause: l.Cause, Stated: l.Stated, Target: l.Target,
		Category: l.Category, Level: l.Level, Assessed: l.Assessed,
		Person: referral.Applicant{Name: p.Name, Number: p.Number, Nation: p.Nation, Phone: p.Phone, Guardian: p.Guardian}}
	from, err := officeAt(tx, l.County())
	if err != nil {
		return out, err
	}
	out.From = from.Name
	if out.Lives, err = place(tx, p.Region); err != nil {
		return out, err
	}
	out.Lives += p.Address
	if err := l.examined(tx, &out); err != nil {
		return out, err
	}
	if out.Notice, err = l.notice(tx); err != nil {
		return out, err
	}
	seen, err := tx.Sighted(l.Application)
	if err != nil {
		return out, err
	}
	for _, paper := range l.Checklist(p.Birth, l.office) {
		if seen[paper] {
			out.Sighted = append(out.Sighted, paper)
		}
	}
	scans, err := tx.Attachments(l.Application)
	out.Papers = referral.Papers(scans)
	return out, err
}

// examined puts the signed conclusions into the parcel, without the names of this county's records, which mean nothing elsewhere.
func (l loaded) examined(tx *store.Tx, out *referral.Parcel) error {
	all, err := tx.Assessments(l.Application)
	if err != nil || len(all) == 0 {
		return err
	}
	if out.Hospital, err = l.hospital(tx, all[len(all)-1]); err != nil {
		return err
	}
	for i := range all {
		all[i].Doctor, all[i].Session, all[i].Hospital = "", "", ""
		for j := range all[i].Findings {
			all[i].Findings[j].Doctor, all[i].Findings[j].Confirmer = "", ""
		}
	}
	out.Conclusions = all
	return nil
}

// notice is the number of the case's public notice, "" when it had none.
func (l loaded) notice(tx *store.Tx) (string, error) {
	if l.Notice == "" {
		return "", nil
	}
	n, err := tx.Notice(announcement.ID(l.Notice))
	return n.No, err
}

// RecallReferral takes a case back that the county of registration has not taken yet.
func (d *Desk) RecallReferral(ctx context.Context, by access.Actor, of referral.ID, reason string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		p, err := both(tx, access.ReferralRecall, referral.Host, of)
		if err != nil {
			return err
		}
		if err := p.this.Recall(reason, by.Name, tx.Today()); err != nil {
			return err
		}
		if err := p.save(tx, access.ReferralRecall); err != nil {
			return err
		}
		return p.move(tx, access.ReferralRecall, application.Ready, p.this.Reason)
	})
}

// ConfirmReferral enters what a county that does not work with this program answered on paper.
func (d *Desk) ConfirmReferral(ctx context.Context, by access.Actor, of referral.ID, a referral.Answer) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		p, err := both(tx, access.ReferralConfirm, referral.Host, of)
		if err != nil {
			return err
		}
		if err := p.this.Confirm(a, by.Name, tx.Today()); err != nil {
			return err
		}
		if err := p.save(tx, access.ReferralConfirm); err != nil {
			return err
		}
		to := map[referral.State]application.State{referral.Arrived: application.Dispatched, referral.Done: application.Closed, referral.Refused: application.Refused,
			referral.Returned: application.Ready}[p.this.State]
		if err := p.move(tx, access.ReferralConfirm, to, strings.TrimSpace(p.this.Receipt+" "+p.this.Reason)); err != nil {
			return err
		}
		if p.this.State != referral.Refused && p.this.State != referral.Done {
			return nil
		}
		return p.outcome(tx, p.this.Reason)
	})
}

// ReceiveReferral records that the card came in from the county of registration; it is handed over here now.
func (d *Desk) ReceiveReferral(ctx context.Context, by access.Actor, of referral.ID) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		p, err := both(tx, access.ReferralReceive, referral.Host, of)
		if err != nil {
			return err
		}
		if err := p.this.Receive(by.Name, tx.Today()); err != nil {
			return err
		}
		if err := p.save(tx, access.ReferralReceive); err != nil {
			return err
		}
		return p.move(tx, access.ReferralReceive, application.Dispatched, p.this.Way.Tracking)
	})
}
