package day

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestMonthsClampToTheEndOfTheMonth(t *testing.T) {
	t.Parallel()
	tests := []struct {
		from Day
		n    int
		want Day
	}{
		{"2020-08-31", -6, "2020-02-29"}, // AddDate alone gives 2 March (architecture.md §3, traps)
		{"2021-08-31", -6, "2021-02-28"},
		{"2020-01-31", 1, "2020-02-29"},
		{"2020-03-31", 1, "2020-04-30"},
		{"2020-12-31", 2, "2021-02-28"},
		{"2020-05-15", 0, "2020-05-15"},
		{"2020-12-15", 1, "2021-01-15"},
		{"2020-01-15", -1, "2019-12-15"},
		{"2020-01-31", -11, "2019-02-28"},
		{"2020-02-29", 12, "2021-02-28"},
		{"2020-02-29", 48, "2024-02-29"},
		{"2000-01-30", 1201, "2100-02-28"}, // 2100 is no leap year
	}
	for _, tt := range tests {
		if got := tt.from.AddMonths(tt.n); got != tt.want {
			t.Errorf("%s and %d months: %s, want %s", tt.from, tt.n, got, tt.want)
		}
	}
	if got := Day("2020-02-29").AddYears(10); got != "2030-02-28" {
		t.Errorf("ten years after 29 February: %s", got)
	}
}

func TestOnlyDaysThatExistAreParsed(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"2020-02-29", "1900-01-01", "2099-12-31"} {
		if d, err := Parse(s); err != nil || string(d) != s {
			t.Errorf("%s: %q, %v", s, d, err)
		}
	}
	for _, s := range []string{"", "2021-02-29", "1900-02-29", "2020-13-01", "2020-00-10", "2020-04-31", "2020-4-1", "20200401", "2020-04-01 ", "2020-04-01T00:00:00Z", "二〇二〇"} {
		if d, err := Parse(s); err == nil || d != "" {
			t.Errorf("%q is parsed as %q", s, d)
		}
	}
}

func TestADayIsThatOfTheOfficeWhereTheInstantFalls(t *testing.T) {
	t.Parallel()
	at := time.Date(2020, 4, 30, 16, 30, 0, 0, time.UTC)
	if got := Of(at, time.FixedZone("China", 8*3600)); got != "2020-05-01" {
		t.Errorf("in China it is %s", got)
	}
	if got := Of(at, time.UTC); got != "2020-04-30" {
		t.Errorf("in UTC it is %s", got)
	}
	if got := New(2020, 14, 31); got != "2021-03-03" {
		t.Errorf("beyond the year: %s", got)
	}
}

func TestAgeIsInFullYears(t *testing.T) {
	t.Parallel()
	tests := []struct {
		birth, on Day
		want      int
	}{
		{"2002-05-07", "2020-05-06", 17}, {"2002-05-07", "2020-05-07", 18}, {"2002-05-07", "2020-06-01", 18}, {"2002-05-07", "2020-04-30", 17},
		{"2004-02-29", "2022-02-28", 17}, {"2004-02-29", "2022-03-01", 18}, {"2020-01-01", "2020-01-01", 0},
	}
	for _, tt := range tests {
		if got := tt.birth.Age(tt.on); got != tt.want {
			t.Errorf("born %s, on %s: %d, want %d", tt.birth, tt.on, got, tt.want)
		}
	}
}

func TestADayIsWrittenAsLettersWriteIt(t *testing.T) {
	t.Parallel()
	for d, want := range map[Day]string{"2020-05-07": "2020年5月7日", "2020-12-31": "2020年12月31日", "": ""} {
		if got := d.Chinese(); got != want {
			t.Errorf("%q: %q, want %q", d, got, want)
		}
	}
	if Day("").Year() != 0 || Day("2020-05-07").Year() != 2020 || !Day("").Time().IsZero() {
		t.Error("years")
	}
}

// some draws a day of the years in which certificates and their holders live.
func some(t *rapid.T, name string) Day {
	return New(1900, 1, 1).Add(rapid.IntRange(0, 80_000).Draw(t, name))
}

func TestDaysCountThereAndBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d, n := some(t, "day"), rapid.IntRange(-40_000, 40_000).Draw(t, "n")
		e := d.Add(n)
		if e.Sub(d) != n || d.Sub(e) != -n || e.Add(-n) != d {
			t.Fatalf("%s and %d days: %s, back %s, between %d", d, n, e, e.Add(-n), e.Sub(d))
		}
		if (d < e) != (n > 0) {
			t.Fatalf("%s and %s do not sort by their text", d, e)
		}
	})
}

func TestMonthsNeverLeaveTheirMonth(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d, n := some(t, "day"), rapid.IntRange(-1200, 1200).Draw(t, "n")
		from, to := d.Time(), d.AddMonths(n).Time()
		if months := (to.Year()-from.Year())*12 + int(to.Month()) - int(from.Month()); months != n || to.Day() > from.Day() {
			t.Fatalf("%s and %d months: %s", d, n, d.AddMonths(n))
		}
		if to.Day() < from.Day() && to.AddDate(0, 0, 1).Day() != 1 {
			t.Fatalf("%s and %d months: %s is not the last of its month", d, n, d.AddMonths(n))
		}
	})
}

// FuzzParse shows that what is parsed stays as it is and sorts as it is.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"2020-02-29", "2021-02-29", "", "0000-01-01", "２０２０-01-01"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := Parse(s)
		if err != nil {
			return
		}
		if string(d) != s || len(s) != 10 || d.Add(0) != d || d.AddMonths(0) != d {
			t.Errorf("%q is parsed as %q", s, d)
		}
	})
}
