package store

import (
	"hefa/internal/access"
	"hefa/internal/attempt"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/person"
)

// Attempts is every time that somebody tried to win a person over, the first first.
func (tx *Tx) Attempts(p person.Person) ([]attempt.Attempt, error) {
	return list(tx, func(a *attempt.Attempt) []any {
		return []any{&a.ID, &a.Region, &a.Person, &a.Day, &a.Way, asJSON{&a.Party}, &a.Result, sealed[string]{tx, &a.Note}, &a.Author}
	}, `
		SELECT id, region, person, day, way, party, result, note, author
		FROM attempt
		WHERE county = $1 AND person = $2
		ORDER BY day, id`, string(p.County()), string(p.ID))
}

// AddAttempt keeps an attempt; a second one by the same way on the same day is refused.
func (tx *Tx) AddAttempt(a attempt.Attempt, of person.Person) error {
	err := tx.write(access.ReminderUrge, Subject{Kind: "person", ID: string(of.ID), Region: a.Region, Note: string(a.Day) + " " + lang.T(a.Way.Word()) + " " + lang.T(a.Result.Word())}, `
		INSERT INTO attempt (county, id, region, person, day, way, party, result, note, author)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		string(a.County()), a.ID, string(a.Region), string(a.Person), string(a.Day), string(a.Way), jsonText(a.Party), string(a.Result), tx.seal(a.Note), a.Author)
	if clash(err) {
		var p fault.Problems
		p.Add("day", "attempt.twice", of.Name, a.Day, a.Way)
		return p.Fault()
	}
	return err
}
