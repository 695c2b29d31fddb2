// Package card is what is printed: the batch, each card with its frozen face, and its way to the hand.
package card

import (
	"strings"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/policy"
	"hefa/internal/region"
)

// BatchID names a print batch.
type BatchID string

// ID names a card.
type ID string

// State says where a card is.
type State string

// The states of a card.
const (
	Frozen     State = "frozen"     // the face is fixed; not yet printed good
	Good       State = "good"       // printed and checked
	Dispatched State = "dispatched" // on its way to, or at, the township
	Delivered  State = "delivered"  // in the hand
	Void       State = "void"       // its case ended, or it was taken out of its batch: nobody gets it
)

// Word is the key of s's name in the catalogue.
func (s State) Word() string { return "card.state." + string(s) }

// Card is one printed certificate on its way.
type Card struct {
	ID          ID
	Region      region.Code
	Batch       BatchID
	Application string
	Certificate certificate.ID
	Face        Face
	State       State
	Spoiled     int     // how many blanks were spoiled before a good one
	Serial      string  // the blank's serial, when it was noted
	Printed     day.Day // the day on which it first came out good; a reprint wipes out no delay
	Left        day.Day // the day on which it left for its township, "" while it is here, and of cards that left before such days were kept
	Ahead       bool    // it left before its batch, and is not in its bag
	Delivery            // how it came into the hand
	Delivered   day.Day // the day on which it did
	Notified    day.Day // the last day on which the holder was told to fetch it
	Notices     int     // how often
	Version     int
}

// County is the tenant that answers for the card.
func (c Card) County() region.Code { return c.Region.County() }

// Batch is one township's cards of one print run.
type Batch struct {
	ID         BatchID
	Region     region.Code
	No         string
	Cards      int
	Made       day.Day
	Dispatched day.Day // "" while it is here
	Parcel
	Arrival // once it came in at the township
	Version int
}

// County is the tenant that answers for the batch.
func (b Batch) County() region.Code { return b.Region.County() }

// Good marks the print as good; serial is the blank's, "" when nobody notes it.
func (c *Card) Good(serial string, on day.Day) error {
	if c.State != Frozen {
		return fault.New(fault.Refused, "card.step.wrong", c.State)
	}
	serial = Serial(serial)
	var p fault.Problems
	long(&p, "serial", serial, 40)
	if err := p.Fault(); err != nil {
		return err
	}
	c.State, c.Serial = Good, serial
	if c.Printed == "" {
		c.Printed = on
	}
	return nil
}

// long notes a text of more than most characters.
func long(p *fault.Problems, name, text string, most int) {
	if len([]rune(text)) > most {
		p.Add(name, "card.text.long", most)
	}
}

// Spoil counts a blank that came out wrong; the same face is printed again.
func (c *Card) Spoil(reason string) error {
	if c.State != Frozen {
		return fault.New(fault.Refused, "card.step.wrong", c.State)
	}
	var p fault.Problems
	if strings.TrimSpace(reason) == "" {
		p.Add("reason", "card.spoil.reason")
	}
	long(&p, "reason", reason, 200)
	if err := p.Fault(); err != nil {
		return err
	}
	c.Spoiled++
	return nil
}

// Reprint takes a good card, or one that was sent and nobody holds, back to the printer, with the reason: the same face is printed again, on another blank.
func (c *Card) Reprint(reason string) error {
	if c.State != Good && c.State != Dispatched {
		return fault.New(fault.Refused, "card.step.wrong", c.State)
	}
	var p fault.Problems
	if strings.TrimSpace(reason) == "" {
		p.Add("reason", "card.reprint.reason")
	}
	long(&p, "reason", reason, 200)
	if err := p.Fault(); err != nil {
		return err
	}
	c.State, c.Serial, c.Left, c.Notified, c.Notices, c.Ahead = Frozen, "", "", "", 0, false
	c.Spoiled++
	return nil
}

// Void takes a card that nobody holds out of everything that is printed, sent and handed over; its face and serial stay as they were.
func (c *Card) Void() error {
	if c.State == Delivered || c.State == Void {
		return fault.New(fault.Refused, "card.step.wrong", c.State)
	}
	c.State = Void
	return nil
}

// Dispatch sends a good card to the township on a day.
func (c *Card) Dispatch(on day.Day) error {
	if c.State != Good {
		return fault.New(fault.Refused, "card.step.wrong", c.State)
	}
	c.State, c.Left = Dispatched, on
	return nil
}

// Way is the days from the good print to the hand, or to today while the card is on its way: calendar days, and whether they are more
// working days than policy leaves for dispatch and delivery. A card that is not printed has been on its way for no days.
func (c Card) Way(today day.Day, working day.Calendar, rules policy.Set) (days int, late bool) {
	if c.Printed == "" {
		return 0, false
	}
	until := today
	if c.Delivered != "" {
		until = c.Delivered
	}
	return until.Sub(c.Printed), working.Between(c.Printed, until) > WayMost(rules)
}

// WayMost is the working days that policy leaves from the good print to the hand.
func WayMost(rules policy.Set) int {
	return rules.Count(policy.DispatchDays) + rules.Count(policy.DeliverDays)
}
