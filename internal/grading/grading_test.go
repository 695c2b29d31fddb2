package grading_test

import (
	"strings"
	"testing"

	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/grading"
	"hefa/internal/lang"
)

// plainRelief is the practice without local easing.
var plainRelief = grading.Relief{Months: 12}

// values reads "field=value field=value".
func values(s string) grading.Values {
	v := grading.Values{}
	for pair := range strings.FieldsSeq(s) {
		name, value, _ := strings.Cut(pair, "=")
		v[name] = value
	}
	return v
}

// row is one boundary: what was found, and the level ("" for not met) or another outcome.
type row struct {
	source, found string
	age           int
	want          string // a level, or an outcome
	clause        string // the key of the clause, when it matters
}

func try(t *testing.T, c certificate.Category, always string, rows []row) {
	t.Helper()
	for _, r := range rows {
		v := values(always + " " + r.found)
		var p fault.Problems
		if grading.Read(&p, c, v); len(p) > 0 {
			t.Errorf("%s: %s cannot be read: %v", r.source, r.found, p)
		}
		s := grading.Suggest(grading.Case{Category: c, Values: v, Age: r.age, Relief: plainRelief})
		got := string(s.Level)
		if s.Outcome != grading.Met {
			got = string(s.Outcome)
		}
		if got != r.want || r.clause != "" && s.Clause.Key != r.clause {
			t.Errorf("%s: %s at %d gives %s by %s, want %s by %s", r.source, r.found, r.age, got, s.Clause.Key, r.want, r.clause)
		}
		said(t, r.found, s)
	}
}

// said fails when a sentence of the suggestion is not in the catalogue or has a gap left open.
func said(t *testing.T, what string, s grading.Suggestion) {
	t.Helper()
	all := append([]grading.Note{s.Clause}, s.Computed...)
	all = append(append(append(all, s.Missing...), s.Contradicts...), s.Flags...)
	for _, n := range all {
		if text := lang.T(n.Key, n.Args...); n.Key != "" && (strings.Contains(text, "⟦") || strings.Contains(text, "{")) {
			t.Errorf("%s: %s says %q", what, n.Key, text)
		}
	}
}

// 5.2 (S34, S86): the better eye by best corrected acuity or field radius.
func TestVisionBoundaries(t *testing.T) {
	t.Parallel()
	try(t, certificate.Vision, "perimetry=yes fundus=yes", []row{
		{"level 1 up to 0.02", "right-acuity=0.019 left-acuity=0.019 right-field=30 left-field=30", 40, "1", "grading.clause.vision"},
		{"level 2 from 0.02", "right-acuity=0.02 left-acuity=0.02 right-field=30 left-field=30", 40, "2", ""},
		{"level 2 up to 0.05", "right-acuity=0.049 left-acuity=0.049 right-field=30 left-field=30", 40, "2", ""},
		{"level 3 from 0.05", "right-acuity=0.05 left-acuity=0.05 right-field=30 left-field=30", 40, "3", ""},
		{"level 3 up to 0.1", "right-acuity=0.09 left-acuity=0.09 right-field=30 left-field=30", 40, "3", ""},
		{"level 4 from 0.1", "right-acuity=0.1 left-acuity=0.1 right-field=30 left-field=30", 40, "4", ""},
		{"level 4 up to 0.3", "right-acuity=0.29 left-acuity=0.29 right-field=30 left-field=30", 40, "4", ""},
		{"none from 0.3", "right-acuity=0.3 left-acuity=0.3 right-field=30 left-field=30", 40, "unmet", "grading.clause.none"},
		{"the better eye", "right-acuity=nlp left-acuity=0.2 right-field=0 left-field=30", 40, "4", ""},
		{"one eye of 0.3 is enough", "right-acuity=nlp left-acuity=0.3 left-field=10", 40, "unmet", ""},
		{"no light perception", "right-acuity=nlp left-acuity=lp", 40, "1", ""},
		{"hand movement is below 0.02", "right-acuity=hm left-acuity=hm right-field=30 left-field=30", 40, "1", ""},
		{"finger counting wants a number", "right-acuity=fc left-acuity=fc right-field=30 left-field=30", 40, "open", ""},
		{"field below 5 is level 1 whatever the acuity", "right-acuity=0.8 left-acuity=0.8 right-field=4.9 left-field=4.9", 40, "1", ""},
		{"field from 5 is level 2", "right-acuity=0.8 left-acuity=0.8 right-field=5 left-field=5", 40, "2", ""},
		{"field below 10 is level 2", "right-acuity=0.8 left-acuity=0.8 right-field=9.9 left-field=9.9", 40, "2", ""},
		{"field from 10 grades nothing", "right-acuity=0.8 left-acuity=0.8 right-field=10 left-field=10", 40, "unmet", ""},
		{"the pinhole counts when it is better", "right-acuity=0.04 right-pinhole=0.2 left-acuity=0.04 left-pinhole=0.2 right-field=30 left-field=30", 40, "4", ""},
		{"nothing known of one eye", "right-acuity=0.04 right-field=30", 40, "open", ""},
		{"five-point 3.2 lies below 0.02", "right-acuity=3.2 left-acuity=3.2 right-field=30 left-field=30", 40, "1", ""},
		{"five-point 3.3 is 0.02", "right-acuity=3.3 left-acuity=3.3 right-field=30 left-field=30", 40, "2", ""},
		{"five-point 3.7 is 0.05", "right-acuity=3.7 left-acuity=3.7 right-field=30 left-field=30", 40, "3", ""},
		{"five-point 4.0 is 0.1", "right-acuity=4.0 left-acuity=4.0 right-field=30 left-field=30", 40, "4", ""},
		{"five-point 4.5 is 0.3", "right-acuity=4.5 left-acuity=4.5 right-field=30 left-field=30", 40, "unmet", ""},
	})
}

