// Package referral is a case that one county takes, has assessed and hands its outcome over for, and that another, where the person is registered,
// decides (残疾人证“跨省通办”, rules.md §5.4). Each of the two counties keeps its own record of it.
package referral

import (
	"encoding/json"
	"slices"
	"strings"

	"hefa/internal/card"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/region"
)

// ID names one county's record of a referral.
type ID string

// Side is the part that a county has in it.
type Side string

// The two sides.
const (
	Host Side = "host" // 受理地: took the case
	Home Side = "home" // 户籍地: decides on it
)

// Sides is both sides, in the order of the form.
var Sides = []Side{Host, Home}

// Word is the key of s's name in the catalogue.
func (s Side) Word() string { return "referral.side." + string(s) }

// State says where a referral stands; both records say the same.
type State string

// The states of a referral.
const (
	Sent     State = "sent"     // waits for the county of registration
	Taken    State = "taken"    // a case there
	Returned State = "returned" // came back once for what is missing
	Recalled State = "recalled" // taken back before it was taken there
	Declined State = "declined" // not taken there
	Refused  State = "refused"  // decided there: no
	Posted   State = "posted"   // the card is on its way
	Arrived  State = "arrived"  // the card lies at the county that took the case
	Done     State = "done"     // in the hand, or in effect without a card
)

// States is every state, in the order of the course.
var States = []State{Sent, Taken, Returned, Recalled, Declined, Refused, Posted, Arrived, Done}

// Word is the key of s's name in the catalogue.
func (s State) Word() string { return "referral.state." + string(s) }

// Step is what one side does.
type Step string

// The steps.
const (
	Again   Step = "again"
	Take    Step = "take"
	Return  Step = "return"
	Recall  Step = "recall"
	Decline Step = "decline"
	Refuse  Step = "refuse"
	Reopen  Step = "reopen"
	Post    Step = "post"
	Miss    Step = "miss"
	Receive Step = "receive"
	Finish  Step = "finish"
)

// moves is every step there is: whose it is, from where it leads, and where to. A county that does not work with this program takes none of its own; the
// host enters on paper what it did (Confirm).
var moves = map[Step]struct {
	side Side
	from []State
	to   State
}{
	Again:   {Host, []State{Returned, Recalled}, Sent},
	Take:    {Home, []State{Sent}, Taken},
	Return:  {Home, []State{Sent}, Returned},
	Recall:  {Host, []State{Sent}, Recalled},
	Decline: {Home, []State{Sent}, Declined},
	Refuse:  {Home, []State{Taken, Posted, Arrived}, Refused}, // a card that nobody got yet may still be void
	Reopen:  {Home, []State{Refused}, Taken},
	Post:    {Home, []State{Taken}, Posted},
	Miss:    {Home, []State{Posted, Arrived}, Taken}, // it got lost before anybody had it
	Receive: {Host, []State{Posted}, Arrived},
	Finish:  {"", []State{Taken, Posted, Arrived}, Done},
}

// Referral is one county's record of it.
type Referral struct {
	ID          ID
	Side        Side
	Region      region.Code // host: where the person lives; home: the place of registration
	Abroad      region.Code // the place on the other side
	Twin        ID          // the other county's record
	Application string      // the case of this county; "" at home until it is taken
	Parcel      Parcel
	Key         string // the key that signed the parcel
	Signature   string // over Parcel.Message, base64
	State       State
	Backs       int // how often it came back for what was missing
	Sent        day.Day
	Due         day.Day // the last day for the county of registration
	Decided     day.Day // of the last step
	Decider     string  // who took it
	Receipt     string  // the number of the document of a county that does not work with this program
	Reason      string  // why it was returned, recalled, declined or refused
	Way         Way     // of the card
	Version     int
}

