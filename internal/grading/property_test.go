package grading_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/grading"
	"hefa/internal/policy"
)

// worse is the steps that a field can take for the worse; what is not here says nothing about how bad it is.
func worse(f grading.Field, v string) (string, bool) {
	n, err := strconv.ParseFloat(v, 64)
	switch {
	case f.Kind == grading.Choice && slices.Contains([]string{"arm", "leg", "function", "paralysis", "adl", "adaptive", "expressive"}, f.Set):
		i := slices.Index(f.Options, v)
		if i < 0 || i == len(f.Options)-1 {
			return "", false
		}
		if v == "thumb" { // the other fingers are no worse than a thumb
			i++
		}
		return f.Options[i+1], true
	case f.Kind == grading.Check && slices.Contains([]string{"toes", "stiff", "similar", "silent"}, f.Name):
		return "yes", v != "yes"
	case err != nil:
		return "", false
	case f.Kind == grading.Decibel, f.Name == "kyphosis", f.Name == "scoliosis", f.Name == "difference", f.Name == "whodas":
		return strconv.FormatFloat(n+1, 'f', -1, 64), n+1 <= f.Max
	case f.Kind == grading.Acuity && n <= 2, f.Name == "clarity", f.Name == "dq", f.Name == "iq", strings.HasSuffix(f.Name, "-field"), f.Name == "height":
		step := 1.0
		if f.Kind == grading.Acuity {
			step = 0.01
		}
		return strconv.FormatFloat(max(f.Min, n-step), 'f', 4, 64), n-step >= f.Min
	}
	return "", false
}

// complete is readable findings of a category in which nothing is missing.
func complete(t *rapid.T, c certificate.Category) grading.Values {
	v := grading.Values{}
	for _, f := range grading.Fields(c) {
		switch f.Kind {
		case grading.Choice:
			v[f.Name] = rapid.SampledFrom(f.Options).Draw(t, f.Name)
		case grading.Check:
			if rapid.Bool().Draw(t, f.Name) {
				v[f.Name] = "yes"
			}
		case grading.Acuity:
			v[f.Name] = strconv.FormatFloat(float64(rapid.IntRange(0, 40).Draw(t, f.Name))/100, 'f', 2, 64)
		case grading.Number, grading.Decibel:
			v[f.Name] = strconv.Itoa(rapid.IntRange(int(f.Min), max(int(f.Min), int(min(f.Max, 130)))).Draw(t, f.Name))
		case grading.Text:
			v[f.Name] = "x"
		}
	}
	if c == certificate.Physical {
		v["height"] = strconv.Itoa(rapid.IntRange(1200, 1800).Draw(t, "tall"))
	}
	return v
}

// severity is how severe a suggestion is, larger for worse.
func severity(s grading.Suggestion) int {
	if s.Level == "" {
		return 0
	}
	return 5 - int(s.Level[0]-'0')
}

func TestWorseFindingsNeverGiveAMilderLevel(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(certificate.Categories[:6]).Draw(t, "category")
		k := grading.Case{Category: c, Values: complete(t, c), Age: rapid.IntRange(0, 90).Draw(t, "age"), Relief: plainRelief}
		f := rapid.SampledFrom(grading.Fields(c)).Draw(t, "field")
		next, ok := worse(f, k.Values[f.Name])
		if !ok {
			return
		}
		before, v := grading.Suggest(k), grading.Values{}
		for name, value := range k.Values {
			v[name] = value
		}
		v[f.Name] = next
		k.Values = v
		after := grading.Suggest(k)
		// A DQ that falls below 72 is no longer judged by adaptive behaviour, which may have been worse; such findings contradict each other.
		crossed := f.Name == "dq" && len(before.Contradicts) > 0
		if severity(after) < severity(before) && !crossed {
			t.Fatalf("%s from %s to %s: level %q becomes %q", f.Name, before.Level, next, before.Level, after.Level)
		}
	})
}

func TestSidesDoNotMatter(t *testing.T) {
	t.Parallel()
	swap := strings.NewReplacer("right", "left", "left", "right")
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom([]certificate.Category{certificate.Vision, certificate.Hearing, certificate.Physical}).Draw(t, "category")
		v := complete(t, c)
		for name := range v {
			if rapid.IntRange(0, 9).Draw(t, "forget") == 0 {
				delete(v, name)
			}
		}
		other := grading.Values{}
		for name, value := range v {
			other[swap.Replace(name)] = value
		}
		k := grading.Case{Category: c, Values: v, Age: 40, Relief: plainRelief}
		a := grading.Suggest(k)
		k.Values = other
		if b := grading.Suggest(k); a.Level != b.Level || a.Outcome != b.Outcome {
			t.Fatalf("%v: %s %s, and with the sides exchanged %s %s", v, a.Outcome, a.Level, b.Outcome, b.Level)
		}
	})
}

