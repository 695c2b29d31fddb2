// Package assessment is the hospital's examination: what the doctors found for each category, and the conclusion that two of them signed.
package assessment

import (
	"slices"
	"strings"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/grading"
)

// Finding is one category's result; the category's own doctor answers for it (N18).
type Finding struct {
	Category certificate.Category `json:"category"`
	Level    certificate.Level    `json:"level"`    // "" when the standard is not met
	Meets    bool                 `json:"meets"`    // whether the standard is met
	Findings string               `json:"findings"` // what was seen, in words
	Cause    string               `json:"cause"`    // what the disability comes from
	Doctor   string               `json:"doctor"`   // account of the doctor who found it
	Name     string               `json:"name"`     // that doctor's name
	On       day.Day              `json:"on"`       // the day on which it was written down

	Values    grading.Values    `json:"values,omitempty"`    // what was measured, as the standard wants it
	Outcome   grading.Outcome   `json:"outcome,omitempty"`   // what the standard made of it when it was weighed last
	Suggested certificate.Level `json:"suggested,omitempty"` // the level that it suggested, "" for none
	Reason    string            `json:"reason,omitempty"`    // why the conclusion differs from the suggestion
	Confirmer string            `json:"confirmer,omitempty"` // account of the second doctor who confirmed a differing conclusion
	Confirmed string            `json:"confirmed,omitempty"` // that doctor's name
}

// Same says whether two findings say the same, whoever wrote them.
func (f Finding) Same(g Finding) bool {
	return f.Category == g.Category && f.Level == g.Level && f.Meets == g.Meets && f.Findings == g.Findings && f.Cause == g.Cause &&
		f.Reason == g.Reason && f.Values.Same(g.Values)
}

// Conclusion is what the hospital signs.
type Conclusion struct {
	Findings []Finding `json:"findings"`
	Doctor   string    `json:"doctor"`             // account of the doctor who examined
	First    string    `json:"first"`              // the examining doctor's name
	Second   string    `json:"second"`             // the name of the attending physician or head of department who signs too
	Seconder string    `json:"seconder,omitempty"` // account of the second doctor who was asked, "" for a name on paper
	On       day.Day   `json:"on"`                 // the day of the examination
	Session  string    `json:"session"`            // the session in which it took place, "" for a re-assessment
	Hospital string    `json:"-"`                  // where it took place when no session called for it
	Version  int       `json:"-"`                  // that of the case as the doctor saw it; 0 when nobody looked
}

// Check finds every gap of a conclusion before it is signed; licensed is the categories that its doctors may assess (N18).
func (c Conclusion) Check(licensed []certificate.Category) error {
	p := c.flaws(licensed)
	c.signatures(&p)
	return p.Fault()
}

// CheckFindings finds every gap of findings that are kept for a later signature.
func (c Conclusion) CheckFindings(licensed []certificate.Category) error {
	return c.flaws(licensed).Fault()
}

func (c Conclusion) flaws(licensed []certificate.Category) fault.Problems {
	var p fault.Problems
	if len(c.Findings) == 0 {
		p.Add("category", "assessment.findings.missing")
	}
	seen := map[certificate.Category]bool{}
	for _, f := range c.Findings {
		name := "category-" + string(f.Category)
		switch {
		case !f.Category.Valid() || f.Category == certificate.Multiple:
			p.Add("category", "assessment.category.wrong")
			continue
		case seen[f.Category]:
			p.Add(name, "assessment.category.twice", f.Category)
		case !slices.Contains(licensed, f.Category):
			p.Add(name, "assessment.category.unlicensed", f.Category)
		}
		seen[f.Category] = true
		if f.Meets && !f.Level.Valid() {
			p.Add("level-"+string(f.Category), "assessment.level.missing", f.Category)
		}
		if strings.TrimSpace(f.Findings) == "" && len(f.Values.Clean()) == 0 {
			p.Add("findings-"+string(f.Category), "assessment.findings.empty", f.Category)
		}
	}
	return p
}

// Join completes c with what colleagues kept: their findings stand for the categories that c leaves out or repeats word for word.
func (c Conclusion) Join(kept []Finding) Conclusion {
	out := c
	out.Findings = slices.Clone(kept)
	for _, f := range c.Findings {
		i := slices.IndexFunc(kept, func(k Finding) bool { return k.Category == f.Category })
		switch {
		case i < 0:
			out.Findings = append(out.Findings, f)
		case !kept[i].Same(f):
			out.Findings[i] = f
		}
	}
	return out
}

// Lacking is the wanted categories that nobody has examined yet.
func (c Conclusion) Lacking(wanted []certificate.Category) []certificate.Category {
	var out []certificate.Category
	for _, w := range wanted {
		if w != certificate.Multiple && !slices.ContainsFunc(c.Findings, func(f Finding) bool { return f.Category == w }) {
			out = append(out, w)
		}
	}
	return out
}

// Own refuses a conclusion that the doctor called name does not sign first, or that is dated before the day of its session.
func (c Conclusion) Own(name string, opened day.Day) error {
	var p fault.Problems
	if c.First != name {
		p.Add("first", "assessment.first.other", name)
	}
	if c.On < opened {
		p.Add("on", "assessment.day.early", opened)
	}
	return p.Fault()
}

// signatures wants two different names (rules.md §5.1).
func (c Conclusion) signatures(p *fault.Problems) {
	first, second := strings.TrimSpace(c.First), strings.TrimSpace(c.Second)
	switch {
	case first == "":
		p.Add("first", "assessment.first.missing")
	case second == "":
		p.Add("second", "assessment.second.missing")
	case first == second:
		p.Add("second", "assessment.second.same")
	}
}

// Met is the findings that meet the standard.
func (c Conclusion) Met() []Finding {
	var out []Finding
	for _, f := range c.Findings {
		if f.Meets {
			out = append(out, f)
		}
	}
	return out
}

// Result is the category and level of the certificate: those of the single category met, or Multiple with the most severe level of all
// (办法 art. 13); ok is false when the standard is not met.
func (c Conclusion) Result() (category certificate.Category, level certificate.Level, ok bool) {
	met := c.Met()
	for _, f := range met {
		if level == "" || f.Level < level {
			level = f.Level
		}
		category = f.Category
	}
	if len(met) > 1 {
		category = certificate.Multiple
	}
	return category, level, len(met) > 0
}
