package job

import "hefa/internal/day"

// MostAsleep is how many days may lie between two daily rounds before somebody must say that the clock is right: more than any holiday or outage, fewer
// than the months after which letters are due. A clock that leaps a year would remind everybody a year too early.
const MostAsleep = 45

// Leap is how the clock stands against the last daily round.
type Leap int

// The ways in which a clock stands.
const (
	Steady Leap = iota
	Back        // before the last round's day: its work is done, nothing is to be done twice
	Ahead       // further ahead than an office sleeps
)

// LeapOf compares today with the day of the last round, "" when there was none.
func LeapOf(last, today day.Day) Leap {
	switch {
	case last == "":
		return Steady
	case today < last:
		return Back
	case today.Sub(last) > MostAsleep:
		return Ahead
	}
	return Steady
}
