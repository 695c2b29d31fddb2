package day

import "time"

// Calendar knows which days the offices work: Monday to Friday, less the statutory holidays, plus the make-up days.
// The zero Calendar knows no holidays.
type Calendar struct {
	free map[Day]bool // true: a holiday; false: a day made up for
	last map[int]bool // years with data
}

// NewCalendar takes the exceptions to the ordinary week: true for a holiday, false for a make-up working day.
func NewCalendar(free map[Day]bool) Calendar {
	c := Calendar{free: free, last: map[int]bool{}}
	for d := range free {
		c.last[d.Year()] = true
	}
	return c
}

// Working says whether offices work on d.
func (c Calendar) Working(d Day) bool {
	if free, ok := c.free[d]; ok {
		return !free
	}
	w := d.Time().Weekday()
	return w != time.Saturday && w != time.Sunday
}

// After is the n-th working day after d; d itself does not count (the limit begins on the day after the event). With n = 0 it is d.
func (c Calendar) After(d Day, n int) Day {
	for n > 0 {
		d = d.Add(1)
		if c.Working(d) {
			n--
		}
	}
	return d
}

// Past is the last day whose n-th working day after it lies before d.
func (c Calendar) Past(d Day, n int) Day {
	past := d.Add(-1)
	for c.After(past, n) >= d {
		past = past.Add(-1)
	}
	return past
}

// Ago is the latest day since which n working days have passed up to and including d.
func (c Calendar) Ago(d Day, n int) Day {
	for n > 0 {
		if c.Working(d) {
			n--
		}
		d = d.Add(-1)
	}
	return d
}

// Between is the number of working days after from, up to and including to; negative when to lies before from.
func (c Calendar) Between(from, to Day) int {
	if to < from {
		return -c.Between(to, from)
	}
	n := 0
	for d := from.Add(1); d <= to; d = d.Add(1) {
		if c.Working(d) {
			n++
		}
	}
	return n
}

// Known says whether the holidays of d's year are in the calendar; a deadline in an unknown year counts the bare week and must say so.
func (c Calendar) Known(d Day) bool { return c.last[d.Year()] }