// Way is how the card went from the county that made it.
type Way struct {
	Holder    bool    // straight to the holder, not by way of the host
	Carrier   string  // who carries it
	Tracking  string  // number of the parcel
	Posted    day.Day // when it was sent off
	Received  day.Day // when it came in at the host
	Delivery  card.Delivery
	Delivered day.Day
}

// County is the tenant that keeps the record.
func (r Referral) County() region.Code { return r.Region.County() }

// Late says whether the county of registration has let its last day pass.
func (r Referral) Late(today day.Day) bool { return r.State == Sent && r.Due < today }

// May says whether the step is this side's to take now.
func (r Referral) May(s Step) bool {
	m, ok := moves[s]
	switch {
	case !ok || !slices.Contains(m.from, r.State) || m.side != "" && m.side != r.Side:
		return false
	case s == Return:
		return r.Backs == 0 // once; then it is decided
	case s == Receive:
		return !r.Way.Holder
	}
	return true
}

// take records a step that who took.
func (r *Referral) take(s Step, who string, on day.Day) error {
	if !r.May(s) {
		return fault.New(fault.Refused, "referral.step.wrong", r.State)
	}
	r.State, r.Decided, r.Decider = moves[s].to, on, who
	return nil
}

// ReasonMost is the letters that a reason may have, TextMost those of a carrier, a number or a document.
const (
	ReasonMost = 500
	TextMost   = 60
)

// end records a step that wants a reason.
func (r *Referral) end(s Step, reason, who string, on day.Day) error {
	var p fault.Problems
	fill(&p, "reason", &reason, ReasonMost)
	if err := p.Fault(); err != nil {
		return err
	}
	if err := r.take(s, who, on); err != nil {
		return err
	}
	r.Reason = reason
	return nil
}

// fill trims a text that must be there.
func fill(p *fault.Problems, name string, text *string, most int) {
	*text = strings.TrimSpace(*text)
	switch n := len([]rune(*text)); {
	case n == 0:
		p.Add(name, "referral."+name+".missing")
	case n > most:
		p.Add(name, "referral.text.long", most)
	}
}

// Resend sends it anew with what was missing, until due.
func (r *Referral) Resend(parcel Parcel, due day.Day, who string, on day.Day) error {
	if err := r.take(Again, who, on); err != nil {
		return err
	}
	r.Parcel, r.Sent, r.Due, r.Reason = parcel, on, due, ""
	return nil
}

// Take records that the county of registration has a case of it now, in the place where the person is registered.
func (r *Referral) Take(application string, where region.Code, who string, on day.Day) error {
	if err := r.take(Take, who, on); err != nil {
		return err
	}
	r.Application, r.Region = application, where
	return nil
}

// Return sends it back for what the reason names.
func (r *Referral) Return(reason, who string, on day.Day) error {
	if r.State == Sent && r.Side == Home && r.Backs > 0 {
		return fault.New(fault.Refused, "referral.return.once")
	}
	if err := r.end(Return, reason, who, on); err != nil {
		return err
	}
	r.Backs++
	return nil
}

// Decline ends it without a case: the person is not registered there.
func (r *Referral) Decline(reason, who string, on day.Day) error {
	return r.end(Decline, reason, who, on)
}

// Recall takes it back before it is taken there.
func (r *Referral) Recall(reason, who string, on day.Day) error {
	return r.end(Recall, reason, who, on)
}

// Refuse records that the case there ended without what was asked for.
func (r *Referral) Refuse(reason, who string, on day.Day) error {
	return r.end(Refuse, reason, who, on)
}

// Reopen records that an appeal took the case there up again.
func (r *Referral) Reopen(who string, on day.Day) error {
	r2 := *r
	if err := r2.take(Reopen, who, on); err != nil {
		return err
	}
	r2.Reason = ""
	*r = r2
	return nil
}

