package store

import (
	"hefa/internal/application"
	"hefa/internal/day"
	"hefa/internal/id"
	"hefa/internal/region"
	"hefa/internal/session"
)

// Absence is that somebody did not come to a session.
type Absence struct {
	Application application.ID
	Session     session.ID
	Day         day.Day // of the session
	Why         application.Absence
	Note        string
}

// AddAbsence keeps an absence, beside the save of the case that names the act.
func (tx *Tx) AddAbsence(county region.Code, a Absence) error {
	_, err := tx.exec(`
		INSERT INTO absence (county, id, application, session, day, why, note)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		string(county), id.New(), string(a.Application), string(a.Session), string(a.Day), string(a.Why), tx.seal(a.Note))
	return err
}

const absenceColumns = `application, session, day, why, note`

func (tx *Tx) absence(a *Absence) []any {
	return []any{&a.Application, &a.Session, &a.Day, &a.Why, sealed[string]{tx, &a.Note}}
}

// AbsencesOf is how often and why the applicants of cases of one county did not come, the first first.
func (tx *Tx) AbsencesOf(all ...application.Application) ([]Absence, error) {
	if len(all) == 0 {
		return nil, nil
	}
	args := []any{string(all[0].County())}
	for _, a := range all {
		args = append(args, string(a.ID))
	}
	return list(tx, tx.absence, `
		SELECT `+absenceColumns+`
		FROM absence
		WHERE county = $1 AND application IN `+places(2, len(all))+`
		ORDER BY id`, args...)
}

// SessionAbsences is who did not come to a session.
func (tx *Tx) SessionAbsences(s session.Session) ([]Absence, error) {
	return list(tx, tx.absence, `
		SELECT `+absenceColumns+`
		FROM absence
		WHERE county = $1 AND session = $2
		ORDER BY id`, string(s.County()), string(s.ID))
}
