// Package outreach is how an office speaks to people beside its letters: text messages by approved wordings, and who wants none.
package outreach

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/message"
	"hefa/internal/region"
	"hefa/internal/sms"
	"hefa/internal/store"
)

// Carrier takes messages away; a *sms.Refusal is its own word, a *sms.Busy puts off, a *sms.Unsure leaves open whether it has the message, any other error
// says that nothing was handed over.
type Carrier interface {
	Send(ctx context.Context, m sms.Message) (sms.Answer, error)
}

// network is a carrier that speaks by itself and cannot tell a second message from the first.
type network interface {
	Carrier
	Once(phone string) bool
	Run(ctx context.Context, ears sms.Ears) error
}

// Desk is where messages are made and sent.
type Desk struct {
	db      *store.DB
	carrier Carrier
}

// New is the desk over a store, with who carries its messages; nil carries none.
func New(db *store.DB, carrier Carrier) *Desk { return &Desk{db, carrier} }

// load reads a message and asks whether the actor may do act to it.
func load(tx *store.Tx, act access.Act, id message.ID) (message.Message, error) {
	m, err := tx.Message(id)
	if err != nil {
		return m, err
	}
	return m, tx.By().May(act, m.Region)
}

// scope is the area of a list, which belongs to one county.
func scope(by access.Actor, act access.Act, where region.Code) (region.Code, error) {
	where, err := by.Scope(act, where)
	if err == nil && where.Level() < region.County {
		err = fault.New(fault.Refused, "scope.county.wanted")
	}
	return where, err
}
