package card

import (
	"encoding/base64"
	"strings"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/region"
)

// Code is what the QR code on a card says: the printed fields by which somebody who holds the card compares it, and the seed by which the card is found
// in the list of those that do not hold any more.
type Code struct {
	County   region.Code // whose list of cards that do not hold tells of this one
	Number   certificate.Number
	Name     string
	Sex      string
	Birth    day.Day
	Category string
	Level    certificate.Level
	Issued   day.Day
	Expires  day.Day
	Issuer   string
	Seed     string // 22 letters that only the code and the office know
}

// Code is the face's fields as its code says them, for the county that keeps the certificate.
func (f Face) Code(county region.Code, seed string) Code {
	return Code{County: county, Number: f.Number, Name: f.Name, Sex: f.Sex, Birth: f.Birth, Category: f.Category, Level: f.Level, Issued: f.Issued, Expires: f.Expires,
		Issuer: f.Issuer, Seed: seed}
}

// codeForm is the first line of every code; a later form has another number.
const codeForm = "hefa-card-1"

// fields is the values of a code in the order in which they are signed.
func (c Code) fields() []string {
	return []string{string(c.County), string(c.Number), c.Name, c.Sex, string(c.Birth), c.Category, string(c.Level), string(c.Issued), string(c.Expires), c.Issuer, c.Seed}
}

// Message is what the key of that name signs: form, key and fields, one a line.
func (c Code) Message(key string) []byte {
	lines := append([]string{codeForm, key}, c.fields()...)
	for i, l := range lines {
		lines[i] = strings.ReplaceAll(l, "\n", " ")
	}
	return []byte(strings.Join(lines, "\n"))
}

// Signed is a code as it was read, before anybody knows whether its signature fits.
type Signed struct {
	Code      Code
	Key       string // the name of the key that is said to have signed
	Message   []byte
	Signature []byte // ASN.1
}

// codeMost is the longest text of a code.
const codeMost = 2000

// Text is the code as the QR holds it: "HEFA1.", the message and the signature in base64url.
func (s Signed) Text() string {
	return codeHead + base64.RawURLEncoding.EncodeToString(s.Message) + "." + base64.RawURLEncoding.EncodeToString(s.Signature)
}

const codeHead = "HEFA1."

// ReadCode takes the text of a QR code apart, with or without the address of the page that checks it in front; fault.Invalid at the field "code" when
// it is none.
func ReadCode(text string) (Signed, error) {
	wrong := func() (Signed, error) {
		var p fault.Problems
		p.Add("code", "verify.unreadable")
		return Signed{}, p.Fault()
	}
	if i := strings.LastIndex(text, codeHead); i >= 0 {
		text = text[i+len(codeHead):]
	} else {
		return wrong()
	}
	text = strings.Join(strings.Fields(text), "")
	message, signature, ok := strings.Cut(text, ".")
	if !ok || len(text) > codeMost {
		return wrong()
	}
	var s Signed
	var err error
	if s.Message, err = base64.RawURLEncoding.Strict().DecodeString(message); err != nil {
		return wrong()
	}
	if s.Signature, err = base64.RawURLEncoding.Strict().DecodeString(signature); err != nil {
		return wrong()
	}
	lines := strings.Split(string(s.Message), "\n")
	if len(lines) != 13 || lines[0] != codeForm {
		return wrong()
	}
	s.Key = lines[1]
	l := lines[2:]
	s.Code = Code{region.Code(l[0]), certificate.Number(l[1]), l[2], l[3], day.Day(l[4]), l[5], certificate.Level(l[6]), day.Day(l[7]), day.Day(l[8]), l[9], l[10]}
	return s, nil
}
