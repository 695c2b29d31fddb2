package application

import (
	"strings"

	"hefa/internal/access"
	"hefa/internal/assessment"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/policy"
)

// Submit hands a complete draft, or a corrected return, to the acceptance desk.
func (a *Application) Submit(p person.Person, o Office) error {
	if err := a.State.allows(access.ApplicationSubmit, Submitted); err != nil {
		return err
	}
	if err := a.Check(p, o); err != nil {
		return err
	}
	return a.move(access.ApplicationSubmit, Submitted, o)
}

// Accept takes the case on under the given number once nothing is missing; an exchange goes straight to review where policy wants no new assessment.
func (a *Application) Accept(no string, missing []string, o Office) error {
	if err := a.State.allows(access.ApplicationAccept, Accepted); err != nil {
		return err
	}
	if len(missing) > 0 {
		return fault.New(fault.Refused, "application.papers.missing", len(missing))
	}
	to := Accepted
	if !a.Examined(o) {
		to = Review
	}
	a.No, a.Accepted = no, o.Today
	return a.move(access.ApplicationAccept, to, o)
}

// Return sends the case back once, with all that is missing.
func (a *Application) Return(missing []string, note string, o Office) error {
	if err := a.State.allows(access.ApplicationReturn, Returned); err != nil {
		return err
	}
	if len(missing) == 0 && strings.TrimSpace(note) == "" {
		return problem("missing", "application.return.empty")
	}
	if err := Brief("note", note); err != nil {
		return err
	}
	return a.move(access.ApplicationReturn, Returned, o)
}

// Decline ends a request that cannot be accepted; the reason goes into the decision.
func (a *Application) Decline(reason string, o Office) error {
	return a.end(access.ApplicationDecline, Declined, reason, o)
}

// Schedule puts the case on a session; until then the doctor has the case, so the session's day is its last day.
func (a *Application) Schedule(session string, on day.Day, o Office) error {
	if err := a.move(access.ApplicationSchedule, Scheduled, o); err != nil {
		return err
	}
	a.Session, a.Due = session, on
	return nil
}

// Assess enters the signed conclusion: not met is refused, minors and exempt categories skip the public notice (办法 art. 9).
func (a *Application) Assess(c assessment.Conclusion, born day.Day, o Office) error {
	if err := a.State.allows(access.ApplicationAssess, Assessed); err != nil {
		return err
	}
	if c.On > o.Today {
		return problem("on", "assessment.day.future")
	}
	category, level, met := c.Result()
	a.Category, a.Level, a.Assessed = category, level, c.On
	switch {
	case !met && a.Matter == Check:
		return a.move(access.ApplicationAssess, Review, o) // the county decides on the certificate in hand
	case !met:
		return a.move(access.ApplicationAssess, Refused, o)
	case a.Unpublished(c, born, o):
		return a.move(access.ApplicationAssess, Review, o)
	default:
		return a.move(access.ApplicationAssess, Assessed, o)
	}
}

// Unpublished says whether policy keeps the case out of the public notice here: minors, and categories that are exempt (办法 art. 9), and whoever is
// published where they are registered.
func (a Application) Unpublished(c assessment.Conclusion, born day.Day, o Office) bool {
	if a.Home != "" && !o.Policy.Is(policy.ReferAnnounce) {
		return true
	}
	if o.Minor(born) && !o.Policy.Is(policy.AnnounceMinors) || o.Policy.Has(policy.AnnounceExempt, string(a.Category)) {
		return true
	}
	for _, f := range c.Met() {
		if o.Policy.Has(policy.AnnounceExempt, string(f.Category)) {
			return true
		}
	}
	return false
}

// Disputable says whether an appeal can be filed against the result: there is one, and nothing was granted on it yet.
func (a Application) Disputable() error {
	if a.Assessed == "" || a.State.allows(access.AppealConclude, Refused) != nil {
		return fault.New(fault.Refused, "appeal.nothing", a.State)
	}
	return nil
}

