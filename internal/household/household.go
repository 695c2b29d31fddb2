// Package household is what a survey learns of a person beside the certificate: family state, schooling, where they live, what supports the household has
// and who helps it (残疾人基本状况; N5, N28, M6).
package household

import (
	"slices"
	"strings"

	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/region"
)

// ID names a household.
type ID string

// Marital is the marital state (GB/T 2261.2-2003, its four main classes).
type Marital string

// The marital states.
const (
	Unmarried Marital = "unmarried"
	Married   Marital = "married"
	Widowed   Marital = "widowed"
	Divorced  Marital = "divorced"
)

// Maritals is every marital state, in the order of the standard.
var Maritals = []Marital{Unmarried, Married, Widowed, Divorced}

// Word is the key of m's name in the catalogue.
func (m Marital) Word() string { return "marital." + string(m) }

// Education is the highest schooling (GB/T 4658-2006, its main classes).
type Education string

// The schoolings, from none up.
const (
	Unschooled Education = "none"
	Primary    Education = "primary"
	Junior     Education = "junior"
	Senior     Education = "senior"
	College    Education = "college"
	University Education = "university"
)

// Educations is every schooling, from none up.
var Educations = []Education{Unschooled, Primary, Junior, Senior, College, University}

// Word is the key of e's name in the catalogue.
func (e Education) Word() string { return "education." + string(e) }

// LivesAtMost is how many characters the address where somebody lives may have.
const LivesAtMost = 100

// Life is how a person lives. What nobody asked is empty.
type Life struct {
	Person    person.ID
	Region    region.Code // of registration, which says whose tenant the row is
	Household ID          // "" while it is not known with whom they live
	Marital   Marital
	Education Education
	Lives     region.Code   // the place in which they live, when it is not that of registration and lies in the county
	LivesAt   string        // the address at which they live, when it is not that of registration
	Guardian  person.Number // of the guardian
	Version   int           // 0 while nothing is kept
}

// Check finds every wrong value as typed.
func (l *Life) Check() error {
	var p fault.Problems
	if l.Marital != "" && !slices.Contains(Maritals, l.Marital) {
		p.Add("marital", "form.choice.wrong")
	}
	if l.Education != "" && !slices.Contains(Educations, l.Education) {
		p.Add("education", "form.choice.wrong")
	}
	if l.Lives != "" && (!l.Lives.Valid() || l.Lives.Level() < region.Township) {
		p.Add("lives", "household.lives.wrong")
	}
	l.LivesAt = strings.TrimSpace(l.LivesAt)
	if len([]rune(l.LivesAt)) > LivesAtMost {
		p.Add("lives_at", "household.long", LivesAtMost)
	}
	l.Guardian = person.Number(strings.ToUpper(strings.TrimSpace(string(l.Guardian))))
	if l.Guardian != "" {
		if flaw := l.Guardian.Check(); flaw != "" {
			p.Add("guardian_number", "person.number."+string(flaw))
		}
	}
	return p.Fault()
}

// Kind is a support that a household has.
type Kind string

// The supports; the first three make a household a poor one for the lists (rules.md §4.3).
const (
	Registered Kind = "registered" // 建档立卡
	Lifted     Kind = "lifted"     // 脱贫户
	Watched    Kind = "watched"    // 监测户
	Allowance  Kind = "allowance"  // 低保
)

// Kinds is every support, in the order of the form.
var Kinds = []Kind{Registered, Lifted, Watched, Allowance}

// Word is the key of k's name in the catalogue.
func (k Kind) Word() string { return "support." + string(k) }

// Poor says whether the support makes the household one of the poor.
func (k Kind) Poor() bool { return k == Registered || k == Lifted || k == Watched }

// Span is from when to when something held.
type Span struct {
	From day.Day
	To   day.Day // the last day, "" while it holds
}

// Open says whether it still holds.
func (s Span) Open() bool { return s.To == "" }

// begin refuses a first day that is none or has not come.
func (s Span) begin(field string, today day.Day) (p fault.Problems) {
	if s.From == "" || s.From > today {
		p.Add(field, "household.from.wrong")
	}
	return p
}

// End makes the day the last one.
func (s *Span) End(on, today day.Day) error {
	var p fault.Problems
	switch {
	case !s.Open():
		return fault.New(fault.Refused, "household.ended")
	case on == "" || on < s.From || on > today:
		p.Add("to", "household.to.wrong", s.From)
		return p.Fault()
	}
	s.To = on
	return nil
}

// Support is one support of a person's household, with its days.
type Support struct {
	ID     string
	Region region.Code
	Person person.ID
	Kind   Kind
	Span
}

// Check refuses a support of no kind or without its first day.
func (s Support) Check(today day.Day) error {
	p := s.begin("since", today)
	if !slices.Contains(Kinds, s.Kind) {
		p.Add("support", "household.support.missing")
	}
	return p.Fault()
}

// Role is what somebody is to a household that they help.
type Role string

// The roles (N28).
const (
	Team      Role = "team"      // 驻村队员
	Contact   Role = "contact"   // 帮扶责任人
	Neighbour Role = "neighbour" // 邻里守望、结对帮扶
)

// Roles is every role, in the order of the form.
var Roles = []Role{Team, Contact, Neighbour}

// Word is the key of r's name in the catalogue.
func (r Role) Word() string { return "helper." + string(r) }

// The letters that the texts of a helper may have.
const (
	NameMost = 40
	UnitMost = 60
)

// Helper is somebody who helps a household.
type Helper struct {
	ID        string
	Region    region.Code
	Household ID
	Role      Role
	Name      string
	Unit      string
	Phone     string
	Span
}

// Check finds every wrong value as typed.
func (h *Helper) Check(today day.Day) error {
	p := h.begin("from", today)
	if !slices.Contains(Roles, h.Role) {
		p.Add("role", "household.role.missing")
	}
	h.Name, h.Unit, h.Phone = strings.TrimSpace(h.Name), strings.TrimSpace(h.Unit), strings.TrimSpace(h.Phone)
	switch n := len([]rune(h.Name)); {
	case n == 0:
		p.Add("helper", "household.helper.missing")
	case n > NameMost:
		p.Add("helper", "household.long", NameMost)
	}
	if len([]rune(h.Unit)) > UnitMost {
		p.Add("unit", "household.long", UnitMost)
	}
	if h.Phone != "" && !person.Phone(h.Phone) {
		p.Add("phone", "person.phone.wrong")
	}
	return p.Fault()
}
