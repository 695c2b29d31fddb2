// Package grading computes from findings the level that GB/T 26341-2010 suggests. It suggests and checks, it never decides: the doctor's signed
// conclusion is the legal act.
//
// Findings are Values, named and measured as Fields says for each category. Suggest reads them and answers with a level, the clause that decides,
// what was computed, what is missing, what contradicts, and where the rule itself is unsure. Sources stand beside each table; they are those of the
// standard's text and the practice around it as far as both could be established.
package grading

import (
	"maps"
	"slices"
	"strings"

	"hefa/internal/certificate"
	"hefa/internal/policy"
)

// Standard is the standard whose clauses decide.
const Standard = "GB/T 26341-2010"

// Outcome says what the findings amount to.
type Outcome string

// The outcomes.
const (
	Met     Outcome = "met"     // a level is reached
	Unmet   Outcome = "unmet"   // no level is reached
	Waiting Outcome = "waiting" // a precondition is not fulfilled: too young, or too early to judge; Level is what it would be
	Open    Outcome = "open"    // what is missing could change the answer
)

// Word is the key of o's name in the catalogue.
func (o Outcome) Word() string { return "grading.outcome." + string(o) }

// Note is a sentence of the catalogue with what fills its gaps.
type Note struct {
	Key  string
	Args []any
}

// Suggestion is what the standard says about one category's findings.
type Suggestion struct {
	Category    certificate.Category
	Outcome     Outcome
	Level       certificate.Level // "" unless a level is reached
	Clause      Note              // the clause of the standard that decides; its Key is "" while the outcome is Open
	Computed    []Note            // what was worked out on the way, such as the better ear's average
	Missing     []Note            // what was not found
	Contradicts []Note            // findings that do not go together
	Flags       []Note            // where the rule or a value is unsure, for the doctor to judge
}

// Suggests says whether the suggestion is that the standard is met with the level, or, for "", that it is not met.
func (s Suggestion) Suggests(level certificate.Level) bool {
	switch s.Outcome {
	case Met:
		return level == s.Level
	case Unmet, Waiting:
		return level == ""
	}
	return false
}

// Case is what is graded: one category's findings of a person of that age, in full years on the day of the examination.
type Case struct {
	Category certificate.Category
	Values   Values
	Age      int
	Relief   Relief
}

// Relief is the local easing of the waiting time after an illness or accident.
type Relief struct {
	Months int  // months of rehabilitation or course wanted; 12 in the standard's practice
	Loss   bool // obvious loss of a limb need not wait (芒政办发〔2020〕23号 四（二）, M32)
	Stroke int  // from this age limb dysfunction after a stroke need not wait, judged with records; 0 is never (M33)
}

// ReliefOf is the easing in force.
func ReliefOf(p policy.Set) Relief {
	return Relief{p.Count(policy.RehabMonths), p.Is(policy.RehabLoss), p.Count(policy.RehabStroke)}
}

// none is the grade of somebody who meets no level; unknown that of whom too little is known. Between them stand the levels 1 to 4.
const (
	unknown = 0
	none    = 5
)

// graders is how each category's findings are read.
var graders = map[certificate.Category]func(*work){
	certificate.Vision: vision, certificate.Hearing: hearing, certificate.Speech: speech, certificate.Physical: physical,
	certificate.Intellectual: intellectual, certificate.Mental: mental,
}

// Suggest grades findings that Check found readable; values that cannot be read count as missing.
func Suggest(c Case) Suggestion {
	w := &work{Case: c, out: Suggestion{Category: c.Category, Outcome: Open}}
	if grade, ok := graders[c.Category]; ok {
		grade(w)
	}
	return w.out
}

// Combine is the suggestion for several categories, each suggested by its own findings: the most severe level of those met (5.8; 办法 art. 13). It is
// Open while one of them is.
func Combine(all []Suggestion) Suggestion {
	out := Suggestion{Category: certificate.Multiple, Outcome: Unmet, Clause: Note{Key: "grading.clause.none"}}
	var met []Suggestion
	for _, s := range all {
		switch s.Outcome {
		case Open:
			out.Missing = append(out.Missing, Note{"grading.multiple.open", []any{s.Category}})
		case Met:
			met = append(met, s)
			out.Computed = append(out.Computed, Note{"grading.multiple.part", []any{s.Category, s.Level}})
		}
		out.Contradicts, out.Flags = append(out.Contradicts, s.Contradicts...), append(out.Flags, s.Flags...)
	}
	switch {
	case len(out.Missing) > 0:
		out.Outcome, out.Clause = Open, Note{}
	case len(met) > 0:
		most := slices.MinFunc(met, func(a, b Suggestion) int { return strings.Compare(string(a.Level), string(b.Level)) })
		out.Outcome, out.Level, out.Clause = Met, most.Level, Note{"grading.clause.multiple", []any{most.Level}}
		if len(met) == 1 {
			out.Category, out.Clause = most.Category, most.Clause
		}
	}
	return out
}

// work is one category being graded.
type work struct {
	Case
	out Suggestion
}

func (w *work) computed(key string, args ...any) {
	w.out.Computed = append(w.out.Computed, Note{key, args})
}
func (w *work) missing(field string) {
	w.out.Missing = append(w.out.Missing, Note{"grading.missing", []any{named(field)}})
}
func (w *work) contradicts(key string, args ...any) {
	w.out.Contradicts = append(w.out.Contradicts, Note{key, args})
}
func (w *work) flag(key string, args ...any) { w.out.Flags = append(w.out.Flags, Note{key, args}) }

// named is a field as a sentence names it.
type named string

// Word is the key of the field's name.
func (n named) Word() string { return "grading.field." + string(n) }

// conclude turns a grade into the outcome; clause names what decides a level.
func (w *work) conclude(grade int, clause string) {
	switch {
	case grade == unknown:
		w.out.Outcome = Open
	case grade >= none:
		w.out.Outcome, w.out.Clause = Unmet, Note{Key: "grading.clause.none"}
	default:
		w.out.Outcome, w.out.Level = Met, certificate.Levels[grade-1]
		w.out.Clause = Note{clause, []any{w.out.Level}}
	}
}

// wait makes what would be a level wait, and says why.
func (w *work) wait(key string, args ...any) {
	w.flag(key, args...)
	if w.out.Outcome == Met {
		w.out.Outcome = Waiting
	}
}

// wanted is number, and says when the field is missing.
func (w *work) wanted(field string) (float64, bool) {
	n, ok := w.Values.number(field)
	if !ok {
		w.missing(field)
	}
	return n, ok
}

// Values is what was found for one category: field → value as text in the field's unit. A name that is absent was not found.
type Values map[string]string

// Clean is v without what is empty, and with spaces around values taken off.
func (v Values) Clean() Values {
	out := Values{}
	for k, s := range v {
		if s = strings.TrimSpace(s); s != "" {
			out[k] = s
		}
	}
	return out
}

// Same says whether two say the same.
func (v Values) Same(o Values) bool { return maps.Equal(v.Clean(), o.Clean()) }

func (v Values) number(field string) (float64, bool) { return readNumber(v[field]) }

func (v Values) yes(field string) bool { return v[field] == "yes" }
