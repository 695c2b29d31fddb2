package casework

import (
	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/job"
	"hefa/internal/store"
)

// held is the certificate in hand that the case is about, nil when there is none. What the last conclusion found is read beside it: inside a multiple
// certificate one category may be more severe while the whole stays as it was.
func (l *loaded) held(tx *store.Tx) (*certificate.Certificate, error) {
	if l.Previous == "" {
		return nil, nil
	}
	c, err := tx.Certificate(l.Previous)
	if err != nil || !l.Level.Valid() {
		return &c, err
	}
	all, err := tx.Assessments(l.Application)
	if err != nil || len(all) == 0 {
		return &c, err
	}
	last := all[len(all)-1]
	if category, level, _ := last.Result(); category != l.Category || level != l.Level {
		return &c, nil // an appeal on paper changed it
	}
	l.Found = nil
	for _, f := range last.Met() {
		l.Found = append(l.Found, certificate.Grade{Category: f.Category, Level: f.Level})
	}
	return &c, nil
}

// hold is what the acceptance of the case does to the certificate in hand: one that was lost is void from now on, one in doubt is under review.
func (l loaded) hold(tx *store.Tx) error {
	step := l.Matter.Rule().Hold
	c, err := l.held(tx)
	if err != nil || step == "" || c == nil || !c.State.Allows(step) {
		return err
	}
	if err := c.Take(step, tx.Today()); err != nil {
		return err
	}
	return tx.SaveCertificate(access.ApplicationAccept, *c)
}

// free undoes what the acceptance did, once the case has come to nothing; a certificate that came into its state on another day than that of the acceptance
// was not brought there by it.
func (l loaded) free(tx *store.Tx, act access.Act) error {
	step := l.Matter.Rule().Free
	c, err := l.held(tx)
	if err != nil || step == "" || c == nil || l.Accepted == "" || c.Since != l.Accepted || !c.State.Allows(step) {
		return err
	}
	if err := c.Take(step, tx.Today()); err != nil {
		return err
	}
	return tx.SaveCertificate(act, *c)
}

// conclude takes the effect of the approval on the certificate in hand.
func (l loaded) conclude(tx *store.Tx, c *certificate.Certificate) error {
	if l.Outcome(c) == application.Carded {
		return nil // the card's delivery ends the old one
	}
	if err := l.Conclude(c, tx.Today()); err != nil {
		return err
	}
	if err := tx.SaveCertificate(access.ApplicationApprove, *c); err != nil {
		return err
	}
	if l.Outcome(c) == application.Leaving {
		return l.send(tx, *c)
	}
	return tx.Enqueue(job.EndReminders{County: string(l.County()), Person: string(l.Person)})
}
