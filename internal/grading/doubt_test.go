package grading_test

import (
	"slices"
	"strings"
	"testing"

	"hefa/internal/certificate"
	"hefa/internal/grading"
)

// Each value that rules.md §3 marks as unsure is flagged beside the suggestion, each pair of findings that do not fit is named, and what is missing too; plain findings
// carry none of them.
func TestWhatIsUnsureContradictsOrIsMissingIsNamed(t *testing.T) {
	t.Parallel()
	ear := func(db string) string { return ears(strings.Repeat(db+",", 3)+db, strings.Repeat(db+",", 3)+db) }
	adult := "diagnosis=F20 months=36 "
	for _, c := range []struct {
		source   string
		category certificate.Category
		found    string
		age      int
		kind     string // flag, against or missing; "" for none of them
		key      string
	}{
		{"3.1 nothing unsure", certificate.Vision, "right-acuity=0.04 left-acuity=0.04 right-field=30 left-field=30 perimetry=yes fundus=yes", 40, "", ""},
		{"3.1 finger counting is about 0.02 [P]", certificate.Vision, "right-acuity=fc left-acuity=0.04 right-field=30 left-field=30", 40, "flag", "grading.vision.fingers"},
		{"3.1 a narrow field whatever the acuity", certificate.Vision, "right-acuity=0.8 left-acuity=0.8 right-field=9 left-field=9", 40, "flag", "grading.vision.tunnel"},
		{"3.1 no light, yet a field", certificate.Vision, "right-acuity=nlp left-acuity=nlp right-field=10 left-field=0", 40, "against", "grading.vision.dark"},
		{"3.1 better without correction", certificate.Vision, "right-acuity=0.04 right-naked=0.2 left-acuity=0.04 right-field=30 left-field=30", 40, "against", "grading.vision.naked"},
		{"3.1 one eye was not examined", certificate.Vision, "right-acuity=0.04 right-field=30", 40, "missing", "grading.missing"},
		{"3.2 nothing unsure", certificate.Hearing, "method=pure months=24 immittance=yes objective=yes " + ear("95"), 40, "", ""},
		{"3.2 no response counts as 120 [U]", certificate.Hearing, "method=pure months=24 " + ears("nr,nr,90,90", "nr,nr,90,90"), 40, "flag", "grading.hearing.silent"},
		{"3.2 fractions are not defined [P]", certificate.Hearing, "method=pure months=24 " + ears("80,80,81,81", "80,80,81,81"), 40, "flag", "grading.hearing.rounded"},
		{"3.2 the small children of a county's notice [S24]", certificate.Hearing, "method=pure months=24 " + ear("70"), 2, "flag", "grading.hearing.young"},
		{"3.2 another method supports only [P]", certificate.Hearing, "method=abr months=24 " + ear("95"), 40, "flag", "grading.hearing.method"},
		{"3.3 nothing unsure", certificate.Speech, "type=aphasia treated=12 clarity=10 expressive=1", 40, "", ""},
		{"3.3 the fourth level is from memory [P]", certificate.Speech, "type=aphasia treated=12 clarity=50 expressive=4", 40, "flag", "grading.speech.fourth"},
		{"3.3 no rule for two tests that differ", certificate.Speech, "type=aphasia treated=12 clarity=10 expressive=3", 40, "flag", "grading.speech.milder"},
		{"3.3 the two tests differ", certificate.Speech, "type=aphasia treated=12 clarity=10 expressive=3", 40, "against", "grading.speech.differ"},
		{"3.3 no speech, yet clear", certificate.Speech, "type=aphasia treated=12 silent=yes clarity=30 expressive=1", 40, "against", "grading.speech.silent"},
		{"3.4 nothing unsure", certificate.Physical, "origin=congenital rightarm-lost=forearm adl=3", 40, "", ""},
		{"3.4 no scale of functions [S6]", certificate.Physical, "origin=congenital rightarm-function=severe evidence=2 adl=3", 40, "flag", "grading.physical.scale"},
		{"3.4 and it wants evidence", certificate.Physical, "origin=congenital rightarm-function=severe adl=3", 40, "missing", "grading.missing"},
		{"3.4 what is similar is the doctor's word", certificate.Physical, "origin=congenital similar=yes adl=4", 40, "flag", "grading.physical.similar"},
		{"3.4 daily life does not fit the item", certificate.Physical, "origin=congenital rightarm-lost=forearm adl=1", 40, "against", "grading.physical.adl"},
		{"3.4 lost, yet of normal function", certificate.Physical, "origin=congenital rightarm-lost=whole rightarm-function=normal adl=3", 40, "against", "grading.physical.lost"},
		{"3.4 small, but a minor", certificate.Physical, "origin=congenital height=1200 adl=4", 17, "flag", "grading.physical.minor"},
		{"3.4 amputation need not wait [S24]", certificate.Physical, "origin=amputation months=1 rightarm-lost=forearm adl=3", 40, "flag", "grading.wait.amputation"},
		{"3.5 nothing unsure", certificate.Intellectual, "instrument=WISC iq=34 adaptive=2", 12, "", ""},
		{"3.5 IQ and adaptive behaviour differ", certificate.Intellectual, "instrument=WISC iq=60 adaptive=2", 12, "against", "grading.mind.differ"},
		{"3.5 an IQ below seven", certificate.Intellectual, "instrument=Gesell dq=30 iq=30", 6, "against", "grading.mind.age"},
		{"3.5 a fraction of a point", certificate.Intellectual, "instrument=WISC iq=34.5 adaptive=3", 12, "flag", "grading.mind.rounded"},
		{"3.6 nothing unsure", certificate.Mental, adult + "items=36 whodas=110 adaptive=2", 40, "", ""},
		{"3.6 how to scale 32 items is unknown [U]", certificate.Mental, adult + "items=32 whodas=110 adaptive=2", 40, "flag", "grading.mind.short"},
		{"3.6 more than 32 items can give", certificate.Mental, adult + "items=32 whodas=161 adaptive=1", 40, "against", "grading.mind.many"},
		{"3.6 fewer than 36 items can give", certificate.Mental, adult + "items=36 whodas=35 adaptive=4", 40, "against", "grading.mind.few"},
		{"3.6 score and behaviour differ", certificate.Mental, adult + "items=36 whodas=120 adaptive=3", 40, "against", "grading.mind.whodas"},
		{"3.6 and the milder one is suggested", certificate.Mental, adult + "items=36 whodas=120 adaptive=3", 40, "flag", "grading.mind.milder"},
		{"3.6 below two years [S24]", certificate.Mental, adult + "adaptive=2", 1, "flag", "grading.mind.young"},
	} {
		s := grading.Suggest(grading.Case{Category: c.category, Values: values(c.found), Age: c.age, Relief: plainRelief})
		said(t, c.source, s)
		notes := map[string][]grading.Note{"flag": s.Flags, "against": s.Contradicts, "missing": s.Missing}
		if c.kind == "" {
			if len(s.Flags)+len(s.Contradicts)+len(s.Missing) > 0 || len(s.Computed) == 0 && c.category != certificate.Physical {
				t.Errorf("%s: %+v", c.source, s)
			}
			continue
		}
		if !slices.ContainsFunc(notes[c.kind], func(n grading.Note) bool { return n.Key == c.key }) {
			t.Errorf("%s: %s does not stand among %+v", c.source, c.key, notes[c.kind])
		}
	}
}
