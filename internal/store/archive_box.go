package store

import (
	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/region"
)

const boxColumns = `county, id, no, year, term, room, rack, shelf, holds, filled, version`

func scanBox(b *archive.Box) []any {
	return []any{&b.Region, &b.ID, &b.No, &b.Year, &b.Term, &b.Room, &b.Rack, &b.Shelf, &b.Holds, &b.Filled, &b.Version}
}

// Box is the box with the id.
func (tx *Tx) Box(county region.Code, id archive.BoxID) (archive.Box, error) {
	return one(tx, scanBox, `SELECT `+boxColumns+` FROM box WHERE county = $1 AND id = $2`, string(county), string(id))
}

// OpenBox is the newest box of the year and the term that is not full; ok is false when there is none.
func (tx *Tx) OpenBox(county region.Code, year int, term archive.Term) (b archive.Box, ok bool, err error) {
	all, err := list(tx, scanBox, `
		SELECT `+boxColumns+`
		FROM box
		WHERE county = $1 AND year = $2 AND term = $3 AND filled < holds
		ORDER BY id DESC
		LIMIT 1`, string(county), year, string(term))
	if err != nil || len(all) == 0 {
		return archive.Box{}, false, err
	}
	return all[0], true, nil
}

// Boxes is the boxes of a county by number; no is the beginning of it, after the number of the last row of the page before.
func (tx *Tx) Boxes(county region.Code, no, after string, limit int) ([]archive.Box, error) {
	return list(tx, scanBox, `
		SELECT `+boxColumns+`
		FROM box
		WHERE county = $1 AND no > $2 AND no >= $3 AND no < $4
		ORDER BY no
		LIMIT $5`, string(county), after, no, no+"\U0010FFFF", limit)
}

// AddBox puts a new box on the shelf.
func (tx *Tx) AddBox(act access.Act, b archive.Box) error {
	return tx.write(act, Subject{Kind: "box", ID: string(b.ID), Region: b.Region, Note: b.No}, `
		INSERT INTO box (county, id, no, year, term, room, rack, shelf, holds, filled)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		string(b.Region), string(b.ID), b.No, b.Year, string(b.Term), b.Room, b.Rack, b.Shelf, b.Holds, b.Filled)
}

// SaveBox refuses a box that changed since b was read.
func (tx *Tx) SaveBox(act access.Act, b archive.Box) error {
	return tx.write(act, Subject{Kind: "box", ID: string(b.ID), Region: b.Region, Note: b.No + " " + b.Place()}, `
		UPDATE box
		SET room = $1, rack = $2, shelf = $3, filled = $4, version = version + 1
		WHERE county = $5 AND id = $6 AND version = $7`,
		b.Room, b.Rack, b.Shelf, b.Filled, string(b.Region), string(b.ID), b.Version)
}

// InBox is the files of a box, in order.
func (tx *Tx) InBox(b archive.Box) ([]Kept, error) {
	return list(tx, tx.kept, `
		SELECT `+dossierColumns+`, `+personColumns+`, b.no, TRIM(b.room || ' ' || b.rack || ' ' || b.shelf)
		FROM dossier d
		JOIN person p ON p.county = d.county AND p.id = d.person
		JOIN box b ON b.county = d.county AND b.id = d.box
		WHERE d.county = $1 AND d.box = $2 AND d.box <> ''
		ORDER BY d.ord`, string(b.Region), string(b.ID))
}

// AddStocktaking keeps what was found in a box.
func (tx *Tx) AddStocktaking(s archive.Stocktaking) error {
	return tx.write(access.ArchiveKeep, Subject{Kind: "box", ID: string(s.Box), Region: s.Region}, `
		INSERT INTO stocktaking (county, id, box, day, clerk, found, missing, strange)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		string(s.Region), s.ID, string(s.Box), string(s.Day), s.Clerk, s.Found, jsonText(s.Missing), jsonText(s.Strange))
}

