package roster

import (
	"slices"
	"strings"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/person"
	"hefa/internal/region"
)

// Field is one thing of a holder that two registers can tell differently.
type Field string

// The fields that are compared, in the order of the page.
const (
	FieldName     Field = "name"
	FieldNumber   Field = "number" // of the certificate: the 20 positions and the Bn of reissues
	FieldPlace    Field = "place"
	FieldNation   Field = "nation"
	FieldAddress  Field = "address"
	FieldPhone    Field = "phone"
	FieldGuardian Field = "guardian"
	FieldIssued   Field = "issued"
	FieldExpires  Field = "expires"
	FieldStanding Field = "standing"
)

// Fields is every field.
var Fields = []Field{FieldName, FieldNumber, FieldPlace, FieldNation, FieldAddress, FieldPhone, FieldGuardian, FieldIssued, FieldExpires, FieldStanding}

// Word is the key of f's name in the catalogue.
func (f Field) Word() string { return "difference.field." + string(f) }

// Choice is what becomes of a difference.
type Choice string

// The states of a difference: undecided, decided in one of three ways, and over because both registers tell the same again.
const (
	Undecided Choice = "open"
	Theirs    Choice = "theirs"  // what the other register tells was taken over here
	Ours      Choice = "ours"    // the register stays as it is, for a reason
	Send      Choice = "send"    // the other register is to be corrected by the next exchange
	Settled   Choice = "settled" // gone without a decision
)

// Choices is every state, in the order of the filter.
var Choices = []Choice{Undecided, Send, Ours, Theirs, Settled}

// Current says whether the two registers still differ.
func (c Choice) Current() bool { return c == Undecided || c == Ours || c == Send }

// Word is the key of c's name in the catalogue.
func (c Choice) Word() string { return "difference.state." + string(c) }

// DifferenceID names a difference.
type DifferenceID string

// Difference is one field of one holder that the two registers tell differently. A place is told by its code, a state of a certificate by its name.
type Difference struct {
	ID          DifferenceID
	Region      region.Code
	Roster      ID // the newest list that tells so
	Row         int
	Person      person.ID
	Certificate certificate.ID
	Field       Field
	Ours        string
	Theirs      string
	State       Choice
	Reason      string
	Clerk       string
	Decided     day.Day
	Version     int
}

// Seen is a difference as somebody read it, so that nobody decides over a colleague's head.
type Seen struct {
	ID      DifferenceID
	Version int
}

// Seen is d as it was read.
func (d Difference) Seen() Seen { return Seen{d.ID, d.Version} }

// County is the tenant that answers for the difference.
func (d Difference) County() region.Code { return d.Region.County() }

// DifferenceReasonMost is how many letters the reason of a decision can have.
const DifferenceReasonMost = 200

// steps is which step of a certificate's life takes another register's state over. What is not written here needs a case or a list of deaths and moves; what
// is frozen or lost holds again by a restoration, which has an officer, a reason and guards of its own.
var steps = map[[2]certificate.State]certificate.Step{
	{certificate.Valid, certificate.Frozen}: certificate.Freeze,
	{certificate.Valid, certificate.Lost}:   certificate.Lose,
}

// Takeable says whether the other register's value can be taken over without a case.
func (d Difference) Takeable() bool {
	switch d.Field {
	case FieldName, FieldNumber, FieldPlace:
		return false
	case FieldStanding:
		_, ok := steps[[2]certificate.State{certificate.State(d.Ours), certificate.State(d.Theirs)}]
		return ok
	}
	return true
}

// Instead is the key of what leads to the other register's value where it cannot be taken over.
func (d Difference) Instead() string {
	ours := certificate.State(d.Ours)
	if d.Field == FieldStanding && certificate.State(d.Theirs) == certificate.Valid && (ours == certificate.Frozen || ours == certificate.Lost) {
		return "difference.restore"
	}
	return "difference.case"
}

