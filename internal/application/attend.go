package application

import (
	"slices"
	"unicode/utf8"

	"hefa/internal/access"
	"hefa/internal/fault"
)

// Urge asks whoever has the case to hurry; once a day is enough, and a case that has ended waits for nobody.
func (a *Application) Urge(o Office) error {
	if !a.State.Open() {
		return fault.New(fault.Refused, "application.step.wrong", access.ApplicationUrge, a.State)
	}
	if a.Urged == o.Today {
		return fault.New(fault.Refused, "application.urge.today")
	}
	a.Urged = o.Today
	a.Urges++
	return nil
}

// HandOver puts the case into a colleague's hand: somebody whose turn it can be, by somebody whose turn it is. Taking it on oneself is handing it to oneself.
func (a *Application) HandOver(by, to access.Actor) error {
	turn := a.State.Stage().Turn
	switch {
	case !slices.Contains(turn, by.Role):
		return fault.New(fault.Refused, "application.handover.turn")
	case !slices.Contains(turn, to.Role) || !to.Region.Contains(a.Region):
		return problem("to", "application.handover.to")
	case to.Account == a.Handler:
		return problem("to", "application.handover.same")
	}
	a.Handler = to.Account
	return nil
}

// TextMost is how many letters a reason or a note may have, so that it fits on its letter.
const TextMost = 500

// Brief refuses a text of a field that is longer than TextMost.
func Brief(field, text string) error {
	if utf8.RuneCountInString(text) > TextMost {
		return problem(field, "application.text.long", TextMost)
	}
	return nil
}
