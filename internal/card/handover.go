package card

import (
	"slices"
	"strings"

	"hefa/internal/day"
	"hefa/internal/fault"
)

// Means is how a card gets from the office to the hand.
type Means string

// The means.
const (
	Counter Means = "counter" // fetched
	Home    Means = "home"    // brought to the door
	Post    Means = "post"    // sent, with a number
)

// AllMeans is every means, in the order of the form.
var AllMeans = []Means{Counter, Home, Post}

// Word is the key of m's name in the catalogue.
func (m Means) Word() string { return "means." + string(m) }

// Delivery is how a card came into the hand.
type Delivery struct {
	Means    Means // "" is Counter
	Receiver string
	Relation string  // the receiver's relation to the holder, "" for the holder
	Papers   string  // what somebody else showed: 委托书、户口簿
	Tracking string  // number of the parcel
	Recalled bool    // the old certificate was handed in
	Note     string  // why the old one was not
	On       day.Day // the day of the signature, "" for the day of the entry
}

// Deliver notes on a day that the card was handed over against a signature, on that day or an earlier one since left, when it came to where it is handed over; for an exchange the old one is handed in, or it is written why not (办法 art. 19; M61).
func (c *Card) Deliver(d Delivery, exchange bool, left, on day.Day) error {
	if c.State != Dispatched {
		return fault.New(fault.Refused, "card.step.wrong", c.State)
	}
	if d.Means == "" {
		d.Means = Counter
	}
	for _, s := range []*string{&d.Receiver, &d.Relation, &d.Papers, &d.Tracking, &d.Note} {
		*s = strings.TrimSpace(*s)
	}
	if d.On == "" {
		d.On = on
	}
	if err := d.check(*c, exchange, max(left, c.Printed), on); err != nil {
		return err
	}
	c.State, c.Delivered, c.Delivery = Delivered, d.On, d
	return nil
}

// check finds every gap of a delivery to the holder or somebody for them.
func (d Delivery) check(c Card, exchange bool, left, today day.Day) error {
	var p fault.Problems
	holder := c.Face.Name
	switch _, err := day.Parse(string(d.On)); {
	case err != nil:
		p.Add("on", "card.on.form")
	case d.On > today:
		p.Add("on", "card.on.future")
	case d.On < left:
		p.Add("on", "card.on.early", left)
	}
	if !slices.Contains(AllMeans, d.Means) {
		p.Add("means", "card.means.missing")
	}
	if d.Receiver == "" {
		p.Add("receiver", "card.receiver.missing")
	}
	if other := d.Receiver != "" && d.Receiver != holder; other {
		if d.Relation == "" {
			p.Add("relation", "card.relation.missing")
		}
		if d.Papers == "" {
			p.Add("papers", "card.papers.missing")
		}
	}
	if d.Means == Post && d.Tracking == "" {
		p.Add("tracking", "card.tracking.missing")
	}
	if exchange && !d.Recalled && d.Note == "" {
		p.Add("note", "card.recall.missing")
	}
	long(&p, "receiver", d.Receiver, 40)
	long(&p, "relation", d.Relation, 20)
	long(&p, "papers", d.Papers, 60)
	long(&p, "tracking", d.Tracking, 40)
	long(&p, "note", d.Note, 200)
	return p.Fault()
}

// Notify counts that the holder was told to fetch the card.
func (c *Card) Notify(on day.Day) error {
	if c.State != Dispatched {
		return fault.New(fault.Refused, "card.step.wrong", c.State)
	}
	if c.Notified == on {
		return fault.New(fault.Refused, "card.notified.today")
	}
	c.Notified = on
	c.Notices++
	return nil
}
