// Package appeal is a re-assessment that somebody asks for who disputes the result of theirs: by the city's federation at a hospital that it names, and
// after that once more by the province's, whose conclusion is final (残疾人证管理办法第二十五条).
package appeal

import (
	"slices"
	"strings"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/region"
)

// ID names an appeal.
type ID string

// Level is who has a person assessed again.
type Level string

// The levels; there is none after the second.
const (
	City     Level = "city"
	Province Level = "province"
)

// Levels is both levels, in their order.
var Levels = []Level{City, Province}

// Word is the key of l's name in the catalogue.
func (l Level) Word() string { return "appeal.level." + string(l) }

// Origin is who wants the second look.
type Origin string

// The origins.
const (
	Person Origin = "person" // whoever disputes the result
	Office Origin = "office" // the federation, which checks it of its own accord
)

// Word is the key of o's name in the catalogue.
func (o Origin) Word() string { return "appeal.origin." + string(o) }

// State says how far an appeal has come.
type State string

// The states of an appeal.
const (
	Filed    State = "filed"    // the federation is to consent and name a hospital
	Admitted State = "admitted" // the hospital is named, its conclusion is awaited
	Denied   State = "denied"   // not heard: out of time, or nothing to hear
	Upheld   State = "upheld"   // the first result stands
	Changed  State = "changed"  // another result takes its place
)

// States is every state, in the order of the course.
var States = []State{Filed, Admitted, Denied, Upheld, Changed}

// Word is the key of s's name in the catalogue.
func (s State) Word() string { return "appeal.state." + string(s) }

// Open says whether a conclusion is still awaited.
func (s State) Open() bool { return s == Filed || s == Admitted }

// The letters that the texts may have.
const (
	TextMost = 500
	NameMost = 60
)

// Result is what an assessment comes to: no level when the standard is not met.
type Result struct {
	Category certificate.Category
	Level    certificate.Level
}

// Met says whether the standard is met.
func (r Result) Met() bool { return r.Level != "" }

// Appeal is one appeal about one case.
type Appeal struct {
	ID          ID
	Region      region.Code
	No          string
	Application string
	Origin      Origin
	Level       Level
	State       State
	Filed       day.Day
	Reason      string // personal: kept sealed
	Hospital    string // that the federation named
	Doctors     []string
	Result      Result
	Decided     day.Day
	Opinion     string // personal: kept sealed
	Version     int
}

// County is the tenant that answers for the appeal.
func (a Appeal) County() region.Code { return a.Region.County() }

// Before is what was there before an appeal: the case's result with the day that people learned it, who signed it and where, and the earlier appeals.
type Before struct {
	Learned  day.Day
	Last     day.Day // the last day to appeal against it
	Hospital string
	Signed   []string
	Result   Result
	Earlier  []Appeal // about the case, the oldest first
}

// Next is who hears the next appeal: the city, and when that has concluded the province. While one is open, after the province's conclusion, and after the
// last day there is none.
func (b Before) Next(today day.Day) (Level, error) {
	next := City
	for _, e := range b.Earlier {
		switch {
		case e.State.Open():
			return "", fault.New(fault.Refused, "appeal.open")
		case e.State == Denied || e.Origin == Office: // which takes no stage from the person
			continue
		case e.Level == Province:
			return "", fault.New(fault.Refused, "appeal.final")
		}
		next = Province
	}
	if today > b.Last {
		return "", fault.New(fault.Refused, "appeal.late", b.Last)
	}
	return next, nil
}

// File begins an appeal at the level whose turn it is.
func (a *Appeal) File(b Before, today day.Day) error {
	a.Reason = strings.TrimSpace(a.Reason)
	var p fault.Problems
	if n := len([]rune(a.Reason)); n == 0 {
		p.Add("reason", "appeal.reason.missing")
	} else if n > TextMost {
		p.Add("reason", "appeal.long", TextMost)
	}
	if err := p.Fault(); err != nil {
		return err
	}
	l, err := b.Next(today)
	if err != nil {
		return err
	}
	a.Origin, a.Level, a.State, a.Filed = Person, l, Filed, today
	return nil
}

// Check begins a second look that the federation wants itself; it is admitted at once.
func (a *Appeal) Check(hospital string, b Before, today day.Day) error {
	if slices.ContainsFunc(b.Earlier, func(e Appeal) bool { return e.State.Open() }) {
		return fault.New(fault.Refused, "appeal.open")
	}
	reason, err := checked("reason", a.Reason)
	if err != nil {
		return err
	}
	a.Origin, a.Level, a.State, a.Filed, a.Reason, a.Hospital = Office, City, Admitted, today, reason, hospital
	return nil
}

