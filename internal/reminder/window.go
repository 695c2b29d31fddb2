package reminder

import (
	"slices"
	"strconv"

	"hefa/internal/day"
)

// Window is the last days of validity for which one step is due today: the first and the last of them.
type Window struct {
	Step     int // months before expiry
	From, To day.Day
}

// Windows is, for each step, which certificates it is for today, the nearest expiry first. A certificate is in one window at most, that of the latest
// step which has come; so a round that comes late gives the step once, and one that comes very late leaves out what the next step has overtaken.
func Windows(today day.Day, steps []int) []Window {
	steps = slices.Compact(slices.Sorted(slices.Values(steps)))
	var out []Window
	from := today
	for _, m := range steps {
		if m < 1 {
			continue
		}
		to := reach(today, m)
		out = append(out, Window{m, from, to})
		from = to.Add(1)
	}
	return out
}

// reach is the last expiry whose day months before it has come: the end of a short month stands for all days that it lacks.
func reach(today day.Day, months int) day.Day {
	to := today.AddMonths(months)
	for to.Add(1).AddMonths(-months) <= today {
		to = to.Add(1)
	}
	return to
}

// Left is how many months are left on the day until a certificate ends, rounded up as the letter says it; at least one.
func Left(today, expires day.Day) int {
	n := 1
	for expires.AddMonths(-n) > today {
		n++
	}
	return n
}

// Steps is the numbers of a policy's list of months.
func Steps(words []string) []int {
	var out []int
	for _, w := range words {
		if n, err := strconv.Atoi(w); err == nil {
			out = append(out, n)
		}
	}
	return out
}
