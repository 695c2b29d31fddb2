package records

import (
	"context"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/referral"
	"hefa/internal/store"
)

// Remake is why a card is printed again. Lost says that nobody finds the one before, for which Witness stands too; else it is here and is spoiled.
type Remake struct {
	Reason  string
	Lost    bool
	Witness string
}

// ReprintApplication takes a printed card back to the printer, with the reason: its blank is spoiled or lost, the face stays. One that had left for the
// township goes into a batch of its own, with which it is sent once more.
func (d *Desk) ReprintApplication(ctx context.Context, by access.Actor, of application.ID, m Remake) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationReprint, of)
		if err != nil {
			return err
		}
		if err := unposted(tx, a, m); err != nil {
			return err
		}
		if err := a.Reprint(a.office); err != nil {
			return err
		}
		c, err := tx.CardOf(a.Application)
		if err != nil {
			return err
		}
		before := c
		if err := c.Reprint(m.Reason); err != nil {
			return err
		}
		if err := leave(tx, before, m); err != nil {
			return err
		}
		if before.State == card.Dispatched {
			if c.Batch, err = rebatch(tx, before); err != nil {
				return err
			}
			a.Batch = string(c.Batch)
		}
		note := strings.TrimSpace(m.Reason + " " + m.Witness)
		if err := tx.SaveCard(access.ApplicationReprint, c, note); err != nil {
			return err
		}
		return a.save(tx, access.ApplicationReprint, note)
	})
}

// unposted refuses a guest's card that was sent off to the county which took the case, or to the holder, unless it got lost since: then both counties'
// records say that it is to be sent off once more.
func unposted(tx *store.Tx, a loaded, m Remake) error {
	if a.Origin != application.Guest {
		return nil
	}
	r, ok, err := tx.ReferralOf(a.County(), a.ID)
	if err != nil || !ok {
		return err
	}
	if r.State != referral.Posted && r.State != referral.Arrived {
		return tx.HoldReferral(r) // somebody may be sending it off
	}
	if !m.Lost {
		return fault.New(fault.Refused, "reprint.posted")
	}
	if err := r.Miss(tx.By().Name, tx.Today()); err != nil {
		return err
	}
	if err := tx.SaveReferral(access.ApplicationReprint, r); err != nil {
		return err
	}
	host, err := tx.ReferralTwin(r)
	if err != nil {
		return err
	}
	wasArrived := host.State == referral.Arrived
	host.Told(r)
	if err := tx.SaveReferral(access.ApplicationReprint, host); err != nil || !wasArrived {
		return err
	}
	return guestWaits(tx, host, m.Reason)
}

// guestWaits puts the case of the county that took it, where the card had come in, back to waiting for the card.
func guestWaits(tx *store.Tx, host referral.Referral, note string) error {
	g, err := tx.ReferredCase(host)
	if err != nil {
		return err
	}
	office, err := tx.Office(g.Region)
	if err != nil {
		return err
	}
	was := g.State
	if err := g.Referred(access.ReferralTell, application.Forwarded, office); err != nil {
		return err
	}
	return tx.SaveApplication(access.ReferralTell, was, g, note)
}

// leave says what became of the blank that the card was made of.
func leave(tx *store.Tx, c card.Card, m Remake) error {
	if m.Lost {
		return tx.MissBlank(access.ApplicationReprint, c, m.Reason, m.Witness)
	}
	b, made, err := tx.BlankOf(c)
	if err != nil || !made {
		return err
	}
	if c.State == card.Good {
		if err := deskOpen(tx, b.County(), b.Desk); err != nil {
			return err
		}
	} else {
		b.Desk = "" // it left the desk with the card
	}
	if err := b.Spoil(c, m.Reason, tx.Today()); err != nil {
		return err
	}
	return tx.SaveBlank(access.ApplicationReprint, b)
}

// rebatch puts a card that had left into a batch of its own; the one that it left with holds one less.
func rebatch(tx *store.Tx, c card.Card) (card.BatchID, error) {
	was, err := tx.Batch(c.Batch)
	if err != nil {
		return "", err
	}
	was.Cards--
	if err := tx.SaveBatch(access.ApplicationReprint, was); err != nil {
		return "", err
	}
	no, err := series(tx, c.County(), "ZK")
	if err != nil {
		return "", err
	}
	b := card.Batch{ID: card.BatchID(id.New()), Region: was.Region, No: no, Cards: 1, Made: tx.Today()}
	return b.ID, tx.AddBatch(b)
}

// UnbatchApplication takes a case whose card is not printed out of its batch, with the reason: the face and the number that were fixed for it are void, and
// it waits for another batch with what the register says then.
func (d *Desk) UnbatchApplication(ctx context.Context, by access.Actor, of application.ID, reason string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationUnbatch, of)
		if err != nil {
			return err
		}
		if err := a.Unbatch(reason, a.office); err != nil {
			return err
		}
		c, err := tx.CardOf(a.Application)
		if err != nil {
			return err
		}
		reason = strings.TrimSpace(reason)
		if err := tx.VoidCard(access.ApplicationUnbatch, c, application.Void{Reason: reason}); err != nil {
			return err
		}
		return a.save(tx, access.ApplicationUnbatch, reason)
	})
}
