package store

import (
	"hefa/internal/access"
	"hefa/internal/disclosure"
	"hefa/internal/region"
)

const disclosureColumns = `id, region, no, filter, columns, rows_then, reason, receiver, author, author_name, day, state, judge, judge_name, judged, opinion,
	until, left_over, version`

func (tx *Tx) disclosure(d *disclosure.Disclosure) []any {
	return []any{&d.ID, &d.Region, &d.No, asJSON{&d.Filter}, asJSON{&d.Columns}, &d.Rows, sealed[string]{tx, &d.Reason}, sealed[string]{tx, &d.Receiver}, &d.Author,
		&d.AuthorName, &d.On, &d.State, &d.Judge, &d.JudgeName, &d.Judged, sealed[string]{tx, &d.Opinion}, &d.Until, &d.Left, &d.Version}
}

// Disclosure is the disclosure with the id.
func (tx *Tx) Disclosure(id disclosure.ID) (disclosure.Disclosure, error) {
	county, err := tx.home("disclosure", string(id))
	if err != nil {
		return disclosure.Disclosure{}, err
	}
	return one(tx, tx.disclosure, `SELECT `+disclosureColumns+` FROM disclosure WHERE county = $1 AND id = $2`, county, string(id))
}

// DisclosureFilter narrows a list of disclosures; empty fields do not.
type DisclosureFilter struct {
	Region region.Code
	State  disclosure.State
	After  disclosure.ID // the last row of the page before
	Limit  int
}

// Disclosures is the disclosures of the area that fit, the newest first.
func (tx *Tx) Disclosures(f DisclosureFilter) ([]disclosure.Disclosure, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	return list(tx, tx.disclosure, `
		SELECT `+disclosureColumns+`
		FROM disclosure
		WHERE county = $1 AND region >= $2 AND region < $3 AND ($4 = '' OR state = $4) AND ($5 = '' OR id < $5)
		ORDER BY id DESC
		LIMIT $6`, a.county, a.from, a.to, string(f.State), string(f.After), f.Limit)
}

func disclosureSubject(d disclosure.Disclosure, note string) Subject {
	return Subject{Kind: "disclosure", ID: string(d.ID), Region: d.Region, Note: note}
}

// AddDisclosure keeps what somebody asked for.
func (tx *Tx) AddDisclosure(d disclosure.Disclosure) error {
	return tx.write(access.DisclosureAsk, disclosureSubject(d, d.No), `
		INSERT INTO disclosure (county, id, region, no, filter, columns, rows_then, reason, receiver, author, author_name, day, state)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		string(d.County()), string(d.ID), string(d.Region), d.No, jsonText(d.Filter), jsonText(d.Columns), d.Rows, tx.seal(d.Reason), tx.seal(d.Receiver),
		d.Author, d.AuthorName, string(d.On), string(d.State))
}

// SaveDisclosure refuses a row that changed since d was read; what was asked for never changes. The note stands in the audit.
func (tx *Tx) SaveDisclosure(act access.Act, d disclosure.Disclosure, note string) error {
	return tx.write(act, disclosureSubject(d, note), `
		UPDATE disclosure
		SET state = $1, judge = $2, judge_name = $3, judged = $4, opinion = $5, until = $6, left_over = $7, version = version + 1
		WHERE county = $8 AND id = $9 AND version = $10`,
		string(d.State), d.Judge, d.JudgeName, string(d.Judged), tx.seal(d.Opinion), string(d.Until), d.Left, string(d.County()), string(d.ID), d.Version)
}
