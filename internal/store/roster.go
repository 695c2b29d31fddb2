package store

import (
	"slices"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/region"
	"hefa/internal/roster"
)

const rosterColumns = `r.id, r.region, r.kind, r.name, r.hash, r.state, r.fault, r.header, r.rows, r.good, r.done, r.added, r.changed, r.known, r.declined,
	r.titles, r.sample, r.account, r.author, r.at, r.reading, r.version`

func (tx *Tx) roster(u *roster.Upload) []any {
	return []any{&u.ID, &u.Region, &u.Kind, &u.Name, &u.Hash, &u.State, &u.Fault, &u.Header, &u.Rows, &u.Good, &u.Done, &u.Added, &u.Changed, &u.Known,
		&u.Declined, asJSON{&u.Titles}, sealedJSON{tx, &u.Sample}, &u.Account, &u.Author, micros{&u.At}, asJSON{&u.Reading}, &u.Version}
}

// Roster is the list that was handed in under the id.
func (tx *Tx) Roster(id roster.ID) (roster.Upload, error) {
	county, err := tx.home("roster", string(id))
	if err != nil {
		return roster.Upload{}, err
	}
	return one(tx, tx.roster, `
		SELECT `+rosterColumns+`
		FROM roster r
		WHERE r.county = $1 AND r.id = $2`, county, string(id))
}

// Rosters is the lists of the area, the newest first, after the last one of the page before.
func (tx *Tx) Rosters(where region.Code, after roster.ID, limit int) ([]roster.Upload, error) {
	a, err := tx.area(where)
	if err != nil {
		return nil, err
	}
	if after == "" {
		after = "~"
	}
	return list(tx, tx.roster, `
		SELECT `+rosterColumns+`
		FROM roster r
		WHERE r.county = $1 AND r.id < $2 AND r.region >= $3 AND r.region < $4
		ORDER BY r.id DESC
		LIMIT $5`, a.county, string(after), a.from, a.to, limit)
}

// AddRoster enters a list that was handed in.
func (tx *Tx) AddRoster(u roster.Upload) error {
	return tx.write(access.RosterImport, rosterSubject(u), `
		INSERT INTO roster (county, id, region, kind, name, hash, state, account, author, at, sample)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '')`,
		string(u.County()), string(u.ID), string(u.Region), string(u.Kind), u.Name, u.Hash, string(u.State), u.Account, u.Author, u.At.UnixMicro())
}

// SaveRoster refuses a row that changed since u was read, and records the act.
func (tx *Tx) SaveRoster(u roster.Upload) error {
	if err := tx.KeepRoster(u); err != nil {
		return err
	}
	return tx.audit(access.RosterImport, rosterSubject(u))
}

// KeepRoster is SaveRoster for the program's own progress, which is no act of a person.
func (tx *Tx) KeepRoster(u roster.Upload) error {
	return tx.quietly(`
		UPDATE roster
		SET state = $1, fault = $2, header = $3, rows = $4, good = $5, done = $6, added = $7, changed = $8, known = $9, declined = $10, titles = $11,
			sample = $12, reading = $13, version = version + 1
		WHERE county = $14 AND id = $15 AND version = $16`,
		string(u.State), u.Fault, u.Header, u.Rows, u.Good, u.Done, u.Added, u.Changed, u.Known, u.Declined, jsonText(u.Titles),
		tx.sealJSON(u.Sample), jsonText(u.Reading), string(u.County()), string(u.ID), u.Version)
}

func rosterSubject(u roster.Upload) Subject {
	return Subject{Kind: "roster", ID: string(u.ID), Region: u.Region, Note: u.Name}
}

// Rejected is one line of a list that was not entered, with its cells as they were.
type Rejected struct {
	roster.Rejection
	SameAs int // for roster.Again: the row of the same person
	Cells  []string
}

// AddRejected keeps lines that go back; a line that is there already stays.
func (tx *Tx) AddRejected(u roster.Upload, lines []Rejected) error {
	rows := make([][]any, len(lines))
	for i, l := range lines {
		rows[i] = []any{string(u.County()), string(u.ID), l.Row, l.Column, tx.seal(l.Value), string(l.Reason), tx.seal(l.Message), l.SameAs, tx.sealJSON(l.Cells)}
	}
	return tx.insert(`INSERT INTO rejected (county, roster, row, col, value, reason, message, same_as, cells) VALUES `, rows)
}

// DropRejected forgets the lines of a list, before it is judged again.
func (tx *Tx) DropRejected(u roster.Upload) error {
	_, err := tx.exec(`DELETE FROM rejected WHERE county = $1 AND roster = $2`, string(u.County()), string(u.ID))
	return err
}

// RejectedLines is up to limit lines of a list that were not entered, by row, after a row.
func (tx *Tx) RejectedLines(u roster.Upload, after, limit int) ([]Rejected, error) {
	return list(tx, func(l *Rejected) []any {
		return []any{&l.Row, &l.Column, sealed[string]{tx, &l.Value}, &l.Reason, sealed[string]{tx, &l.Message}, &l.SameAs, sealedJSON{tx, &l.Cells}}
	}, `
		SELECT row, col, value, reason, message, same_as, cells
		FROM rejected
		WHERE county = $1 AND roster = $2 AND row > $3
		ORDER BY row
		LIMIT $4`, string(u.County()), string(u.ID), after, limit)
}

// Reconcile notes that certificates stand on the list of another register.
func (tx *Tx) Reconcile(u roster.Upload, ids []certificate.ID) error {
	for part := range slices.Chunk(ids, 500) {
		args := []any{string(u.ID), string(u.County())}
		for _, c := range part {
			args = append(args, string(c))
		}
		if _, err := tx.exec(`UPDATE certificate SET reconciled = $1 WHERE county = $2 AND id IN `+tx.places(2, 1, len(part)), args...); err != nil {
			return err
		}
	}
	return nil
}
