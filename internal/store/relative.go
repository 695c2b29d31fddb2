package store

import (
	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/org"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/staff"
)

const relativeColumns = `r.id, r.account, r.name, r.number, r.relation, r.declared, r.ended`

func (tx *Tx) relative(r *staff.Relative) []any {
	return []any{&r.ID, &r.Account, sealed[string]{tx, &r.Name}, sealed[person.Number]{tx, &r.Number}, &r.Relation, &r.Declared, &r.Ended}
}

// Relatives is whom an account declared and did not withdraw, the first first.
func (tx *Tx) Relatives(of staff.ID) ([]staff.Relative, error) {
	return list(tx, tx.relative, `
		SELECT `+relativeColumns+`
		FROM relative r
		WHERE r.account = $1 AND r.ended = ''
		ORDER BY r.id`, string(of))
}

// AddRelative keeps a declaration of the actor's own; somebody whom the account declared already is refused at the number, and a number that was corrected.
func (tx *Tx) AddRelative(r staff.Relative) error {
	_, who, err := tx.Identity(r.Number)
	if err == nil && who == "" {
		err = tx.Renumbered("number", r.Number)
	}
	if err != nil {
		return err
	}
	err = tx.write(access.SelfManage, tx.relativeSubject(r), `
		INSERT INTO relative (account, id, name, number, lookup, relation, declared)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		string(r.Account), r.ID, tx.seal(r.Name), tx.seal(string(r.Number)), tx.lookup(string(r.Number)), string(r.Relation), string(r.Declared))
	if clash(err) {
		var p fault.Problems
		p.Add("number", "relative.twice")
		return p.Fault()
	}
	return err
}

// EndRelative withdraws a declaration; the row stays for those who look into it.
func (tx *Tx) EndRelative(r staff.Relative, on day.Day) error {
	return tx.write(access.SelfManage, tx.relativeSubject(r), `
		UPDATE relative
		SET ended = $1
		WHERE account = $2 AND id = $3 AND ended = ''`, string(on), string(r.Account), r.ID)
}

// followRelatives lets declarations of somebody follow them to the number n, each with a line of its own where the officer works. One that names
// somebody else may mean who truly has the number before: it stays with that, and the line says so.
func (tx *Tx) followRelatives(was person.Person, n person.Number) error {
	type row struct {
		staff.Relative
		region region.Code // of the officer
	}
	all, err := list(tx, func(r *row) []any { return append(tx.relative(&r.Relative), &r.region) }, `
		SELECT `+relativeColumns+`, a.region
		FROM relative r
		JOIN account a ON a.id = r.account
		WHERE r.lookup = $1 AND r.ended = '' AND NOT EXISTS (SELECT 1 FROM relative o WHERE o.account = r.account AND o.lookup = $2 AND o.ended = '')
		ORDER BY r.account, r.id`, tx.lookup(string(was.Number)), tx.lookup(string(n)))
	if err != nil {
		return err
	}
	for _, r := range all {
		s := Subject{Kind: "relative", ID: string(r.Account), Region: r.region, Note: was.Number.Masked() + " → " + n.Masked()}
		if person.Fold(r.Name) != person.Fold(was.Name) {
			s.Note = lang.T("correction.relative.named", s.Note, r.Name)
			err = tx.Note(access.CorrectionJudge, s)
		} else {
			err = tx.write(access.CorrectionJudge, s, `
				UPDATE relative
				SET number = $1, lookup = $2
				WHERE account = $3 AND id = $4 AND ended = ''`, tx.seal(string(n)), tx.lookup(string(n)), string(r.Account), r.ID)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) relativeSubject(r staff.Relative) Subject {
	return Subject{Kind: "relative", ID: string(r.Account), Region: tx.by.Region, Note: r.Number.Masked()}
}

// Related is how an account is related to the holder of a number by what it declared, "" when it is not.
func (tx *Tx) Related(account staff.ID, n person.Number) (staff.Relation, error) {
	found, err := list(tx, func(r *staff.Relation) []any { return []any{r} }, `
		SELECT relation
		FROM relative
		WHERE account = $1 AND lookup = $2 AND ended = ''`, string(account), tx.lookup(string(n)))
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0], nil
}

// Unrelated refuses an actor who declared the person as a relative (N22).
func (tx *Tx) Unrelated(of person.ID) error {
	p, err := tx.Person(of)
	if err != nil {
		return err
	}
	r, err := tx.Related(staff.ID(tx.by.Account), p.Number)
	if err == nil && r != "" {
		err = fault.New(fault.Refused, "relative.block", r)
	}
	return err
}

// Kinsman is a doctor of a hospital who declared somebody of a county as a relative.
type Kinsman struct {
	Person person.ID
	staff.Kinsman
}

// Kinsmen is the doctors of a hospital who declared one of a county's people as a relative (N22), by name.
func (tx *Tx) Kinsmen(hospital org.ID, county region.Code, people ...person.ID) ([]Kinsman, error) {
	if len(people) == 0 {
		return nil, nil
	}
	args := []any{string(hospital), string(county)}
	for _, p := range people {
		args = append(args, string(p))
	}
	return list(tx, func(k *Kinsman) []any { return []any{&k.Person, &k.Doctor, &k.Name, &k.Relation} }, `
		SELECT p.id, a.id, a.name, r.relation
		FROM person p
		JOIN relative r ON r.lookup = p.lookup AND r.ended = ''
		JOIN account a ON a.id = r.account
		WHERE a.role = 'doctor' AND a.org = $1 AND a.disabled = FALSE AND p.county = $2 AND p.id IN `+places(3, len(people))+`
		ORDER BY a.name, a.id`, args...)
}

// Kin is a declared relative who stands in the register of a county.
type Kin struct {
	staff.Relative
	Officer   string      // the account's name
	Role      access.Role // and its post
	Person    person.Person
	Holds     bool // a certificate that is in force or waits for its card
	Withdrawn bool
}

// Kindred is the declared relatives, withdrawn ones too, who stand in the register of the county, by officer; from and limit
// say which.
func (tx *Tx) Kindred(county region.Code, from, limit int) ([]Kin, error) {
	a, err := tx.area(county)
	if err != nil {
		return nil, err
	}
	return list(tx, func(k *Kin) []any {
		return append(append(tx.relative(&k.Relative), &k.Officer, &k.Role, &k.Holds, &k.Withdrawn), tx.person(&k.Person)...)
	}, `
		SELECT `+relativeColumns+`, o.name, o.role,
			EXISTS (SELECT 1 FROM certificate c WHERE c.county = p.county AND c.person = p.id AND c.state NOT IN ('replaced', 'cancelled', 'left')), r.ended <> '',
			`+personColumns+`
		FROM relative r
		JOIN account o ON o.id = r.account
		JOIN person p ON p.lookup = r.lookup
		WHERE p.county = $1 AND p.region >= $2 AND p.region < $3
		ORDER BY o.name, r.account, r.id
		LIMIT $4 OFFSET $5`, a.county, a.from, a.to, limit, from)
}
