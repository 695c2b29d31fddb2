package store

import (
	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/fault"
)

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
