package store

import (
	"hefa/internal/application"
	"hefa/internal/person"
)

// Proposal is what of a person a case asks to change; nothing for most.
func (tx *Tx) Proposal(a application.Application) ([]person.Change, error) {
	all, err := list(tx, func(c *[]person.Change) []any { return []any{sealedJSON{tx, c}} }, `
		SELECT changes
		FROM proposal
		WHERE county = $1 AND application = $2`, string(a.County()), string(a.ID))
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all[0], nil
}

// KeepProposal keeps what a case asks to change; the opening or the edit of the case is the act.
func (tx *Tx) KeepProposal(a application.Application, changes []person.Change) error {
	_, err := tx.exec(`
		INSERT INTO proposal (county, application, changes)
		VALUES ($1, $2, $3)
		ON CONFLICT (county, application) DO UPDATE SET changes = excluded.changes`, string(a.County()), string(a.ID), tx.sealJSON(changes))
	return err
}
