// Package reassessment is an examination by doctors of another hospital who see nothing of the first: ordered by the city or the province, signed by two,
// compared by who ordered it (残疾人证管理办法第二十五条).
package reassessment

import (
	"slices"
	"strings"

	"hefa/internal/assessment"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/org"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/staff"
)

// ID names a re-assessment.
type ID string

// State says whose turn it is.
type State string

// The states, in their order.
const (
	Ordered State = "ordered" // the doctors examine
	Signed  State = "signed"  // one has signed, another reads it
	Done    State = "done"    // both have; who ordered it compares
	Decided State = "decided"
	Dropped State = "dropped"
)

// Word is the key of s's name in the catalogue.
func (s State) Word() string { return "reassessment.state." + string(s) }

// Open says whether nothing is decided yet; so long its doctors are kept from everything else about the person.
func (s State) Open() bool { return s == Ordered || s == Signed || s == Done }

// Doctor is one who is named for it.
type Doctor struct{ Account, Name string }

// Examinee is as much of the person as the doctors see.
type Examinee struct {
	Name   string        `json:"name"`
	Number person.Number `json:"number"`
	Sex    person.Sex    `json:"sex"`
	Birth  day.Day       `json:"birth"`
	Phone  string        `json:"phone"`
}

// Reassessment is one examination of one person.
type Reassessment struct {
	ID          ID
	Region      region.Code
	Appeal      string
	Application string
	Person      person.ID
	Hospital    org.ID
	Wanted      []certificate.Category
	State       State
	Day         day.Day // on which the person is to come
	Ordered     day.Day
	Examinee    Examinee              // kept sealed
	Conclusion  assessment.Conclusion // kept sealed; findings only until somebody signs
	Reason      string                // why it was sent back or dropped; kept sealed
	Doctors     []Doctor
	Version     int
}

// County is the tenant that answers for it.
func (r Reassessment) County() region.Code { return r.Region.County() }

// Named says whether the account is one of the doctors.
func (r Reassessment) Named(account string) bool {
	return slices.ContainsFunc(r.Doctors, func(d Doctor) bool { return d.Account == account })
}

// Earlier is who stood at the assessments before, and where.
type Earlier struct {
	Hospitals []org.ID
	Accounts  []string
	Names     []string // of those who signed without an account
}

// Candidate is a doctor of the hospital, with what speaks against naming them.
type Candidate struct {
	staff.Practice
	Name string
	Bar  error // nil when they may be named
}

// Weigh fills in what speaks against c on the day: a part in an earlier assessment (art. 25), the papers (N19, N20), a relative (N22), none of the
// wanted categories (N18).
func (c *Candidate) Weigh(e Earlier, wanted []certificate.Category, relation staff.Relation, on day.Day) {
	switch {
	case slices.Contains(e.Accounts, string(c.Doctor)), slices.Contains(e.Names, c.Name):
		c.Bar = fault.New(fault.Refused, "reassessment.doctor.before")
	case relation != "":
		c.Bar = fault.New(fault.Refused, "relative.block.named", relation)
	case c.MayAssess(on) != nil:
		c.Bar = c.MayAssess(on)
	case !slices.ContainsFunc(c.Categories, func(k certificate.Category) bool { return slices.Contains(wanted, k) }):
		c.Bar = fault.New(fault.Refused, "reassessment.doctor.category")
	}
}

// TextMost is the most letters of a reason.
const TextMost = 500

// Name begins the examination: at another hospital (art. 25) that may assess every wanted category, by at least two doctors for each, so that one can
// sign and another read it.
func (r *Reassessment) Name(hospital org.Org, of []Candidate, e Earlier, today day.Day) error {
	var p fault.Problems
	switch {
	case hospital.ID == "":
		p.Add("hospital", "reassessment.hospital.missing")
		return p.Fault()
	case slices.Contains(e.Hospitals, hospital.ID):
		p.Add("hospital", "appeal.hospital.same")
	}
	if r.Day < today {
		p.Add("day", "reassessment.day.wrong")
	}
	for _, c := range of {
		if c.Bar != nil {
			p.Add("doctor", "reassessment.doctor.barred", c.Name)
		}
		r.Doctors = append(r.Doctors, Doctor{string(c.Doctor), c.Name})
	}
	for _, k := range r.Wanted {
		n := 0
		for _, c := range of {
			if c.Bar == nil && slices.Contains(c.Categories, k) && slices.Contains(hospital.Categories, k) {
				n++
			}
		}
		if n < 2 {
			p.Add("doctor", "reassessment.doctor.two", k)
		}
	}
	r.State, r.Hospital, r.Ordered = Ordered, hospital.ID, today
	return p.Fault()
}

// Keep takes findings that nobody has signed yet.
func (r *Reassessment) Keep(c assessment.Conclusion) error {
	if r.State != Ordered {
		return r.no()
	}
	r.Conclusion = assessment.Conclusion{Findings: c.Findings}
	return nil
}

// Sign takes the first signature under the whole.
func (r *Reassessment) Sign(c assessment.Conclusion) error {
	if r.State != Ordered {
		return r.no()
	}
	r.Conclusion, r.State, r.Reason = c, Signed, ""
	return nil
}

// Countersign is another doctor's signature under the findings of their categories; when every finding has two, who ordered the examination decides.
func (r *Reassessment) Countersign(account, name string, licensed []certificate.Category) error {
	if r.State != Signed {
		return r.no()
	}
	if err := r.Conclusion.Countersign(account, name, licensed); err != nil {
		return err
	}
	if r.Conclusion.Whole() {
		r.State = Done
	}
	return nil
}

// SendBack gives the findings back to the doctors, with a reason.
func (r *Reassessment) SendBack(account, reason string) error {
	if r.State != Signed {
		return r.no()
	}
	if account == r.Conclusion.Doctor {
		return fault.New(fault.Refused, "assessment.confirm.own")
	}
	reason, err := checked(reason)
	if err != nil {
		return err
	}
	r.State, r.Reason, r.Conclusion = Ordered, reason, assessment.Conclusion{Findings: r.Conclusion.Unsigned()}
	return nil
}

// Drop ends the examination before its time, with a reason; another can be ordered.
func (r *Reassessment) Drop(reason string) error {
	if !r.State.Open() {
		return r.no()
	}
	reason, err := checked(reason)
	if err != nil {
		return err
	}
	r.State, r.Reason = Dropped, reason
	return nil
}

// Decide ends it once both signatures are there.
func (r *Reassessment) Decide() error {
	if r.State != Done {
		return r.no()
	}
	r.State = Decided
	return nil
}

func checked(reason string) (string, error) {
	reason = strings.TrimSpace(reason)
	var p fault.Problems
	switch n := len([]rune(reason)); {
	case n == 0:
		p.Add("reason", "reassessment.reason.missing")
	case n > TextMost:
		p.Add("reason", "appeal.long", TextMost)
	}
	return reason, p.Fault()
}

func (r Reassessment) no() error { return fault.New(fault.Refused, "reassessment.step.wrong", r.State) }
