// Package assessing is the hospital's part of a case: sessions are planned, people get a place, doctors enter what they find and sign.
package assessing

import (
	"sync"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/files"
	"hefa/internal/session"
	"hefa/internal/store"
)

// Desk is where sessions are kept and conclusions entered.
type Desk struct {
	db       *store.DB
	files    *files.Cabinet
	decoding sync.Mutex // one picture is opened at a time, because a large one takes a hundred megabytes
}

// New is the desk over a store and its files.
func New(db *store.DB, folder *files.Cabinet) *Desk { return &Desk{db: db, files: folder} }

// Case is a case with its person, as lists show them.
type Case = store.Case

// Line is a session as lists show it.
type Line = store.SessionLine

// loadSession reads a session and asks whether the actor may do act to it. A session for a whole county is open to its townships too.
func loadSession(tx *store.Tx, act access.Act, id session.ID) (session.Session, error) {
	s, err := tx.Session(id)
	if err != nil {
		return s, err
	}
	if err := s.Show(tx.By()); err != nil {
		return s, err
	}
	where := s.Region
	if act != access.SessionPlan && s.Region.Contains(tx.By().Region) { // villages read it and seat their own people; the session itself is the township's
		where = tx.By().Region
	}
	return s, tx.By().May(act, where)
}

// loaded is a case as it was read, with what its steps need to know.
type loaded struct {
	application.Application
	office application.Office
	was    application.State
}

// load reads a case and asks whether the actor may do act to it.
func load(tx *store.Tx, act access.Act, id application.ID) (loaded, error) {
	a, err := tx.Application(id)
	if err != nil {
		return loaded{}, err
	}
	if err := tx.By().May(act, a.Region); err != nil {
		return loaded{}, err
	}
	office, err := tx.Office(a.Region)
	return loaded{a, office, a.State}, err
}

// save writes the case back under the act, with what the timeline says beside it.
func (l loaded) save(tx *store.Tx, act access.Act, note string) error {
	return tx.SaveApplication(act, l.was, l.Application, note)
}
