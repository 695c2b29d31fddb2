// Package transfer is a certificate on its way to the county that its holder moved to, with the list of the papers in the holder's file: sent at the
// approval of a 迁移, taken over there or sent back (残疾人证管理办法第二十三条; the layout of the 迁移单 is a local draft, rules.md §4).
package transfer

import (
	"encoding/json"
	"slices"
	"strings"

	"hefa/internal/archive"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/household"
	"hefa/internal/person"
	"hefa/internal/region"
)

// ID names one county's record of a transfer.
type ID string

// Way is the side on which a county stands.
type Way string

// The two sides; each county keeps its own record.
const (
	In  Way = "in"  // 迁入
	Out Way = "out" // 迁出
)

// Ways is both sides, in the order of the form.
var Ways = []Way{In, Out}

// Word is the key of w's name in the catalogue.
func (w Way) Word() string { return "transfer.way." + string(w) }

// Valid says whether w is one of the sides.
func (w Way) Valid() bool { return slices.Contains(Ways, w) }

// State says where a transfer stands.
type State string

// The states of a transfer.
const (
	Sent     State = "sent"     // waits for the other county
	Taken    State = "taken"    // the other county holds the certificate now
	Returned State = "returned" // the other county sent it back, the certificate stays
	Recalled State = "recalled" // the sending county took it back, the certificate stays
)

// States is every state, in the order of the course.
var States = []State{Sent, Taken, Returned, Recalled}

// Word is the key of s's name in the catalogue.
func (s State) Word() string { return "transfer.state." + string(s) }

// Valid says whether s is a state of a transfer.
func (s State) Valid() bool { return slices.Contains(States, s) }

// Parcel is what the sending county says of the holder, as it stood when the certificate was sent.
type Parcel struct {
	From        string // the sending federation
	Place       string // where the holder was registered, in words
	Name        string
	Number      person.Number
	Category    certificate.Category
	Level       certificate.Level
	Certificate certificate.Number
	Issued      day.Day
	Expires     day.Day
	No          string         // of the case, the number of the 迁移单
	File        string         // the number of the holder's file, "" when none was opened
	Papers      []archive.Item // the papers of the file, and those of the cases that are not filed yet
}

// Message is what is signed of the parcel: its form and its text.
func (p Parcel) Message() []byte {
	b, _ := json.Marshal(p) // texts, numbers and days cannot fail
	return append([]byte("hefa-transfer-1\n"), b...)
}

// Transfer is one county's record of it.
type Transfer struct {
	ID          ID
	Way         Way
	Region      region.Code // out: the village that the holder leaves; in: the place that the case named
	Abroad      region.Code // the place on the other side
	Twin        ID          // the other county's record
	Person      person.ID   // in the register of this county; "" on the way in until it is taken
	Certificate certificate.ID
	Application string // the case of this county: that asked for it, or that the taking over left
	Parcel      Parcel
	Key         string // the key that signed the parcel
	Signature   string // over Parcel.Message, base64
	State       State
	Sent        day.Day
	Due         day.Day // the last day for the other county
	Decided     day.Day
	Decider     string // who decided
	Receipt     string // the number of a paper receipt, when the other county does not work with this program
	Reason      string // why it was returned or recalled
	Version     int
}

// County is the tenant that keeps the record.
func (t Transfer) County() region.Code { return t.Region.County() }

// Late says whether the other county has let its last day pass.
func (t Transfer) Late(today day.Day) bool { return t.State == Sent && t.Due < today }

// ReasonMost is the letters that a reason may have, ReceiptMost those of a receipt's number, AddressMost those of an address.
const (
	ReasonMost  = 500
	ReceiptMost = 60
	AddressMost = 100
)

// decide ends what waits; only what was sent can be decided.
func (t *Transfer) decide(to State, who string, on day.Day) error {
	if t.State != Sent {
		return fault.New(fault.Refused, "transfer.step.wrong", t.State)
	}
	t.State, t.Decided, t.Decider = to, on, who
	return nil
}

// Take records that the other county holds the certificate now.
func (t *Transfer) Take(who string, on day.Day) error { return t.decide(Taken, who, on) }

// Back ends the transfer without effect: sent back by the county of arrival, or recalled by the one that sent it.
func (t *Transfer) Back(reason, who string, on day.Day) error {
	reason = strings.TrimSpace(reason)
	var p fault.Problems
	switch n := len([]rune(reason)); {
	case n == 0:
		p.Add("reason", "transfer.reason.missing")
	case n > ReasonMost:
		p.Add("reason", "transfer.reason.long", ReasonMost)
	}
	if err := p.Fault(); err != nil {
		return err
	}
	to := Returned
	if t.Way == Out {
		to = Recalled
	}
	t.Reason = reason
	return t.decide(to, who, on)
}

// Confirm records the paper receipt of a county that does not work with this program.
func (t *Transfer) Confirm(no string, who string, on day.Day) error {
	no = strings.TrimSpace(no)
	var p fault.Problems
	switch n := len([]rune(no)); {
	case n == 0:
		p.Add("receipt", "transfer.receipt.missing")
	case n > ReceiptMost:
		p.Add("receipt", "transfer.receipt.long", ReceiptMost)
	}
	if err := p.Fault(); err != nil {
		return err
	}
	t.Receipt = no
	return t.decide(Taken, who, on)
}

// Answer is the end of one record told to the other.
func (t *Transfer) Answer(from Transfer) {
	t.State, t.Decided, t.Decider, t.Receipt, t.Reason = from.State, from.Decided, from.Decider, from.Receipt, from.Reason
}

// Arrival is what the county of arrival enters when it takes somebody over.
type Arrival struct {
	Village region.Code
	Address string // of the new household registration, within the village
	Seen    bool   // the household register that shows the move was seen in the original
}

// Check refuses what is not entered; where is the place that the case named.
func (a Arrival) Check(where region.Code) error {
	var p fault.Problems
	if a.Village.Level() != region.Village || !where.County().Contains(a.Village) {
		p.Add("region", "transfer.village.missing")
	}
	if len([]rune(strings.TrimSpace(a.Address))) > AddressMost {
		p.Add("address", "transfer.address.long", AddressMost)
	}
	if !a.Seen {
		p.Add("seen", "transfer.seen.missing")
	}
	return p.Fault()
}

// Settle is the holder as the register of the new county has them, under a new name of the record; what the sending county kept goes along. Supports
// and helpers belong to the old place and do not.
func (a Arrival) Settle(p person.Person, id person.ID, life household.Life) (person.Person, household.Life) {
	p.ID, p.Region, p.Address, p.Version = id, a.Village, strings.TrimSpace(a.Address), 1
	return p, household.Life{Person: id, Region: a.Village, Marital: life.Marital, Education: life.Education, Guardian: life.Guardian}
}

// Carry is the certificate as the new county holds it: the same number, term and grade, with a remark of where it came from, which is all that the
// practice of the registers notes (rules.md §1.3).
func (a Arrival) Carry(c certificate.Certificate, id certificate.ID, of person.ID, remark string, on day.Day) certificate.Certificate {
	c.ID, c.Person, c.Region, c.State, c.Since, c.Previous, c.Version = id, of, a.Village, certificate.Valid, on, "", 1
	c.Remarks = strings.TrimSpace(c.Remarks + " " + remark)
	return c
}
