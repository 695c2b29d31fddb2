package household

import (
	"strings"
	"testing"

	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/person"
)

const today day.Day = "2020-04-01"

// at is the fields at which err finds something.
func at(err error) string {
	var out []string
	for _, f := range fault.Fields(err) {
		out = append(out, f.Name)
	}
	return strings.Join(out, " ")
}

func TestEveryWrongValueIsFoundAtItsField(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("长", 101)
	for want, l := range map[string]Life{
		"":                {Marital: Married, Education: Junior, Lives: "533103105", LivesAt: "三组", Guardian: person.MakeNumber("533199", "1950-01-01", 1)},
		"marital":         {Marital: "other"},
		"education":       {Education: "doctor"},
		"lives":           {Lives: "533103"},
		"lives_at":        {LivesAt: long},
		"guardian_number": {Guardian: "533199"},
	} {
		if got := at(l.Check()); got != want {
			t.Errorf("%+v: %q, want %q", l, got, want)
		}
	}
	for want, h := range map[string]Helper{
		"":          {Role: Team, Name: "测试队员", Phone: "13900000000", Span: Span{From: today}},
		"from":      {Role: Team, Name: "测试队员", Span: Span{From: "2020-04-02"}},
		"from role": {Name: "测试队员"},
		"helper":    {Role: Team, Span: Span{From: today}},
		"unit":      {Role: Team, Name: "测试队员", Unit: long, Span: Span{From: today}},
		"phone":     {Role: Team, Name: "测试队员", Phone: "1", Span: Span{From: today}},
	} {
		if got := at(h.Check(today)); got != want {
			t.Errorf("%+v: %q, want %q", h, got, want)
		}
	}
	for want, s := range map[string]Support{"": {Kind: Watched, Span: Span{From: today}}, "support": {Span: Span{From: today}}, "since": {Kind: Watched}} {
		if got := at(s.Check(today)); got != want {
			t.Errorf("%+v: %q, want %q", s, got, want)
		}
	}
}

func TestASpanEndsOnceAndNotBeforeItBegan(t *testing.T) {
	t.Parallel()
	for _, on := range []day.Day{"", "2020-02-29", "2020-04-02"} {
		s := Span{From: "2020-03-01"}
		if err := s.End(on, today); at(err) != "to" || !s.Open() {
			t.Errorf("ends on %q: %v", on, err)
		}
	}
	s := Span{From: "2020-03-01"}
	if err := s.End("2020-03-01", today); err != nil || s.Open() {
		t.Errorf("ends on its first day: %v", err)
	}
	if err := s.End(today, today); fault.Of(err) != fault.Refused {
		t.Errorf("ends twice: %v", err)
	}
}

func TestEveryWordIsInTheCatalogue(t *testing.T) {
	t.Parallel()
	var all []lang.Namer
	for _, m := range Maritals {
		all = append(all, m)
	}
	for _, e := range Educations {
		all = append(all, e)
	}
	poor := 0
	for _, k := range Kinds {
		all = append(all, k)
		if k.Poor() {
			poor++
		}
	}
	for _, r := range Roles {
		all = append(all, r)
	}
	for _, w := range all {
		if !lang.Has(w.Word()) {
			t.Errorf("%s has no word", w.Word())
		}
	}
	if poor != 3 {
		t.Errorf("%d supports make a household poor", poor)
	}
}
