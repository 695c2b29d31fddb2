package card

import (
	"strings"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/person"
)

// Face is everything that is printed on a card, fixed before it is printed (rules.md §2.3).
type Face struct {
	Name          string              `json:"name"`
	Sex           string              `json:"sex"`
	Nation        string              `json:"nation"`
	Birth         day.Day             `json:"birth"`
	Number        certificate.Number  `json:"number"`
	Category      string              `json:"category"`
	Level         certificate.Level   `json:"level"`
	Grades        []certificate.Grade `json:"grades"`
	Address       string              `json:"address"`
	Phone         string              `json:"phone"`
	Guardian      string              `json:"guardian"`
	GuardianPhone string              `json:"guardian_phone"`
	Issuer        string              `json:"issuer"`
	Issued        day.Day             `json:"issued"`
	Expires       day.Day             `json:"expires"`
	Photo         string              `json:"photo"`        // hash of the photo file, "" for none
	Remarks       string              `json:"remarks"`      // one a line
	Red           bool                `json:"red"`          // the red cover for vision
	Layout        string              `json:"layout"`       // the name of the layout: which certificate, and which version of its pages
	QR            string              `json:"qr,omitempty"` // what the QR code holds, "" on faces frozen before there was one
}

// Sitting is what a face is taken from: the person and the certificate as they are at that moment.
type Sitting struct {
	Person      person.Person
	Certificate certificate.Certificate
	Previous    *certificate.Certificate // the one that is exchanged, nil for a first one
	Place       string                   // the names of the places, from the province to the village
	Photo       string                   // hash of the photo file, "" for none
	RedSeveral  bool                     // a multiple disability that includes vision gets the red cover
}

// Face fixes what is printed.
func (s Sitting) Face() Face {
	p, c := s.Person, s.Certificate
	return Face{Name: p.Name, Sex: lang.T(p.Sex.Word()), Nation: p.Nation, Birth: p.Birth, Number: c.Number, Category: lang.T(c.Category.Word()), Level: c.Level,
		Grades: c.Grades, Address: s.Place + p.Address, Phone: p.Phone, Guardian: p.Guardian.Name, GuardianPhone: p.Guardian.Phone, Issuer: c.Issuer,
		Issued: c.Issued, Expires: c.Expires, Photo: s.Photo, Remarks: strings.Join(s.remarks(), "\n"), Red: c.Red(s.RedSeveral), Layout: LayoutFor(c.Kind).Name}
}

// remarks is the page 备注: each category of a multiple disability (rules.md §2.3), and the exchange (办法 art. 19).
func (s Sitting) remarks() []string {
	var out []string
	if s.Certificate.Category == certificate.Multiple {
		var each []string
		for _, g := range s.Certificate.Grades {
			each = append(each, lang.T("card.remark.grade", g.Category, g.Level))
		}
		out = append(out, lang.T("card.remark.multiple", strings.Join(each, "、")))
	}
	switch {
	case s.Previous == nil:
	case s.Previous.Number.Under(s.Person.Number).Reissue() == s.Certificate.Number:
		out = append(out, lang.T("card.remark.reissue", s.Previous.Number))
	case s.Previous.Number == s.Certificate.Number && s.Previous.Expires == s.Certificate.Expires:
		out = append(out, lang.T("card.remark.remade"))
	case s.Previous.Number == s.Certificate.Number:
		out = append(out, lang.T("card.remark.exchange", s.Previous.Expires))
	default:
		out = append(out, lang.T("card.remark.renumbered", s.Previous.Number, s.Previous.Expires))
	}
	return out
}
