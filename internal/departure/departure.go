// Package departure is what lists of deaths and moves from public security and civil affairs say of people who hold a certificate or have applied for
// one, and what is done about it: cancelled after a death, frozen and then cancelled when a certificate was not moved along (残疾人证管理办法第二十三条、第二十四条).
package departure

import (
	"slices"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/region"
)

// Kind is what a list says of its people.
type Kind string

// The kinds of lists.
const (
	Death Kind = "death" // who died
	Move  Kind = "move"  // whose household registration left the county
)

// Kinds is every kind, in the order of the form.
var Kinds = []Kind{Death, Move}

// Word is the key of k's name in the catalogue.
func (k Kind) Word() string { return "departure.kind." + string(k) }

// Valid says whether k is one of the kinds.
func (k Kind) Valid() bool { return k == Death || k == Move }

// State says where a departure stands.
type State string

// The states of a departure.
const (
	Proposed  State = "proposed"  // matched with a live certificate, nothing done
	Frozen    State = "frozen"    // the certificate is frozen and waits for the year to end
	Cancelled State = "cancelled" // the certificate is no longer valid, or the case of somebody without one ended
	Dismissed State = "dismissed" // the list was wrong, or the certificate was moved along
)

// States is every state, in the order of the course.
var States = []State{Proposed, Frozen, Cancelled, Dismissed}

// Word is the key of s's name in the catalogue.
func (s State) Word() string { return "departure.state." + string(s) }

// Word is the key of how far it has come: of somebody who holds nothing only the case ended.
func (d Departure) Word() string {
	if d.Certificate == "" && d.State == Cancelled {
		return "departure.state.ended"
	}
	return d.State.Word()
}

// Open says whether something may still be done.
func (s State) Open() bool { return s == Proposed || s == Frozen }

// Remedy is what can be done to the certificate.
type Remedy string

// The remedies; Wait is none yet.
const (
	Wait   Remedy = "wait"
	Freeze Remedy = "freeze"
	Cancel Remedy = "cancel"
	End    Remedy = "end" // the case of somebody who died without a certificate
)

// Word is the key of r's name in the catalogue.
func (r Remedy) Word() string { return "departure.remedy." + string(r) }

// Limits is the months after a move from which its certificate is frozen and cancelled: more than half a year and more than a year (art. 23).
type Limits struct{ Freeze, Cancel int }

// ListID names a list.
type ListID string

// List is one list as it was handed in. Rows counts its lines: each is rejected, unknown to the county's register, idle (nothing to do: no live
// certificate, or already proposed) or matched.
type List struct {
	ID                                     ListID
	Region                                 region.Code // the county
	Kind                                   Kind
	Source                                 string // who sent it
	Name                                   string // of the file
	Author                                 string
	On                                     day.Day
	Rows, Rejected, Unknown, Idle, Matched int
}

// County is the tenant that answers for the list.
func (l List) County() region.Code { return l.Region.County() }

// The letters that a source and a reason may have.
const (
	SourceMost = 60
	ReasonMost = 500
)

// Check refuses a list of no kind or no source.
func (l List) Check() error {
	var p fault.Problems
	if !l.Kind.Valid() {
		p.Add("kind", "departure.kind.missing")
	}
	switch n := len([]rune(l.Source)); {
	case n == 0:
		p.Add("source", "departure.source.missing")
	case n > SourceMost:
		p.Add("source", "departure.source.long", SourceMost)
	}
	return p.Fault()
}

// ID names a departure.
type ID string

// Departure is what a list says of one holder of a live certificate, or of somebody who died while a first one was under way.
type Departure struct {
	ID          ID
	Region      region.Code // of the certificate
	List        ListID
	Kind        Kind
	Person      person.ID
	Certificate certificate.ID // "" of somebody who died without one
	Named       string         // the name on the list
	On          day.Day        // of the death or the move, "" when the list does not say
	Whither     string         // where the person moved to
	State       State
	Decided     day.Day
	Reason      string // why it was dismissed
	Version     int
}

// County is the tenant that answers for the departure.
func (d Departure) County() region.Code { return d.Region.County() }

// From is the first day on which a remedy of a move may be taken: the day after the months have passed, so that "more than half a year" is more. A
// death is remedied at once; "" when the list does not say when the person moved.
func (d Departure) From(r Remedy, l Limits) day.Day {
	months := map[Remedy]int{Freeze: l.Freeze, Cancel: l.Cancel}
	n, ok := months[r]
	switch {
	case d.Kind == Death:
		return d.On
	case !ok || d.On == "":
		return ""
	}
	return d.On.AddMonths(n).Add(1)
}

