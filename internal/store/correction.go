package store

import (
	"hefa/internal/access"
	"hefa/internal/correction"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/region"
)

const correctionColumns = `k.id, k.region, k.person, k.was, k.number, k.cause, k.reason, k.evidence, k.author, k.author_name, k.day, k.state, k.judge, k.judge_name,
	k.judged, k.opinion, k.version`

func (tx *Tx) correction(c *correction.Correction) []any {
	return []any{&c.ID, &c.Region, &c.Person, sealed[person.Number]{tx, &c.Was}, sealed[person.Number]{tx, &c.Number}, &c.Cause, sealed[string]{tx, &c.Reason},
		sealed[string]{tx, &c.Evidence}, &c.Author, &c.AuthorName, &c.On, &c.State, &c.Judge, &c.JudgeName, &c.Judged, sealed[string]{tx, &c.Opinion}, &c.Version}
}

// Corrections is the corrections of a person's number, the newest first.
func (tx *Tx) Corrections(p person.Person) ([]correction.Correction, error) {
	return list(tx, tx.correction, `
		SELECT `+correctionColumns+`
		FROM correction k
		WHERE k.county = $1 AND k.person = $2
		ORDER BY k.id DESC`, string(p.County()), string(p.ID))
}

// Corrected is a correction with the name of its person.
type Corrected struct {
	correction.Correction
	Name string
}

// CorrectionFilter narrows a list of corrections; empty fields do not.
type CorrectionFilter struct {
	Region region.Code
	State  correction.State
	After  string // the last row of the page before
	Limit  int
}

// CorrectionsIn is the corrections of the area that fit, the newest first.
func (tx *Tx) CorrectionsIn(f CorrectionFilter) ([]Corrected, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	return list(tx, func(c *Corrected) []any { return append(tx.correction(&c.Correction), &c.Name) }, `
		SELECT `+correctionColumns+`, p.name
		FROM correction k
		JOIN person p ON p.county = $1 AND p.id = k.person
		WHERE k.county = $1 AND k.region >= $2 AND k.region < $3 AND ($4 = '' OR k.state = $4) AND ($5 = '' OR k.id < $5)
		ORDER BY k.id DESC
		LIMIT $6`, a.county, a.from, a.to, string(f.State), f.After, f.Limit)
}

func correctionSubject(c correction.Correction, note string) Subject {
	return Subject{Kind: "person", ID: string(c.Person), Region: c.Region, Note: note}
}

// AddCorrection keeps what somebody asked for; a second one of the same person waits for the first.
func (tx *Tx) AddCorrection(c correction.Correction) error {
	err := tx.write(access.CorrectionAsk, correctionSubject(c, c.Number.Masked()), `
		INSERT INTO correction (county, id, region, person, was, number, cause, reason, evidence, author, author_name, day, state)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		string(c.County()), c.ID, string(c.Region), string(c.Person), tx.seal(string(c.Was)), tx.seal(string(c.Number)), string(c.Cause), tx.seal(c.Reason),
		tx.seal(c.Evidence), c.Author, c.AuthorName, string(c.On), string(c.State))
	if clash(err) {
		return fault.New(fault.Refused, "correction.second")
	}
	return err
}

// SaveCorrection refuses a row that changed since c was read; what was asked for never changes.
func (tx *Tx) SaveCorrection(c correction.Correction) error {
	return tx.write(access.CorrectionJudge, correctionSubject(c, c.Opinion), `
		UPDATE correction
		SET state = $1, judge = $2, judge_name = $3, judged = $4, opinion = $5, version = version + 1
		WHERE county = $6 AND id = $7 AND version = $8`,
		string(c.State), c.Judge, c.JudgeName, string(c.Judged), tx.seal(c.Opinion), string(c.County()), c.ID, c.Version)
}

// RenumberPerson gives somebody the number of a correction: it leads to them from now on, the one before is kept as a former one, and officers who
// declared them by name as a relative under the one before stay related. Certificates bear what was printed on them.
func (tx *Tx) RenumberPerson(was person.Person, x correction.Correction) error {
	p, n := was, x.Number
	p.Number = n
	p.Fill()
	if err := tx.letGo(was); err != nil {
		return err
	}
	if err := tx.addFormer(Former{ID: x.ID, County: p.County(), Person: p.ID, Number: was.Number, On: tx.Today()}, n); err != nil {
		return err
	}
	_, err := tx.exec(`INSERT INTO identity (lookup, county, person) VALUES ($1, $2, $3)`, tx.lookup(string(n)), string(p.County()), string(p.ID))
	if clash(err) {
		return fault.New(fault.Refused, "person.known")
	}
	if err != nil {
		return err
	}
	if err := tx.followRelatives(was, n); err != nil {
		return err
	}
	if err := tx.TellChanges(p, person.Change{Field: "number", Before: string(was.Number), After: string(n)}); err != nil {
		return err
	}
	saved := p
	saved.Version++
	return tx.write(access.CorrectionJudge, Subject{Kind: "person", ID: string(p.ID), Region: p.Region, Note: was.Number.Masked() + " → " + n.Masked()}, `
		UPDATE person
		SET number = $1, lookup = $2, sex = $3, birth = $4, mark = $5, version = version + 1
		WHERE county = $6 AND id = $7 AND version = $8`,
		tx.seal(string(n)), tx.lookup(string(n)), string(p.Sex), string(p.Birth), tx.personMark(saved), string(p.County()), string(p.ID), p.Version)
}
