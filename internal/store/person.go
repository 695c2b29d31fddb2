package store

import (
	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/region"
)

const unmarkedPerson = `p.id, p.region, p.name, p.number, p.sex, p.birth, p.nation, p.address, p.phone, p.guardian, p.guardian_relation, p.guardian_phone, p.poor, p.version`

const personColumns = unmarkedPerson + `, p.mark`

func (tx *Tx) person(p *person.Person) []any {
	return append(tx.unmarkedPerson(p), tx.fitsPerson(p))
}

func (tx *Tx) unmarkedPerson(p *person.Person) []any {
	return []any{&p.ID, &p.Region, &p.Name, sealed[person.Number]{tx, &p.Number}, &p.Sex, &p.Birth, &p.Nation, sealed[string]{tx, &p.Address},
		sealed[string]{tx, &p.Phone}, sealed[string]{tx, &p.Guardian.Name}, &p.Guardian.Relation, sealed[string]{tx, &p.Guardian.Phone}, &p.Poor, &p.Version}
}

// Person is the person with the id, wherever in the actor's counties.
func (tx *Tx) Person(of person.ID) (person.Person, error) {
	county, err := tx.home("person", string(of))
	if err != nil {
		return person.Person{}, err
	}
	p, err := one(tx, tx.person, `
		SELECT `+personColumns+`
		FROM person p
		WHERE p.county = $1 AND p.id = $2`, county, string(of))
	if err != nil {
		return p, err
	}
	return p, tx.sees(p.County(), p.ID)
}

// Identity is where the holder of an identity number is registered: county and person, "" when the number is new to the whole country.
func (tx *Tx) Identity(n person.Number) (county region.Code, id person.ID, err error) {
	found, err := list(tx, func(f *[2]string) []any { return []any{&f[0], &f[1]} }, `
		SELECT county, person
		FROM identity
		WHERE lookup = $1`, tx.lookup(string(n)))
	if err != nil || len(found) == 0 {
		return "", "", err
	}
	return region.Code(found[0][0]), person.ID(found[0][1]), nil
}

// AddPerson enters a person; an identity number that somebody already has is refused.
func (tx *Tx) AddPerson(act access.Act, p person.Person) error {
	_, err := tx.exec(`INSERT INTO identity (lookup, county, person) VALUES ($1, $2, $3)`,
		tx.lookup(string(p.Number)), string(p.County()), string(p.ID))
	if clash(err) {
		return fault.New(fault.Refused, "person.known")
	}
	if err != nil {
		return err
	}
	return tx.enter(act, p)
}

// enter is the row of a person whose identity number leads here.
func (tx *Tx) enter(act access.Act, p person.Person) error {
	err := tx.write(act, Subject{Kind: "person", ID: string(p.ID), Region: p.Region}, insertPerson+tx.places(0, 1, 18), tx.personRow(p)...)
	if err != nil {
		return err
	}
	return tx.insert(insertSpelling, tx.spellingRows([]person.Person{p}))
}

const insertPerson = `INSERT INTO person (county, id, region, name, given, initials, number, lookup, sex, birth, nation, address, phone, guardian,
	guardian_relation, guardian_phone, poor, mark) VALUES `

func (tx *Tx) personRow(p person.Person) []any {
	p.Version = 1
	return []any{string(p.County()), string(p.ID), string(p.Region), p.Name, p.Given(), p.Initials(), tx.seal(string(p.Number)), tx.lookup(string(p.Number)),
		string(p.Sex), string(p.Birth), p.Nation, tx.seal(p.Address), tx.seal(p.Phone), tx.seal(p.Guardian.Name), p.Guardian.Relation, tx.seal(p.Guardian.Phone), p.Poor, tx.personMark(p)}
}

// SavePerson refuses a row that changed since p was read, and keeps what became what; was is the person as they stood. The identity number changes in
// RenumberPerson only. The certificate in hand follows a person to another village.
func (tx *Tx) SavePerson(act access.Act, was, p person.Person) error {
	if err := tx.respell(p); err != nil {
		return err
	}
	if err := tx.TellChanges(p, person.Changes(was, p)...); err != nil {
		return err
	}
	saved := p
	saved.Version++
	err := tx.write(act, Subject{Kind: "person", ID: string(p.ID), Region: p.Region}, `
		UPDATE person
		SET region = $1, name = $2, given = $3, initials = $4, nation = $5, address = $6, phone = $7, guardian = $8, guardian_relation = $9,
			guardian_phone = $10, poor = $11, mark = $12, version = version + 1
		WHERE county = $13 AND id = $14 AND version = $15`,
		string(p.Region), p.Name, p.Given(), p.Initials(), p.Nation, tx.seal(p.Address), tx.seal(p.Phone), tx.seal(p.Guardian.Name), p.Guardian.Relation,
		tx.seal(p.Guardian.Phone), p.Poor, tx.personMark(saved), string(p.County()), string(p.ID), p.Version)
	if err != nil || was.Region == p.Region {
		return err
	}
	return tx.relocate(act, p)
}

// SeatedAt says whether a person has a case in a session of a hospital.
func (tx *Tx) SeatedAt(county region.Code, id person.ID, hospital string) (bool, error) {
	n, err := tx.number(`
		SELECT COUNT(*)
		FROM application a
		JOIN session s ON s.county = a.county AND s.id = a.session
		WHERE a.county = $1 AND a.person = $2 AND s.hospital = $3`, string(county), string(id), hospital)
	return n > 0, err
}
