// Package renewing sees to it that nobody's certificate lapses unseen: the daily round of reminders, the slips that come back, and the way of what
// nobody renews to its cancellation.
package renewing

import (
	"sync"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/fault"
	"hefa/internal/files"
	"hefa/internal/region"
	"hefa/internal/reminder"
	"hefa/internal/store"
)

// Desk is where letters with a slip are made and answered.
type Desk struct {
	db       *store.DB
	files    *files.Cabinet
	decoding sync.Mutex // one picture is opened at a time, because a large one takes a hundred megabytes
}

// New is the desk over a store and its files.
func New(db *store.DB, folder *files.Cabinet) *Desk { return &Desk{db: db, files: folder} }

// loaded is a reminder as it was read, with what its steps need to know.
type loaded struct {
	reminder.Reminder
	office application.Office
}

// load reads a reminder and asks whether the actor may do act to it.
func load(tx *store.Tx, act access.Act, id reminder.ID) (loaded, error) {
	r, err := tx.Reminder(id)
	if err != nil {
		return loaded{}, err
	}
	if err := tx.By().May(act, r.Region); err != nil {
		return loaded{}, err
	}
	office, err := tx.Office(r.Region)
	return loaded{r, office}, err
}

// scope is the place of a list, which belongs to one county.
func scope(by access.Actor, act access.Act, where region.Code) (region.Code, error) {
	where, err := by.Scope(act, where)
	if err == nil && where.Level() < region.County {
		err = fault.New(fault.Refused, "scope.county.wanted")
	}
	return where, err
}

// place is a region's name with those above it, from the county down.
func place(tx *store.Tx, code region.Code) (string, error) {
	names, err := tx.RegionNames(code)
	s := ""
	for c := code; c.Level() >= region.County; c = c.Parent() {
		s = names[c] + s
	}
	return s, err
}

// missing is what is not there, or not for the actor.
func missing() error { return fault.New(fault.Missing, "record.missing") }
