package registry

import (
	"context"
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/departure"
	"hefa/internal/household"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/store"
	"hefa/internal/transfer"
)

// changesShown is how many of the latest changes of a person are shown.
const changesShown = 100

// File is one person with what hangs on them.
type File struct {
	person.Person
	Place        string
	Today        day.Day
	Certificates []certificate.Certificate
	Cases        []store.Case
	Departures   []departure.Departure // what lists of deaths and moves say of them
	Transfers    []transfer.Transfer   // how their certificate came from another county or left for one
	Lines        []store.Line
	Likenesses   []store.Likeness       // with whom they were compared, the newest first; only who may be read
	Changes      []store.PersonChange   // the newest first
	Regions      map[region.Code]string // names of the places in Changes
	CanEdit      bool
	CanReveal    bool
}

// Person is one person with certificates, cases and history.
func (d *Desk) Person(ctx context.Context, by access.Actor, id person.ID) (File, error) {
	var f File
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		p, err := load(tx, access.PersonRead, id)
		if err != nil {
			return err
		}
		f.Person, f.Today = p, tx.Today()
		f.CanEdit, f.CanReveal = by.Can(access.PersonEdit), by.Can(access.PersonReveal)
		if f.Place, err = place(tx, p.Region); err != nil {
			return err
		}
		if by.Can(access.CertificateRead) {
			if f.Certificates, err = tx.CertificatesOf(p.County(), p.ID); err != nil {
				return err
			}
		}
		if by.Can(access.DepartureRead) {
			if f.Departures, err = tx.DeparturesBare(p.County(), p.ID); err != nil {
				return err
			}
			for _, c := range f.Certificates {
				of, err := tx.DeparturesOf(c)
				if err != nil {
					return err
				}
				f.Departures = append(f.Departures, of...)
			}
		}
		if by.Can(access.TransferRead) {
			if f.Transfers, err = tx.TransfersOf(p.County(), p.ID); err != nil {
				return err
			}
		}
		if by.Can(access.ApplicationRead) {
			where := p.County()
			if where.Contains(by.Region) {
				where = by.Region
			}
			if f.Cases, err = tx.Cases(store.CaseFilter{Region: where, Person: p.ID, Limit: 50}); err != nil {
				return err
			}
		}
		if f.Lines, err = tx.Timeline(p.County(), "person", string(p.ID)); err != nil {
			return err
		}
		if f.Likenesses, err = likenesses(tx, p); err != nil {
			return err
		}
		f.Changes, f.Regions, err = history(tx, p)
		return err
	})
	return f, err
}

// likenesses is with whom a person was compared, those left out whom the actor may not read.
func likenesses(tx *store.Tx, p person.Person) ([]store.Likeness, error) {
	if !tx.By().Can(access.ApplicationRead) {
		return nil, nil
	}
	all, err := tx.Likenesses(p)
	return slices.DeleteFunc(all, func(k store.Likeness) bool { return tx.By().May(access.PersonRead, k.Other.Region) != nil }), err
}

// PersonChanges is the latest changes of a person, the newest first.
func (d *Desk) PersonChanges(ctx context.Context, by access.Actor, id person.ID) (out []store.PersonChange, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		p, err := load(tx, access.PersonRead, id)
		if err != nil {
			return err
		}
		out, _, err = history(tx, p)
		return err
	})
	return out, err
}

// history is the latest changes of a person with the names of the places in them: numbers and, for whoever may not correct them, telephones masked; how
// they live for whoever may read it.
func history(tx *store.Tx, p person.Person) ([]store.PersonChange, map[region.Code]string, error) {
	var without []string
	if !tx.By().Can(access.HouseholdRead) {
		without = household.Fields
	}
	all, err := tx.PersonChanges(p, changesShown, without...)
	if err != nil {
		return nil, nil, err
	}
	var codes []region.Code
	for i := range all {
		c := &all[i]
		mask := func(s string) string { return s }
		switch c.Field {
		case "region", "lives":
			codes = append(codes, region.Code(c.Before), region.Code(c.After))
		case "number", "guardian_number":
			mask = func(s string) string { return person.Number(s).Masked() }
		case "phone", "guardian_phone":
			if !tx.By().Can(access.PersonEdit) {
				mask = person.MaskedPhone
			}
		}
		c.Before, c.After = mask(c.Before), mask(c.After)
	}
	places, err := names(tx, codes)
	return all, places, err
}

// Numbers is what RevealPerson shows: the full numbers of one person.
type Numbers struct {
	Person       person.Person
	Certificates []certificate.Certificate
}

// RevealPerson gives the full identity and certificate numbers of a person for a reason, which stays in the audit.
func (d *Desk) RevealPerson(ctx context.Context, by access.Actor, id person.ID, reason string) (Numbers, error) {
	var n Numbers
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		p, err := load(tx, access.PersonReveal, id)
		if err != nil {
			return err
		}
		reason = strings.Join(strings.Fields(reason), " ")
		if err := person.CheckReason(reason); err != nil {
			return err
		}
		n.Person = p
		if by.Can(access.CertificateRead) {
			if n.Certificates, err = tx.CertificatesOf(p.County(), p.ID); err != nil {
				return err
			}
		}
		return tx.Note(access.PersonReveal, store.Subject{Kind: "person", ID: string(p.ID), Region: p.Region, Note: reason})
	})
	return n, err
}

// PersonEdit is what of a person can be corrected, with the version that was shown. Name, number and place change only through a case.
type PersonEdit struct {
	ID       person.ID
	Version  int
	Phone    string
	Address  string
	Guardian person.Guardian
	Poor     bool
}

// EditPerson corrects how a person can be reached and who speaks for them. Somebody else's change meanwhile is a stale fault.
func (d *Desk) EditPerson(ctx context.Context, by access.Actor, e PersonEdit) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		p, err := load(tx, access.PersonEdit, e.ID)
		if err != nil {
			return err
		}
		was := p
		p.Phone, p.Address, p.Guardian, p.Poor, p.Version = strings.TrimSpace(e.Phone), strings.TrimSpace(e.Address), e.Guardian, e.Poor, e.Version
		if err := p.Check(); err != nil {
			return err
		}
		return tx.SavePerson(access.PersonEdit, was, p)
	})
}
