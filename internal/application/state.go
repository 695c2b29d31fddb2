// Package application is one request about a certificate with its whole course, from the draft at the counter to the file on the shelf.
package application

import (
	"slices"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/policy"
)

// State says where a case stands and so whose turn it is.
type State string

// The states, in the order of the course (product.md §3).
const (
	Draft      State = "draft"
	Submitted  State = "submitted"
	Returned   State = "returned"
	Accepted   State = "accepted"
	Scheduled  State = "scheduled"
	Assessed   State = "assessed"
	Announced  State = "announced"
	Disputed   State = "disputed"
	Ready      State = "ready"     // to be sent to the county of registration
	Forwarded  State = "forwarded" // decided there
	Review     State = "review"
	Reviewed   State = "reviewed"
	Approved   State = "approved"
	Printing   State = "printing"
	Printed    State = "printed"
	Dispatched State = "dispatched"
	Delivered  State = "delivered"
	Closed     State = "closed"
	Declined   State = "declined"
	Refused    State = "refused"
	Withdrawn  State = "withdrawn"
)

// Stage is what holds of a case in a state: whose turn it is, how long they have, and what may happen.
type Stage struct {
	State State
	Turn  []access.Role
	Limit policy.Key // "" for no limit, or a limit that is not a count of working days
	Steps []Step
}

// Step is one act and the states that it may lead to; the noun's method picks the one.
type Step struct {
	Act access.Act
	To  []State
}

var (
	counter = []access.Role{access.Township, access.Clerk, access.Village}
	desk    = []access.Role{access.Township, access.Clerk}
	clerk   = []access.Role{access.Clerk}

	again   = Step{access.ApplicationReprint, []State{Printing}}
	voided  = Step{access.ApplicationVoid, []State{Withdrawn}} // the way out between the approval and the hand-over (ADR 0135)
	amended = Step{access.ApplicationEdit, []State{Review}}    // what an update asks for, after somebody else corrected the same
	revised = []State{Assessed, Review, Ready, Refused}        // where another result than the first leads (art. 25)
)

