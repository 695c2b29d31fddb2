package store

import (
	"hefa/internal/access"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/roster"
)

const differenceColumns = `d.id, d.region, d.roster, d.line, d.person, d.certificate, d.field, d.ours, d.theirs, d.state, d.reason, d.clerk, d.decided, d.version`

func (tx *Tx) difference(d *roster.Difference) []any {
	return []any{&d.ID, &d.Region, &d.Roster, &d.Row, &d.Person, &d.Certificate, &d.Field, sealed[string]{tx, &d.Ours}, sealed[string]{tx, &d.Theirs}, &d.State,
		sealed[string]{tx, &d.Reason}, &d.Clerk, &d.Decided, &d.Version}
}

// Difference is the difference with the id.
func (tx *Tx) Difference(id roster.DifferenceID) (roster.Difference, error) {
	county, err := tx.home("difference", string(id))
	if err != nil {
		return roster.Difference{}, err
	}
	return one(tx, tx.difference, `SELECT `+differenceColumns+` FROM difference d WHERE d.county = $1 AND d.id = $2`, county, string(id))
}

// DifferencesOf is how the registers still differ about people, by person.
func (tx *Tx) DifferencesOf(county region.Code, ids []person.ID) (map[person.ID][]roster.Difference, error) {
	keys := make([]any, len(ids))
	for i, p := range ids {
		keys[i] = string(p)
	}
	all, err := among(tx, tx.difference, `
		SELECT `+differenceColumns+`
		FROM difference d
		WHERE d.county = $1 AND d.state IN ('open', 'ours', 'send') AND d.person IN `, keys, string(county))
	out := map[person.ID][]roster.Difference{}
	for _, d := range all {
		out[d.Person] = append(out[d.Person], d)
	}
	return out, err
}

// AddDifferences keeps what a list tells otherwise; the list itself is the act.
func (tx *Tx) AddDifferences(all []roster.Difference) error {
	rows := make([][]any, len(all))
	for i, d := range all {
		rows[i] = []any{string(d.County()), string(d.ID), string(d.Region), string(d.Roster), d.Row, string(d.Person), string(d.Certificate), string(d.Field),
			tx.seal(d.Ours), tx.seal(d.Theirs), string(d.State)}
	}
	return tx.insert(`INSERT INTO difference (county, id, region, roster, line, person, certificate, field, ours, theirs, state) VALUES `, rows)
}

const saveDifference = `
		UPDATE difference
		SET roster = $1, line = $2, state = $3, reason = $4, clerk = $5, decided = $6, version = version + 1
		WHERE county = $7 AND id = $8 AND version = $9`

func (tx *Tx) differenceArgs(d roster.Difference) []any {
	return []any{string(d.Roster), d.Row, string(d.State), tx.seal(d.Reason), d.Clerk, string(d.Decided), string(d.County()), string(d.ID), d.Version}
}

// SaveDifference refuses a row that changed since d was read.
func (tx *Tx) SaveDifference(d roster.Difference) error {
	return tx.write(access.DifferenceDecide, Subject{Kind: "difference", ID: string(d.ID), Region: d.Region, Note: string(d.Field) + " " + string(d.State)},
		saveDifference, tx.differenceArgs(d)...)
}

// KeepDifference is SaveDifference for what a list tells again or no more, which is no act of a person.
func (tx *Tx) KeepDifference(d roster.Difference) error {
	return tx.quietly(saveDifference, tx.differenceArgs(d)...)
}

// Differing is a difference with its person.
type Differing struct {
	Difference roster.Difference
	Person     person.Person
}

// DifferenceFilter narrows a list of differences; empty fields do not.
type DifferenceFilter struct {
	Region region.Code
	Roster roster.ID
	Field  roster.Field
	State  roster.Choice
	After  string // region and id of the last row of the page before, joined by a space
	Limit  int
}

// Differences is the differences of the area that fit, by village.
func (tx *Tx) Differences(f DifferenceFilter) ([]Differing, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	from, after := a.from, ""
	if len(f.After) > 37 {
		cut := len(f.After) - 37
		from, after = max(from, f.After[:cut]), f.After[cut+1:]
	}
	return list(tx, func(d *Differing) []any { return append(tx.difference(&d.Difference), tx.person(&d.Person)...) }, `
		SELECT `+differenceColumns+`, `+personColumns+`
		FROM difference d
		JOIN person p ON p.county = d.county AND p.id = d.person
		WHERE d.county = $1 AND d.region >= $2 AND d.region < $3 AND (d.region > $2 OR d.id > $4) AND ($5 = '' OR d.roster = $5) AND ($6 = '' OR d.field = $6)
			AND ($7 = '' OR d.state = $7)
		ORDER BY d.region, d.id
		LIMIT $8`, a.county, from, a.to, after, string(f.Roster), string(f.Field), string(f.State), f.Limit)
}