// ears is thresholds at 500, 1000, 2000 and 4000 Hz whose mean the row names.
func ears(right, left string) string {
	var out []string
	for i, f := range []string{"500", "1000", "2000", "4000"} {
		out = append(out, "right-"+f+"="+strings.Split(right, ",")[i], "left-"+f+"="+strings.Split(left, ",")[i])
	}
	return strings.Join(out, " ")
}

// 5.3 (S25, S26): the better ear's mean of four frequencies; under three only the levels 1 to 3.
func TestHearingBoundaries(t *testing.T) {
	t.Parallel()
	all := func(db string) string { return ears(strings.Repeat(db+",", 3)+db, strings.Repeat(db+",", 3)+db) }
	try(t, certificate.Hearing, "method=pure months=24", []row{
		{"level 1 above 90", all("91"), 40, "1", "grading.clause.hearing"},
		{"level 2 up to 90", all("90"), 40, "2", ""},
		{"level 2 from 81", all("81"), 40, "2", ""},
		{"level 3 up to 80", all("80"), 40, "3", ""},
		{"level 3 from 61", all("61"), 40, "3", ""},
		{"level 4 up to 60", all("60"), 40, "4", ""},
		{"level 4 from 41", all("41"), 40, "4", ""},
		{"none up to 40", all("40"), 40, "unmet", ""},
		{"the better ear", ears("120,120,120,120", "50,50,50,50"), 40, "4", ""},
		{"the mean of the four", ears("60,80,90,100", "60,80,90,100"), 40, "2", ""}, // 82.5
		{"no response counts as 120", ears("nr,nr,90,90", "nr,nr,90,90"), 40, "1", ""},
		{"80.5 is rounded to 81", ears("80,80,81,81", "80,80,81,81"), 40, "2", ""},
		{"80.25 is rounded to 80", ears("80,80,80,81", "80,80,80,81"), 40, "3", ""},
		{"no fourth level below three years", all("50"), 2, "unmet", ""},
		{"the third level below three years", all("70"), 2, "3", ""},
		{"the fourth level at three years", all("50"), 3, "4", ""},
		{"one ear that hears settles it", "right-500=30 right-1000=30 right-2000=30 right-4000=30", 40, "unmet", ""},
		{"one bad ear alone settles nothing", "right-500=90 right-1000=90 right-2000=90 right-4000=90", 40, "open", ""},
	})
	try(t, certificate.Hearing, "method=pure", []row{
		{"not after 11 months (S24)", all("91") + " months=11", 40, "waiting", ""},
		{"after 12 months (S24)", all("91") + " months=12", 40, "1", ""},
		{"the time is not known", all("91"), 40, "waiting", ""},
	})
}

// 5.4 (S27, S28): clarity and expression, not below three years, after a year of treatment or two years of course.
func TestSpeechBoundaries(t *testing.T) {
	t.Parallel()
	try(t, certificate.Speech, "type=aphasia treated=12", []row{
		{"no speech", "silent=yes expressive=1", 40, "1", "grading.clause.speech"},
		{"level 1 up to 10", "clarity=10 expressive=1", 40, "1", ""},
		{"level 2 from 11", "clarity=11 expressive=2", 40, "2", ""},
		{"level 2 up to 25", "clarity=25 expressive=2", 40, "2", ""},
		{"level 3 from 26", "clarity=26 expressive=3", 40, "3", ""},
		{"level 3 up to 45", "clarity=45 expressive=3", 40, "3", ""},
		{"level 4 from 46", "clarity=46 expressive=4", 40, "4", ""},
		{"level 4 up to 65", "clarity=65 expressive=4", 40, "4", ""},
		{"none from 66", "clarity=66 expressive=4", 40, "unmet", ""},
		{"none when the test is passed", "clarity=60 expressive=reached", 40, "unmet", ""},
		{"the milder when they differ", "clarity=10 expressive=3", 40, "3", ""},
		{"below three years", "clarity=10 expressive=1", 2, "waiting", ""},
		{"at three years", "clarity=10 expressive=1", 3, "1", ""},
		{"no test of expression", "clarity=10", 40, "open", ""},
	})
	try(t, certificate.Speech, "type=aphasia clarity=10 expressive=1", []row{
		{"11 months of treatment", "treated=11", 40, "waiting", ""},
		{"two years of course are not more than two", "course=24", 40, "waiting", ""},
		{"more than two years of course", "course=25", 40, "1", ""},
		{"no time is known", "", 40, "waiting", ""},
	})
}

