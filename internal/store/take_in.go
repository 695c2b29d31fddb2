package store

import (
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/person"
	"hefa/internal/roster"
)

// Intake is what one row of a list brings into the register; nil is nothing of that sort.
type Intake struct {
	Person      person.Person
	New         bool // the person is to be entered, else is known
	Certificate *certificate.Certificate
	Listed      *Listed
}

// TakeIn enters what rows of a list bring, with one audit line a person. While the rows of one table are entered those of the next are sealed.
func (tx *Tx) TakeIn(u roster.Upload, rows []Intake) error {
	bundles := make(chan bundle, 1)
	go func() {
		defer close(bundles)
		tx.bundles(u, rows, bundles)
	}()
	var err error
	for b := range bundles { // to the end, so that nobody is left sealing
		if err == nil {
			err = tx.insert(b.head, b.rows)
		}
	}
	return err
}

// bundle is rows of one table on their way in.
type bundle struct {
	head string
	rows [][]any
}

// bundles gives what rows of a list bring, table by table in the order in which they refer to each other.
func (tx *Tx) bundles(u roster.Upload, rows []Intake, to chan<- bundle) {
	var fresh []person.Person
	var cards []certificate.Certificate
	var listed []Listed
	for _, r := range rows {
		if r.New {
			fresh = append(fresh, r.Person)
		}
		if r.Certificate != nil {
			cards = append(cards, *r.Certificate)
		}
		if r.Listed != nil {
			listed = append(listed, *r.Listed)
		}
	}
	to <- bundle{insertIdentity, sorted(each(fresh, tx.identityRow), 0)}
	to <- bundle{insertPerson, each(fresh, tx.personRow)}
	to <- bundle{insertSpelling, sorted(tx.spellingRows(fresh), 1)}
	to <- bundle{insertCertificate, each(cards, tx.certificateRow)}
	to <- bundle{insertListed, each(listed, tx.listedRow)}
	to <- bundle{insertAudit, each(rows, func(r Intake) []any {
		return tx.auditRow(access.RosterImport, Subject{Kind: "person", ID: string(r.Person.ID), Region: r.Person.Region, Note: u.Name})
	})}
}

// sorted puts rows in the order of a text column, so that neighbours in the table are entered one after the other.
func sorted(rows [][]any, column int) [][]any {
	slices.SortFunc(rows, func(a, b []any) int { return strings.Compare(a[column].(string), b[column].(string)) })
	return rows
}

const insertIdentity = `INSERT INTO identity (lookup, county, person) VALUES `

func (tx *Tx) identityRow(p person.Person) []any {
	return []any{tx.lookup(string(p.Number)), string(p.County()), string(p.ID)}
}
