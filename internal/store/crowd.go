package store

import (
	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/certificate"
	"hefa/internal/person"
	"hefa/internal/region"
)

// Crowd is whole cases with what belongs to them. Generators of benches and demonstrations enter them as they would stand after their course; no
// rule is asked and nobody's act is recorded but what Lines say, so officers' work never goes this way.
type Crowd struct {
	People       []person.Person
	Certificates []certificate.Certificate
	Applications []application.Application
	Assessments  []Examined
	Casefiles    []Shelved
	Lines        []Line
}

// Examined is a signed conclusion beside its case.
type Examined struct {
	Application application.Application
	Conclusion  assessment.Conclusion
	Graded      Graded
}

// Shelved is the file of a finished case.
type Shelved struct {
	Application application.Application
	No, Place   string
}

// AddCrowd enters everything with many rows to a statement and counts the cases in the tally.
func (tx *Tx) AddCrowd(c Crowd) error {
	tables := []struct {
		into string
		rows [][]any
	}{
		{`identity (lookup, county, person)`, each(c.People, tx.identityRow)},
		{`person (county, id, region, name, given, initials, number, lookup, sex, birth, nation, address, phone, guardian, guardian_relation,
			guardian_phone, poor, mark)`, each(c.People, tx.personRow)},
		{`spelling (county, text, person)`, tx.spellingRows(c.People)},
		{`certificate (county, id, region, person, number, lookup, category, level, grades, state, issued, expires, issuer, application, previous,
			since, reason, kind, graded, remarks, mark)`,
			each(c.Certificates, tx.certificateRow)},
		{`application (county, id, region, no, person, matter, previous, origin, wanted, state, since, due, opened, accepted, approved, session, notice,
			batch, category, level, assessed, handler, reviewer)`, each(c.Applications, applicationRow)},
		{`assessment (county, id, region, application, session, findings, doctor, first, second, day)`, each(c.Assessments, tx.examinedRow)},
		{`graded (county, assessment, category, region, application, hospital, doctor, day, level, suggested, outcome, before, differs, seconds)`, gradedRows(c.Assessments)},
		{`dossier (county, person, region, no, year, term, place, opened, closed)`, each(c.Casefiles, func(s Shelved) []any {
			a := s.Application
			return []any{string(a.County()), string(a.Person), string(a.Region), s.No, a.Since.Year(), "D30", s.Place, string(a.Since), string(a.Since)}
		})},
		{`casefile (county, application, no, place, day)`, each(c.Casefiles, func(s Shelved) []any {
			return []any{string(s.Application.County()), string(s.Application.ID), s.No, s.Place, string(s.Application.Since)}
		})},
		{`audit (county, id, at, account, name, role, act, kind, subject, region, addr, note, mark)`, each(c.Lines, tx.lineRow)},
	}
	for _, t := range tables {
		if err := tx.insert(`INSERT INTO `+t.into+` VALUES `, t.rows); err != nil {
			return err
		}
	}
	return tx.tallyAll(c.Applications)
}

func applicationRow(a application.Application) []any {
	return []any{string(a.County()), string(a.ID), string(a.Region), a.No, string(a.Person), string(a.Matter), string(a.Previous), string(a.Origin),
		joined(a.Wanted), string(a.State), string(a.Since), stored(a.Due), string(a.Opened), string(a.Accepted), string(a.Approved), a.Session, a.Notice,
		a.Batch, string(a.Category), string(a.Level), string(a.Assessed), a.Handler, a.Reviewer}
}

func (tx *Tx) examinedRow(e Examined) []any {
	a, c := e.Application, e.Conclusion
	return []any{string(a.County()), e.Graded.Assessment, string(a.Region), string(a.ID), c.Session, tx.sealJSON(c.Findings), c.Doctor, c.First, c.Second, string(c.On)}
}

func gradedRows(all []Examined) [][]any {
	var out [][]any
	for _, e := range all {
		out = append(out, e.Graded.rows(e.Application, e.Conclusion)...)
	}
	return out
}

// each is the row of every one.
func each[T any](all []T, row func(T) []any) [][]any {
	out := make([][]any, len(all))
	for i, v := range all {
		out[i] = row(v)
	}
	return out
}

func (tx *Tx) tallyAll(all []application.Application) error {
	type pile struct {
		township region.Code
		state    application.State
	}
	piles := map[pile]int{}
	for _, a := range all {
		piles[pile{a.Region.Township(), a.State}]++
	}
	for p, n := range piles {
		if err := tx.tally(application.Application{Region: p.township}, p.state, n); err != nil {
			return err
		}
	}
	return nil
}