// Course is the whole state machine; what is not written here is refused. docs/course.md draws it, and a test compares the two.
var Course = []Stage{
	{Draft, counter, "", []Step{{access.ApplicationSubmit, []State{Submitted}}, {access.ApplicationWithdraw, []State{Withdrawn}}}},
	{Submitted, desk, policy.AcceptDays, []Step{{access.ApplicationAccept, []State{Accepted, Review, Ready}}, {access.ApplicationReturn, []State{Returned}},
		{access.ApplicationDecline, []State{Declined}}, {access.ApplicationWithdraw, []State{Withdrawn}}}},
	{Returned, counter, "", []Step{{access.ApplicationSubmit, []State{Submitted}}, {access.ApplicationWithdraw, []State{Withdrawn}}}},
	{Accepted, desk, policy.ScheduleDays, []Step{{access.ApplicationSchedule, []State{Scheduled}}, {access.ApplicationWithdraw, []State{Withdrawn}}}},
	{Scheduled, []access.Role{access.Doctor, access.Hospital}, "", []Step{{access.ApplicationAssess, []State{Assessed, Review, Ready, Refused}},
		{access.ApplicationSchedule, []State{Scheduled}}, {access.ApplicationMiss, []State{Accepted}},
		{access.EvidenceAsk, []State{Accepted}}, {access.ApplicationWithdraw, []State{Withdrawn}}}},
	{Assessed, desk, policy.AnnounceWithin, []Step{{access.ApplicationAnnounce, []State{Announced, Review, Ready}}, {access.ApplicationWithdraw, []State{Withdrawn}},
		{access.AppealConclude, revised}}},
	{Announced, desk, "", []Step{{access.ApplicationClose, []State{Review, Ready}}, {access.ApplicationObject, []State{Disputed}}, {access.ApplicationWithdraw, []State{Withdrawn}},
		{access.AppealConclude, revised}}},
	{Disputed, []access.Role{access.Reviewer, access.Approver}, policy.ResolveDays, []Step{{access.ApplicationResolve, []State{Announced, Accepted, Refused}},
		{access.ApplicationObject, []State{Disputed}}, {access.ApplicationWithdraw, []State{Withdrawn}}}},
	{Ready, desk, policy.ReferDays, []Step{{access.ReferralSend, []State{Forwarded}}, {access.ApplicationWithdraw, []State{Withdrawn}}}},
	{Forwarded, []access.Role{access.System}, "", []Step{{access.ReferralRecall, []State{Ready}}, {access.ReferralReturn, []State{Ready}}, {access.ReferralDecline, []State{Declined}},
		{access.ReferralReceive, []State{Dispatched}}, {access.ReferralConfirm, []State{Ready, Refused, Dispatched, Closed}}, {access.ReferralTell, []State{Refused, Closed}}}},
	{Review, []access.Role{access.Reviewer}, policy.ReviewDays, []Step{{access.ApplicationReview, []State{Reviewed}}, {access.ApplicationRefuse, []State{Refused}},
		{access.ApplicationWithdraw, []State{Withdrawn}}, amended, {access.AppealConclude, revised}}},
	{Reviewed, []access.Role{access.Approver, access.City}, policy.ReviewDays, []Step{{access.ApplicationRereview, []State{Reviewed}},
		{access.ApplicationApprove, []State{Approved, Delivered}}, {access.ApplicationRefuse, []State{Refused}}, {access.ApplicationWithdraw, []State{Withdrawn}},
		amended, {access.AppealConclude, revised}}},
	{Approved, clerk, policy.PrintDays, []Step{{access.ApplicationPrint, []State{Printing}}, voided}},
	{Printing, clerk, policy.PrintDays, []Step{{access.ApplicationPrint, []State{Printed}}, {access.ApplicationSpoil, []State{Printing}},
		{access.ApplicationUnbatch, []State{Approved}}, voided}},
	{Printed, clerk, policy.DispatchDays, []Step{{access.ApplicationDispatch, []State{Dispatched}}, again, voided}},
	{Dispatched, desk, policy.DeliverDays, []Step{{access.ApplicationDeliver, []State{Delivered}}, {access.ReferralHand, []State{Closed}},
		again, {access.ReferralTell, []State{Refused, Forwarded}}, voided}},
	{Delivered, clerk, policy.FileDays, []Step{{access.ApplicationFile, []State{Closed}}}},
	{Closed, nil, "", nil},
	{Declined, nil, "", []Step{{access.ApplicationFile, []State{Declined}}}},
	{Refused, nil, "", []Step{{access.AppealConclude, revised}, {access.ReferralTell, []State{Forwarded}}, {access.ApplicationFile, []State{Refused}}}}, // an appeal may take it up again
	{Withdrawn, nil, "", []Step{{access.ApplicationFile, []State{Withdrawn}}}},
}

// Stage is the row of the course for s.
func (s State) Stage() Stage {
	i := slices.IndexFunc(Course, func(g Stage) bool { return g.State == s })
	if i < 0 {
		return Stage{State: s}
	}
	return Course[i]
}

// Open says whether the case still waits for somebody.
func (s State) Open() bool { return len(s.Stage().Turn) > 0 }

// Editable says whether what the applicant states may still be changed: before the case is submitted, and after it came back.
func (s State) Editable() bool { return s == Draft || s == Returned }

// Collecting says whether papers may be added: until the county has decided.
func (s State) Collecting() bool {
	i := slices.IndexFunc(Course, func(g Stage) bool { return g.State == s })
	return i >= 0 && i < slices.IndexFunc(Course, func(g Stage) bool { return g.State == Approved })
}

// Undecided says whether papers may be taken off: until somebody has accepted the case on them.
func (s State) Undecided() bool { return s == Draft || s == Returned || s == Submitted }

// Word is the key of s's name in the catalogue.
func (s State) Word() string { return "state." + string(s) }

// Valid says whether s is a state of the course.
func (s State) Valid() bool {
	return slices.ContainsFunc(Course, func(g Stage) bool { return g.State == s })
}

// Steps is the acts that are possible in s.
func (s State) Steps() []access.Act {
	var out []access.Act
	for _, st := range s.Stage().Steps {
		out = append(out, st.Act)
	}
	return out
}

// Waiting is the states in which it is role's turn, in the order of the course: what role's tray holds.
func Waiting(role access.Role) []State {
	var out []State
	for _, g := range Course {
		if slices.Contains(g.Turn, role) {
			out = append(out, g.State)
		}
	}
	return out
}

// allows says whether act may lead from s to to.
func (s State) allows(act access.Act, to State) error {
	for _, st := range s.Stage().Steps {
		if st.Act == act && slices.Contains(st.To, to) {
			return nil
		}
	}
	return fault.New(fault.Refused, "application.step.wrong", act, s)
}
