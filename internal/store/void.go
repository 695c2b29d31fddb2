package store

import (
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/household"
	"hefa/internal/job"
)

// VoidCase ends a case after its approval and before the hand-over with all that hangs on it: its card, the blank, the certificate that nobody holds yet
// and the one in hand. It is for the desk that makes cards and for the one that decides on lists of deaths.
func (tx *Tx) VoidCase(a application.Application, v application.Void) error {
	was := a.State
	office, err := tx.Office(a.Region)
	if err != nil {
		return err
	}
	if err := a.Void(v, office); err != nil {
		return err
	}
	k, err := tx.CardOf(a)
	if err != nil && fault.Of(err) != fault.Missing {
		return err
	}
	if err == nil && k.State != card.Void {
		if err := tx.VoidCard(access.ApplicationVoid, k, v); err != nil {
			return err
		}
	}
	if err := tx.releaseHeld(a, v); err != nil {
		return err
	}
	if err := tx.SaveApplication(access.ApplicationVoid, was, a, v.Note()); err != nil || !v.Cause.Decides() {
		return err
	}
	if err := tx.takeBack(a); err != nil {
		return err
	}
	_, err = tx.SendLetter(a, Letter{Kind: application.RefusalLetter, Reason: v.Note()})
	return err
}

// takeBack undoes what the approval of a case wrote into the register (资料更新), where nobody corrected it since; the case follows its person home.
func (tx *Tx) takeBack(a application.Application) error {
	changes, err := tx.Proposal(a)
	if err != nil || len(changes) == 0 {
		return err
	}
	was, err := tx.Person(a.Person)
	if err != nil {
		return err
	}
	now := was.Without(changes)
	if was.Poor && !now.Poor {
		all, err := tx.Supports(was)
		if err != nil {
			return err
		}
		now.Poor = slices.ContainsFunc(all, func(s household.Support) bool { return s.Kind.Poor() && s.To == "" })
	}
	if now == was {
		return nil
	}
	if err := tx.SavePerson(access.ApplicationVoid, was, now); err != nil || now.Region == a.Region {
		return err
	}
	lived := a.Region
	a.Version++
	a.Region = now.Region
	return tx.EditApplication(a, lived)
}

// VoidCard takes a card that nobody holds out of everything, with its certificate and the blank that it was made of; the last one of a batch that waits for
// the rest to leave closes it.
func (tx *Tx) VoidCard(act access.Act, k card.Card, v application.Void) error {
	if err := tx.voidBlank(act, k, v); err != nil {
		return err
	}
	if err := k.Void(); err != nil {
		return err
	}
	if err := tx.SaveCard(act, k, v.Note()); err != nil {
		return err
	}
	c, err := tx.Certificate(k.Certificate)
	if err != nil {
		return err
	}
	if err := c.Void(tx.Today()); err != nil {
		return err
	}
	if err := tx.SaveCertificate(act, c); err != nil {
		return err
	}
	return tx.closeBatch(act, k.Batch)
}

// voidBlank says what became of the blank: it is spoiled with its face, or nobody finds it and two people stand for that.
func (tx *Tx) voidBlank(act access.Act, k card.Card, v application.Void) error {
	reason := strings.TrimSpace(v.Reason)
	if k.State == card.Frozen {
		return nil
	}
	if v.Lost {
		return tx.MissBlank(act, k, reason, v.Witness)
	}
	b, made, err := tx.BlankOf(k)
	if err != nil || !made {
		return err
	}
	b.Desk = "" // what became a card is in no desk's count any more
	if err := b.Spoil(k, reason, tx.Today()); err != nil {
		return err
	}
	return tx.SaveBlank(act, b)
}

// MissBlank records that nobody finds a printed card, for which two people stand; its blank is lost, where the county keeps the book of its blanks.
func (tx *Tx) MissBlank(act access.Act, k card.Card, reason, witness string) error {
	var p fault.Problems
	card.TwoNames(&p, tx.by.Name, witness)
	if err := p.Fault(); err != nil {
		return err
	}
	b, made, err := tx.BlankOf(k)
	if err != nil || !made {
		return err
	}
	if err := b.Miss(k, reason, strings.TrimSpace(witness), tx.Today()); err != nil {
		return err
	}
	return tx.SaveBlank(act, b)
}

// closeBatch notes that a batch has left once nothing of it is to be printed or sent any more.
func (tx *Tx) closeBatch(act access.Act, of card.BatchID) error {
	b, err := tx.Batch(of)
	if err != nil || b.Dispatched != "" {
		return err
	}
	if err := tx.HoldBatch(b); err != nil {
		return err
	}
	cards, err := tx.Cards(b)
	if err != nil {
		return err
	}
	gone := false
	for _, c := range cards {
		switch c.State {
		case card.Frozen, card.Good:
			return nil
		case card.Dispatched, card.Delivered:
			gone = true
		}
	}
	if !gone {
		return nil
	}
	b.Dispatched = tx.Today()
	return tx.SaveBatch(act, b)
}

// releaseHeld brings the certificate in hand to what it is: the dead hold none; one that was under review holds again; one that was reported lost stays
// lost unless it turned up; any other was not touched and holds on.
func (tx *Tx) releaseHeld(a application.Application, v application.Void) error {
	held, err := tx.CertificatesOf(a.County(), a.Person)
	if err != nil {
		return err
	}
	for _, c := range held {
		free := a.Matter.Rule().Free
		switch {
		case !c.State.Live():
			continue
		case v.Cause == application.VoidDeath:
			err = c.End(certificate.Death, tx.Today())
		case c.ID != a.Previous || free == "" || !c.State.Allows(free) || free == certificate.Recover && !v.Found:
			continue
		default:
			err = c.Take(free, tx.Today())
		}
		if err != nil {
			return err
		}
		if err := tx.SaveCertificate(access.ApplicationVoid, c); err != nil {
			return err
		}
	}
	if v.Cause != application.VoidDeath {
		return nil
	}
	return tx.Enqueue(job.EndReminders{County: string(a.County()), Person: string(a.Person)})
}
