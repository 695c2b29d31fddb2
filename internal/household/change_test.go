package household

import (
	"fmt"
	"slices"
	"testing"
)

func TestChangesOfALifeNameWhatDiffers(t *testing.T) {
	t.Parallel()
	was := Life{Marital: Married, Education: Junior, Lives: "533103105", LivesAt: "三组", Guardian: "1", Household: "a"}
	if got := Changes(was, was); got != nil {
		t.Errorf("nothing: %v", got)
	}
	all := Changes(was, Life{Household: "b"})
	if got := fmt.Sprint(all); got != "[{marital married } {education junior } {lives 533103105 } {lives_at 三组 } {guardian_number 1 }]" {
		t.Error(got)
	}
	for _, k := range Kinds {
		s := Support{Kind: k, Span: Span{From: "2020-01-01", To: "2020-02-01"}}
		if b, e := s.Begun(), s.Ended(); b.After != "2020-01-01～" || b.Before != "" || e.Before != b.After || e.After != "2020-01-01～2020-02-01" {
			t.Errorf("%s: %v, %v", k, b, e)
		}
		all = append(all, s.Begun())
	}
	for _, c := range all {
		if !slices.Contains(Fields, c.Field) {
			t.Errorf("%s is no field of the history", c.Field)
		}
	}
}
