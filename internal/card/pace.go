package card

import (
	"slices"

	"hefa/internal/day"
	"hefa/internal/policy"
)

// Pace is how soon the cards of one place come from the good print into the hand, in calendar days; late are those that took more working days than
// policy leaves for dispatch and delivery. Nobody holds a card back (宛残联〔2022〕24号, 不得拖延、扣押).
type Pace struct {
	Delivered int
	Late      int // of these
	Median    int // days; of two in the middle the longer
	Longest   int // days

	Waiting     int // printed, not in the hand yet
	WaitingLate int // of these
	WaitingMost int // days
}

// Walked is how many cards of a place were printed on one day and delivered on another, "" while they are on their way.
type Walked struct {
	Printed, Delivered day.Day
	Cards              int
}

// PaceOf sums the ways of cards up to today.
func PaceOf(ways []Walked, today day.Day, working day.Calendar, rules policy.Set) (p Pace) {
	slices.SortFunc(ways, func(a, b Walked) int { return a.days(today) - b.days(today) })
	for _, w := range ways {
		days, late := Card{Printed: w.Printed, Delivered: w.Delivered}.Way(today, working, rules)
		if w.Delivered == "" {
			p.Waiting += w.Cards
			p.WaitingMost = max(p.WaitingMost, days)
			if late {
				p.WaitingLate += w.Cards
			}
			continue
		}
		p.Delivered += w.Cards
		p.Longest = max(p.Longest, days)
		if late {
			p.Late += w.Cards
		}
	}
	seen := 0
	for _, w := range ways {
		if w.Delivered == "" {
			continue
		}
		if seen += w.Cards; 2*seen >= p.Delivered+1 {
			p.Median = w.days(today)
			break
		}
	}
	return p
}

func (w Walked) days(today day.Day) int {
	if w.Delivered != "" {
		return w.Delivered.Sub(w.Printed)
	}
	return today.Sub(w.Printed)
}