// Revise puts the conclusion of an appeal in the place of the first: met, it is published anew where results are; not met, the case is refused.
func (a *Application) Revise(category certificate.Category, level certificate.Level, on, born day.Day, o Office) error {
	a.Category, a.Level, a.Assessed, a.Notice, a.Reviewer, a.Reread = category, level, on, "", "", false
	switch {
	case level == "" && a.Matter == Check:
		return a.move(access.AppealConclude, Review, o) // the county decides on the certificate in hand
	case level == "":
		return a.move(access.AppealConclude, Refused, o)
	case a.Unpublished(assessment.Conclusion{}, born, o):
		return a.move(access.AppealConclude, Review, o)
	}
	return a.move(access.AppealConclude, Assessed, o)
}

// Announce publishes the case until ends, the last day of the notice.
func (a *Application) Announce(notice string, ends day.Day, o Office) error {
	if err := a.move(access.ApplicationAnnounce, Announced, o); err != nil {
		return err
	}
	a.Notice, a.Due = notice, ends
	return nil
}

// Skip puts a case that may no longer be published straight into review, because the policy changed after its conclusion.
func (a *Application) Skip(o Office) error { return a.move(access.ApplicationAnnounce, Review, o) }

// Object stops the notice for this case until the objection is decided; a further objection leaves the clock of the first running.
func (a *Application) Object(o Office) error {
	was, since, due := a.State, a.Since, a.Due
	if err := a.move(access.ApplicationObject, Disputed, o); err != nil {
		return err
	}
	if was == Disputed {
		a.Since, a.Due = since, due
	}
	return nil
}

// Decision is how an objection ends for the case.
type Decision string

// The ways in which an objection is decided.
const (
	Dismissed Decision = "dismissed" // unfounded: the notice goes on
	Reassess  Decision = "reassess"  // doubtful: examined again
	Upheld    Decision = "upheld"    // founded: refused
)

// Decisions is every way, in the order of the form.
var Decisions = []Decision{Dismissed, Reassess, Upheld}

// Word is the key of d's name in the catalogue.
func (d Decision) Word() string { return "decision." + string(d) }

// Resolve decides the objection; a dismissed one puts the case back into its notice, which ends on ends at the earliest.
func (a *Application) Resolve(d Decision, reason string, ends day.Day, o Office) error {
	if strings.TrimSpace(reason) == "" {
		return problem("reason", "application.reason.missing")
	}
	to, ok := map[Decision]State{Dismissed: Announced, Reassess: Accepted, Upheld: Refused}[d]
	if !ok {
		return problem("decision", "application.decision.missing")
	}
	if err := a.move(access.ApplicationResolve, to, o); err != nil {
		return err
	}
	switch to {
	case Announced:
		a.Due = max(ends, o.Today)
	case Accepted:
		a.Session, a.Notice, a.Category, a.Level, a.Assessed = "", "", "", "", ""
	}
	return nil
}

// Close ends the notice for this case on the day after its last day at the earliest.
func (a *Application) Close(ends day.Day, o Office) error {
	if err := a.State.allows(access.ApplicationClose, Review); err != nil {
		return err
	}
	if o.Today <= ends {
		return fault.New(fault.Refused, "application.notice.running", ends)
	}
	return a.move(access.ApplicationClose, Review, o)
}

// Review is the first officer's check of papers, conclusion and notice; the clock for both officers runs on.
func (a *Application) Review(by string, o Office) error {
	due := a.Due
	if err := a.move(access.ApplicationReview, Reviewed, o); err != nil {
		return err
	}
	a.Reviewer, a.Due, a.Reread = by, due, false
	return nil
}

// Rereview is the city's check, only where it is wanted: by policy, or because the level is more severe than that of the certificate in hand.
func (a *Application) Rereview(held *certificate.Certificate, o Office) error {
	if !a.Rereads(held, o) {
		return fault.New(fault.Refused, "application.rereview.off")
	}
	due := a.Due
	if err := a.move(access.ApplicationRereview, Reviewed, o); err != nil {
		return err
	}
	a.Reread, a.Due = true, due
	return nil
}