func TestLimbsOfAKindCanBeExchanged(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v := complete(t, certificate.Physical)
		kind := rapid.SampledFrom([]string{"arm", "leg"}).Draw(t, "kind")
		other := grading.Values{}
		for name, value := range v {
			for _, what := range []string{"-lost", "-function"} {
				switch name {
				case "right" + kind + what:
					name = "left" + kind + what
				case "left" + kind + what:
					name = "right" + kind + what
				}
			}
			other[name] = value
		}
		k := grading.Case{Category: certificate.Physical, Values: v, Age: 40, Relief: plainRelief}
		a := grading.Suggest(k)
		k.Values = other
		if b := grading.Suggest(k); a.Level != b.Level || a.Outcome != b.Outcome {
			t.Fatalf("%s exchanged: %s becomes %s", kind, a.Level, b.Level)
		}
	})
}

// 5.8 and 办法 art. 13.
func TestMultipleIsTheMostSevereInAnyOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var all []grading.Suggestion
		met, worst := 0, certificate.Level("9")
		for _, c := range certificate.Categories[:6] {
			s := grading.Suggestion{Category: c, Outcome: grading.Unmet}
			if rapid.Bool().Draw(t, "met") {
				s.Outcome, s.Level = grading.Met, rapid.SampledFrom(certificate.Levels).Draw(t, "level")
				met, worst = met+1, min(worst, s.Level)
			}
			all = append(all, s)
		}
		got := grading.Combine(rapid.Permutation(all).Draw(t, "order"))
		switch {
		case met == 0 && got.Outcome == grading.Unmet:
		case met > 0 && got.Outcome == grading.Met && got.Level == worst && (got.Category == certificate.Multiple) == (met > 1):
		default:
			t.Fatalf("%v gives %+v", all, got)
		}
	})
}

func TestWhatCannotBeReadIsNamedAtItsField(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		category    certificate.Category
		field, text string
	}{
		{certificate.Vision, "right-acuity", "2.5"}, {certificate.Vision, "right-acuity", "5.4"}, {certificate.Vision, "right-acuity", "-0.1"},
		{certificate.Vision, "left-field", "91"}, {certificate.Vision, "perimetry", "maybe"}, {certificate.Hearing, "right-500", "131"},
		{certificate.Hearing, "right-500", "loud"}, {certificate.Physical, "adl", "6"}, {certificate.Physical, "height", "1e3"},
		{certificate.Mental, "whodas", "181"}, {certificate.Mental, "diagnosis", strings.Repeat("长", 401)}, {certificate.Speech, "right-500", "50"},
	} {
		var p fault.Problems
		grading.Read(&p, c.category, grading.Values{c.field: c.text})
		if len(p) != 1 || p[0].Name != grading.Input(c.category, c.field) {
			t.Errorf("%s=%s: %v", c.field, c.text, p)
		}
	}
	var p fault.Problems
	if grading.Read(&p, certificate.Vision, grading.Values{"right-acuity": " ", "left-acuity": "NLP"}); len(p) > 0 {
		t.Error(p)
	}
}

func TestPolicyAndStandardKnowTheSameExaminations(t *testing.T) {
	t.Parallel()
	for _, c := range certificate.Categories[:6] {
		for _, e := range policy.Exams[string(c)] {
			if undone := grading.Undone(c, nil, []grading.Exam{grading.Exam(e)}); undone[grading.Exam(e)] == "" {
				t.Errorf("%s: nothing proves %s", c, e)
			}
		}
		r, ok := policy.Of(policy.ExamsOf(string(c)))
		if !ok || r.Check(r.Default) != nil {
			t.Errorf("%s: %v %+v", c, ok, r)
		}
	}
	set := policy.Book{{Key: policy.ExamsOf("2"), Value: "audiometry,1.objective"}}.At("533103", "2020-04-01")
	for level, want := range map[certificate.Level]int{"1": 2, "2": 1, "": 1} {
		if got := grading.Required(set, certificate.Hearing, level, 40); len(got) != want {
			t.Errorf("level %q wants %v", level, got)
		}
	}
}
