package certificate

import (
	"slices"

	"hefa/internal/day"
	"hefa/internal/fault"
)

// State says where a certificate stands.
type State string

// The states of a certificate (product.md §3); expiring and expired are derived from its dates.
const (
	Pending   State = "pending"   // numbered and frozen in print, not yet in the hand
	Valid     State = "valid"     // the holder carries it
	Lost      State = "lost"      // declared lost and void, a new one is asked for (办法 art. 20)
	Frozen    State = "frozen"    // the holder moved more than half a year ago without it (办法 art. 23)
	Moving    State = "moving"    // on its way to another county
	Doubted   State = "review"    // under review (复核)
	Announced State = "announced" // published for cancellation, the public may object
	Cancelled State = "cancelled" // ended, with its reason
	Replaced  State = "replaced"  // followed by another one
	Left      State = "left"      // taken over by another county, where it stands under the same number
	Expiring  State = "expiring"  // derived: valid, but not for long
	Expired   State = "expired"   // derived: valid once
)

// States is every state that is kept, in the order of a life.
var States = []State{Pending, Valid, Lost, Frozen, Moving, Doubted, Announced, Cancelled, Replaced, Left}

// Live says whether the certificate is the one that its holder has: there is one at most, held by an index.
func (s State) Live() bool { return s != Pending && s != Cancelled && s != Replaced && s != Left }

// Valid says whether s is a state that is kept.
func (s State) Valid() bool { return slices.Contains(States, s) }

// Word is the key of s's name in the catalogue.
func (s State) Word() string { return "certificate.state." + string(s) }

// Step is something that happens to a certificate.
type Step string

// The steps of a certificate's life.
const (
	Issue    Step = "issue"    // it comes into the hand
	Replace  Step = "replace"  // another one came into the hand
	Lose     Step = "lose"     // declared lost
	Recover  Step = "recover"  // found again, or the reissue came to nothing
	Freeze   Step = "freeze"   // not moved along for more than half a year
	Thaw     Step = "thaw"     // the reason for the freeze has gone
	Depart   Step = "depart"   // sent to another county
	Stay     Step = "stay"     // the other county sent it back
	Leave    Step = "leave"    // the other county took it over
	Doubt    Step = "doubt"    // a review was begun
	Settle   Step = "settle"   // the review left it as it is
	Announce Step = "announce" // published for cancellation
	Retract  Step = "retract"  // taken off the published list
	Cancel   Step = "cancel"   // ended
	Void     Step = "void"     // it never came into the hand
)

// Move is one step with the states that it leads from and to.
type Move struct {
	Step Step
	From []State
	To   State
}

// Life is the whole state machine; what is not written here is refused.
var Life = []Move{
	{Issue, []State{Pending}, Valid},
	{Replace, []State{Valid, Lost, Moving, Doubted, Frozen}, Replaced},
	{Lose, []State{Valid}, Lost},
	{Recover, []State{Lost}, Valid},
	{Freeze, []State{Valid, Moving}, Frozen},
	{Thaw, []State{Frozen}, Valid},
	{Depart, []State{Valid, Frozen}, Moving},
	{Stay, []State{Moving}, Valid},
	{Leave, []State{Moving, Frozen}, Left},
	{Doubt, []State{Valid}, Doubted},
	{Settle, []State{Doubted}, Valid},
	{Announce, []State{Valid, Frozen, Doubted}, Announced},
	{Retract, []State{Announced}, Valid},
	{Cancel, []State{Valid, Lost, Frozen, Moving, Doubted, Announced}, Cancelled},
	{Void, []State{Pending}, Cancelled},
}

// Reason is why a certificate was cancelled.
type Reason string

// The reasons of rules.md §1.3.
const (
	Death     Reason = "death"     // the holder died (办法 art. 24)
	Recovered Reason = "recovered" // the condition no longer meets the standard (办法 art. 24)
	Wish      Reason = "wish"      // the holder or guardian asks in writing
	Gone      Reason = "gone"      // declared missing
	Fraud     Reason = "fraud"     // obtained or used by fraud
	Unmoved   Reason = "unmoved"   // not moved along within a year (办法 art. 23)
	Unrenewed Reason = "unrenewed" // refuses re-assessment or exchange after notice (N42)
	Twice     Reason = "twice"     // a duplicate, or entered by mistake
)

// Voided is the reason of a certificate whose case ended before the hand-over: nobody ever held it, and nobody can choose it (ADR 0135).
const Voided Reason = "void"

// Reasons is every reason that can be chosen, in the order of the form.
var Reasons = []Reason{Death, Recovered, Wish, Gone, Fraud, Unmoved, Unrenewed, Twice}

// Word is the key of r's name in the catalogue.
func (r Reason) Word() string { return "certificate.reason." + string(r) }

// Bars says whether nobody may apply anew for a while after a cancellation for r: after any but that of a mistaken entry (办法 art. 24), and of one that
// nobody held.
func (r Reason) Bars() bool { return r != Twice && r != Death && r != Voided }

// Barred is the first day on which the holder of c may apply again, months after its cancellation; "" when nothing bars.
func (c Certificate) Barred(months int) day.Day {
	if c.State != Cancelled || !c.Reason.Bars() || c.Since == "" {
		return ""
	}
	return c.Since.AddMonths(months)
}

// Allows says whether the step can be taken from s.
func (s State) Allows(step Step) bool {
	return slices.ContainsFunc(Life, func(m Move) bool { return m.Step == step && slices.Contains(m.From, s) })
}

// Take moves the certificate one step on the day; what Life does not hold is refused.
func (c *Certificate) Take(step Step, on day.Day) error {
	for _, m := range Life {
		if m.Step == step && slices.Contains(m.From, c.State) {
			c.State, c.Since = m.To, on
			return nil
		}
	}
	return fault.New(fault.Refused, "certificate.step.wrong", c.State)
}

// End cancels the certificate for a reason.
func (c *Certificate) End(r Reason, on day.Day) error {
	if !slices.Contains(Reasons, r) {
		var p fault.Problems
		p.Add("cause", "certificate.reason.missing")
		return p.Fault()
	}
	if err := c.Take(Cancel, on); err != nil {
		return err
	}
	c.Reason = r
	return nil
}

// Void ends the certificate before anybody held it.
func (c *Certificate) Void(on day.Day) error {
	if err := c.Take(Void, on); err != nil {
		return err
	}
	c.Reason = Voided
	return nil
}
