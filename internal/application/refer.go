package application

import (
	"hefa/internal/access"
	"hefa/internal/assessment"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
)

// Examined says whether the case needs an assessment: under the rules of the county that decides on it.
func (a Application) Examined(o Office) bool {
	if a.Home != "" {
		return a.Matter.Examined(o.Home)
	}
	return a.Matter.Examined(o.Policy)
}

// Refer sends the case to the county of registration.
func (a *Application) Refer(o Office) error { return a.move(access.ReferralSend, Forwarded, o) }

// Referred puts the case where the county of registration's answer puts it; act is what brought the answer.
func (a *Application) Referred(act access.Act, to State, o Office) error { return a.move(act, to, o) }

// Examination is what another county's hospital concluded of somebody.
type Examination struct {
	Category  certificate.Category
	Level     certificate.Level
	On        day.Day // "" for none
	Published bool    // the other county held the public notice
}

// Receive takes a case on that another county accepted and had assessed: it is published where that is still to be done, and reviewed.
func (a *Application) Receive(no string, e Examination, born day.Day, o Office) error {
	if a.Examined(o) && e.On == "" {
		return fault.New(fault.Refused, "referral.unassessed")
	}
	a.No, a.Accepted, a.Category, a.Level, a.Assessed = no, o.Today, e.Category, e.Level, e.On
	a.State, a.Since = Review, o.Today
	if e.On != "" && !e.Published && !a.Unpublished(assessment.Conclusion{}, born, o) {
		a.State = Assessed
	}
	a.Due = o.due(a.State, o.Today)
	return nil
}