// Approve grants what is asked for: by another officer than the reviewer, on a conclusion that still holds. What needs no card is ready for the shelf.
func (a *Application) Approve(by string, held *certificate.Certificate, o Office) error {
	if err := a.State.allows(access.ApplicationApprove, Approved); err != nil {
		return err
	}
	switch {
	case by == a.Reviewer:
		return fault.New(fault.Refused, "application.approve.self")
	case a.Rereads(held, o) && !a.Reread:
		return fault.New(fault.Refused, "application.rereview.wanted")
	case a.Assessed != "" && a.Assessed.AddMonths(o.Policy.Count(policy.ResultMonths)) < o.Today:
		return fault.New(fault.Refused, "application.result.stale", a.Assessed)
	}
	if err := a.Ready(o); err != nil {
		return err
	}
	a.Approved = o.Today
	if a.Outcome(held) != Carded {
		return a.move(access.ApplicationApprove, Delivered, o)
	}
	return a.move(access.ApplicationApprove, Approved, o)
}

// Refuse ends the case with a decision that names its reason.
func (a *Application) Refuse(reason string, o Office) error {
	return a.end(access.ApplicationRefuse, Refused, reason, o)
}

// Freeze puts the case into a print batch; its card's face is fixed from now on.
func (a *Application) Freeze(batch string, o Office) error {
	due := a.Due
	if err := a.move(access.ApplicationPrint, Printing, o); err != nil {
		return err
	}
	a.Batch, a.Due = batch, due
	return nil
}

// Print records that the card came out good.
func (a *Application) Print(o Office) error { return a.move(access.ApplicationPrint, Printed, o) }

// Spoil records a blank that came out wrong: the face is printed again and the clock runs on.
func (a *Application) Spoil(o Office) error {
	since, due := a.Since, a.Due
	if err := a.move(access.ApplicationSpoil, Printing, o); err != nil {
		return err
	}
	a.Since, a.Due = since, due
	return nil
}

// Reprint takes a printed card back to the printer, also one that was sent and is lost or came back; a card that another county made is printed there.
func (a *Application) Reprint(o Office) error {
	if a.Home != "" {
		return fault.New(fault.Refused, "referral.hand.there")
	}
	return a.move(access.ApplicationReprint, Printing, o)
}

// Unbatch takes a case whose card is not printed out of its batch; it waits for another one, and the clock runs on.
func (a *Application) Unbatch(reason string, o Office) error {
	if strings.TrimSpace(reason) == "" {
		return problem("reason", "application.reason.missing")
	}
	if err := Brief("reason", reason); err != nil {
		return err
	}
	due := a.Due
	if err := a.move(access.ApplicationUnbatch, Approved, o); err != nil {
		return err
	}
	a.Batch, a.Due = "", due
	return nil
}

// Dispatch records that the card left for the township.
func (a *Application) Dispatch(o Office) error {
	return a.move(access.ApplicationDispatch, Dispatched, o)
}

// Deliver records that the card is in the hand; that of a guest is handed over by way of its referral.
func (a *Application) Deliver(o Office) error {
	if a.Home != "" {
		return fault.New(fault.Refused, "referral.hand.there")
	}
	return a.move(access.ApplicationDeliver, Delivered, o)
}

// File records that the papers stand on the shelf, which ends a case whose card is in the hand; one that ended otherwise stays as it is.
func (a *Application) File(o Office) error {
	if !a.State.Open() {
		return a.State.allows(access.ApplicationFile, a.State)
	}
	return a.move(access.ApplicationFile, Closed, o)
}

// Withdraw ends the case at the applicant's wish.
func (a *Application) Withdraw(reason string, o Office) error {
	return a.end(access.ApplicationWithdraw, Withdrawn, reason, o)
}

// end takes a last step that wants a reason.
func (a *Application) end(act access.Act, to State, reason string, o Office) error {
	if err := a.State.allows(act, to); err != nil {
		return err
	}
	if strings.TrimSpace(reason) == "" {
		return problem("reason", "application.reason.missing")
	}
	if err := Brief("reason", reason); err != nil {
		return err
	}
	return a.move(act, to, o)
}

// problem is a fault with one wrong field.
func problem(field, key string, args ...any) error {
	var p fault.Problems
	p.Add(field, key, args...)
	return p.Fault()
}
