// Package fieldwork is what comes in from the villages: the lists of expired holders and of people who may be disabled, and the surveys.
package fieldwork

import (
	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/files"
	"hefa/internal/roster"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// Desk is where lists are taken in and worked off.
type Desk struct {
	db    *store.DB
	files *files.Cabinet
}

// New is the desk over a store and its files.
func New(db *store.DB, folder *files.Cabinet) *Desk { return &Desk{db, folder} }

// Rejected is one line of a list that was not entered.
type Rejected = store.Rejected

// Waiting is a person on a list with what is known of them.
type Waiting = store.Waiting

// load reads a list and asks whether the actor may do act to it.
func load(tx *store.Tx, act access.Act, id roster.ID) (roster.Upload, error) {
	u, err := tx.Roster(id)
	if err != nil {
		return u, err
	}
	return u, tx.By().May(act, u.Region)
}

// author is the clerk who handed the list in, in whose name the program works on it.
func author(tx *store.Tx, u roster.Upload) (access.Actor, error) {
	a, err := tx.Account(staff.ID(u.Account))
	if fault.Of(err) == fault.Missing {
		by := access.Console(u.Region)
		by.Account, by.Name = u.Account, u.Author
		return by, nil
	}
	return a.Actor(""), err
}
