package roster

import (
	"strings"

	"hefa/internal/certificate"
	"hefa/internal/person"
	"hefa/internal/region"
)

// The reasons for which the register contradicts a good row: the row is reported and nothing is overwritten.
const (
	Elsewhere Defect = "elsewhere" // registered in another county
	OtherName Defect = "name"      // the identity number belongs to somebody of another name
	OtherCard Defect = "card"      // holds a certificate of another number
	Renewed   Defect = "renewed"   // the certificate in the register holds longer than the list says
	Holder    Defect = "holder"    // holds a certificate, and so was assessed
)

// Again is the reason of a line about a person whom a line above is about.
const Again Defect = "duplicate"

// Late says whether f comes from the register rather than from the list itself.
func (f Defect) Late() bool {
	switch f {
	case Elsewhere, OtherName, OtherCard, Renewed, Holder:
		return true
	}
	return false
}

// Against is what p and the certificate that p holds, nil for none, say against the row; "" when they agree.
func (e Entry) Against(p person.Person, held *certificate.Certificate) Defect {
	switch {
	case bare(p.Name) != bare(e.Name):
		return OtherName
	case held == nil:
		return ""
	case e.Certificate == "":
		return Holder
	case held.Number[:min(20, len(held.Number))] != e.Certificate[:min(20, len(e.Certificate))]:
		return OtherCard
	case held.Expires > e.Expires && e.Expires != "":
		return Renewed
	}
	return ""
}

// bare is a name without the dots and blanks that people write differently.
func bare(name string) string {
	return strings.NewReplacer("·", "", "•", "", ".", "", " ", "", "　", "").Replace(name)
}

// Person is the row as a person who is new to the register; where is the village, or the township while the village is unknown.
func (e Entry) Person(where region.Code) person.Person {
	p := person.Person{Region: where, Name: e.Name, Number: e.Number, Phone: e.Phone, Guardian: person.Guardian{Name: e.Guardian}, Poor: e.Poor}
	p.Fill()
	return p
}

// Complete adds to p what the register does not know yet, and says whether that was anything. Nothing is overwritten.
func (e Entry) Complete(p *person.Person, where region.Code) bool {
	was := *p
	if p.Phone == "" {
		p.Phone = e.Phone
	}
	if p.Guardian.Name == "" {
		p.Guardian.Name = e.Guardian
	}
	p.Poor = p.Poor || e.Poor
	if p.Region.Contains(where) {
		p.Region = where
	}
	return *p != was
}

// Held is the certificate that a row of the expired is about.
func (e Entry) Held(p person.Person) certificate.Certificate {
	return certificate.Certificate{Region: p.Region, Person: p.ID, Number: e.Certificate, Category: e.Category, Level: e.Level, State: certificate.Valid,
		Expires: e.Expires, Grades: []certificate.Grade{{Category: e.Category, Level: e.Level}}}
}
