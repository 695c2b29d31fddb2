package assessment

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// The rules of ADR 108, on a clock of minutes; 0 opens, and each other number is the minute of an act.
func TestTheTimeOfAnAssessment(t *testing.T) {
	t.Parallel()
	start, pause := time.Date(2020, 4, 2, 1, 0, 0, 0, time.UTC), time.Hour
	at := func(minute int) time.Time { return start.Add(time.Duration(minute) * time.Minute) }
	for name, c := range map[string]struct {
		opened []int // loads of the form
		last   int   // what the doctor wrote down before, -1 for nothing
		closed int
		want   time.Duration
	}{
		"opened once":                     {[]int{0}, -1, 12, 12 * time.Minute},
		"reloads change nothing":          {[]int{0, 5, 11}, -1, 12, 12 * time.Minute},
		"never opened":                    {nil, -1, 12, Untimed},
		"exactly the pause":               {[]int{0, 60}, -1, 60, time.Hour},
		"one minute more":                 {[]int{0}, -1, 61, time.Hour},
		"left alone and opened anew":      {[]int{0, 61}, -1, 70, 9 * time.Minute},
		"opened in advance":               {[]int{0}, 28, 30, 2 * time.Minute},
		"opened after the one before":     {[]int{20}, 10, 30, 10 * time.Minute},
		"written down in the same moment": {[]int{0}, 0, 0, 0},
	} {
		s := Sitting{Spent: Untimed}
		for _, m := range c.opened {
			s.Open(at(m), pause)
		}
		var last time.Time
		if c.last >= 0 {
			last = at(c.last)
		}
		if s.Close(at(c.closed), last, pause); s.Spent != c.want || !s.Opened.IsZero() || !s.Closed.Equal(at(c.closed)) {
			t.Errorf("%s: %v, want %v", name, s.Spent, c.want)
		}
	}
	s := Sitting{Spent: Untimed}
	s.Open(at(0), pause)
	s.Close(at(10), time.Time{}, pause)
	s.Open(at(200), pause)
	s.Close(at(205), at(10), pause)
	if s.Spent != 15*time.Minute {
		t.Errorf("two sittings are %v", s.Spent)
	}
}

// However a doctor opens forms, the times of a day are no longer together than the day.
func TestFormsOpenedInAdvanceGainNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		now, begin := time.Unix(1_585_789_200, 0), time.Unix(1_585_789_200, 0)
		cases, last := make([]Sitting, 4), time.Time{}
		for range rapid.IntRange(1, 40).Draw(t, "acts") {
			now = now.Add(time.Duration(rapid.IntRange(0, 90).Draw(t, "minutes")) * time.Minute)
			s := &cases[rapid.IntRange(0, 3).Draw(t, "case")]
			if rapid.Bool().Draw(t, "opens") {
				s.Open(now, time.Hour)
				continue
			}
			s.Close(now, last, time.Hour)
			last = now
		}
		var all time.Duration
		for _, s := range cases {
			all += max(s.Spent, 0)
		}
		if all > now.Sub(begin) {
			t.Fatalf("%v of work in %v", all, now.Sub(begin))
		}
	})
}
