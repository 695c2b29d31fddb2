package store

import (
	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/region"
)

const markColumns = `m.id, m.region, m.person, m.application, m.paper, m.kind, m.title, m.flaw, m.reason, m.day, m.clerk, m.lifted, m.lifter, m.answer, m.version`

func (tx *Tx) mark(m *archive.Mark) []any {
	return []any{&m.ID, &m.Region, &m.Person, &m.Application, &m.Paper, &m.Kind, &m.Title, &m.Flaw, sealed[string]{tx, &m.Reason}, &m.Day, &m.Clerk, &m.Lifted, &m.Lifter,
		sealed[string]{tx, &m.Answer}, &m.Version}
}

// markSubject is where the audit shows the mark: in the case, or in the file.
func markSubject(m archive.Mark, note string) Subject {
	s := Subject{Kind: "dossier", ID: string(m.Person), Region: m.Region, Note: m.Title + " " + string(m.Flaw) + " " + note}
	if m.Application != "" {
		s.Kind, s.ID = "application", m.Application
	}
	return s
}

// Marks is the open marks of a person's papers, the oldest first.
func (tx *Tx) Marks(county region.Code, of person.ID) ([]archive.Mark, error) {
	return list(tx, tx.mark, `
		SELECT `+markColumns+`
		FROM paper_mark m
		WHERE m.county = $1 AND m.person = $2 AND m.lifted = ''
		ORDER BY m.id`, string(county), string(of))
}

// AddMark sets a mark; a paper that bears one already is refused.
func (tx *Tx) AddMark(act access.Act, m archive.Mark) error {
	err := tx.write(act, markSubject(m, m.Reason), `
		INSERT INTO paper_mark (county, id, region, person, application, paper, kind, title, flaw, reason, day, clerk)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		string(m.County()), m.ID, string(m.Region), string(m.Person), m.Application, m.Paper, string(m.Kind), m.Title, string(m.Flaw), tx.seal(m.Reason), string(m.Day), m.Clerk)
	if clash(err) {
		return fault.New(fault.Refused, "archive.mark.twice", m.Title)
	}
	return err
}

// SaveMark refuses a mark that changed since m was read.
func (tx *Tx) SaveMark(act access.Act, m archive.Mark) error {
	return tx.write(act, markSubject(m, m.Answer), `
		UPDATE paper_mark
		SET lifted = $1, lifter = $2, answer = $3, version = version + 1
		WHERE county = $4 AND id = $5 AND version = $6`, string(m.Lifted), m.Lifter, tx.seal(m.Answer), string(m.County()), m.ID, m.Version)
}

// Lacker is one line of what files lack: an open mark with whose paper it is, or a case that should have been filed, whose mark is empty.
type Lacker struct {
	archive.Mark
	Holder  person.Person
	CaseNo  string
	State   application.State // of the case, "" for a paper without one
	CaseDue day.Day           // of a case that waits to be filed
}

func (tx *Tx) lacker(l *Lacker) []any {
	return append(append(tx.mark(&l.Mark), tx.person(&l.Holder)...), &l.CaseNo, &l.State, &l.CaseDue)
}

// LackFilter narrows a list of what files lack; empty fields do not.
type LackFilter struct {
	Region region.Code
	Flaw   archive.Flaw
	Late   bool   // only cases that should have been filed
	After  string // the id of the last row of the page before
	Limit  int
}

// Lackers is what the files of the area lack: papers that bear a mark, and cases that should have been filed before today; each has a line for every mark on it.
func (tx *Tx) Lackers(f LackFilter) ([]Lacker, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	return list(tx, tx.lacker, `
		SELECT `+markColumns+`, `+personColumns+`, m.case_no, m.case_state, m.case_due
		FROM (
			SELECT `+markColumns+`, m.county, COALESCE(a.no, '') AS case_no, COALESCE(a.state, '') AS case_state, COALESCE(a.due, '') AS case_due
			FROM paper_mark m
			LEFT JOIN application a ON a.county = m.county AND a.id = m.application
			WHERE m.county = $1 AND m.lifted = '' AND m.region >= $2 AND m.region < $3 AND ($4 = '' OR m.flaw = $4) AND (NOT $5 OR a.state = 'delivered' AND a.due < $6)
			UNION ALL
			SELECT a.id, a.region, a.person, a.id, '', '', '', '', '', '', '', '', '', '', 0, a.county, a.no, a.state, a.due
			FROM application a
			WHERE a.county = $1 AND a.state = 'delivered' AND a.due < $6 AND a.region >= $2 AND a.region < $3 AND $4 = ''
				AND NOT EXISTS (SELECT 1 FROM paper_mark k WHERE k.county = a.county AND k.application = a.id AND k.lifted = '')
		) m
		JOIN person p ON p.county = m.county AND p.id = m.person
		WHERE m.county = $1 AND m.id > $7
		ORDER BY m.id
		LIMIT $8`, a.county, a.from, a.to, string(f.Flaw), f.Late, string(tx.Today()), f.After, f.Limit)
}
