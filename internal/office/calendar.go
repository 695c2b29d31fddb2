package office

import (
	"context"
	"slices"
	"strings"
	"time"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/store"
)

// Holiday is one exception to the ordinary week.
type Holiday = store.Holiday

// Year is the exceptions of one year.
type Year struct {
	Year  int
	Days  []Holiday
	Years []int // the years with data, oldest first
	Known bool  // the year has data
	Keeps bool  // the actor may change it
}

// Calendar is the holidays and make-up days of a year (0 for the present one); everybody may read it.
func (d *Desk) Calendar(ctx context.Context, by access.Actor, year int) (Year, error) {
	var out Year
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		if year == 0 {
			year = tx.Today().Year()
		}
		all, err := tx.Holidays()
		if err != nil {
			return err
		}
		out.Year = year
		for _, h := range all {
			if y := h.Day.Year(); !slices.Contains(out.Years, y) {
				out.Years = append(out.Years, y)
			}
			if h.Day.Year() == year {
				out.Days = append(out.Days, h)
			}
		}
		out.Known = len(out.Days) > 0
		if by.Can(access.CalendarSet) {
			out.Keeps, err = keepsCalendar(tx)
		}
		return err
	})
	return out, err
}

// keepsCalendar says whether the actor is the system administrator of the widest area: the calendar is one for the whole installation.
func keepsCalendar(tx *store.Tx) (bool, error) {
	n, err := tx.Superiors(access.Sysadmin, tx.By().Region)
	return n == 0, err
}

// keepCalendar refuses whoever does not keep the calendar.
func keepCalendar(tx *store.Tx) error {
	if err := tx.By().May(access.CalendarSet, tx.By().Region); err != nil {
		return err
	}
	keeps, err := keepsCalendar(tx)
	if err == nil && !keeps {
		err = fault.New(fault.Refused, "calendar.above")
	}
	return err
}

// SetDay makes a day a holiday or a day that is made up for.
func (d *Desk) SetDay(ctx context.Context, by access.Actor, h Holiday) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		if err := keepCalendar(tx); err != nil {
			return err
		}
		var p fault.Problems
		h.Name = strings.TrimSpace(h.Name)
		weekday := h.Day.Time().Weekday()
		switch {
		case h.Day == "":
			p.Add("day", "calendar.day.missing")
		case h.Working && weekday != time.Saturday && weekday != time.Sunday:
			p.Add("working", "calendar.working.weekday", h.Day.Chinese())
		}
		if h.Name == "" {
			p.Add("name", "calendar.name.missing")
		}
		if err := p.Fault(); err != nil {
			return err
		}
		return tx.SaveHoliday(h)
	})
}

// DropDay lets a day follow the ordinary week again.
func (d *Desk) DropDay(ctx context.Context, by access.Actor, on day.Day) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		if err := keepCalendar(tx); err != nil {
			return err
		}
		return tx.DropHoliday(on)
	})
}

// Reckoning is a limit in working days, reckoned.
type Reckoning struct {
	From, Last day.Day
	Days       int
	Free       []Holiday // the holidays on the way
	Known      bool      // each year on the way has data
}

// Reckon is the last day of a limit of n working days (0 to 1000) that begins on the day after from.
func (d *Desk) Reckon(ctx context.Context, by access.Actor, from day.Day, n int) (Reckoning, error) {
	var p fault.Problems
	if from == "" {
		p.Add("from", "calendar.day.missing")
	}
	if n < 0 || n > 1000 {
		p.Add("days", "calendar.days.wrong")
	}
	r := Reckoning{From: from, Days: n}
	if err := p.Fault(); err != nil {
		return r, err
	}
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		c, err := tx.Calendar()
		if err != nil {
			return err
		}
		r.Last = c.After(from, n)
		r.Known = c.Known(from) && c.Known(r.Last)
		all, err := tx.Holidays()
		for _, h := range all {
			if h.Day > from && h.Day <= r.Last {
				r.Free = append(r.Free, h)
			}
		}
		return err
	})
	return r, err
}
