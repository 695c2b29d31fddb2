// Package registry is the register as officers read it: people, certificates, and the figures of a place.
package registry

import (
	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/files"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/store"
)

// Desk is where the register is read and people's data are kept right.
type Desk struct {
	db    *store.DB
	files *files.Cabinet
}

// New is the desk over a store and its files.
func New(db *store.DB, folder *files.Cabinet) *Desk { return &Desk{db, folder} }

// load reads a person and asks whether the actor may do act to them. People of an assessing hospital know only those who have a case at their hospital,
// those who look after poor households only these.
func load(tx *store.Tx, act access.Act, id person.ID) (person.Person, error) {
	by := tx.By()
	p, err := tx.Person(id)
	if err != nil {
		return p, err
	}
	if err := by.May(act, p.Region); err != nil {
		return p, err
	}
	hidden := by.Role == access.Poverty && !p.Poor
	if by.Role == access.Hospital || by.Role == access.Doctor {
		seated, err := tx.SeatedAt(p.County(), p.ID, by.Org)
		if err != nil {
			return p, err
		}
		hidden = !seated
	}
	if hidden {
		return p, fault.New(fault.Missing, "record.missing")
	}
	return p, nil
}

// place is a region's name with those above it, from the province down.
func place(tx *store.Tx, code region.Code) (string, error) {
	names, err := tx.RegionNames(code)
	s := ""
	for c := code; c != ""; c = c.Parent() {
		s = names[c] + s
	}
	return s, err
}

// names is the names of places by code, of every place above each too.
func names(tx *store.Tx, codes []region.Code) (map[region.Code]string, error) {
	seen := map[region.Code]bool{}
	var once []region.Code
	for _, c := range codes {
		if !seen[c] {
			seen[c] = true
			once = append(once, c)
		}
	}
	return tx.RegionNames(once...)
}
