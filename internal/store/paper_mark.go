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

// LiftMarks lifts what is marked on the person's paper that of names, of one case or of none: the paper lies there no more.
func (tx *Tx) LiftMarks(act access.Act, of archive.Mark, answer string) error {
	open, err := tx.Marks(of.County(), of.Person)
	if err != nil {
		return err
	}
	for _, m := range open {
		if m.Paper != of.Paper || m.Application != of.Application {
			continue
		}
		if err := m.Lift(answer, tx.by.Name, tx.Today()); err != nil {
			return err
		}
		if err := tx.SaveMark(act, m); err != nil {
			return err
		}
	}
	return nil
}

// Lacker is one line of what files lack: an open mark with whose paper it is; or something that should have been filed, or was and still lacks a paper, whose mark is empty.
type Lacker struct {
	archive.Mark
	Holder  person.Person
	End     archive.EndKind   // of what should have been filed; a case or "" for a mark
	CaseNo  string            // or that of a letter and so on
	State   application.State // of the case, "" for a paper without one
	Ended   day.Day           // of what should have been filed
	CaseDue day.Day           // of a case that waits to be filed
	Late    bool              // it should have been filed by now
	Filed   day.Day           // on which it was filed though papers were lacking, "" otherwise
	Why     string            // and why it was
	Wanting []archive.Lack    // of what was lacking then, what still is
}

func (tx *Tx) lacker(l *Lacker) []any {
	return append(append(tx.mark(&l.Mark), tx.person(&l.Holder)...), &l.End, &l.CaseNo, &l.State, &l.Ended, due{&l.CaseDue}, &l.Late, &l.Filed, &l.Why, words[archive.Lack]{&l.Wanting})
}

// LackFilter narrows a list of what files lack; empty fields do not.
type LackFilter struct {
	Region region.Code
	Flaw   archive.Flaw
	Late   bool    // only what should have been filed
	Filed  bool    // only what was filed though papers were lacking
	Past   day.Day // what ended until then should have been
	After  string  // the id of the last row of the page before
	Limit  int
}

// Lackers is what the files of the area lack: papers that bear a mark, what should have been filed before today, and what was filed though papers were lacking that did not
// come since; each has a line for every mark on it. A case may stand there twice, filed and ended anew, so that what was filed has ids of its own.
func (tx *Tx) Lackers(f LackFilter) ([]Lacker, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	return list(tx, tx.lacker, `
		SELECT `+markColumns+`, `+personColumns+`, m.kind_of_end, m.case_no, m.case_state, m.ended, m.case_due, m.late, m.filed, m.why, m.wanting
		FROM (
			SELECT `+markColumns+`, m.county, CASE WHEN m.application = '' THEN '' ELSE 'case' END AS kind_of_end, COALESCE(a.no, '') AS case_no, COALESCE(a.state, '') AS case_state,
				COALESCE(a.since, '') AS ended, COALESCE(a.due, '') AS case_due,
				COALESCE(e.id IS NOT NULL AND `+overdue+`, FALSE) AS late,
				COALESCE(f.day, '') AS filed, COALESCE(f.reason, '') AS why, '' AS wanting
			FROM paper_mark m
			LEFT JOIN application a ON a.county = m.county AND a.id = m.application
			LEFT JOIN casefile f ON f.county = m.county AND f.application = m.application AND f.lacking <> '' AND f.state = a.state AND f.day >= a.since
			LEFT JOIN (`+endings+`) e ON e.county = m.county AND e.kind = 'case' AND e.id = m.application
			WHERE m.county = $1 AND m.lifted = '' AND m.region >= $2 AND m.region < $3 AND ($7 = '' OR m.flaw = $7) AND (NOT $6 OR e.id IS NOT NULL AND `+overdue+`) AND (NOT $8 OR f.day IS NOT NULL)
			UNION ALL
			SELECT e.id, e.region, e.person, CASE WHEN e.kind = 'case' THEN e.id ELSE '' END, '', '', '', '', '', '', '', '', '', '', 0, e.county, e.kind, e.no, e.state, e.ended, e.due, TRUE, '', '', ''
			FROM (`+endings+`) e
			WHERE `+overdue+` AND $7 = '' AND NOT $8
				AND NOT EXISTS (SELECT 1 FROM paper_mark k WHERE k.county = $1 AND k.application = e.id AND k.lifted = '')
			UNION ALL
			SELECT f.closed || '.', a.region, a.person, a.id, '', '', '', '', '', '', '', '', '', '', 0, f.county, 'case', a.no, a.state, '', '', FALSE, f.day, f.reason, f.wanting
			FROM casefile f
			JOIN application a ON a.county = f.county AND a.id = f.application
			JOIN dossier d ON d.county = a.county AND d.person = a.person
			WHERE f.county = $1 AND a.county = $1 AND d.county = $1 AND a.region >= $2 AND a.region < $3 AND f.wanting <> '' AND d.state <> 'destroyed' AND $7 = '' AND NOT $6
			UNION ALL
			SELECT f.closed || '.', d.region, f.person, '', '', '', '', '', '', '', '', '', '', '', 0, f.county, f.kind, COALESCE(r.no, p.no, ''), '', '', '', FALSE, f.day, f.reason, f.wanting
			FROM filed f
			JOIN dossier d ON d.county = f.county AND d.person = f.person
			LEFT JOIN reminder r ON r.county = f.county AND f.kind = 'letter' AND r.id = f.subject
			LEFT JOIN lapse l ON l.county = f.county AND f.kind = 'lapse' AND l.id = f.subject
			LEFT JOIN posting p ON p.county = l.county AND p.id = l.posting
			WHERE f.county = $1 AND d.county = $1 AND d.region >= $2 AND d.region < $3 AND f.wanting <> '' AND d.state <> 'destroyed' AND $7 = '' AND NOT $6
		) m
		JOIN person p ON p.county = m.county AND p.id = m.person
		WHERE m.county = $1 AND p.county = $1 AND m.id > $9
		ORDER BY m.id
		LIMIT $10`, a.county, a.from, a.to, string(tx.Today()), string(f.Past), f.Late, string(f.Flaw), f.Filed, f.After, f.Limit)
}
