// Package reminder is a letter with a tear-off slip to one person: who is due for one, how it reached them, what they promised, until when, and what
// came of it. Attachments 3, 5 and 6 of the Nanyang plan are its kinds.
package reminder

import (
	"strings"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/region"
)

// ID names a reminder.
type ID string

// Kind is which letter it is.
type Kind string

// The kinds of letters.
const (
	Flow   Kind = "flow"   // 附件3: how to apply, to somebody who may be disabled and was never assessed
	Renew  Kind = "renew"  // 附件5: the certificate ends in so many months
	Review Kind = "review" // 附件6: the condition is no longer what the certificate says
)

// Kinds is every kind, in the order of the plan.
var Kinds = []Kind{Flow, Renew, Review}

// Word is the key of k's name in the catalogue.
func (k Kind) Word() string { return "reminder.kind." + string(k) }

// Valid says whether there is such a letter.
func (k Kind) Valid() bool { return k == Flow || k == Renew || k == Review }

// State says how far a reminder has come.
type State string

// The states of a reminder; overdue is derived from its last day.
const (
	Made     State = "made"     // numbered; the village worker is to hand it over
	Sent     State = "sent"     // given out; the slip is awaited
	Received State = "received" // the slip is here, or a witness saw it refused
	Kept     State = "kept"     // the person came: an application exists
	Stopped  State = "stopped"  // no longer wanted: cancelled, replaced, moved, dead
)

// States is every state, in the order of the course.
var States = []State{Made, Sent, Received, Kept, Stopped}

// Word is the key of s's name in the catalogue.
func (s State) Word() string { return "reminder.state." + string(s) }

// Open says whether something is still awaited from the person.
func (s State) Open() bool { return s == Made || s == Sent || s == Received }

// Channel is the way by which a reminder reaches the person.
type Channel string

// The ways of a reminder.
const (
	Hand  Channel = "hand"  // handed over
	Post  Channel = "post"  // sent by post
	SMS   Channel = "sms"   // a message to the phone
	Phone Channel = "phone" // told on the phone
	Read  Channel = "read"  // read aloud to who cannot read
)

// Channels is every way.
var Channels = []Channel{Hand, Post, SMS, Phone, Read}

// Word is the key of c's name in the catalogue.
func (c Channel) Word() string { return "reminder.channel." + string(c) }

func (c Channel) valid() bool {
	for _, k := range Channels {
		if k == c {
			return true
		}
	}
	return false
}

// Signer is whose hand stands on the slip.
type Signer string

// Who signs a slip.
const (
	Self     Signer = "self"
	Guardian Signer = "guardian"
	Refused  Signer = "refused" // nobody: a witness saw that the letter was given and the slip refused
)

// Signers is every answer.
var Signers = []Signer{Self, Guardian, Refused}

// Word is the key of s's name in the catalogue.
func (s Signer) Word() string { return "reminder.signer." + string(s) }

// Reminder is one letter to one person.
type Reminder struct {
	ID          ID
	Region      region.Code
	No          string // also in the QR code of the slip
	Kind        Kind
	Step        string // what it is for: the months before expiry, or the day of a letter that has no step; one letter a step
	Person      person.ID
	Certificate certificate.ID // "" for Flow
	State       State
	Made        day.Day
	Months      int // that were left when it was made, rounded up; 0 when it is not Renew
	Channel     Channel
	Sent        day.Day
	Received    day.Day
	Promised    day.Day // what the person wrote on the slip of Flow
	Due         day.Day // the last day for what the letter asks; "" while a receipt is awaited that sets it
	Signer      Signer
	Witness     string // personal: kept sealed
	Proof       string // the hash of the slip's scan or photo, "" for none
	ProofType   string // its content type
	Reason      Reason // why the person does not come
	Remark      string // personal: kept sealed
	Urged       day.Day
	Urges       int
	Version     int
}

// County is the tenant that answers for the reminder.
func (r Reminder) County() region.Code { return r.Region.County() }

// Overdue says whether the last day has passed without what the letter asks.
func (r Reminder) Overdue(on day.Day) bool { return r.State.Open() && r.Due != "" && r.Due < on }

// Send says by which way the letter went out; what was only told or texted needs no slip but may still get one.
func (r *Reminder) Send(by Channel, on, today day.Day) error {
	var p fault.Problems
	if !by.valid() {
		p.Add("channel", "reminder.channel.wrong")
	}
	if on == "" || on < r.Made || on > today {
		p.Add("sent", "reminder.sent.wrong", r.Made, today)
	}
	if err := p.Fault(); err != nil {
		return err
	}
	if r.State != Made && r.State != Sent {
		return fault.New(fault.Refused, "reminder.step.wrong", r.State)
	}
	r.State, r.Channel, r.Sent = Sent, by, on
	return nil
}