// 5.6 (S29, S30): DQ up to six, IQ and adaptive behaviour from seven.
func TestIntellectualBoundaries(t *testing.T) {
	t.Parallel()
	try(t, certificate.Intellectual, "instrument=Gesell", []row{
		{"DQ level 1 up to 25", "dq=25", 6, "1", "grading.clause.intellectual"},
		{"DQ level 2 from 26", "dq=26", 6, "2", ""},
		{"DQ level 2 up to 39", "dq=39", 6, "2", ""},
		{"DQ level 3 from 40", "dq=40", 6, "3", ""},
		{"DQ level 3 up to 54", "dq=54", 6, "3", ""},
		{"DQ level 4 from 55", "dq=55", 6, "4", ""},
		{"below 72 the DQ alone", "dq=71", 6, "4", ""},
		{"from 72 adaptive behaviour", "dq=72", 6, "open", ""},
		{"72 with mild adaptive behaviour", "dq=72 adaptive=4", 6, "4", ""},
		{"75 with normal adaptive behaviour", "dq=75 adaptive=normal", 6, "unmet", ""},
		{"none from 76", "dq=76 adaptive=4", 6, "unmet", ""},
	})
	try(t, certificate.Intellectual, "instrument=WISC", []row{
		{"IQ level 1 below 20", "iq=19 adaptive=1", 7, "1", ""},
		{"IQ level 2 from 20", "iq=20 adaptive=2", 7, "2", ""},
		{"IQ level 2 up to 34", "iq=34 adaptive=2", 7, "2", ""},
		{"IQ level 3 from 35", "iq=35 adaptive=3", 7, "3", ""},
		{"IQ level 3 up to 49", "iq=49 adaptive=3", 7, "3", ""},
		{"IQ level 4 from 50", "iq=50 adaptive=4", 7, "4", ""},
		{"IQ level 4 up to 69", "iq=69 adaptive=4", 7, "4", ""},
		{"none from 70", "iq=70 adaptive=4", 7, "unmet", ""},
		{"adaptive behaviour wins", "iq=60 adaptive=2", 7, "2", ""},
		{"adaptive behaviour wins the other way", "iq=15 adaptive=3", 7, "3", ""},
		{"a DQ is of no use at seven", "dq=20 adaptive=1", 7, "open", ""},
		{"adults too", "iq=34 adaptive=2 whodas=110 items=36", 30, "2", ""},
	})
}

// 5.7 (S31, S33): more than a year; WHO-DAS II and adaptive behaviour for adults.
func TestMentalBoundaries(t *testing.T) {
	t.Parallel()
	try(t, certificate.Mental, "diagnosis=F20 items=36 months=13", []row{
		{"level 1 from 116", "whodas=116 adaptive=1", 18, "1", "grading.clause.mental"},
		{"level 2 up to 115", "whodas=115 adaptive=2", 18, "2", ""},
		{"level 2 from 106", "whodas=106 adaptive=2", 18, "2", ""},
		{"level 3 up to 105", "whodas=105 adaptive=3", 18, "3", ""},
		{"level 3 from 96", "whodas=96 adaptive=3", 18, "3", ""},
		{"level 4 up to 95", "whodas=95 adaptive=4", 18, "4", ""},
		{"level 4 from 52", "whodas=52 adaptive=4", 18, "4", ""},
		{"none up to 51", "whodas=51 adaptive=4", 18, "unmet", ""},
		{"the milder when they differ", "whodas=120 adaptive=3", 18, "3", ""},
		{"minors by adaptive behaviour alone", "adaptive=2", 17, "2", ""},
		{"adults want the score", "adaptive=2", 18, "open", ""},
	})
	try(t, certificate.Mental, "diagnosis=F20 items=36 whodas=110 adaptive=2", []row{
		{"a year is not more than a year", "months=12", 30, "waiting", ""},
		{"more than a year", "months=13", 30, "2", ""},
	})
}
