package session

import (
	"cmp"
	"slices"
	"time"

	"hefa/internal/day"
	"hefa/internal/region"
)

// Need is a township whose people wait for a session.
type Need struct {
	Region  region.Code
	Waiting int
	Due     day.Day // by when the first of them should have a seat, "" when nobody waits
}

// Stop is the days of a tour on which a township is examined.
type Stop struct {
	Need
	Days []day.Day
	Late bool // it begins after Due
}

// Urgent is needs with the one whose people have waited longest first.
func Urgent(needs []Need) []Need {
	out := slices.Clone(needs)
	slices.SortStableFunc(out, func(a, b Need) int {
		due := func(n Need) day.Day { return cmp.Or(n.Due, "9999-12-31") }
		return cmp.Or(cmp.Compare(due(a), due(b)), cmp.Compare(b.Waiting, a.Waiting), cmp.Compare(a.Region, b.Region))
	})
	return out
}

// TourMost is how many days a tour may have.
const TourMost = 250

// Tour gives each need, in its order, the next days from from on that are open, as many as its people want when seats of them are examined a day, and
// one at least. No two needs share a day, so that whoever accompanies the people can be everywhere. It is nil when more than TourMost days would be
// taken, or when those are not found within three years.
func Tour(needs []Need, seats int, from day.Day, open func(day.Day) bool) []Stop {
	var out []Stop
	taken, last := 0, from.AddYears(3)
	for _, n := range needs {
		s := Stop{Need: n}
		for want := max(1, (n.Waiting+seats-1)/seats); want > 0; from = from.Add(1) {
			if from > last || taken > TourMost {
				return nil
			}
			if open(from) {
				s.Days = append(s.Days, from)
				taken++
				want--
			}
		}
		s.Late = n.Due != "" && s.Days[0] > n.Due
		out = append(out, s)
	}
	if taken > TourMost {
		return nil
	}
	return out
}

// Weekday says whether d is a Monday to Friday: hospitals keep weekends even where offices make up for a holiday.
func Weekday(d day.Day) bool {
	w := d.Time().Weekday()
	return w != time.Saturday && w != time.Sunday
}