// Post records that the card was sent off.
func (r *Referral) Post(w Way, who string, on day.Day) error {
	var p fault.Problems
	fill(&p, "carrier", &w.Carrier, TextMost)
	fill(&p, "tracking", &w.Tracking, TextMost)
	if err := p.Fault(); err != nil {
		return err
	}
	if err := r.take(Post, who, on); err != nil {
		return err
	}
	r.Way = Way{Holder: w.Holder, Carrier: w.Carrier, Tracking: w.Tracking, Posted: on}
	return nil
}

// Miss records that the card got lost after it was sent off: it is printed again and sent off once more.
func (r *Referral) Miss(who string, on day.Day) error {
	if err := r.take(Miss, who, on); err != nil {
		return err
	}
	r.Way = Way{}
	return nil
}

// Receive records that the card came in at the host.
func (r *Referral) Receive(who string, on day.Day) error {
	if err := r.take(Receive, who, on); err != nil {
		return err
	}
	r.Way.Received = on
	return nil
}

// Hand hands the card over at the host against a signature; recalls says that the old one is handed in.
func (r *Referral) Hand(how card.Delivery, recalls bool, who string, on day.Day) error {
	if r.Side != Host || r.State != Arrived {
		return fault.New(fault.Refused, "referral.step.wrong", r.State)
	}
	k := card.Card{State: card.Dispatched, Printed: r.Way.Received, Face: card.Face{Name: r.Parcel.Person.Name}}
	if err := k.Deliver(how, recalls, "", on); err != nil {
		return err
	}
	r.Way.Delivery, r.Way.Delivered = k.Delivery, k.Delivered
	return r.take(Finish, who, on)
}

// Finish records that the matter has come to its end at home: in effect without a card, or the card in the holder's hand.
func (r *Referral) Finish(who string, on day.Day) error {
	if r.Side != Home {
		return fault.New(fault.Refused, "referral.step.wrong", r.State)
	}
	return r.take(Finish, who, on)
}

// Told is what the other county's record says now, put into this one; each keeps its own case and place.
func (r *Referral) Told(from Referral) {
	r.State, r.Backs, r.Sent, r.Due, r.Parcel, r.Key, r.Signature = from.State, from.Backs, from.Sent, from.Due, from.Parcel, from.Key, from.Signature
	r.Decided, r.Decider, r.Receipt, r.Reason, r.Way = from.Decided, from.Decider, from.Receipt, from.Reason, from.Way
}

// Outcomes is how a county that does not work with this program can answer on paper.
var Outcomes = []State{Arrived, Done, Refused, Returned}

// Answer is such an answer as the host enters it.
type Answer struct {
	Outcome State  // one of Outcomes
	Receipt string // the number of its document
	Reason  string // of Refused and Returned
}

// Confirm records the answer on paper.
func (r *Referral) Confirm(a Answer, who string, on day.Day) error {
	var p fault.Problems
	if !slices.Contains(Outcomes, a.Outcome) {
		p.Add("outcome", "referral.outcome.missing")
	}
	fill(&p, "receipt", &a.Receipt, TextMost)
	if a.Outcome == Refused || a.Outcome == Returned {
		fill(&p, "reason", &a.Reason, ReasonMost)
	} else {
		a.Reason = ""
	}
	if err := p.Fault(); err != nil {
		return err
	}
	switch {
	case r.Side != Host || r.State != Sent:
		return fault.New(fault.Refused, "referral.step.wrong", r.State)
	case a.Outcome == Returned && r.Backs > 0:
		return fault.New(fault.Refused, "referral.return.once")
	}
	r.State, r.Receipt, r.Reason, r.Decided, r.Decider = a.Outcome, a.Receipt, a.Reason, on, who
	switch a.Outcome {
	case Arrived:
		r.Way.Received = on
	case Returned:
		r.Backs++
	}
	return nil
}

// Message is what is signed of the parcel: its form and its text.
func (p Parcel) Message() []byte {
	b, _ := json.Marshal(p) // texts, numbers and days cannot fail
	return append([]byte("hefa-referral-1\n"), b...)
}
