package day

import (
	"testing"

	"pgregory.net/rapid"
)

// spring is the exceptions around 1 May 2020 (国办发明电〔2019〕16号): holidays 1–5 May, made up on 26 April and 9 May.
func spring() Calendar {
	return NewCalendar(map[Day]bool{
		"2020-05-01": true, "2020-05-02": true, "2020-05-03": true, "2020-05-04": true, "2020-05-05": true, "2020-04-26": false, "2020-05-09": false,
	})
}

func TestWorkingDaysLeaveOutHolidaysAndCountMakeUpDays(t *testing.T) {
	t.Parallel()
	c := spring()
	for d, want := range map[Day]bool{
		"2020-04-24": true, "2020-04-25": false, "2020-04-26": true, "2020-04-30": true, "2020-05-01": false, "2020-05-05": false, "2020-05-06": true, "2020-05-09": true, "2020-05-10": false,
	} {
		if c.Working(d) != want {
			t.Errorf("%s: working %v", d, !want)
		}
	}
	tests := []struct {
		from Day
		n    int
		want Day
	}{
		{"2020-04-30", 1, "2020-05-06"}, // the day of the event does not count
		{"2020-04-30", 5, "2020-05-11"}, // 6, 7, 8, 9 (made up), 11 May
		{"2020-04-30", 0, "2020-04-30"},
		{"2020-05-02", 1, "2020-05-06"},
		{"2020-04-24", 1, "2020-04-26"},
		{"2020-04-24", 10, "2020-05-11"},
	}
	for _, tt := range tests {
		if got := c.After(tt.from, tt.n); got != tt.want {
			t.Errorf("%d working days after %s: %s, want %s", tt.n, tt.from, got, tt.want)
		}
	}
	var bare Calendar
	if got := bare.After("2020-04-30", 5); got != "2020-05-07" || bare.Known("2020-04-30") {
		t.Errorf("the bare week: %s", got)
	}
	if !c.Known("2020-12-31") || c.Known("2021-01-01") {
		t.Error("known years")
	}
}

func TestCountingBackIsCountingForward(t *testing.T) {
	t.Parallel()
	c := spring()
	rapid.Check(t, func(t *rapid.T) {
		from := New(2020, 3, 1).Add(rapid.IntRange(0, 120).Draw(t, "from"))
		n := rapid.IntRange(1, 60).Draw(t, "n")
		to := c.After(from, n)
		if !c.Working(to) || c.Between(from, to) != n || c.Between(to, from) != -n || c.Between(from, from) != 0 {
			t.Fatalf("%d working days after %s: %s, between %d", n, from, to, c.Between(from, to))
		}
		if c.After(c.After(from, n), 3) != c.After(from, n+3) {
			t.Fatalf("%s: %d and 3 are not %d", from, n, n+3)
		}
	})
}
