package casework

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/lang"
	"hefa/internal/referral"
	"hefa/internal/region"
	"hefa/internal/store"
)

// HandReferral hands the card over where the case was taken: from now on the new certificate is valid in the county of registration and the one that it
// replaces is not. Both counties' records change in one transaction, so that no card is in a hand and not valid.
func (d *Desk) HandReferral(ctx context.Context, by access.Actor, of referral.ID, how card.Delivery) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		p, err := both(tx, access.ReferralHand, referral.Host, of)
		if err != nil {
			return err
		}
		recalls := p.guest.Matter != application.New && p.guest.Matter != application.Reissue
		if err := p.this.Hand(how, recalls, by.Name, tx.Today()); err != nil {
			return err
		}
		if err := p.save(tx, access.ReferralHand); err != nil {
			return err
		}
		if err := p.move(tx, access.ReferralHand, application.Closed, p.this.Way.Delivery.Receiver); err != nil {
			return err
		}
		if p.other.Application == "" {
			return nil // the county of registration keeps its own books
		}
		return p.issue(tx)
	})
}

// issue ends the case at home: its card is in the hand.
func (p pair) issue(tx *store.Tx) error {
	a, err := tx.ReferredCase(p.other)
	if err != nil {
		return err
	}
	l, err := loading(tx, a)
	if err != nil {
		return err
	}
	if err := tx.Alive(a); err != nil {
		return err
	}
	if err := l.Deliver(l.office); err != nil {
		return err
	}
	k, made, old, err := tx.ReferredCard(a)
	if err != nil {
		return err
	}
	if err := k.Deliver(p.this.Way.Delivery, l.Recalls(), "", tx.Today()); err != nil {
		return err
	}
	if old != nil {
		if err := turn(tx, *old, certificate.Replace); err != nil {
			return err
		}
	}
	if err := turn(tx, made, certificate.Issue); err != nil {
		return err
	}
	note := lang.T("referral.handed", p.this.Parcel.From, p.this.Way.Delivery.Receiver)
	if err := tx.SaveCard(access.ReferralHand, k, note); err != nil {
		return err
	}
	return tx.SaveApplication(access.ReferralHand, l.was, l.Application, note)
}

// TellReferral tells the county that took a case what became of it where it is decided. It computes that from how things stand, so that telling twice
// changes nothing.
func (d *Desk) TellReferral(ctx context.Context, by access.Actor, county region.Code, of application.ID) error {
	if err := by.May(access.ReferralTell, county); err != nil {
		return err
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		r, ok, err := tx.ReferralOf(county, of)
		if err != nil || !ok || r.Side != referral.Home {
			return err
		}
		a, err := tx.ReferredCase(r)
		if err != nil {
			return err
		}
		p := pair{this: r}
		if err := p.fill(tx); err != nil {
			return err
		}
		switch {
		case a.State == application.Refused || a.State == application.Withdrawn:
			return p.refused(tx, a)
		case a.State == application.Delivered || a.State == application.Closed:
			return p.finished(tx)
		case a.State.Open() && p.this.May(referral.Reopen):
			return p.reopened(tx)
		}
		return nil
	})
}

// refused tells that the case at home came to nothing.
func (p pair) refused(tx *store.Tx, a application.Application) error {
	if !p.this.May(referral.Refuse) {
		return nil
	}
	reason := lang.T(a.State.Word())
	letters, err := tx.Letters(a)
	if err != nil {
		return err
	}
	if n := len(letters); n > 0 && letters[n-1].Reason != "" {
		reason = letters[n-1].Reason
	}
	if err := p.this.Refuse(reason, p.this.Decider, tx.Today()); err != nil {
		return err
	}
	if err := p.save(tx, access.ReferralTell); err != nil {
		return err
	}
	if err := p.move(tx, access.ReferralTell, application.Refused, reason); err != nil {
		return err
	}
	return p.outcome(tx, reason)
}

// finished tells that the matter has its effect at home.
func (p pair) finished(tx *store.Tx) error {
	if !p.this.May(referral.Finish) {
		return nil
	}
	if err := p.this.Finish(p.this.Decider, tx.Today()); err != nil {
		return err
	}
	if err := p.save(tx, access.ReferralTell); err != nil {
		return err
	}
	if err := p.move(tx, access.ReferralTell, application.Closed, ""); err != nil {
		return err
	}
	return p.outcome(tx, "")
}

// reopened tells that an appeal took the case at home up again; a guest who has another case here meanwhile keeps that one.
func (p pair) reopened(tx *store.Tx) error {
	other, err := tx.OpenCase(p.guest.County(), p.guest.Person)
	if err != nil || other != "" {
		return err
	}
	if err := p.this.Reopen(p.this.Decider, tx.Today()); err != nil {
		return err
	}
	if err := p.save(tx, access.ReferralTell); err != nil {
		return err
	}
	return p.move(tx, access.ReferralTell, application.Forwarded, "")
}
