package records

import (
	"context"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/referral"
	"hefa/internal/store"
)

// DeliverApplication hands the card over against a signature: from now on the new certificate is valid and the one that it replaces is not.
func (d *Desk) DeliverApplication(ctx context.Context, by access.Actor, id application.ID, how card.Delivery) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationDeliver, id)
		if err != nil {
			return err
		}
		left, err := arrived(tx, a)
		if err != nil {
			return err
		}
		if err := ours(tx, a); err != nil {
			return err
		}
		if err := a.Deliver(a.office); err != nil {
			return err
		}
		c, err := tx.CardOf(a.Application)
		if err != nil {
			return err
		}
		if err := tx.Alive(a.Application); err != nil {
			return err
		}
		if err := theirs(tx, a, c); err != nil {
			return err
		}
		if err := c.Deliver(how, a.Recalls(), left, tx.Today()); err != nil {
			return err
		}
		if err := issue(tx, a, c); err != nil {
			return err
		}
		note := strings.TrimSpace(c.Receiver + " " + c.Relation)
		if err := tx.SaveCard(access.ApplicationDeliver, c, note); err != nil {
			return err
		}
		return a.save(tx, access.ApplicationDeliver, note)
	})
}

// ours refuses a card that the county which took the case hands over, and one that was not sent off to its holder yet.
func ours(tx *store.Tx, a loaded) error {
	if a.Origin != application.Guest {
		return nil
	}
	r, ok, err := tx.ReferralOf(a.County(), a.ID)
	if err == nil && ok && (r.State != referral.Posted || !r.Way.Holder) {
		err = fault.New(fault.Refused, "referral.hand.there")
	}
	return err
}

// issue ends the old certificate and makes the new one valid.
func issue(tx *store.Tx, a loaded, c card.Card) error {
	if a.Previous != "" {
		if err := change(tx, a.Previous, certificate.Replace); err != nil {
			return err
		}
	}
	return change(tx, c.Certificate, certificate.Issue)
}

// change takes one step with a certificate.
func change(tx *store.Tx, id certificate.ID, step certificate.Step) error {
	c, err := tx.Certificate(id)
	if err != nil {
		return err
	}
	if err := c.Take(step, tx.Today()); err != nil {
		return err
	}
	return tx.SaveCertificate(access.ApplicationDeliver, c)
}

// theirs refuses a card that bears another identity number than its holder, whose number was corrected after the card was made.
func theirs(tx *store.Tx, a loaded, c card.Card) error {
	p, err := tx.Person(a.Person)
	if err == nil && c.Face.Number.Person() != p.Number {
		err = fault.New(fault.Refused, "card.number.corrected")
	}
	return err
}
