package application

import (
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
)

// Absence is why somebody did not come to be examined.
type Absence string

// The reasons.
const (
	Ill       Absence = "ill"
	Immobile  Absence = "immobile" // cannot travel: wants a visit at home
	Away      Absence = "away"
	Unreached Absence = "unreached"
	Unwilling Absence = "unwilling"
	Otherwise Absence = "other" // in words
)

// Absences is every reason, in the order of the form.
var Absences = []Absence{Ill, Immobile, Away, Unreached, Unwilling, Otherwise}

// Word is the key of r's name in the catalogue.
func (r Absence) Word() string { return "absence." + string(r) }

// Miss puts a case whose applicant did not come back among those who wait for a session; on is the day of the session that was missed.
func (a *Application) Miss(on day.Day, r Absence, note string, o Office) error {
	if err := a.State.allows(access.ApplicationMiss, Accepted); err != nil {
		return err
	}
	if o.Today < on {
		return fault.New(fault.Refused, "absence.ahead", on)
	}
	var p fault.Problems
	if !slices.Contains(Absences, r) {
		p.Add("absence", "absence.missing")
	}
	if r == Otherwise && strings.TrimSpace(note) == "" {
		p.Add("note", "absence.note.missing")
	}
	if err := Brief("note", note); err != nil {
		p = append(p, fault.Fields(err)...)
	}
	if err := p.Fault(); err != nil {
		return err
	}
	a.Session = ""
	return a.move(access.ApplicationMiss, Accepted, o)
}

// SendBack puts a case whose evidence does not suffice back among those who wait for a session; the township fetches what is missing.
func (a *Application) SendBack(o Office) error {
	if err := a.State.allows(access.EvidenceAsk, Accepted); err != nil {
		return err
	}
	a.Session = ""
	return a.move(access.EvidenceAsk, Accepted, o)
}
