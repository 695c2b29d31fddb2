package store

import (
	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/region"
)

// Former is an identity number that was corrected to another.
type Former struct {
	ID      string      // of the correction
	County  region.Code // where its holder is registered now
	Person  person.ID
	Number  person.Number
	On      day.Day // of the correction
	Apart   bool    // somebody else was found to have it truly
	Reason  string  // how that was found, or that it was not so
	Decided day.Day
	Name    string // who found it
	Version int
}

const formerColumns = `f.id, f.county, f.person, f.number, f.day, f.apart, f.reason, f.decided, f.name, f.version`

func (tx *Tx) former(f *Former) []any {
	return []any{&f.ID, &f.County, &f.Person, sealed[person.Number]{tx, &f.Number}, &f.On, &f.Apart, sealed[string]{tx, &f.Reason}, &f.Decided, &f.Name, &f.Version}
}

// Formers is who had numbers before they were corrected, in the whole country, but for numbers that are somebody else's: the last of each.
func (tx *Tx) Formers(numbers []person.Number) (map[person.Number]Former, error) {
	keys := make([]any, len(numbers))
	for i, n := range numbers {
		keys[i] = tx.lookup(string(n))
	}
	found, err := among(tx, tx.former, `SELECT `+formerColumns+` FROM former_number f WHERE f.apart = FALSE AND f.lookup IN `, keys)
	out := make(map[person.Number]Former, len(found))
	for _, f := range found {
		if f.ID > out[f.Number].ID {
			out[f.Number] = f
		}
	}
	return out, err
}

// Former is who had a number before it was corrected, nil for nobody. Whoever has it now comes before that, so Identity is asked first.
func (tx *Tx) Former(n person.Number) (*Former, error) {
	all, err := tx.Formers([]person.Number{n})
	if f, ok := all[n]; ok && err == nil {
		return &f, nil
	}
	return nil, err
}

// FormersOf is the numbers that a person had before, the newest first.
func (tx *Tx) FormersOf(p person.Person) ([]Former, error) {
	return list(tx, tx.former, `
		SELECT `+formerColumns+`
		FROM former_number f
		WHERE f.county = $1 AND f.person = $2
		ORDER BY f.id DESC`, string(p.County()), string(p.ID))
}

// FoundApart is who had p's number before it was found to be truly p's, in the whole country, the newest correction first.
func (tx *Tx) FoundApart(p person.Person) ([]Former, error) {
	return list(tx, tx.former, `
		SELECT `+formerColumns+`
		FROM former_number f
		WHERE f.lookup = $1 AND f.apart = TRUE AND (f.county <> $2 OR f.person <> $3)
		ORDER BY f.id DESC`, tx.lookup(string(p.Number)), string(p.County()), string(p.ID))
}

// Renumbered refuses, at the field, a number that was corrected to another; whose it was is told as far as the actor may know, at least the county
// that can find that it is truly another's.
func (tx *Tx) Renumbered(field string, n person.Number) error {
	f, err := tx.Former(n)
	if err != nil || f == nil {
		return err
	}
	var problems fault.Problems
	p, err := tx.Seen(*f)
	switch {
	case err != nil:
		return err
	case p == nil:
		county, err := tx.Region(f.County)
		if err != nil {
			return err
		}
		problems.Add(field, "person.corrected.elsewhere", f.On.Chinese(), county.Name)
	default:
		problems.Add(field, "person.corrected", f.On.Chinese(), p.Number.Masked(), p.Name)
	}
	return problems.Fault()
}

// Seen is the person who had the number before, nil when the actor may not know them.
func (tx *Tx) Seen(f Former) (*person.Person, error) {
	by := tx.by.Region
	if !tx.by.Can(access.PersonRead) || !by.Contains(f.County) && by.County() != f.County {
		return nil, nil
	}
	p, err := tx.Person(f.Person)
	if kind := fault.Of(err); kind == fault.Missing || kind == fault.Forbidden {
		return nil, nil
	}
	if err != nil || !by.Contains(p.Region) && !p.Region.Contains(by) {
		return nil, err
	}
	return &p, nil
}

// addFormer keeps the number that p had until today. A number that comes back to its holder is no former one of theirs.
func (tx *Tx) addFormer(f Former, now person.Number) error {
	if _, err := tx.exec(`DELETE FROM former_number WHERE county = $1 AND person = $2 AND (lookup = $3 OR lookup = $4)`, string(f.County), string(f.Person), tx.lookup(string(now)),
		tx.lookup(string(f.Number))); err != nil {
		return err
	}
	_, err := tx.exec(`
		INSERT INTO former_number (county, id, person, number, lookup, day, apart, reason, decided, clerk, name)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, string(f.County), f.ID, string(f.Person), tx.seal(string(f.Number)), tx.lookup(string(f.Number)),
		string(f.On), f.Apart, tx.seal(f.Reason), string(f.Decided), tx.by.Account, f.Name)
	return err
}

// SaveFormer keeps whether the number is truly somebody else's; a later finding takes the place of an earlier one.
func (tx *Tx) SaveFormer(p person.Person, f Former) error {
	return tx.write(access.CorrectionApart, Subject{Kind: "person", ID: string(p.ID), Region: p.Region, Note: f.Number.Masked() + " " + f.Reason}, `
		UPDATE former_number
		SET apart = $1, reason = $2, decided = $3, clerk = $4, name = $5, version = version + 1
		WHERE county = $6 AND id = $7 AND version = $8`,
		f.Apart, tx.seal(f.Reason), string(f.Decided), tx.by.Account, f.Name, string(f.County), f.ID, f.Version)
}

// moveFormers lets the numbers that somebody had before lead to where they are registered now.
func (tx *Tx) moveFormers(was, p person.Person) error {
	_, err := tx.exec(`UPDATE former_number SET county = $1, person = $2 WHERE county = $3 AND person = $4`,
		string(p.County()), string(p.ID), string(was.County()), string(was.ID))
	return err
}
