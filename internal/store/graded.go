package store

import (
	"time"

	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/certificate"
	"hefa/internal/org"
)

// Graded is what is known of a case beside its conclusion when its grades are kept for watching.
type Graded struct {
	Assessment string // id of the signed conclusion
	Hospital   org.ID
	Before     []certificate.Grade      // of the certificate that the case renews, nil for none
	Spent      map[string]time.Duration // how long each doctor took, by account; who is not in it was not timed
}

// AddGrades keeps the result of each finding in the clear, beside the conclusion that AddAssessment keeps sealed.
func (tx *Tx) AddGrades(a application.Application, g Graded, c assessment.Conclusion) error {
	return tx.insert(`
		INSERT INTO graded (county, assessment, category, region, application, hospital, doctor, day, level, suggested, outcome, before, differs, seconds)
		VALUES `, g.rows(a, c))
}

// rows is a line for each finding.
func (g Graded) rows(a application.Application, c assessment.Conclusion) [][]any {
	var out [][]any
	for _, f := range c.Findings {
		level, before := f.Level, certificate.Level("")
		if !f.Meets {
			level = ""
		}
		for _, b := range g.Before {
			if b.Category == f.Category {
				before = b.Level
			}
		}
		seconds := -1
		if spent, ok := g.Spent[f.Doctor]; ok {
			seconds = int(spent / time.Second)
		}
		out = append(out, []any{string(a.County()), g.Assessment, string(f.Category), string(a.Region), string(a.ID), string(g.Hospital), f.Doctor, string(c.On),
			string(level), string(f.Suggested), string(f.Outcome), string(before), f.Differs(), seconds})
	}
	return out
}
