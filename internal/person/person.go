package person

import (
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/region"
	"strings"
)

// ID names a person.
type ID string

// Person is one human being in the register.
type Person struct {
	ID       ID
	Region   region.Code // the village, or the township while the village is unknown, of household registration
	Name     string
	Number   Number
	Sex      Sex
	Birth    day.Day
	Nation   string
	Address  string // what follows the village: group, street, house
	Phone    string
	Guardian Guardian
	Poor     bool // 建档立卡 household
	Version  int
}

// Guardian speaks for a minor or a person who cannot.
type Guardian struct {
	Name     string
	Relation string
	Phone    string
}

// County is the tenant that answers for the person.
func (p Person) County() region.Code { return p.Region.County() }

// Word is the key of s's name in the catalogue.
func (s Sex) Word() string { return "sex." + string(s) }

// Fill takes sex and birth date from the identity number, so that nobody types them, and writes the name as lists are read.
func (p *Person) Fill() {
	p.Name, p.Sex, p.Birth = CleanName(p.Name), p.Number.Sex(), p.Number.Birth()
}

// Check finds every wrong value of a person as typed.
func (p Person) Check() error {
	var problems fault.Problems
	if n := len([]rune(strings.TrimSpace(p.Name))); n == 0 {
		problems.Add("name", "person.name.missing")
	} else if n > 40 {
		problems.Add("name", "person.name.long")
	}
	if flaw := p.Number.Check(); flaw != "" {
		problems.Add("number", "person.number."+string(flaw))
	}
	if !p.Region.Valid() || p.Region.Level() < region.Township {
		problems.Add("region", "person.region.missing")
	}
	if p.Phone != "" && !Phone(p.Phone) {
		problems.Add("phone", "person.phone.wrong")
	}
	if p.Guardian.Phone != "" && !Phone(p.Guardian.Phone) {
		problems.Add("guardian_phone", "person.phone.wrong")
	}
	return problems.Fault()
}

// Phone says whether s can be a phone number: 7 to 13 digits, also with an area code and a dash.
func Phone(s string) bool {
	n := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			n++
		case r != '-':
			return false
		}
	}
	return n >= 7 && n <= 13
}

// MaskedName is a name as a public list shows it: the first character, the last one of a name of three or more, stars between.
func MaskedName(name string) string {
	r := []rune(name)
	switch len(r) {
	case 0, 1:
		return name
	case 2:
		return string(r[0]) + "*"
	default:
		return string(r[0]) + strings.Repeat("*", len(r)-2) + string(r[len(r)-1])
	}
}

// MaskedPhone hides the middle of a phone number.
func MaskedPhone(s string) string {
	if len(s) < 8 {
		return strings.Repeat("*", len(s))
	}
	return s[:3] + strings.Repeat("*", len(s)-7) + s[len(s)-4:]
}

// Beside is p, as typed by somebody who had not seen the record known, joined with it: what p leaves empty stays as known. Another name under the
// same number is refused, because one of the two is wrong.
func (p Person) Beside(known Person) (Person, error) {
	var problems fault.Problems
	if CleanName(p.Name) != CleanName(known.Name) {
		problems.Add("name", "person.name.other")
	}
	p.ID, p.Version, p.Poor = known.ID, known.Version, p.Poor || known.Poor
	for _, f := range []struct{ typed, known *string }{{&p.Nation, &known.Nation}, {&p.Address, &known.Address}, {&p.Phone, &known.Phone},
		{&p.Guardian.Name, &known.Guardian.Name}, {&p.Guardian.Relation, &known.Guardian.Relation}, {&p.Guardian.Phone, &known.Guardian.Phone}} {
		if *f.typed == "" {
			*f.typed = *f.known
		}
	}
	return p, problems.Fault()
}
