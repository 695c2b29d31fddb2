package store

import (
	"strings"
	"time"

	"hefa/internal/certificate"
	"hefa/internal/id"
	"hefa/internal/person"
)

// PersonChange is what of a person became what, when and by whom.
type PersonChange struct {
	person.Change
	At   time.Time
	Name string // who did it
}

// PersonChanges is the latest changes of a person, the newest first; none of the fields in without.
func (tx *Tx) PersonChanges(p person.Person, limit int, without ...string) ([]PersonChange, error) {
	return list(tx, func(c *PersonChange) []any {
		return []any{micros{&c.At}, &c.Name, &c.Field, sealed[string]{tx, &c.Before}, sealed[string]{tx, &c.After}}
	}, `
		SELECT at, name, field, was, became
		FROM person_change
		WHERE county = $1 AND person = $2 AND $3 NOT LIKE '% ' || field || ' %'
		ORDER BY id DESC
		LIMIT $4`, string(p.County()), string(p.ID), " "+strings.Join(without, " ")+" ", limit)
}

// TellChanges keeps in the history of a person what became what.
func (tx *Tx) TellChanges(p person.Person, all ...person.Change) error {
	var rows [][]any
	for _, c := range all {
		rows = append(rows, []any{string(p.County()), id.New(), string(p.ID), tx.at.UnixMicro(), tx.by.Name, c.Field, tx.seal(c.Before), tx.seal(c.After)})
	}
	return tx.insert(`INSERT INTO person_change (county, id, person, at, name, field, was, became) VALUES `, rows)
}

// tellDeath keeps in the history of the holder on which day a certificate ended with their death, and that it holds again when they live.
func (tx *Tx) tellDeath(c certificate.Certificate) error {
	dead := c.State == certificate.Cancelled && c.Reason == certificate.Death
	if !dead && !c.State.Live() {
		return nil
	}
	told, err := list(tx, func(s *string) []any { return []any{sealed[string]{tx, s}} }, `
		SELECT became
		FROM person_change
		WHERE county = $1 AND person = $2 AND field = 'death_end'
		ORDER BY id DESC
		LIMIT 1`, string(c.County()), string(c.Person))
	if err != nil {
		return err
	}
	last := append(told, "")[0]
	if dead == (last != "") {
		return nil
	}
	now := person.Change{Field: "death_end", Before: last}
	if dead {
		now.After = string(c.Since)
	}
	return tx.TellChanges(person.Person{ID: c.Person, Region: c.Region}, now)
}
