package household

import (
	"hefa/internal/day"
	"hefa/internal/person"
)

// Fields is what of how a person lives the history of a person tells, in the order of the form.
var Fields = []string{"marital", "education", "lives", "lives_at", "guardian_number", "household", "support_registered", "support_lifted", "support_watched", "support_allowance"}

// Changes is what differs between how a person lived and lives, the household left out: its name says nothing to anybody.
func Changes(was, now Life) []person.Change {
	var out []person.Change
	for _, c := range []person.Change{
		{Field: "marital", Before: string(was.Marital), After: string(now.Marital)},
		{Field: "education", Before: string(was.Education), After: string(now.Education)},
		{Field: "lives", Before: string(was.Lives), After: string(now.Lives)},
		{Field: "lives_at", Before: was.LivesAt, After: now.LivesAt},
		{Field: "guardian_number", Before: string(was.Guardian), After: string(now.Guardian)},
	} {
		if c.Before != c.After {
			out = append(out, c)
		}
	}
	return out
}

// Begun is that a support began.
func (s Support) Begun() person.Change {
	return person.Change{Field: "support_" + string(s.Kind), After: days(s.From, "")}
}

// Ended is that a support ended.
func (s Support) Ended() person.Change {
	return person.Change{Field: "support_" + string(s.Kind), Before: days(s.From, ""), After: days(s.From, s.To)}
}

func days(from, to day.Day) string { return string(from) + "～" + string(to) }
