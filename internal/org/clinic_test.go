package org

import (
	"testing"

	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
)

func TestAClinicIsOpenOnItsDays(t *testing.T) {
	t.Parallel()
	c := Practice{Weekdays: []Weekday{"3", "7"}}
	for d, want := range map[day.Day]bool{"2020-04-01": true, "2020-04-02": false, "2020-04-05": true, "2020-04-06": false} { // a Wednesday, a Thursday, a Sunday, a Monday
		if c.Open(d) != want {
			t.Errorf("%s open: %v", d, !want)
		}
	}
	if !(Practice{}).Open("2020-04-02") {
		t.Error("one that says nothing is closed")
	}
}

func TestRoomIsWhatIsNotPlannedYet(t *testing.T) {
	t.Parallel()
	for planned, want := range map[int]int{0: 60, 59: 1, 60: 0, 90: 0} {
		if n, ok := (Practice{Daily: 60}).Room(planned); n != want || !ok {
			t.Errorf("with %d: %d %v", planned, n, ok)
		}
	}
	if _, ok := (Practice{}).Room(0); ok {
		t.Error("one that says nothing has a limit")
	}
}

func TestAPracticeIsChecked(t *testing.T) {
	t.Parallel()
	o := Org{Kind: Hospital, Name: "测试医院", Region: "533103", Practice: Practice{Weekdays: []Weekday{"8"}, Daily: 1001}}
	if got := fault.Fields(o.Check()); len(got) != 2 || got[0].Name != "weekdays" || got[1].Name != "daily" {
		t.Errorf("%v", got)
	}
	for _, w := range Weekdays {
		if !lang.Has(w.Word()) {
			t.Errorf("%s has no word", w)
		}
	}
}
