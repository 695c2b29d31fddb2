package archive

import (
	"slices"
	"strings"
	"testing"

	"hefa/internal/fault"
	"hefa/internal/policy"
)

func fields(err error) string {
	var out []string
	for _, f := range fault.Fields(err) {
		out = append(out, f.Name)
	}
	return strings.Join(out, " ")
}

func TestAnAppraisalNamesItsPeople(t *testing.T) {
	t.Parallel()
	a := Appraisal{Head: " 组长 ", Members: []string{"成员甲", " 成员甲", "组长", "", "成员乙"}}
	if err := a.Check(); err != nil || a.Head != "组长" || !slices.Equal(a.Members, []string{"成员甲", "成员乙"}) {
		t.Errorf("%+v %v", a, err)
	}
	for want, a := range map[string]Appraisal{
		"head":    {Members: []string{"甲", "乙"}},
		"members": {Head: "组长", Members: []string{"甲", "甲", "组长"}},
	} {
		if got := fields(a.Check()); got != want {
			t.Errorf("%q: %q", want, got)
		}
	}
}

func TestAListGoesThroughThreeHands(t *testing.T) {
	t.Parallel()
	drawn := Appraisal{State: Drawn, Head: "组长", Members: []string{"成员甲", "成员乙"}}
	if f := (Finding{Verdict: Keep}); fields(drawn.Find(&f, 0)) != "ids years reason" {
		t.Error("kept nothing for no years and no reason")
	}
	if f := (Finding{Verdict: "burn"}); fields(drawn.Find(&f, 1)) != "verdict" {
		t.Error("an unknown verdict")
	}
	a := drawn
	if err := a.Propose("clerk", "2020-04-01", 1); fault.Of(err) != fault.Refused {
		t.Errorf("proposed though a file was not looked at: %v", err)
	}
	if err := a.Propose("clerk", "2020-04-01", 0); err != nil {
		t.Fatal(err)
	}
	if f := (Finding{Verdict: Destroy}); fault.Of(a.Find(&f, 1)) != fault.Refused {
		t.Error("something was added to what is destroyed after the proposal")
	}
	for name, err := range map[string]error{"by whoever proposed": a.Decide(Sentence{"clerk", "办证员", true, ""}, "2020-04-02", 1), "by an appraiser": a.Decide(Sentence{"boss", "成员乙", true, ""}, "2020-04-02", 1)} {
		if fault.Of(err) != fault.Refused {
			t.Errorf("decided %s: %v", name, err)
		}
	}
	if fields(a.Decide(Sentence{"boss", "负责人", false, " "}, "2020-04-02", 1)) != "answer" {
		t.Error("sent back without a reason")
	}
	none := a
	if err := none.Decide(Sentence{"boss", "负责人", true, ""}, "2020-04-02", 0); err != nil || none.State != Done {
		t.Errorf("a list that destroys nothing: %s %v", none.State, err)
	}
	if err := a.Decide(Sentence{"boss", "负责人", true, ""}, "2020-04-02", 1); err != nil || a.State != Approved {
		t.Fatal(a.State, err)
	}
	w := Witnessed{Day: "2020-04-03", Way: "粉碎", First: "监销甲", Second: "监销乙"}
	for want, bad := range map[string]Witnessed{"day": {Day: "2020-04-01", Way: "粉碎", First: "甲", Second: "乙"}, "way": {Day: "2020-04-03", First: "甲", Second: "乙"},
		"second": {Day: "2020-04-03", Way: "粉碎", First: "甲", Second: "甲 "}, "first": {Day: "2020-04-03", Way: "粉碎", First: "办证员", Second: "乙"}, "day first second": {Day: "2020-04-05", Way: "粉碎"}} {
		b := a
		if got := fields(b.Destroy(bad, "办证员", "2020-04-04")); got != want {
			t.Errorf("%q: %q", want, got)
		}
	}
	if err := a.Destroy(w, "办证员", "2020-04-04"); err != nil || a.State != Done || a.Destroyed != w.Day || a.Destroyer != "办证员" {
		t.Errorf("%+v %v", a, err)
	}
	if err := a.Destroy(w, "办证员", "2020-04-04"); fault.Of(err) != fault.Refused {
		t.Errorf("destroyed twice: %v", err)
	}
}

func TestRetentionIsPolicyByKind(t *testing.T) {
	t.Parallel()
	e := EndedOn(policy.Set{}, "2050-03-01")
	if e.Terms[Thirty] != "2020-03-01" || e.Terms[Ten] != "2040-03-01" || e.Terms[Forever] != "" {
		t.Errorf("%+v", e.Terms)
	}
	for _, k := range Kinds {
		if e.Kinds[k] != "2050-03-01" {
			t.Errorf("%s is kept longer than its file: %s", k, e.Kinds[k])
		}
	}
}