// Next is what can be done today.
func (d Departure) Next(l Limits, today day.Day) Remedy {
	switch {
	case !d.State.Open(), d.On > today:
		return Wait
	case d.Certificate == "":
		return End
	case d.Kind == Death:
		return Cancel
	case d.On == "":
		return Wait
	case today >= d.From(Cancel, l):
		return Cancel
	case d.State == Proposed && today >= d.From(Freeze, l):
		return Freeze
	}
	return Wait
}

// Other says whether the list knows the holder under another name than the register; signs between its parts and characters that are often confused make
// no other name, since the number is the same.
func (d Departure) Other(holder string) bool { return person.Fold(d.Named) != person.Fold(holder) }

// Take does to the certificate what is due today, and says what that was; it is refused while nothing is due, or when the list knows the holder under
// another name than the register.
func (d *Departure) Take(c *certificate.Certificate, holder string, l Limits, today day.Day) (Remedy, error) {
	if !d.State.Open() {
		return Wait, fault.New(fault.Refused, "departure.step.wrong", d.State)
	}
	if d.Other(holder) {
		return Wait, fault.New(fault.Refused, "departure.name.other", d.Named)
	}
	r := d.Next(l, today)
	var err error
	switch r {
	case End:
		d.State, d.Decided = Cancelled, today
	case Cancel:
		reason := certificate.Unmoved
		if d.Kind == Death {
			reason = certificate.Death
		}
		if c.State != certificate.Pending && c.Reason != certificate.Voided { // one that nobody holds ends with its case
			err = c.End(reason, today)
		}
		d.State, d.Decided = Cancelled, today
	case Freeze:
		err = c.Take(certificate.Freeze, today)
		d.State = Frozen
	default:
		err = d.early(l, today)
	}
	return r, err
}

// early says why nothing is due yet.
func (d *Departure) early(l Limits, today day.Day) error {
	if d.On > today {
		return fault.New(fault.Refused, "departure.future", d.On)
	}
	if d.On == "" {
		return fault.New(fault.Refused, "departure.undated")
	}
	if d.State == Frozen {
		return fault.New(fault.Refused, "departure.early.cancel", d.From(Cancel, l))
	}
	return fault.New(fault.Refused, "departure.early.freeze", d.From(Freeze, l))
}

// Learn takes over what a later list tells more of somebody for whom something is open: the death of one who moved, or the day that an earlier list did
// not say. It reports false when the line tells nothing new.
func (d *Departure) Learn(from Departure) bool {
	died, dated := d.Kind == Move && from.Kind == Death, d.Kind == from.Kind && d.On == "" && from.On != ""
	if !d.State.Open() || !died && !dated {
		return false
	}
	d.List, d.Kind, d.Named, d.On, d.Whither = from.List, from.Kind, from.Named, from.On, from.Whither
	return true
}

// Repeats says whether a line says again, of the same day, what was decided before; what has no day cannot be told apart from something new.
func (d Departure) Repeats(from Departure) bool {
	return !d.State.Open() && d.Kind == from.Kind && d.On != "" && d.On == from.On
}

// Freezes says whether one of them keeps the certificate frozen: its holder moved away more than half a year ago (art. 23).
func Freezes(all []Departure) bool {
	return slices.ContainsFunc(all, func(d Departure) bool { return d.State == Frozen })
}

// Dismiss closes it without a cancellation; a frozen certificate holds again.
func (d *Departure) Dismiss(c *certificate.Certificate, reason string, today day.Day) error {
	var p fault.Problems
	switch n := len([]rune(reason)); {
	case n == 0:
		p.Add("reason", "departure.reason.missing")
	case n > ReasonMost:
		p.Add("reason", "departure.reason.long", ReasonMost)
	}
	if len(p) > 0 {
		return p.Fault()
	}
	if !d.State.Open() {
		return fault.New(fault.Refused, "departure.step.wrong", d.State)
	}
	if d.State == Frozen && c.State == certificate.Frozen {
		if err := c.Take(certificate.Thaw, today); err != nil {
			return err
		}
	}
	d.State, d.Decided, d.Reason = Dismissed, today, reason
	return nil
}