// Admit consents and names a hospital, another one than the first.
func (a *Appeal) Admit(hospital string, b Before) error {
	if a.State != Filed {
		return a.no()
	}
	hospital = strings.TrimSpace(hospital)
	var p fault.Problems
	switch n := len([]rune(hospital)); {
	case n == 0:
		p.Add("hospital", "appeal.hospital.missing")
	case n > NameMost:
		p.Add("hospital", "appeal.long", NameMost)
	case hospital == b.Hospital || slices.ContainsFunc(b.Earlier, func(e Appeal) bool { return e.ID != a.ID && e.State != Denied && e.Hospital == hospital }):
		p.Add("hospital", "appeal.hospital.same")
	}
	if err := p.Fault(); err != nil {
		return err
	}
	a.State, a.Hospital = Admitted, hospital
	return nil
}

// Deny does not hear the appeal, with a reason.
func (a *Appeal) Deny(opinion string, today day.Day) error {
	if a.State != Filed {
		return a.no()
	}
	opinion, err := checked("opinion", opinion)
	if err != nil {
		return err
	}
	a.State, a.Opinion, a.Decided = Denied, opinion, today
	return nil
}

// Conclusion is what the named hospital found.
type Conclusion struct {
	Result  Result
	Doctors [2]string // two, none of whom signed before
	On      day.Day
	Opinion string
}

// Conclude takes the hospital's conclusion: it upholds the result that stood or puts another in its place.
func (a *Appeal) Conclude(c Conclusion, b Before, today day.Day) error {
	if a.State != Admitted {
		return a.no()
	}
	var p fault.Problems
	if c.Result.Met() && (!c.Result.Level.Valid() || !c.Result.Category.Valid()) {
		p.Add("level", "appeal.result.missing")
	}
	if c.On == "" || c.On < a.Filed || c.On > today {
		p.Add("on", "appeal.on.wrong", a.Filed)
	}
	signed := slices.Clone(b.Signed)
	for _, e := range b.Earlier {
		if e.ID != a.ID {
			signed = append(signed, e.Doctors...)
		}
	}
	a.Doctors = nil
	for i, name := range c.Doctors {
		field, name := []string{"first", "second"}[i], strings.TrimSpace(name)
		switch {
		case name == "":
			p.Add(field, "appeal.doctor.missing")
		case len([]rune(name)) > NameMost:
			p.Add(field, "appeal.long", NameMost)
		case slices.Contains(a.Doctors, name):
			p.Add(field, "appeal.doctor.twice")
		case slices.Contains(signed, name):
			p.Add(field, "appeal.doctor.before")
		}
		a.Doctors = append(a.Doctors, name)
	}
	opinion, err := checked("opinion", c.Opinion)
	p = append(p, fault.Fields(err)...)
	if err := p.Fault(); err != nil {
		return err
	}
	a.settle(c.Result, b, c.On, opinion)
	return nil
}

// Move names another hospital for an appeal whose examination there was given up.
func (a *Appeal) Move(hospital string) error {
	if a.State != Admitted {
		return a.no()
	}
	a.Hospital = hospital
	return nil
}

// GiveUp ends a check of the office's own without a result.
func (a *Appeal) GiveUp(reason string, today day.Day) {
	a.State, a.Opinion, a.Decided = Denied, reason, today
}

// Second is what doctors of the named hospital signed within the program, and whether it is to take the place of the first result.
type Second struct {
	Result  Result
	Doctors []string
	Adopt   bool
	Opinion string
}

// Decide takes a second result, or lets the first stand against it.
func (a *Appeal) Decide(s Second, b Before, today day.Day) error {
	if a.State != Admitted {
		return a.no()
	}
	opinion, err := checked("opinion", s.Opinion)
	if err != nil {
		return err
	}
	a.Doctors = s.Doctors
	a.settle(s.Result, b, today, opinion)
	if !s.Adopt {
		a.State = Upheld
	}
	return nil
}

// settle enters a second result beside the first.
func (a *Appeal) settle(r Result, b Before, on day.Day, opinion string) {
	a.Result, a.Decided, a.Opinion, a.State = r, on, opinion, Changed
	if !r.Met() {
		a.Result = Result{}
	}
	if a.Result == b.Result || !a.Result.Met() && !b.Result.Met() {
		a.State = Upheld
	}
}

func checked(field, text string) (string, error) {
	text = strings.TrimSpace(text)
	var p fault.Problems
	switch n := len([]rune(text)); {
	case n == 0:
		p.Add(field, "appeal.opinion.missing")
	case n > TextMost:
		p.Add(field, "appeal.long", TextMost)
	}
	return text, p.Fault()
}

func (a *Appeal) no() error { return fault.New(fault.Refused, "appeal.step.wrong", a.State) }
