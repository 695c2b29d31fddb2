package day

import (
	_ "embed" // the list of days
	"strings"
)

// listed has one line a day: "2020-05-01 off 劳动节" or "2020-05-09 work 劳动节"; tools/data/holidays writes it and docs/data-sources.md names its source.
//
//go:embed data/holidays.txt
var listed string

// Holiday is a day that departs from the ordinary week, as the State Council's yearly notice orders it.
type Holiday struct {
	Day     Day
	Working bool   // a day off at the weekend that offices work to make up for the feast
	Name    string // the feast, in Chinese: 劳动节
}

// Holidays are the statutory holidays and make-up days that the program comes with, oldest first: what a new office starts from before its
// administrator edits them.
func Holidays() []Holiday { return holidays(listed) }

// Statutory is the calendar of Holidays, for where no office has one of its own.
func Statutory() Calendar {
	free := map[Day]bool{}
	for _, h := range Holidays() {
		free[h.Day] = !h.Working
	}
	return NewCalendar(free)
}

// holidays skips what is not a line of the list; a test reads the embedded list line by line, so that none is skipped unseen.
func holidays(list string) []Holiday {
	var out []Holiday
	for line := range strings.Lines(list) {
		parts := strings.Fields(line)
		if len(parts) != 3 || parts[1] != "off" && parts[1] != "work" {
			continue
		}
		if d, err := Parse(parts[0]); err == nil {
			out = append(out, Holiday{Day: d, Working: parts[1] == "work", Name: parts[2]})
		}
	}
	return out
}
