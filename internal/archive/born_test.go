package archive

import (
	"slices"
	"testing"
)

func TestAPaperThatWasBornHereHasOneNameInItsCase(t *testing.T) {
	t.Parallel()
	twice := Item{Kind: Assessment, Day: "2020-04-01", Origin: Born, Title: "结论"}
	letter := Item{Kind: Decision, Day: "2020-04-01", Number: "A-1", Origin: Born}
	got := Sources([]Item{twice, {Kind: Supplement, Day: "2020-04-01", Origin: Scan}, letter, twice})
	if want := []string{"assessment 2020-04-01", "", "decision 2020-04-01 A-1", "assessment 2020-04-01 (2)"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	other := twice
	other.Title, other.Author = "改了叫法", "医院"
	if Sources([]Item{other})[0] != got[0] {
		t.Error("the name hangs on words that may change")
	}
}