// Decide keeps what somebody decided about a difference; keeping the own value needs a reason.
func (d *Difference) Decide(to Choice, reason, clerk string, on day.Day) error {
	var p fault.Problems
	reason = strings.Join(strings.Fields(reason), " ")
	switch {
	case !d.State.Current():
		return fault.New(fault.Refused, "difference.over")
	case !slices.Contains([]Choice{Theirs, Ours, Send}, to):
		p.Add("do", "difference.choice.missing")
	case to == Theirs && !d.Takeable():
		p.Add("do", "difference.theirs.case", lang.T(d.Field.Word()), lang.T(d.Instead()))
	case to == Ours && reason == "":
		p.Add("reason", "difference.reason.missing")
	case len([]rune(reason)) > DifferenceReasonMost:
		p.Add("reason", "difference.reason.long", DifferenceReasonMost)
	}
	if err := p.Fault(); err != nil {
		return err
	}
	d.State, d.Reason, d.Clerk, d.Decided = to, reason, clerk, on
	return nil
}

// TakeOver writes what the other register tells into the person or the certificate, and says which of the two it was.
func (d Difference) TakeOver(p *person.Person, c *certificate.Certificate, on day.Day) (ofPerson bool, err error) {
	switch d.Field {
	case FieldNation:
		p.Nation = d.Theirs
	case FieldAddress:
		p.Address = d.Theirs
	case FieldPhone:
		p.Phone = d.Theirs
	case FieldGuardian:
		p.Guardian.Name = d.Theirs
	case FieldIssued:
		c.Issued = day.Day(d.Theirs)
		return false, nil
	case FieldExpires:
		c.Expires = day.Day(d.Theirs)
		return false, nil
	case FieldStanding:
		return false, c.Take(steps[[2]certificate.State{c.State, certificate.State(d.Theirs)}], on)
	}
	return true, nil
}

// CheckDays refuses a holder's certificate that would end before it was issued.
func CheckDays(holder string, c certificate.Certificate) error {
	if c.Issued == "" || c.Expires == "" || c.Issued <= c.Expires {
		return nil
	}
	return fault.New(fault.Refused, "difference.theirs.days", holder, c.Issued, c.Expires)
}

// Now is what the register tells today of what the difference is about.
func (d Difference) Now(p person.Person, c certificate.Certificate) string {
	switch d.Field {
	case FieldName:
		return p.Name
	case FieldNumber:
		return string(c.Number)
	case FieldPlace:
		return string(p.Region)
	case FieldNation:
		return p.Nation
	case FieldAddress:
		return p.Address
	case FieldPhone:
		return p.Phone
	case FieldGuardian:
		return p.Guardian.Name
	case FieldIssued:
		return string(c.Issued)
	case FieldExpires:
		return string(c.Expires)
	}
	return string(c.State)
}

// Pair is a field that both registers know, as each tells it; Same says that they agree.
type Pair struct {
	Field        Field
	Ours, Theirs string
	Same         bool
}

// Compare is every field of a person, and of the certificate that both tell of, nil for none, that the row knows too. What one of the two does not know is
// no difference; where is the place that the row means, "" for none.
func (e Entry) Compare(p person.Person, c *certificate.Certificate, where region.Code) []Pair {
	var out []Pair
	add := func(f Field, ours, theirs string, same bool) {
		if ours != "" && theirs != "" && !strings.Contains(theirs, "*") { // what is masked says nothing
			out = append(out, Pair{f, ours, theirs, same || ours == theirs})
		}
	}
	add(FieldName, p.Name, e.Name, person.Bare(p.Name) == person.Bare(e.Name))
	add(FieldPlace, string(p.Region), string(where), p.Region.Contains(where) || where.Contains(p.Region))
	add(FieldNation, p.Nation, e.Nation, strings.TrimSuffix(p.Nation, "族") == strings.TrimSuffix(e.Nation, "族"))
	add(FieldAddress, p.Address, e.Address, strings.HasSuffix(squeeze(e.Address), squeeze(p.Address)))
	add(FieldPhone, p.Phone, e.Phone, dialled(p.Phone) == dialled(e.Phone))
	add(FieldGuardian, p.Guardian.Name, e.Guardian, person.Bare(p.Guardian.Name) == person.Bare(e.Guardian))
	if c == nil {
		return out
	}
	add(FieldNumber, string(c.Number), string(e.Certificate), false)
	if c.Number.Core() != e.Certificate.Core() {
		return out // two certificates have each their own days
	}
	add(FieldIssued, string(c.Issued), string(e.Issued), false)
	add(FieldExpires, string(c.Expires), string(e.Expires), false)
	add(FieldStanding, string(c.State), string(e.Standing), told(c.State) == e.Standing)
	return out
}

// dialled is the digits of a phone number.
func dialled(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
