// Package day is the calendar date: a day of the office, without hour or zone.
package day

import (
	"fmt"
	"time"
)

// Day is a date as YYYY-MM-DD, or "" for none. The text form sorts, compares (< and >) and stores as it is; make one with New, Of or Parse.
type Day string

const form = "2006-01-02"

// New is the given day; months and days beyond their range roll over as in time.Date.
func New(year int, month time.Month, dayOfMonth int) Day {
	return Day(time.Date(year, month, dayOfMonth, 0, 0, 0, 0, time.UTC).Format(form))
}

// Of is the day on which the instant t falls in zone.
func Of(t time.Time, zone *time.Location) Day { return Day(t.In(zone).Format(form)) }

// Parse reads YYYY-MM-DD and refuses days that do not exist.
func Parse(s string) (Day, error) {
	if _, err := time.Parse(form, s); err != nil {
		return "", fmt.Errorf("day %q is not a date of the form YYYY-MM-DD", s)
	}
	return Day(s), nil
}

// Time is midnight UTC of d; the zero time when d is none.
func (d Day) Time() time.Time {
	t, _ := time.Parse(form, string(d))
	return t
}

// Begins is the first moment of d in the zone.
func (d Day) Begins(zone *time.Location) time.Time {
	t := d.Time()
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, zone)
}

// Add is n calendar days after d (before it when n is negative).
func (d Day) Add(n int) Day { return Day(d.Time().AddDate(0, 0, n).Format(form)) }

// AddMonths is n months after d, on the last day of the month when that month is shorter: 31 August less 6 months is 28 or 29 February.
func (d Day) AddMonths(n int) Day {
	t := d.Time()
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return New(first.Year(), first.Month(), min(t.Day(), last))
}

// AddYears is n years after d; 29 February falls on 28 February in ordinary years.
func (d Day) AddYears(n int) Day { return d.AddMonths(12 * n) }

// Sub is the number of calendar days from e to d.
func (d Day) Sub(e Day) int { return int(d.Time().Sub(e.Time()).Hours() / 24) }

// Year is the year of d, 0 for none.
func (d Day) Year() int {
	if d == "" {
		return 0
	}
	return d.Time().Year()
}

// Age is the full years from birth d to the given day.
func (d Day) Age(on Day) int {
	b, t := d.Time(), on.Time()
	years := t.Year() - b.Year()
	if t.Month() < b.Month() || t.Month() == b.Month() && t.Day() < b.Day() {
		years--
	}
	return years
}

// Chinese is d as a letter prints it: 2020年5月7日; "" for none.
func (d Day) Chinese() string {
	if d == "" {
		return ""
	}
	t := d.Time()
	return fmt.Sprintf("%d年%d月%d日", t.Year(), int(t.Month()), t.Day())
}
