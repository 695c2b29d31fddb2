package store

import (
	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/person"
	"hefa/internal/region"
)

// OpenCase is the case of a person that still waits for somebody, "" when there is none.
func (tx *Tx) OpenCase(county region.Code, id person.ID) (application.ID, error) {
	rows, err := list(tx, func(a *application.ID) []any { return []any{a} }, `
		SELECT id
		FROM application
		WHERE county = $1 AND person = $2 AND state NOT IN ('closed', 'declined', 'refused', 'withdrawn')`, string(county), string(id))
	if err != nil || len(rows) == 0 {
		return "", err
	}
	return rows[0], nil
}

// EditApplication saves what the applicant asks for and where they live; lived is the region that the case was read with, so that the counts move along.
func (tx *Tx) EditApplication(a application.Application, lived region.Code) error {
	err := tx.write(access.ApplicationEdit, Subject{Kind: "application", ID: string(a.ID), Region: a.Region}, `
		UPDATE application
		SET region = $1, wanted = $2, stated = $3, version = version + 1
		WHERE county = $4 AND id = $5 AND version = $6`,
		string(a.Region), joined(a.Wanted), a.Stated, string(a.County()), string(a.ID), a.Version)
	if err != nil || lived.Township() == a.Region.Township() {
		return err
	}
	before := a
	before.Region = lived
	if err := tx.tally(before, a.State, -1); err != nil {
		return err
	}
	return tx.tally(a, a.State, 1)
}

// Listed is the row of a township's list with the id.
func (tx *Tx) Listed(id string) (Listed, error) {
	county, err := tx.home("listed", id)
	if err != nil {
		return Listed{}, err
	}
	return one(tx, tx.listed, `SELECT `+listedColumns+` FROM listed l WHERE l.county = $1 AND l.id = $2`, county, id)
}

// TieListed joins a row of a list to the case that was opened from it.
func (tx *Tx) TieListed(l Listed, a application.ID) error {
	return tx.quietly(`
		UPDATE listed
		SET application = $1, version = version + 1
		WHERE county = $2 AND id = $3 AND version = $4`, string(a), string(l.County()), l.ID, l.Version)
}