// Stocktakings is the latest counts of a box.
func (tx *Tx) Stocktakings(b archive.Box, limit int) ([]archive.Stocktaking, error) {
	return list(tx, func(s *archive.Stocktaking) []any {
		return []any{&s.Region, &s.ID, &s.Box, &s.Day, &s.Clerk, &s.Found, asJSON{&s.Missing}, asJSON{&s.Strange}}
	}, `
		SELECT county, id, box, day, clerk, found, missing, strange
		FROM stocktaking
		WHERE county = $1 AND box = $2
		ORDER BY id DESC
		LIMIT $3`, string(b.Region), string(b.ID), limit)
}

const loanColumns = `l.id, l.person, l.region, l.borrower, l.unit, l.reason, l.asked, l.asked_by, l.decided, l.answer, l.taken, l.due, l.back, l.state, l.version`

func (tx *Tx) loan(l *archive.Loan) []any {
	return []any{&l.ID, &l.Person, &l.Region, sealed[string]{tx, &l.Borrower}, &l.Unit, sealed[string]{tx, &l.Reason}, &l.Asked, &l.AskedBy, &l.Decided,
		sealed[string]{tx, &l.Answer}, &l.Taken, &l.Due, &l.Back, &l.State, &l.Version}
}

// Loan is one loan of the county.
func (tx *Tx) Loan(county region.Code, id string) (archive.Loan, error) {
	return one(tx, tx.loan, `SELECT `+loanColumns+` FROM loan l WHERE l.county = $1 AND l.id = $2`, string(county), id)
}

// Lending is a loan with the file and its person.
type Lending struct {
	archive.Loan
	No     string
	Holder string
}

// LoanFilter narrows a list of loans; empty fields do not.
type LoanFilter struct {
	County region.Code
	State  archive.LoanState
	Person person.ID
	Late   bool   // only files that are out past their last day
	After  string // the id of the last row of the page before
	Limit  int
}

// Loans is the loans of a county, the latest first.
func (tx *Tx) Loans(f LoanFilter) ([]Lending, error) {
	if f.After == "" {
		f.After = "~"
	}
	return list(tx, func(l *Lending) []any { return append(tx.loan(&l.Loan), &l.No, &l.Holder) }, `
		SELECT `+loanColumns+`, d.no, p.name
		FROM loan l
		JOIN dossier d ON d.county = l.county AND d.person = l.person
		JOIN person p ON p.county = l.county AND p.id = l.person
		WHERE l.county = $1 AND l.id < $2 AND ($3 = '' OR l.state = $3) AND ($4 = '' OR l.person = $4)
			AND (NOT $5 OR l.state = 'lent' AND l.due < $6)
		ORDER BY l.id DESC
		LIMIT $7`, string(f.County), f.After, string(f.State), string(f.Person), f.Late, string(tx.Today()), f.Limit)
}

// AddLoan enters what somebody asks for; a file that is asked for or out already is refused.
func (tx *Tx) AddLoan(act access.Act, l archive.Loan) error {
	err := tx.write(act, Subject{Kind: "dossier", ID: string(l.Person), Region: l.Region, Note: l.Borrower + " " + l.Unit + " " + l.Reason}, `
		INSERT INTO loan (county, id, person, region, borrower, unit, reason, asked, asked_by, state)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		string(l.County()), l.ID, string(l.Person), string(l.Region), tx.seal(l.Borrower), l.Unit, tx.seal(l.Reason), string(l.Asked), l.AskedBy, string(l.State))
	if clash(err) {
		return fault.New(fault.Refused, "archive.loan.open")
	}
	return err
}

// SaveLoan refuses a loan that changed since l was read.
func (tx *Tx) SaveLoan(act access.Act, l archive.Loan) error {
	return tx.write(act, Subject{Kind: "dossier", ID: string(l.Person), Region: l.Region, Note: string(l.State) + " " + l.Borrower}, `
		UPDATE loan
		SET decided = $1, answer = $2, taken = $3, due = $4, back = $5, state = $6, version = version + 1
		WHERE county = $7 AND id = $8 AND version = $9`,
		l.Decided, tx.seal(l.Answer), string(l.Taken), string(l.Due), string(l.Back), string(l.State), string(l.County()), l.ID, l.Version)
}
