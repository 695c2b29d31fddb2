package roster

import (
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/lang"
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
	Differs   Defect = "differs"   // the two registers say different things of the same certificate
	Ended     Defect = "ended"     // cancelled or replaced, in one of the two registers
	Unplaced  Defect = "unplaced"  // no township of the county is named
	Corrected Defect = "corrected" // the identity number was corrected to another
)

// Again is the reason of a line about a person whom a line above is about.
const Again Defect = "duplicate"

// Late says whether f comes from the register rather than from the list itself.
func (f Defect) Late() bool {
	switch f {
	case Elsewhere, OtherName, OtherCard, Renewed, Holder, Differs, Ended, Unplaced, Corrected:
		return true
	}
	return false
}

// Against is what p and the certificate that p holds, nil for none, say against the row of a list of the kind; "" when they agree.
func (e Entry) Against(k Kind, p person.Person, held *certificate.Certificate) Defect {
	switch {
	case person.Bare(p.Name) != person.Bare(e.Name):
		return OtherName
	case held == nil:
		return ""
	case e.Certificate == "":
		return Holder
	case held.Number.Core() != e.Certificate.Core():
		return OtherCard
	case k == Register && e.unlike(*held) != None:
		return Differs
	case k == Expired && held.Expires > e.Expires && e.Expires != "":
		return Renewed
	}
	return ""
}

// unlike is what of a certificate the row tells otherwise, None for nothing. What one of the two does not know is no difference; a certificate that lies
// announced or under review here is valid elsewhere.
func (e Entry) unlike(c certificate.Certificate) Meaning {
	switch {
	case e.Expires != "" && c.Expires != "" && e.Expires != c.Expires:
		return Expires
	case e.Issued != "" && c.Issued != "" && e.Issued != c.Issued:
		return Issued
	case e.Standing != "" && e.Standing != told(c.State):
		return Standing
	}
	return None
}

// told is a state as another register tells it.
func told(s certificate.State) certificate.State {
	if s == certificate.Doubted || s == certificate.Announced {
		return certificate.Valid
	}
	return s
}

// Both is what the row and the certificate tell differently: the name of the column and both values, in words.
func (e Entry) Both(c certificate.Certificate) (column, row, card string) {
	switch e.unlike(c) {
	case Expires:
		return lang.T("roster.column.expires"), string(e.Expires), string(c.Expires)
	case Issued:
		return lang.T("roster.column.issued"), string(e.Issued), string(c.Issued)
	case Standing:
		return lang.T("roster.column.standing"), lang.T(e.Standing.Word()), lang.T(c.State.Word())
	}
	return "", "", ""
}

// Person is the row as a person who is new to the register; where is the village, or the township while the village is unknown.
func (e Entry) Person(where region.Code) person.Person {
	p := person.Person{Region: where, Name: e.Name, Number: e.Number, Phone: e.Phone, Guardian: person.Guardian{Name: e.Guardian}, Poor: e.Poor, Nation: e.Nation, Address: e.Address}
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
	if p.Nation == "" {
		p.Nation = e.Nation
	}
	if p.Address == "" {
		p.Address = e.Address
	}
	if p.Region.Contains(where) {
		p.Region = where
	}
	return *p != was
}

// CompleteCard adds to c the days that the register does not know yet, and says whether that was anything.
func (e Entry) CompleteCard(c *certificate.Certificate) bool {
	was := [2]day.Day{c.Issued, c.Expires}
	if c.Issued == "" {
		c.Issued = e.Issued
	}
	if c.Expires == "" {
		c.Expires = e.Expires
	}
	return was != [2]day.Day{c.Issued, c.Expires}
}

// Held is the certificate that a row of a list of holders is about.
func (e Entry) Held(p person.Person) certificate.Certificate {
	state := certificate.Valid
	if e.Standing != "" {
		state = e.Standing
	}
	return certificate.Certificate{Region: p.Region, Person: p.ID, Number: e.Certificate, Category: e.Category, Level: e.Level, State: state,
		Issued: e.Issued, Expires: e.Expires, Grades: []certificate.Grade{{Category: e.Category, Level: e.Level}}}
}
