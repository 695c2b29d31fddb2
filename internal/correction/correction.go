// Package correction is an identity number of the register that is wrong: one officer states the right one with what proves it, another compares and grants
// it (ADR 0120).
package correction

import (
	"slices"
	"strings"

	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/region"
)

// Cause is why the register has another number than the holder.
type Cause string

// The causes.
const (
	Typed  Cause = "typed"  // slip of the pen at the counter
	Listed Cause = "listed" // wrong on a list that was read in
	Police Cause = "police" // the police gave the holder another one
)

// Causes is every cause, in the order of the form.
var Causes = []Cause{Typed, Listed, Police}

// Word is the key of c's name in the catalogue.
func (c Cause) Word() string { return "correction.cause." + string(c) }

// State says where a correction stands.
type State string

// The states.
const (
	Asked   State = "asked"
	Granted State = "granted"
	Denied  State = "denied"
)

// States is every state, in the order of the course.
var States = []State{Asked, Granted, Denied}

// Word is the key of s's name in the catalogue.
func (s State) Word() string { return "correction.state." + string(s) }

// most is the letters that the evidence and the opinion may have.
const most = 200

// Correction is one number that is to take the place of another.
type Correction struct {
	ID         string
	Region     region.Code // where the person lives
	Person     person.ID
	Was        person.Number // what the register had when it was asked for
	Number     person.Number // what is right
	Cause      Cause
	Reason     string
	Evidence   string // the papers that were seen
	Author     string // account
	AuthorName string
	On         day.Day
	State      State
	Judge      string // account
	JudgeName  string
	Judged     day.Day
	Opinion    string
	Version    int
}

// County is the tenant that answers for the correction.
func (c Correction) County() region.Code { return c.Region.County() }

// Check finds every wrong value of a correction as typed.
func (c *Correction) Check() error {
	c.Number = clean(c.Number)
	c.Reason, c.Evidence = tidy(c.Reason), tidy(c.Evidence)
	var p fault.Problems
	switch flaw := c.Number.Check(); {
	case flaw != "":
		p.Add("number", "person.number."+string(flaw))
	case c.Number == c.Was:
		p.Add("number", "correction.same")
	}
	if !slices.Contains(Causes, c.Cause) {
		p.Add("cause", "correction.cause.missing")
	}
	p = append(p, fault.Fields(person.CheckReason(c.Reason))...)
	for _, f := range fault.Fields(person.CheckReason(c.Evidence)) {
		f.Name = "evidence"
		p = append(p, f)
	}
	return p.Fault()
}

// clean is a number as typed, without the blanks that people set between its parts.
func clean(n person.Number) person.Number {
	return person.Number(strings.ToUpper(strings.Join(strings.Fields(string(n)), "")))
}

func tidy(s string) string { return strings.Join(strings.Fields(s), " ") }

// Verdict is what somebody else thinks of a correction.
type Verdict struct {
	ID            string // of the correction that was read
	Account, Name string
	Grant         bool
	Number        person.Number // read off the papers once more, so that a second slip of the pen shows
	Opinion       string        // needed for a denial
}

// Decide grants or denies what was asked for; nobody decides about what they asked for themselves.
func (c *Correction) Decide(v Verdict, today day.Day) error {
	switch v.Opinion = tidy(v.Opinion); {
	case v.ID != c.ID:
		return fault.New(fault.Stale, "record.stale")
	case c.State != Asked:
		return fault.New(fault.Refused, "correction.decided")
	case v.Account == c.Author:
		return fault.New(fault.Refused, "correction.own")
	}
	var p fault.Problems
	if v.Grant && clean(v.Number) != c.Number {
		p.Add("again", "correction.again.other")
	}
	if !v.Grant && v.Opinion == "" {
		p.Add("opinion", "correction.opinion.missing")
	}
	if len([]rune(v.Opinion)) > most {
		p.Add("opinion", "correction.opinion.long", most)
	}
	if person.HoldsNumber(v.Opinion) {
		p.Add("opinion", "person.reason.number")
	}
	if err := p.Fault(); err != nil {
		return err
	}
	c.State, c.Judge, c.JudgeName, c.Judged, c.Opinion = Denied, v.Account, v.Name, today, v.Opinion
	if v.Grant {
		c.State = Granted
	}
	return nil
}
