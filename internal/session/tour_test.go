package session_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hefa/internal/day"
	"hefa/internal/region"
	"hefa/internal/session"
)

// TestTheThirteenDaysOfMangshi gives the order and the first day of 芒市 2020 §五（三）; its table of days must come out.
func TestTheThirteenDaysOfMangshi(t *testing.T) {
	t.Parallel()
	var needs []session.Need
	var want []string
	for _, x := range [][2]string{{"533103104", "2020-05-07"}, {"533103204", "2020-05-08"}, {"533103103", "2020-05-11"}, {"533103102", "2020-05-12"}, {"533103101", "2020-05-13"},
		{"533103203", "2020-05-14"}, {"533103206", "2020-05-15"}, {"533103202", "2020-05-18"}, {"533103201", "2020-05-19"}, {"533103205", "2020-05-20"}, {"533103105", "2020-05-21"},
		{"533103400", "2020-05-22"}, {"533103001", "2020-05-25"}} {
		needs = append(needs, session.Need{Region: region.Code(x[0]), Waiting: 150})
		want = append(want, x[0]+" ["+x[1]+"]")
	}
	calendar := day.Statutory()
	var got []string
	for _, s := range session.Tour(needs, 200, "2020-05-07", func(d day.Day) bool { return calendar.Working(d) && session.Weekday(d) }) {
		got = append(got, fmt.Sprint(s.Region, " ", s.Days))
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	with := session.Tour(needs[:3], 200, "2020-05-07", calendar.Working)
	if with[2].Days[0] != "2020-05-09" { // the Saturday that was made up for
		t.Errorf("with Saturdays: %v", with)
	}
}

func TestATourKeepsItsOrderItsDaysAndItsSeats(t *testing.T) {
	t.Parallel()
	calendar := day.Statutory()
	rapid.Check(t, func(t *rapid.T) {
		var needs []session.Need
		for i := range rapid.IntRange(0, 12).Draw(t, "townships") {
			n := session.Need{Region: region.Code(fmt.Sprint(533103100 + i)), Waiting: rapid.IntRange(0, 300).Draw(t, "waiting")}
			if n.Waiting > 0 {
				n.Due = day.Day("2020-04-01").Add(rapid.IntRange(0, 60).Draw(t, "due"))
			}
			needs = append(needs, n)
		}
		if rapid.Bool().Draw(t, "by urgency") {
			needs = session.Urgent(needs)
			for i := 1; i < len(needs); i++ {
				if needs[i].Due != "" && (needs[i-1].Due == "" || needs[i].Due < needs[i-1].Due) {
					t.Fatalf("%v before %v", needs[i-1], needs[i])
				}
			}
		}
		seats, busy := rapid.IntRange(1, 100).Draw(t, "seats"), map[day.Day]bool{}
		for range rapid.IntRange(0, 10).Draw(t, "busy") {
			busy[day.Day("2020-04-01").Add(rapid.IntRange(0, 40).Draw(t, "busy day"))] = true
		}
		open := func(d day.Day) bool { return calendar.Working(d) && session.Weekday(d) && !busy[d] }
		tour := session.Tour(needs, seats, "2020-04-01", open)
		if tour == nil {
			total := 0
			for _, n := range needs {
				total += max(1, (n.Waiting+seats-1)/seats)
			}
			if len(needs) > 0 && total <= session.TourMost {
				t.Fatalf("no tour of %d days", total)
			}
			return
		}
		at := day.Day("2020-04-01")
		for i, s := range tour {
			if s.Need != needs[i] || len(s.Days) == 0 || len(s.Days)*seats < s.Waiting || len(s.Days) > 1 && (len(s.Days)-1)*seats >= s.Waiting {
				t.Fatalf("%d: %+v for %+v", i, s, needs[i])
			}
			if s.Late != (s.Due != "" && s.Days[0] > s.Due) {
				t.Fatalf("%+v", s)
			}
			for _, d := range s.Days {
				for ; at < d; at = at.Add(1) {
					if open(at) {
						t.Fatalf("%s is left out", at)
					}
				}
				if at != d || !open(d) {
					t.Fatalf("%s comes after %s", d, at)
				}
				at = at.Add(1)
			}
		}
	})
}
