// Package casework is the course of a case: opened, accepted, put before a hospital, published, reviewed, decided.
package casework

import (
	"sync"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/fault"
	"hefa/internal/files"
	"hefa/internal/session"
	"hefa/internal/store"
)

// Desk is where cases are worked on.
type Desk struct {
	db       *store.DB
	files    *files.Cabinet
	decoding sync.Mutex // one picture is opened at a time, because a large one takes a hundred megabytes
}

// New is the desk over a store and its files.
func New(db *store.DB, folder *files.Cabinet) *Desk { return &Desk{db: db, files: folder} }

// loaded is a case as it was read, with what its steps need to know.
type loaded struct {
	application.Application
	office application.Office
	was    application.State
}

// load reads a case and asks whether the actor may do act to it: the first two lines of every method here.
func load(tx *store.Tx, act access.Act, id application.ID) (loaded, error) {
	a, err := tx.Application(id)
	if err != nil {
		return loaded{}, err
	}
	if err := tx.By().May(act, a.Region); err != nil {
		return loaded{}, err
	}
	if err := called(tx, a); err != nil {
		return loaded{}, err
	}
	return loading(tx, a)
}

// loading is a case with the rules of the place that it stands in, and those of the one that decides on it.
func loading(tx *store.Tx, a application.Application) (loaded, error) {
	office, err := tx.Office(a.Region)
	if err != nil || a.Home == "" {
		return loaded{a, office, a.State}, err
	}
	home, err := tx.Office(a.Home)
	office.Home = home.Policy
	return loaded{a, office, a.State}, err
}

// called hides from a hospital's staff every case that no session of their own hospital calls.
func called(tx *store.Tx, a application.Application) error {
	if !tx.By().Role.Clinical() {
		return nil
	}
	if a.Session == "" {
		return fault.New(fault.Missing, "record.missing")
	}
	s, err := tx.Session(session.ID(a.Session))
	if err != nil {
		return err
	}
	return s.Show(tx.By())
}

// save writes the case back under the act, with what the timeline says beside it; a case that came to nothing lets its certificate go.
func (l loaded) save(tx *store.Tx, act access.Act, note string) error {
	if l.State != l.was && (l.State == application.Refused || l.State == application.Withdrawn) {
		if err := l.free(tx, act); err != nil {
			return err
		}
	}
	return tx.SaveApplication(act, l.was, l.Application, note)
}

// Case is a case with its person, as lists show them.
type Case = store.Case
