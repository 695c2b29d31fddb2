package attempt

import (
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/reminder"
)

const today day.Day = "2020-04-01"

func TestEveryWrongValueIsFoundAtItsField(t *testing.T) {
	t.Parallel()
	good := Goer{"岩旺", Delegate}
	many := make([]Goer, PartyMost+1)
	for i := range many {
		many[i] = Goer{strings.Repeat("岩", i+1), Team}
	}
	for _, c := range []struct {
		want string
		a    Attempt
	}{
		{"", Attempt{Day: today, Way: Visit, Party: []Goer{{}, good, good}, Result: Agreed}},
		{"", Attempt{Day: "2019-04-01", Way: Message, Party: []Goer{good}, Result: Result(reminder.Other), Note: "说要等孙子"}},
		{"day", Attempt{Day: "2020-04-02", Way: Visit, Party: []Goer{good}, Result: Agreed}},
		{"day", Attempt{Day: "2019-03-31", Way: Visit, Party: []Goer{good}, Result: Agreed}},
		{"day way name1 result", Attempt{}},
		{"post1 name2", Attempt{Day: today, Way: Visit, Party: []Goer{{Name: "岩旺"}, {Post: Team}}, Result: Agreed}},
		{"name1", Attempt{Day: today, Way: Visit, Party: []Goer{{strings.Repeat("长", 41), Team}}, Result: Agreed}},
		{"name1", Attempt{Day: today, Way: Visit, Party: many, Result: Agreed}},
		{"result", Attempt{Day: today, Way: Visit, Party: []Goer{good}, Result: "maybe"}},
		{"note", Attempt{Day: today, Way: Visit, Party: []Goer{good}, Result: Result(reminder.Other)}},
		{"note", Attempt{Day: today, Way: Visit, Party: []Goer{good}, Result: Agreed, Note: strings.Repeat("长", 201)}},
	} {
		var got []string
		for _, f := range fault.Fields(c.a.Check(today)) {
			got = append(got, f.Name)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%+v: %v, want %s", c.a, got, c.want)
		}
		if c.want == "" && len(c.a.Party) != 1 {
			t.Errorf("who went: %v", c.a.Party)
		}
	}
}

func TestVisitsAreCountedOncePerDayUntilADay(t *testing.T) {
	t.Parallel()
	a, b := Goer{"甲", Delegate}, Goer{"乙", Cadre}
	all := []Attempt{{Day: "2020-03-01", Way: Visit, Party: []Goer{a}}, {Day: "2020-03-01", Way: Visit, Party: []Goer{b}}, {Day: "2020-03-02", Way: Phone, Party: []Goer{b}},
		{Day: "2020-03-03", Way: Visit, Party: []Goer{a, b}}, {Day: "2020-03-04", Way: Visit}}
	got := Visits(all, "2020-03-03")
	if len(got) != 2 || got[1].Day != "2020-03-03" {
		t.Errorf("%+v", got)
	}
	if went := Went(got); len(went) != 2 || went[0] != a || went[1] != b {
		t.Errorf("%+v", went)
	}
}

func TestEveryWordOfAnAttemptHasAName(t *testing.T) {
	t.Parallel()
	var all []lang.Namer
	for _, w := range Ways {
		all = append(all, w)
	}
	for _, p := range Posts {
		all = append(all, p)
	}
	for _, r := range Results() {
		all = append(all, r)
	}
	for _, n := range all {
		if lang.T(n.Word()) == n.Word() {
			t.Errorf("%s has no name", n.Word())
		}
	}
	if PostOf(access.Village) != Delegate || PostOf(access.Doctor) != "" {
		t.Error("a village worker goes as 专职委员; a hospital's doctor does not go")
	}
}