// Receipt is what stands on a slip that came back.
type Receipt struct {
	On        day.Day // the day that the person wrote
	Promised  day.Day // Flow: by when they will apply
	Signer    Signer
	Witness   string // who saw the refusal
	Proof     string
	ProofType string
}

// Receive takes the slip. From its day the period runs: days calendar days for Review, the promised day for Flow; Renew keeps the certificate's last
// day. A refusal needs a witness.
func (r *Reminder) Receive(s Receipt, today day.Day, days int) error {
	var p fault.Problems
	if s.On == "" || s.On < r.Made || s.On > today {
		p.Add("received", "reminder.received.wrong", r.Made, today)
	}
	if r.Kind == Flow && s.Signer != Refused && (s.Promised == "" || s.Promised < s.On || s.Promised > s.On.AddYears(1)) {
		p.Add("promised", "reminder.promised.wrong")
	}
	s.Witness = strings.TrimSpace(s.Witness)
	switch {
	case s.Signer != Self && s.Signer != Guardian && s.Signer != Refused:
		p.Add("signer", "reminder.signer.wrong")
	case s.Signer == Refused && s.Witness == "":
		p.Add("witness", "reminder.witness.missing")
	case len([]rune(s.Witness)) > 40:
		p.Add("witness", "person.name.long")
	}
	if err := p.Fault(); err != nil {
		return err
	}
	if r.State != Made && r.State != Sent {
		return fault.New(fault.Refused, "reminder.step.wrong", r.State)
	}
	if r.State == Made {
		r.Channel, r.Sent = Hand, s.On
	}
	r.State, r.Received, r.Signer, r.Witness, r.Proof, r.ProofType = Received, s.On, s.Signer, s.Witness, s.Proof, s.ProofType
	switch r.Kind {
	case Flow:
		r.Promised, r.Due = s.Promised, s.Promised
	case Review:
		r.Due = s.On.Add(days)
	}
	return nil
}

// GiveBack takes a slip that belongs to somebody else off the letter, which waits for its own again. Of one that is said to have gone out by hand on the slip's
// own day nobody but that slip says that it went out: it is to be given again.
func (r *Reminder) GiveBack() error {
	if r.State != Received {
		return fault.New(fault.Refused, "reminder.step.wrong", r.State)
	}
	r.State = Sent
	if r.Channel == Hand && r.Sent == r.Received {
		r.State, r.Channel, r.Sent = Made, "", ""
	}
	r.Received, r.Promised, r.Signer, r.Witness, r.Proof, r.ProofType = "", "", "", "", "", ""
	if r.Kind != Renew { // the slip set it
		r.Due = ""
	}
	return nil
}

// Urge notes that somebody tried to win the person over on a day, and why the person does not come; "" when they will. A letter that was made later or from
// which nothing is awaited stays as it is.
func (r *Reminder) Urge(on day.Day, why Reason, remark string) bool {
	if !r.State.Open() || on < r.Made {
		return false
	}
	if on >= r.Urged {
		r.Urged, r.Reason, r.Remark = on, why, remark
		if why == "" {
			r.Remark = ""
		}
	}
	r.Urges++
	return true
}

// Answer notes why the person does not come.
func (r *Reminder) Answer(why Reason, remark string) error {
	var p fault.Problems
	if !why.Valid() {
		p.Add("reason", "reminder.reason.wrong")
	}
	remark = strings.TrimSpace(remark)
	if len([]rune(remark)) > 200 {
		p.Add("remark", "reminder.remark.long")
	}
	if why == Other && remark == "" {
		p.Add("remark", "reminder.remark.missing")
	}
	if err := p.Fault(); err != nil {
		return err
	}
	if !r.State.Open() {
		return fault.New(fault.Refused, "reminder.step.wrong", r.State)
	}
	r.Reason, r.Remark = why, remark
	return nil
}

// End closes a reminder from which nothing is awaited any more: Kept when the person came, else Stopped.
func (r *Reminder) End(s State) error {
	if !r.State.Open() || s != Kept && s != Stopped {
		return fault.New(fault.Refused, "reminder.step.wrong", r.State)
	}
	r.State = s
	return nil
}
