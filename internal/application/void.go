package application

import (
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/lang"
)

// VoidCause is why a case ends after its approval and before the hand-over.
type VoidCause string

// The causes.
const (
	VoidDeath   VoidCause = "death"   // the holder died
	VoidWish    VoidCause = "wish"    // the holder gives it up in writing
	VoidMistake VoidCause = "mistake" // approved in error
	VoidTwice   VoidCause = "twice"   // a duplicate
)

// VoidCauses is every cause, in the order of the form.
var VoidCauses = []VoidCause{VoidDeath, VoidWish, VoidMistake, VoidTwice}

// Word is the key of c's name in the catalogue.
func (c VoidCause) Word() string { return "application.void.cause." + string(c) }

// Decides says whether the county takes back what it granted, so that the applicant gets a decision with its reason: the dead get none, and whoever
// gives it up knows.
func (c VoidCause) Decides() bool { return c == VoidMistake || c == VoidTwice }

// Void is the end of a case before the hand-over. Lost says that nobody finds the printed card, for which Witness stands too; Found that the card whose
// loss was reported turned up, so that it holds again.
type Void struct {
	Cause   VoidCause
	Reason  string
	Lost    bool
	Witness string
	Found   bool
}

// Note is what the timeline says.
func (v Void) Note() string {
	if v.Cause == "" {
		return strings.TrimSpace(v.Reason)
	}
	return lang.T(v.Cause.Word()) + "：" + strings.TrimSpace(v.Reason)
}

// Voidable says whether a case in s can end so.
func (s State) Voidable() bool { return s.allows(access.ApplicationVoid, Withdrawn) == nil }

// Void ends an approved case whose card nobody holds; that of a guest ends at home.
func (a *Application) Void(v Void, o Office) error {
	if err := a.State.allows(access.ApplicationVoid, Withdrawn); err != nil {
		return err
	}
	if a.Home != "" {
		return fault.New(fault.Refused, "application.void.there")
	}
	var p fault.Problems
	if !slices.Contains(VoidCauses, v.Cause) {
		p.Add("cause", "application.void.cause.missing")
	}
	if strings.TrimSpace(v.Reason) == "" {
		p.Add("reason", "application.reason.missing")
	}
	p = append(p, fault.Fields(Brief("reason", v.Reason))...)
	if err := p.Fault(); err != nil {
		return err
	}
	return a.move(access.ApplicationVoid, Withdrawn, o)
}
