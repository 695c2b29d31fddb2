package assessment

import (
	"maps"
	"slices"
	"strings"

	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/grading"
	"hefa/internal/policy"
)

// Measure is what a person's findings are weighed by: the age in full years on the day of the examination, and the rules in force.
type Measure struct {
	Age    int
	Policy policy.Set
}

// Suggest is what the standard says about a category's findings of the person.
func (m Measure) Suggest(c certificate.Category, v grading.Values) grading.Suggestion {
	return grading.Suggest(grading.Case{Category: c, Values: v.Clean(), Age: m.Age, Relief: grading.ReliefOf(m.Policy)})
}

// Weigh fills in what the standard suggests for each finding.
func (c Conclusion) Weigh(m Measure) Conclusion {
	c.Findings = slices.Clone(c.Findings)
	for i := range c.Findings {
		f := &c.Findings[i]
		s := m.Suggest(f.Category, f.Values)
		f.Outcome, f.Suggested = s.Outcome, s.Level
	}
	return c
}

// Differs says whether the weighed finding says something else than the standard suggests, which needs a written reason and a second doctor.
func (f Finding) Differs() bool {
	level := f.Level
	if !f.Meets {
		level = ""
	}
	return !grading.Suggestion{Outcome: f.Outcome, Level: f.Suggested}.Suggests(level)
}

// Confirm lets a second doctor stand by a finding that differs from what the standard suggests.
func (f *Finding) Confirm(account, name string) error {
	switch {
	case !f.Differs():
		return fault.New(fault.Refused, "assessment.confirm.same", f.Category)
	case account == f.Doctor:
		return fault.New(fault.Refused, "assessment.confirm.own")
	case strings.TrimSpace(f.Reason) == "":
		return fault.New(fault.Refused, "assessment.confirm.reason", f.Category)
	}
	f.Confirmer, f.Confirmed = account, name
	return nil
}

// CheckValues finds every measured value that cannot be read.
func (c Conclusion) CheckValues() error {
	var p fault.Problems
	for _, f := range c.Findings {
		grading.Read(&p, f.Category, f.Values)
	}
	return p.Fault()
}

// CheckWeight refuses a weighed conclusion in which a required examination is missing (N46, M23), or a finding that differs from what the standard
// suggests has no reason, or no second doctor stands by it.
func (c Conclusion) CheckWeight(m Measure) error { return c.weight(m, true) }

// CheckFirstWeight is CheckWeight before a second doctor has signed.
func (c Conclusion) CheckFirstWeight(m Measure) error { return c.weight(m, false) }

func (c Conclusion) weight(m Measure, second bool) error {
	var p fault.Problems
	for _, f := range c.Findings {
		grading.Read(&p, f.Category, f.Values)
		level := f.Level
		if !f.Meets {
			level = ""
		}
		undone := grading.Undone(f.Category, f.Values, grading.Required(m.Policy, f.Category, level, m.Age))
		for _, exam := range slices.Sorted(maps.Keys(undone)) {
			p.Add(grading.Input(f.Category, undone[exam]), "assessment.exam.missing", f.Category, exam)
		}
		switch {
		case len(undone) > 0 || !f.Differs():
		case strings.TrimSpace(f.Reason) == "":
			p.Add("reason-"+string(f.Category), "assessment.reason.missing", f.Category)
		case second && (f.Confirmer == "" || f.Confirmer == f.Doctor):
			p.Add("reason-"+string(f.Category), "assessment.unconfirmed", f.Category)
		}
	}
	return p.Fault()
}
