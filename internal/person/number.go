// Package person is a human being in the register: who they are, where they live and who speaks for them.
package person

import (
	"strings"

	"hefa/internal/day"
)

// Number is a citizen's identity number of 18 positions (GB 11643-1999), its check character in upper case.
// Its first six digits say where it was given, not where the person lives.
type Number string

// Flaw is what is wrong with a number, as a short code that lists and the API use.
type Flaw string

// The flaws of an identity number, in the order in which they are looked for.
const (
	Length   Flaw = "length"   // not 18 positions
	Digits   Flaw = "digits"   // something other than digits and a last X
	Born     Flaw = "date"     // the birth date does not exist or lies outside 1880–2100
	Checksum Flaw = "checksum" // the check character is wrong
)

const (
	weights = "\x07\x09\x0a\x05\x08\x04\x02\x01\x06\x03\x07\x09\x0a\x05\x08\x04\x02"
	checks  = "10X98765432"
)

// Check finds the first flaw of n, "" when it is sound (ISO 7064 MOD 11-2).
func (n Number) Check() Flaw {
	if len(n) != 18 {
		return Length
	}
	sum := 0
	for i := range 17 {
		c := n[i]
		if c < '0' || c > '9' {
			return Digits
		}
		sum += int(c-'0') * int(weights[i])
	}
	if !strings.ContainsRune("0123456789X", rune(n[17])) {
		return Digits
	}
	if b := n.Birth(); b == "" || b.Year() < 1880 || b.Year() > 2100 {
		return Born
	}
	if checks[sum%11] != n[17] {
		return Checksum
	}
	return ""
}

// Birth is the birth date inside the number, "" when there is no such date.
func (n Number) Birth() day.Day {
	if len(n) < 14 {
		return ""
	}
	d, err := day.Parse(string(n[6:10]) + "-" + string(n[10:12]) + "-" + string(n[12:14]))
	if err != nil {
		return ""
	}
	return d
}

// Sex is the sex that the 17th position tells: odd is male.
func (n Number) Sex() Sex {
	if len(n) < 17 {
		return ""
	}
	if (n[16]-'0')%2 == 1 {
		return Male
	}
	return Female
}

// Masked is n as lists show it: the first six and the last two positions, the rest hidden.
func (n Number) Masked() string {
	if len(n) < 9 {
		return strings.Repeat("*", len(n))
	}
	return string(n[:6]) + strings.Repeat("*", len(n)-8) + string(n[len(n)-2:])
}

// MakeNumber completes 17 positions with their check character; it is for generators and tests.
func MakeNumber(area string, birth day.Day, sequence int) Number {
	t := birth.Time()
	s := area + t.Format("20060102")
	for _, div := range []int{100, 10, 1} {
		s += string(rune('0' + sequence/div%10))
	}
	sum := 0
	for i := range 17 {
		sum += int(s[i]-'0') * int(weights[i])
	}
	return Number(s + string(checks[sum%11]))
}

// Sex is as the household book has it.
type Sex string

// The two entries of the household book.
const (
	Male   Sex = "male"
	Female Sex = "female"
)
