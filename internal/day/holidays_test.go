package day_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"hefa/internal/day"
)

// The notices of the State Council's general office: 国办发明电〔2019〕16号 and, for the spring of 2020, 国办发明电〔2020〕1号.
func TestStatutoryDaysFollowTheNotices(t *testing.T) {
	t.Parallel()
	c := day.Statutory()
	for d, working := range map[day.Day]bool{
		"2020-04-30": true,  // Thursday
		"2020-05-01": false, // the five days of the Labour Day of 2020
		"2020-05-02": false,
		"2020-05-03": false,
		"2020-05-04": false,
		"2020-05-05": false,
		"2020-05-06": true,
		"2020-05-09": true,  // a Saturday made up for
		"2020-05-10": false, // a Sunday
		"2020-01-31": false, // the spring holiday prolonged to 2 February
		"2020-02-02": false,
		"2020-02-03": true,
		"2018-01-01": false,
		"2018-12-29": true, // the new year's Saturday made up for, in the old year
		"2022-12-31": false,
		"2023-01-02": false,
		"2023-01-03": true,
		"2026-02-23": false,
		"2026-02-24": true,
	} {
		if got := c.Working(d); got != working {
			t.Errorf("Working(%s) = %v, want %v", d, got, working)
		}
	}
}

func TestWorkingDaysStepOverTheFeast(t *testing.T) {
	t.Parallel()
	c := day.Statutory()
	for _, x := range []struct {
		from day.Day
		n    int
		want day.Day
	}{
		{"2020-04-28", 5, "2020-05-08"}, // 29, 30 April, 6, 7, 8 May
		{"2020-04-28", 6, "2020-05-09"}, // the Saturday that is worked
		{"2020-05-08", 2, "2020-05-11"},
		{"2020-09-30", 1, "2020-10-09"},
		{"2020-09-30", 10, "2020-10-21"},
	} {
		if got := c.After(x.from, x.n); got != x.want {
			t.Errorf("%d working days after %s: %s, want %s", x.n, x.from, got, x.want)
		}
		if got := c.Between(x.from, x.want); got != x.n {
			t.Errorf("between %s and %s: %d, want %d", x.from, x.want, got, x.n)
		}
	}
}

// Document M, part 5 (3): thirteen townships, thirteen days.
func TestSessionDaysOfMangshiAreWorkingDays(t *testing.T) {
	t.Parallel()
	c := day.Statutory()
	for _, d := range []int{7, 8, 11, 12, 13, 14, 15, 18, 19, 20, 21, 22, 25} {
		if on := day.New(2020, 5, d); !c.Working(on) {
			t.Errorf("%s is not a working day", on)
		}
	}
}

func TestYearsWithoutNoticeAreUnknown(t *testing.T) {
	t.Parallel()
	c := day.Statutory()
	for year := 2018; year <= 2026; year++ {
		if !c.Known(day.New(year, 6, 15)) {
			t.Errorf("%d is unknown", year)
		}
	}
	for _, d := range []day.Day{"2017-12-31", "2027-01-01", ""} {
		if c.Known(d) {
			t.Errorf("%q is known", d)
		}
	}
}

// 法定节假日 by the year, as the notices have them: days off and days made up for.
func TestEachYearHasItsDays(t *testing.T) {
	t.Parallel()
	want := map[int][2]int{2018: {25, 7}, 2019: {28, 6}, 2020: {30, 6}, 2021: {31, 7}, 2022: {32, 7}, 2023: {26, 7}, 2024: {28, 8}, 2025: {28, 5}, 2026: {33, 6}}
	got := map[int][2]int{}
	for _, h := range day.Holidays() {
		n := got[h.Day.Year()]
		if h.Working {
			n[1]++
		} else {
			n[0]++
		}
		got[h.Day.Year()] = n
	}
	for year, n := range want {
		if got[year] != n {
			t.Errorf("%d: %v, want %v", year, got[year], n)
		}
	}
	if len(got) != len(want) {
		t.Errorf("years %v, want %v", got, want)
	}
}

func TestMadeUpDaysAreWeekends(t *testing.T) {
	t.Parallel()
	plain := day.NewCalendar(nil)
	for _, h := range day.Holidays() {
		if h.Working && plain.Working(h.Day) {
			t.Errorf("%s is made up for, yet an ordinary working day", h.Day)
		}
		if h.Name == "" {
			t.Errorf("%s has no name", h.Day)
		}
	}
}

func TestNoLineOfTheListIsSkipped(t *testing.T) {
	t.Parallel()
	file, err := os.ReadFile("data/holidays.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(file)), "\n")
	if !strings.HasPrefix(lines[0], "# chinese-days 1.5.7, MIT") {
		t.Errorf("the list does not name its source: %q", lines[0])
	}
	days := day.Holidays()
	if len(days) != len(lines)-1 {
		t.Errorf("%d days from %d lines", len(days), len(lines)-1)
	}
	if !slices.IsSortedFunc(days, func(a, b day.Holiday) int { return strings.Compare(string(a.Day), string(b.Day)) }) {
		t.Error("the days are out of order")
	}
}
