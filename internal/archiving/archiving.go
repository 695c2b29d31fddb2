// Package archiving keeps the files of people on the shelf: what belongs in them, where they stand, who borrowed them.
package archiving

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/fault"
	"hefa/internal/files"
	"hefa/internal/person"
	"hefa/internal/store"
)

// Desk is the archive's.
type Desk struct {
	db    *store.DB
	files *files.Cabinet
}

// New is the desk over a store and its files.
func New(db *store.DB, folder *files.Cabinet) *Desk { return &Desk{db, folder} }

// Kept is a file as lists show it.
type Kept = store.Kept

// Lending is a loan as lists show it.
type Lending = store.Lending

// DossierFilter narrows a list of files.
type DossierFilter = store.DossierFilter

// Dossiers is the files of the area by number, and whether there are more.
func (d *Desk) Dossiers(ctx context.Context, by access.Actor, f DossierFilter) (all []Kept, more bool, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		if f.Region, err = by.Scope(access.ArchiveRead, f.Region); err != nil {
			return err
		}
		page := f
		page.Limit++
		if all, err = tx.Dossiers(page); err != nil {
			return err
		}
		if more = len(all) > f.Limit; more {
			all = all[:f.Limit]
		}
		return nil
	})
	return all, more, err
}

// Dossier is one person's file with its papers and loans.
type Dossier struct {
	Kept
	Items []archive.Item
	Marks []archive.Mark    // what is wrong with them
	Lacks []archive.Closing // what was filed though papers were lacking
	Loans []Lending
	Pages int
}

// Dossier is the file of a person.
func (d *Desk) Dossier(ctx context.Context, by access.Actor, of person.ID) (Dossier, error) {
	var out Dossier
	err := d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		out, err = whole(tx, access.ArchiveRead, of)
		return err
	})
	return out, err
}

// whole reads a file with all that is in it, for whoever may do act.
func whole(tx *store.Tx, act access.Act, of person.ID) (Dossier, error) {
	k, err := load(tx, act, of)
	if err != nil {
		return Dossier{}, err
	}
	out := Dossier{Kept: k}
	if out.Items, err = tx.Items(k.Dossier); err != nil {
		return out, err
	}
	for _, i := range out.Items {
		out.Pages += i.Pages
	}
	if out.Marks, err = tx.Marks(k.County(), of); err != nil {
		return out, err
	}
	archive.Marked(out.Items, out.Marks)
	if out.Lacks, err = tx.Closings(k.County(), of); err != nil {
		return out, err
	}
	out.Loans, err = tx.Loans(store.LoanFilter{County: k.County(), Person: of, Limit: 20})
	return out, err
}

// load reads a person's file with its box and asks whether the actor may do act to it.
func load(tx *store.Tx, act access.Act, of person.ID) (Kept, error) {
	p, err := tx.Person(of)
	if err != nil {
		return Kept{}, err
	}
	if err := tx.By().May(act, p.Region); err != nil {
		return Kept{}, err
	}
	found, ok, err := tx.Dossier(p.County(), of)
	if err == nil && !ok {
		err = fault.New(fault.Missing, "record.missing")
	}
	if err != nil {
		return Kept{}, err
	}
	k := Kept{Dossier: found, Holder: p, Stands: found.Place}
	if found.Box == "" {
		return k, nil
	}
	b, err := tx.Box(p.County(), found.Box)
	k.InBox, k.Stands = b.No, b.Place()
	return k, err
}
