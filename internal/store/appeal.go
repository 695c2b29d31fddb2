package store

import (
	"hefa/internal/access"
	"hefa/internal/appeal"
	"hefa/internal/application"
	"hefa/internal/region"
)

const appealColumns = `l.id, l.region, l.no, l.application, l.origin, l.level, l.state, l.filed, l.reason, l.hospital, l.doctors, l.category, l.grade, l.decided, l.opinion, l.version`

func (tx *Tx) appeal(l *appeal.Appeal) []any {
	return []any{&l.ID, &l.Region, &l.No, &l.Application, &l.Origin, &l.Level, &l.State, &l.Filed, sealed[string]{tx, &l.Reason}, &l.Hospital, asJSON{&l.Doctors}, &l.Result.Category,
		&l.Result.Level, &l.Decided, sealed[string]{tx, &l.Opinion}, &l.Version}
}

// Appeal is the appeal with the id.
func (tx *Tx) Appeal(id appeal.ID) (appeal.Appeal, error) {
	county, err := tx.home("appeal", string(id))
	if err != nil {
		return appeal.Appeal{}, err
	}
	return one(tx, tx.appeal, `SELECT `+appealColumns+` FROM appeal l WHERE l.county = $1 AND l.id = $2`, county, string(id))
}

// AppealsOf is every appeal about a case, the oldest first.
func (tx *Tx) AppealsOf(a application.Application) ([]appeal.Appeal, error) {
	return list(tx, tx.appeal, `
		SELECT `+appealColumns+`
		FROM appeal l
		WHERE l.county = $1 AND l.application = $2
		ORDER BY l.id`, string(a.County()), string(a.ID))
}

// Appealed is an appeal with the name of the person.
type Appealed struct {
	appeal.Appeal
	Name string
}

// AppealFilter narrows a list of appeals; empty fields do not.
type AppealFilter struct {
	Region region.Code
	State  appeal.State
	After  appeal.ID // the last row of the page before
	Limit  int
}

// Appeals is the appeals of the area that fit, the newest first.
func (tx *Tx) Appeals(f AppealFilter) ([]Appealed, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	return list(tx, func(l *Appealed) []any { return append(tx.appeal(&l.Appeal), &l.Name) }, `
		SELECT `+appealColumns+`, p.name
		FROM appeal l
		JOIN application a ON a.county = l.county AND a.id = l.application
		JOIN person p ON p.county = a.county AND p.id = a.person
		WHERE l.county = $1 AND l.region >= $2 AND l.region < $3 AND ($4 = '' OR l.state = $4) AND ($5 = '' OR l.id < $5)
		ORDER BY l.id DESC
		LIMIT $6`, a.county, a.from, a.to, string(f.State), string(f.After), f.Limit)
}

func appealSubject(l appeal.Appeal) Subject {
	return Subject{Kind: "application", ID: l.Application, Region: l.Region, Note: l.No}
}

// AddAppeal keeps an appeal; it stands in the course of its case.
func (tx *Tx) AddAppeal(act access.Act, l appeal.Appeal) error {
	return tx.write(act, appealSubject(l), `
		INSERT INTO appeal (county, id, region, no, application, origin, level, state, filed, reason, hospital)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		string(l.County()), string(l.ID), string(l.Region), l.No, l.Application, string(l.Origin), string(l.Level), string(l.State), string(l.Filed), tx.seal(l.Reason),
		l.Hospital)
}

// SaveAppeal refuses a row that changed since l was read.
func (tx *Tx) SaveAppeal(act access.Act, l appeal.Appeal) error {
	return tx.write(act, appealSubject(l), `
		UPDATE appeal
		SET state = $1, hospital = $2, doctors = $3, category = $4, grade = $5, decided = $6, opinion = $7, version = version + 1
		WHERE county = $8 AND id = $9 AND version = $10`,
		string(l.State), l.Hospital, jsonText(l.Doctors), string(l.Result.Category), string(l.Result.Level), string(l.Decided), tx.seal(l.Opinion),
		string(l.County()), string(l.ID), l.Version)
}
