package appeal

import (
	"errors"
	"strings"
	"testing"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
)

var third = Result{certificate.Physical, certificate.Third}

func at(err error) string {
	var out []string
	for _, f := range fault.Fields(err) {
		out = append(out, f.Name)
	}
	return strings.Join(out, " ")
}

// TestTheLevelsFollowEachOther is art. 25: the city first, then the province, and nobody after it; within the days only.
func TestTheLevelsFollowEachOther(t *testing.T) {
	t.Parallel()
	city, province, denied := Appeal{ID: "1", Level: City, State: Upheld}, Appeal{ID: "2", Level: Province, State: Changed}, Appeal{ID: "3", Level: City, State: Denied}
	for _, tt := range []struct {
		name    string
		earlier []Appeal
		today   day.Day
		want    Level
		refused string
	}{
		{"first", nil, "2020-04-15", City, ""},
		{"on the last day", nil, "2020-04-16", City, ""},
		{"a day late", nil, "2020-04-17", "", "appeal.late"},
		{"after the city", []Appeal{city}, "2020-04-15", Province, ""},
		{"after a denial", []Appeal{denied}, "2020-04-15", City, ""},
		{"after the province", []Appeal{city, province}, "2020-04-15", "", "appeal.final"},
		{"beside an open one", []Appeal{{Level: City, State: Admitted}}, "2020-04-15", "", "appeal.open"},
	} {
		a := Appeal{Reason: "不服"}
		err := a.File(Before{Last: "2020-04-16", Earlier: tt.earlier}, tt.today)
		got := ""
		if f, ok := errors.AsType[*fault.Fault](err); ok {
			got = f.Key
		}
		if got != tt.refused || err == nil && (a.Level != tt.want || a.State != Filed) {
			t.Errorf("%s: %+v, %v", tt.name, a, err)
		}
	}
	if a := (Appeal{}); at(a.File(Before{Last: "2020-04-16"}, "2020-04-01")) != "reason" {
		t.Error("without a reason")
	}
}

func TestAnotherTeamAtAnotherHospital(t *testing.T) {
	t.Parallel()
	b := Before{Hospital: "州医院", Signed: []string{"甲", "乙"}, Result: third, Earlier: []Appeal{{ID: "1", Hospital: "中医院", Doctors: []string{"丙", "丁"}}}}
	for _, h := range []string{"", "州医院", " 中医院 ", strings.Repeat("长", 61)} {
		if a := (Appeal{ID: "2", State: Filed}); at(a.Admit(h, b)) != "hospital" {
			t.Errorf("named %q", h)
		}
	}
	for want, c := range map[string]Conclusion{
		"":             {Result: third, Doctors: [2]string{"戊", "己"}, On: "2020-04-10", Opinion: "同前"},
		"second":       {Result: third, Doctors: [2]string{"戊", "戊"}, On: "2020-04-10", Opinion: "同前"},
		"first":        {Result: third, Doctors: [2]string{"甲", "己"}, On: "2020-04-10", Opinion: "同前"},
		"first second": {Result: third, Doctors: [2]string{"丙", ""}, On: "2020-04-10", Opinion: "同前"},
		"on":           {Result: third, Doctors: [2]string{"戊", "己"}, On: "2020-04-01", Opinion: "同前"},
		"opinion":      {Result: third, Doctors: [2]string{"戊", "己"}, On: "2020-04-10"},
		"level on":     {Result: Result{"", "9"}, Doctors: [2]string{"戊", "己"}, On: "2020-05-01", Opinion: "同前"},
	} {
		a := Appeal{ID: "2", State: Admitted, Filed: "2020-04-05"}
		if got := at(a.Conclude(c, b, "2020-04-20")); got != want {
			t.Errorf("%+v: %q, want %q", c, got, want)
		}
	}
}

func TestAConclusionUpholdsOrChanges(t *testing.T) {
	t.Parallel()
	second := Result{certificate.Physical, certificate.Second}
	for _, tt := range []struct {
		was, now Result
		want     State
	}{{third, third, Upheld}, {third, second, Changed}, {third, Result{}, Changed}, {Result{}, third, Changed}, {Result{}, Result{}, Upheld}, {Result{Category: certificate.Physical}, Result{}, Upheld}} {
		a := Appeal{State: Admitted}
		if err := a.Conclude(Conclusion{tt.now, [2]string{"戊", "己"}, "2020-04-10", "经评定"}, Before{Result: tt.was}, "2020-04-20"); err != nil || a.State != tt.want {
			t.Errorf("%v to %v: %s, %v", tt.was, tt.now, a.State, err)
		}
	}
}

// TestEveryStepIsRefusedElsewhere walks every step from every state.
func TestEveryStepIsRefusedElsewhere(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]struct {
		from State
		take func(*Appeal) error
	}{
		"admit": {Filed, func(a *Appeal) error { return a.Admit("省医院", Before{}) }},
		"deny":  {Filed, func(a *Appeal) error { return a.Deny("超过期限", "2020-04-01") }},
		"conclude": {Admitted, func(a *Appeal) error {
			return a.Conclude(Conclusion{third, [2]string{"戊", "己"}, "2020-04-01", "经评定"}, Before{}, "2020-04-01")
		}},
	} {
		for _, from := range States {
			a := Appeal{State: from}
			if err := s.take(&a); (err == nil) != (from == s.from) || err != nil && a.State != from {
				t.Errorf("%s from %s: %v, %+v", name, from, err, a)
			}
		}
	}
	for _, s := range States {
		if !lang.Has(s.Word()) {
			t.Errorf("%s has no word", s)
		}
	}
	for _, l := range Levels {
		if !lang.Has(l.Word()) {
			t.Errorf("%s has no word", l)
		}
	}
}
