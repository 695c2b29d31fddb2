package application

import (
	"slices"

	"hefa/internal/access"
	"hefa/internal/fault"
)

// Aid is what somebody needs on the day on which they are examined.
type Aid string

// The aids.
const (
	Wheelchair  Aid = "wheelchair"
	Stretcher   Aid = "stretcher"
	Sign        Aid = "sign"        // somebody who speaks sign language
	Accompanied Aid = "accompanied" // comes with somebody who helps
)

// AidKinds is every aid, in the order of the form.
var AidKinds = []Aid{Wheelchair, Stretcher, Sign, Accompanied}

// Word is the key of a's name in the catalogue.
func (a Aid) Word() string { return "aid." + string(a) }

// Aids is what an applicant needs, as it is kept beside the case.
type Aids struct {
	All     []Aid
	Version int // 0 while nothing was entered
}

// Rolls says whether the person comes in a wheelchair or on a stretcher, and so needs the accessible way and time.
func (a Aids) Rolls() bool {
	return slices.Contains(a.All, Wheelchair) || slices.Contains(a.All, Stretcher)
}

// Check refuses an aid that is none.
func (a Aids) Check() error {
	var p fault.Problems
	if slices.ContainsFunc(a.All, func(one Aid) bool { return !slices.Contains(AidKinds, one) }) {
		p.Add("aid", "aid.wrong")
	}
	return p.Fault()
}

// Attending says whether the applicant is still to be examined, so that what they need on the day can be entered.
func (s State) Attending() error {
	if s.Editable() || s == Submitted || s == Accepted || s == Scheduled {
		return nil
	}
	return fault.New(fault.Refused, "application.step.wrong", access.ApplicationAid, s)
}
