// Package records makes the cards of approved cases and follows each to the hand.
package records

import (
	"fmt"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/files"
	"hefa/internal/region"
	"hefa/internal/store"
)

// Desk is where cards are printed and handed out.
type Desk struct {
	db    *store.DB
	files *files.Cabinet
	ended ended
}

// New is the desk over a store and its files.
func New(db *store.DB, folder *files.Cabinet) *Desk {
	return &Desk{db: db, files: folder, ended: ended{lists: map[region.Code]card.Ended{}}}
}

// Case is a case with its person, as lists show them.
type Case = store.Case

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

// batch reads a batch and asks whether the actor may do act where it belongs.
func batch(tx *store.Tx, act access.Act, id card.BatchID) (card.Batch, error) {
	b, err := tx.Batch(id)
	if err != nil {
		return card.Batch{}, err
	}
	return b, tx.By().May(act, b.Region)
}

// series is the county's next number of the year in a series: 533103-ZK-2020-0001.
func series(tx *store.Tx, county region.Code, letters string) (string, error) {
	year := tx.Today().Year()
	n, err := tx.Next(county, fmt.Sprintf("%s-%d", letters, year))
	return fmt.Sprintf("%s-%s-%d-%04d", county, letters, year, n), err
}

// place is a region's name with those above it, from the province down.
func place(names map[region.Code]string, code region.Code) string {
	s := ""
	for c := code; c != ""; c = c.Parent() {
		s = names[c] + s
	}
	return s
}
