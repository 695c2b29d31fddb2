// Package lapse is a certificate that nobody renewed in time, or whose holder did not come to the review: published at the township, open to objection,
// and cancelled by the county when nobody objected.
package lapse

import (
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/region"
)

// ID names a lapse.
type ID string

// Cause is why a certificate is to be cancelled.
type Cause string

// The causes of the Nanyang plan (N42).
const (
	Expired Cause = "expired" // not renewed in time
	Review  Cause = "review"  // did not come to the review
)

// Causes is every cause.
var Causes = []Cause{Expired, Review}

// Word is the key of c's name in the catalogue.
func (c Cause) Word() string { return "lapse.cause." + string(c) }

// State says where a lapse stands.
type State string

// The states of a lapse.
const (
	Announced State = "announced" // the public may object
	Disputed  State = "disputed"  // the county looks into an objection
	Cancelled State = "cancelled" // the certificate is no longer valid
	Dropped   State = "dropped"   // taken back: an objection was right, the person came, or the certificate ended otherwise
)

// States is every state, in the order of the course.
var States = []State{Announced, Disputed, Cancelled, Dropped}

// Word is the key of s's name in the catalogue.
func (s State) Word() string { return "lapse.state." + string(s) }

// Open says whether it is still to be decided.
func (s State) Open() bool { return s == Announced || s == Disputed }

// Step is what can be done to a lapse.
type Step string

// The steps.
const (
	Object  Step = "object"
	Uphold  Step = "uphold"
	Dismiss Step = "dismiss"
	Cancel  Step = "cancel"
	Drop    Step = "drop"
)

// moves is every step there is; what is not written here is refused.
var moves = map[Step]struct {
	from []State
	to   State
}{
	Object:  {[]State{Announced}, Disputed},
	Uphold:  {[]State{Disputed}, Dropped},
	Dismiss: {[]State{Disputed}, Announced},
	Cancel:  {[]State{Announced}, Cancelled},
	Drop:    {[]State{Announced, Disputed}, Dropped},
}

// Lapse is one certificate put up for cancellation.
type Lapse struct {
	ID          ID
	Region      region.Code
	Certificate certificate.ID
	Person      person.ID
	Cause       Cause
	State       State
	Posting     string // the published list that it stands on
	Ends        day.Day
	Decided     day.Day
	Reason      string // why it was dropped
	Version     int
}

// County is the tenant that answers for the lapse.
func (l Lapse) County() region.Code { return l.Region.County() }

// Take does a step.
func (l *Lapse) Take(s Step, today day.Day) error {
	m := moves[s]
	for _, from := range m.from {
		if l.State != from {
			continue
		}
		if s == Cancel && today <= l.Ends {
			return fault.New(fault.Refused, "lapse.running", l.Ends)
		}
		l.State = m.to
		if !l.State.Open() {
			l.Decided = today
		}
		return nil
	}
	return fault.New(fault.Refused, "lapse.step.wrong", l.State)
}

// Posting is one published list of certificates to be cancelled.
type Posting struct {
	ID      string
	Region  region.Code
	No      string
	Starts  day.Day // the day on which it is hung up; the period begins on the day after
	Ends    day.Day // the last day of the period
	People  int
	Phone   string // where to object
	Version int
}

// County is the tenant that answers for the list.
func (p Posting) County() region.Code { return p.Region.County() }

// Public says whether everybody may see the list on the day.
func (p Posting) Public(on day.Day) bool { return p.Starts <= on && on <= p.Ends }

// Check refuses a list of nobody, and one of more than a township.
func (p Posting) Check(people int) error {
	var problems fault.Problems
	if p.Region.Level() < region.Township || !p.Region.Valid() {
		problems.Add("region", "notice.region.wide")
	}
	if people == 0 {
		problems.Add("ids", "lapse.people.missing")
	}
	return problems.Fault()
}

// Due says since when a certificate may be put up, and for which cause; "" when it may not: expires is its last day, review the last day of a review
// that was not kept, "" for none.
func Due(expires, review, today day.Day, grace int) Cause {
	switch {
	case expires != "" && expires.Add(grace) < today:
		return Expired
	case review != "" && review.Add(grace) < today:
		return Review
	}
	return ""
}
