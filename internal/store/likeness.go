package store

import (
	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/day"
	"hefa/internal/person"
	"hefa/internal/region"
)

// alikeMost is how many people of one birth date in one township are compared.
const alikeMost = 200

// Alike is the others of the person's township who may be the same person, but for those who were found to be somebody else. The place is told of an
// expression that no index has, so that the day of birth is looked up: SQLite walked the whole township's people for each case page.
func (tx *Tx) Alike(p person.Person) ([]person.Person, error) {
	a, err := tx.area(p.Region.Township())
	if err != nil {
		return nil, err
	}
	born, err := list(tx, tx.person, `
		SELECT `+personColumns+`
		FROM person p
		WHERE p.county = $1 AND (p.region >= $2 AND p.region < $3) IS TRUE AND p.birth = $4 AND p.id <> $5
			AND NOT EXISTS (SELECT 1 FROM likeness k WHERE k.county = p.county AND NOT k.same AND (k.first = p.id AND k.second = $5 OR k.first = $5 AND k.second = p.id))
		ORDER BY p.id
		LIMIT $6`, a.county, a.from, a.to, string(p.Birth), string(p.ID), alikeMost)
	var out []person.Person
	for _, o := range born {
		if p.Alike(o) {
			out = append(out, o)
		}
	}
	return out, err
}

// Likeness is two people who look alike and were found to be two, or one, as it was found on a case.
type Likeness struct {
	Application application.ID
	Region      region.Code // of the case
	Person      person.ID   // whose case it is
	Other       person.Person
	Same        bool   // they are one person, who stands in the register twice
	Reason      string // how it was found
	On          day.Day
	Name        string // who found it
}

// Word is the key of the finding in the catalogue.
func (k Likeness) Word() string {
	if k.Same {
		return "likeness.same"
	}
	return "likeness.apart"
}

// KeepLikeness keeps whether two people are two, so that nobody asks again; a later finding takes the place of an earlier one.
func (tx *Tx) KeepLikeness(act access.Act, k Likeness) error {
	first, second := min(k.Person, k.Other.ID), max(k.Person, k.Other.ID)
	return tx.write(act, Subject{Kind: "application", ID: string(k.Application), Region: k.Region, Note: k.Other.Name + " " + k.Other.Number.Masked()}, `
		INSERT INTO likeness (county, first, second, application, day, clerk, reason, same, name)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (county, first, second) DO UPDATE
		SET application = excluded.application, day = excluded.day, clerk = excluded.clerk, reason = excluded.reason, same = excluded.same, name = excluded.name`,
		string(k.Region.County()), string(first), string(second), string(k.Application), string(tx.Today()), tx.by.Account, tx.seal(k.Reason), k.Same, tx.by.Name)
}

// Likenesses is with whom a person was compared and what was found, the newest first.
func (tx *Tx) Likenesses(of person.Person) ([]Likeness, error) {
	return list(tx, func(k *Likeness) []any {
		k.Person = of.ID
		return append([]any{&k.Application, &k.Same, sealed[string]{tx, &k.Reason}, &k.On, &k.Name}, tx.person(&k.Other)...)
	}, `
		SELECT k.application, k.same, k.reason, k.day, CASE WHEN k.name = '' THEN k.clerk ELSE k.name END, `+personColumns+`
		FROM (
			SELECT county, second AS other, application, same, reason, day, name, clerk
			FROM likeness
			WHERE county = $1 AND first = $2
			UNION ALL
			SELECT county, first AS other, application, same, reason, day, name, clerk
			FROM likeness
			WHERE county = $1 AND second = $2
		) k
		JOIN person p ON p.county = k.county AND p.id = k.other
		WHERE p.county = $1
		ORDER BY k.day DESC, p.id`, string(of.County()), string(of.ID))
}

// LikenessesOf is what was found on accepting a case: the reasons, as they were written.
func (tx *Tx) LikenessesOf(a application.Application) ([]string, error) {
	return list(tx, func(s *string) []any { return []any{sealed[string]{tx, s}} }, `
		SELECT reason
		FROM likeness
		WHERE county = $1 AND application = $2 AND (first = $3 OR second = $3)
		ORDER BY first, second`, string(a.County()), string(a.ID), string(a.Person))
}
