// Package certificate is the disability certificate: its number, what it says and how long it holds.
package certificate

import (
	"regexp"
	"strconv"
	"strings"

	"hefa/internal/person"
)

// Category is the kind of disability, as the 19th position of the number has it (GB/T 26341-2010).
type Category string

// The seven categories.
const (
	Vision       Category = "1"
	Hearing      Category = "2"
	Speech       Category = "3"
	Physical     Category = "4"
	Intellectual Category = "5"
	Mental       Category = "6"
	Multiple     Category = "7"
)

// Categories is every category, in the order of the standard.
var Categories = []Category{Vision, Hearing, Speech, Physical, Intellectual, Mental, Multiple}

// Valid says whether c is one of the seven.
func (c Category) Valid() bool { return len(c) == 1 && c >= Vision && c <= Multiple }

// Word is the key of c's name in the catalogue.
func (c Category) Word() string { return "category." + string(c) }

// Level is how severe the disability is: 1 the most severe, 4 the least, as the 20th position has it.
type Level string

// The four levels.
const (
	First  Level = "1"
	Second Level = "2"
	Third  Level = "3"
	Fourth Level = "4"
)

// Levels is every level, the most severe first.
var Levels = []Level{First, Second, Third, Fourth}

// Valid says whether l is one of the four.
func (l Level) Valid() bool { return len(l) == 1 && l >= First && l <= Fourth }

// Word is the key of l's name in the catalogue.
func (l Level) Word() string { return "level." + string(l) }

// Number is the certificate's number of 20 positions, identity number + category + level, with Bn for the n-th reissue after loss
// (办法 art. 5; rules.md §2.1).
type Number string

// The flaws of a certificate number beyond those of the identity number inside it.
const (
	WrongCategory person.Flaw = "category" // position 19 is not 1 to 7
	WrongLevel    person.Flaw = "level"    // position 20 is not 1 to 4
	WrongSuffix   person.Flaw = "suffix"   // what follows is not B and a count
)

var suffix = regexp.MustCompile(`^(B[1-9][0-9]*)?$`)

// MakeNumber is the number of a first certificate.
func MakeNumber(n person.Number, c Category, l Level) Number {
	return Number(string(n) + string(c) + string(l))
}

// Exchange is the number of the certificate that follows n: n itself with its B suffix while person, category and level stay the same, else that of
// a first one (rules.md §2.1). An empty n has no successor but the first.
func (n Number) Exchange(p person.Number, c Category, l Level) Number {
	first := MakeNumber(p, c, l)
	if strings.HasPrefix(string(n), string(first)) {
		return n
	}
	return first
}

// Reissue is the number of the certificate that is made anew after n was lost: B1 after the first loss, B2 after the second (办法 art. 20).
func (n Number) Reissue() Number {
	if len(n) < 20 {
		return n
	}
	times, _ := strconv.Atoi(strings.TrimPrefix(string(n[20:]), "B"))
	return Number(string(n[:20]) + "B" + strconv.Itoa(times+1))
}

// Under is n as it is for a holder whose identity number was corrected.
func (n Number) Under(p person.Number) Number { return Number(p) + n[min(18, len(n)):] }

// Core is the 20 positions of n without its Bn.
func (n Number) Core() Number { return n[:min(20, len(n))] }

// Reissued says whether n was made after a loss.
func (n Number) Reissued() bool { return len(n) > 20 }

// Check finds the first flaw of n, "" when it is sound.
func (n Number) Check() person.Flaw {
	if len(n) < 20 {
		return person.Length
	}
	if f := n.Person().Check(); f != "" {
		return f
	}
	switch {
	case !n.Category().Valid():
		return WrongCategory
	case !n.Level().Valid():
		return WrongLevel
	case !suffix.MatchString(string(n[20:])):
		return WrongSuffix
	}
	return ""
}

// Person is the identity number inside n, "" when n is too short.
func (n Number) Person() person.Number {
	if len(n) < 18 {
		return ""
	}
	return person.Number(n[:18])
}

// Category is the 19th position.
func (n Number) Category() Category {
	if len(n) < 20 {
		return ""
	}
	return Category(n[18:19])
}

// Level is the 20th position.
func (n Number) Level() Level {
	if len(n) < 20 {
		return ""
	}
	return Level(n[19:20])
}

// Masked is n as lists show it: the identity number hidden in its middle, the rest in clear.
func (n Number) Masked() string {
	if len(n) < 20 {
		return strings.Repeat("*", len(n))
	}
	return n.Person().Masked() + string(n[18:])
}
