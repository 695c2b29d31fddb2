package org

import (
	"slices"
	"strings"
	"time"

	"hefa/internal/day"
	"hefa/internal/fault"
)

// Weekday is a day of the week as 1 for Monday to 7 for Sunday (ISO 8601).
type Weekday string

// Weekdays is every day of the week, Monday first.
var Weekdays = []Weekday{"1", "2", "3", "4", "5", "6", "7"}

// Word is the key of w's name in the catalogue.
func (w Weekday) Word() string { return "clinic.day." + string(w) }

// weekday is the day of the week of a day.
func weekday(d day.Day) Weekday {
	n := d.Time().Weekday()
	if n == time.Sunday {
		return "7"
	}
	return Weekday('0' + rune(n))
}

// Practice is what a hospital was designated by, and when and for how many it examines.
type Practice struct {
	Designation string    // number of the province's document
	Weekdays    []Weekday // on which its clinic examines; none says nothing
	Hours       string    // of the clinic, in words
	Daily       int       // people it examines on a day at most, 0 when that is not known
}

// The letters that the texts may have, and the most people a day.
const (
	designationMost = 80
	hoursMost       = 60
	dailyMost       = 1000
)

// check notes every wrong value as typed.
func (c *Practice) check(p *fault.Problems) {
	c.Designation, c.Hours = strings.TrimSpace(c.Designation), strings.TrimSpace(c.Hours)
	if len([]rune(c.Designation)) > designationMost {
		p.Add("designation", "org.text.long", designationMost)
	}
	if len([]rune(c.Hours)) > hoursMost {
		p.Add("hours", "org.text.long", hoursMost)
	}
	if slices.ContainsFunc(c.Weekdays, func(w Weekday) bool { return !slices.Contains(Weekdays, w) }) {
		p.Add("weekdays", "org.weekdays.wrong")
	}
	if c.Daily < 0 || c.Daily > dailyMost {
		p.Add("daily", "org.daily.wrong", dailyMost)
	}
}

// Open says whether the clinic examines on the day.
func (c Practice) Open(on day.Day) bool {
	return len(c.Weekdays) == 0 || slices.Contains(c.Weekdays, weekday(on))
}

// Room is how many people more the hospital can examine on a day on which so many have been planned; ok is false when that is not known.
func (c Practice) Room(planned int) (n int, ok bool) { return max(0, c.Daily-planned), c.Daily > 0 }
