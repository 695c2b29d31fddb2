package store

import (
	"strings"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/household"
	"hefa/internal/person"
	"hefa/internal/region"
)

// Life is how a person lives; of Version 0 when nothing is kept yet.
func (tx *Tx) Life(p person.Person) (household.Life, error) {
	found, err := list(tx, func(l *household.Life) []any {
		return []any{&l.Household, &l.Marital, &l.Education, &l.Lives, sealed[string]{tx, &l.LivesAt}, sealed[person.Number]{tx, &l.Guardian}, &l.Version}
	}, `
		SELECT household, marital, education, lives, lives_at, guardian_number, version
		FROM life
		WHERE county = $1 AND person = $2`, string(p.County()), string(p.ID))
	if err != nil || len(found) == 0 {
		return household.Life{Person: p.ID, Region: p.Region}, err
	}
	l := found[0]
	l.Person, l.Region = p.ID, p.Region
	return l, nil
}

// SaveLife keeps how a person lives, and what became what; was is how they lived. It refuses a row that changed since l was read.
func (tx *Tx) SaveLife(was, l household.Life, note string) error {
	if err := tx.tellLife(was, l); err != nil {
		return err
	}
	s := Subject{Kind: "person", ID: string(l.Person), Region: l.Region, Note: note}
	if l.Version == 0 {
		err := tx.write(access.HouseholdEdit, s, `
			INSERT INTO life (household, marital, education, lives, lives_at, guardian_number, county, person)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			string(l.Household), string(l.Marital), string(l.Education), string(l.Lives), tx.seal(l.LivesAt), tx.seal(string(l.Guardian)), string(l.Region.County()), string(l.Person))
		if clash(err) {
			return fault.New(fault.Stale, "record.stale")
		}
		return err
	}
	return tx.write(access.HouseholdEdit, s, `
		UPDATE life
		SET household = $1, marital = $2, education = $3, lives = $4, lives_at = $5, guardian_number = $6, version = version + 1
		WHERE county = $7 AND person = $8 AND version = $9`,
		string(l.Household), string(l.Marital), string(l.Education), string(l.Lives), tx.seal(l.LivesAt), tx.seal(string(l.Guardian)), string(l.Region.County()),
		string(l.Person), l.Version)
}

// tellLife keeps in the history of a person how they lived and live: of the households, who was of them then.
func (tx *Tx) tellLife(was, l household.Life) error {
	all := household.Changes(was, l)
	if was.Household != l.Household {
		home := person.Change{Field: "household"}
		for _, h := range []struct {
			id    household.ID
			names *string
		}{{was.Household, &home.Before}, {l.Household, &home.After}} {
			if h.id == "" {
				continue
			}
			members, err := tx.Members(l.Region.County(), h.id)
			if err != nil {
				return err
			}
			*h.names = others(members, l.Person)
		}
		if home.Before != home.After {
			all = append(all, home)
		}
	}
	return tx.TellChanges(person.Person{ID: l.Person, Region: l.Region}, all...)
}

// others is the names of a household without one of it.
func others(members []person.Person, without person.ID) string {
	var out []string
	for _, m := range members {
		if m.ID != without {
			out = append(out, m.Name)
		}
	}
	return strings.Join(out, "、")
}

// Members is everybody of a household, by id.
func (tx *Tx) Members(county region.Code, h household.ID) ([]person.Person, error) {
	return list(tx, tx.person, `
		SELECT `+personColumns+`
		FROM life l
		JOIN person p ON p.county = l.county AND p.id = l.person
		WHERE l.county = $1 AND l.household = $2
		ORDER BY p.id`, string(county), string(h))
}

// Supports is the supports of a person, the newest first.
func (tx *Tx) Supports(p person.Person) ([]household.Support, error) {
	return list(tx, func(s *household.Support) []any { return []any{&s.ID, &s.Kind, &s.From, &s.To} }, `
		SELECT id, kind, begun, ended
		FROM support
		WHERE county = $1 AND person = $2
		ORDER BY id DESC`, string(p.County()), string(p.ID))
}

// AddSupport keeps a support; a second one of the kind at a time is refused at its field.
func (tx *Tx) AddSupport(s household.Support, note string) error {
	err := tx.write(access.HouseholdEdit, supportSubject(s, note), `
		INSERT INTO support (county, id, person, kind, begun)
		VALUES ($1, $2, $3, $4, $5)`, string(s.Region.County()), s.ID, string(s.Person), string(s.Kind), string(s.From))
	if clash(err) {
		var p fault.Problems
		p.Add("support", "household.support.twice")
		return p.Fault()
	}
	return err
}

// EndSupport keeps the last day of a support.
func (tx *Tx) EndSupport(s household.Support, note string) error {
	return tx.write(access.HouseholdEdit, supportSubject(s, note), `
		UPDATE support
		SET ended = $1
		WHERE county = $2 AND id = $3 AND ended = ''`, string(s.To), string(s.Region.County()), s.ID)
}

func supportSubject(s household.Support, note string) Subject {
	return Subject{Kind: "person", ID: string(s.Person), Region: s.Region, Note: note}
}

const helperColumns = `h.id, h.region, h.household, h.role, h.name, h.unit, h.phone, h.begun, h.ended`

func (tx *Tx) helper(h *household.Helper) []any {
	return []any{&h.ID, &h.Region, &h.Household, &h.Role, &h.Name, &h.Unit, sealed[string]{tx, &h.Phone}, &h.From, &h.To}
}

// HelpersOf is who helps or helped a household, the newest first.
func (tx *Tx) HelpersOf(county region.Code, of household.ID) ([]household.Helper, error) {
	return list(tx, tx.helper, `
		SELECT `+helperColumns+`
		FROM helper h
		WHERE h.county = $1 AND h.household = $2
		ORDER BY h.id DESC`, string(county), string(of))
}

// AddHelper keeps who helps a household from a day on.
func (tx *Tx) AddHelper(h household.Helper, of person.Person) error {
	return tx.write(access.HouseholdEdit, helperSubject(h, of), `
		INSERT INTO helper (county, id, region, household, role, name, unit, phone, begun)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		string(h.Region.County()), h.ID, string(h.Region), string(h.Household), string(h.Role), h.Name, h.Unit, tx.seal(h.Phone), string(h.From))
}

// EndHelper keeps the last day of somebody's help.
func (tx *Tx) EndHelper(h household.Helper, of person.Person) error {
	return tx.write(access.HouseholdEdit, helperSubject(h, of), `
		UPDATE helper
		SET ended = $1
		WHERE county = $2 AND id = $3 AND ended = ''`, string(h.To), string(h.Region.County()), h.ID)
}

func helperSubject(h household.Helper, of person.Person) Subject {
	return Subject{Kind: "person", ID: string(of.ID), Region: of.Region, Note: h.Name + " " + string(h.From) + " " + string(h.To)}
}

// HelperFilter narrows the list of helpers; empty fields do not.
type HelperFilter struct {
	Region region.Code
	Role   household.Role
	Poor   bool   // of poor households only
	After  string // region and id of the last row of the page before, joined by a space
	Limit  int
}

// Helping is a helper with the household that they help: how many of it stand in the register, and the first of them.
type Helping struct {
	household.Helper
	Members int
	First   person.Person
}

// Helpers is who helps the households of the area now, by village.
func (tx *Tx) Helpers(f HelperFilter) ([]Helping, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	from, after := a.from, ""
	if place, id, ok := strings.Cut(f.After, " "); ok {
		from, after = max(from, place), id
	}
	return list(tx, func(h *Helping) []any {
		return append(append(tx.helper(&h.Helper), &h.Members), tx.person(&h.First)...)
	}, `
		SELECT `+helperColumns+`, (SELECT COUNT(*) FROM life m WHERE m.county = h.county AND m.household = h.household), `+personColumns+`
		FROM helper h
		JOIN life l ON l.county = h.county AND l.household = h.household
		JOIN person p ON p.county = l.county AND p.id = l.person
		WHERE h.county = $1 AND h.region >= $2 AND h.region < $3 AND (h.region > $2 OR h.id > $4) AND h.ended = '' AND ($5 = '' OR h.role = $5) AND (p.poor OR NOT $6)
			AND NOT EXISTS (SELECT 1 FROM life m WHERE m.county = l.county AND m.household = l.household AND m.person < l.person)
		ORDER BY h.region, h.id
		LIMIT $7`, a.county, from, a.to, after, string(f.Role), f.Poor, f.Limit)
}
