package store

import (
	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/fault"
)

// held says of a case a whether its card is not to be fetched here: the county that took the case hands it over, a list names the holder as dead or
// moved and that waits for a decision or was found right, or the certificate in hand was cancelled or is another county's.
const (
	heldByGuest = `a.origin = 'guest'`
	heldByList  = `(EXISTS (SELECT 1 FROM departure d WHERE d.county = a.county AND d.certificate = a.previous AND d.certificate <> '' AND d.state IN ('proposed', 'frozen', 'cancelled'))
		OR EXISTS (SELECT 1 FROM departure d WHERE d.county = a.county AND d.person = a.person AND d.kind = 'death' AND d.state = 'proposed'))`
	heldByEnd = `EXISTS (SELECT 1 FROM certificate c WHERE c.county = a.county AND c.id = a.previous AND c.state IN ('cancelled', 'left'))`
	held      = `(` + heldByGuest + ` OR ` + heldByList + ` OR ` + heldByEnd + `)`
)

// HoldsBack says whether nobody is to be told to fetch the card of a case.
func (tx *Tx) HoldsBack(a application.Application) (bool, error) {
	n, err := tx.number(`SELECT COUNT(*) FROM application a WHERE a.county = $1 AND a.id = $2 AND `+held, string(a.County()), string(a.ID))
	return n > 0, err
}

// Bars is why nobody is told to fetch cards of a page, of those that lie at their township and of which that is so.
func (tx *Tx) Bars(page []Printed) (map[application.ID]card.Bar, error) {
	var args []any
	for _, p := range page {
		if p.Card.State == card.Dispatched {
			args = append(args, string(p.Case.Application.ID))
		}
	}
	out := map[application.ID]card.Bar{}
	if len(args) == 0 {
		return out, nil
	}
	type row struct {
		of application.ID
		by card.Bar
	}
	all, err := list(tx, func(r *row) []any { return []any{&r.of, &r.by} }, `
		SELECT a.id, CASE WHEN `+heldByGuest+` THEN 'guest' WHEN `+heldByList+` THEN 'listed' ELSE 'ended' END
		FROM application a
		WHERE a.county = $1 AND a.id IN `+places(2, len(args))+` AND `+held, append([]any{string(page[0].Case.Application.County())}, args...)...)
	for _, r := range all {
		out[r.of] = r.by
	}
	return out, err
}

// TellHolder notes, on the card of a case and in its course, that the holder was told to fetch it, and how: for the desk that hands cards over and for the
// one that sends messages.
func (tx *Tx) TellHolder(a application.Application, how string) error {
	if a.Batch == "" {
		return fault.New(fault.Refused, "application.step.wrong", access.CardNotify, a.State)
	}
	held, err := tx.HoldsBack(a)
	if err == nil && held {
		err = fault.New(fault.Refused, "card.notify.held", a.No)
	}
	if err != nil {
		return err
	}
	c, err := tx.CardOf(a)
	if err != nil {
		return err
	}
	if err := c.Notify(tx.Today()); err != nil {
		return err
	}
	if err := tx.SaveCard(access.CardNotify, c, how); err != nil {
		return err
	}
	return tx.Note(access.CardNotify, Subject{Kind: "application", ID: string(a.ID), Region: a.Region, Note: how})
}
