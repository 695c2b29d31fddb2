// Package region is the country's tree of places, from province to village, and the area that an officer answers for.
package region

import "strings"

// Code is the statistical code of a place: 2 digits for a province, 4 prefecture, 6 county, 9 township, 12 village; "" is the whole country.
// Places without an official code have a local one of the same length.
type Code string

// Level is how deep a place lies.
type Level int

// The levels, by the length of their codes.
const (
	Country Level = iota
	Province
	Prefecture
	County
	Township
	Village
)

var lengths = map[int]Level{0: Country, 2: Province, 4: Prefecture, 6: County, 9: Township, 12: Village}

// Level is the level that the code's length tells; -1 when no place has such a length.
func (c Code) Level() Level {
	if l, ok := lengths[len(c)]; ok {
		return l
	}
	return -1
}

// Valid says whether c has the form of a code: digits of a known length.
func (c Code) Valid() bool {
	return c.Level() >= Country && strings.Trim(string(c), "0123456789") == ""
}

// Contains says whether other is c or lies within it.
func (c Code) Contains(other Code) bool { return strings.HasPrefix(string(other), string(c)) }

// Range is the half-open range of codes that lie within c: from <= code < to.
func (c Code) Range() (from, to string) { return string(c), string(c) + "~" }

// Province is the province that c lies in, "" above.
func (c Code) Province() Code { return c.cut(2) }

// Prefecture is the prefecture that c lies in, "" above.
func (c Code) Prefecture() Code { return c.cut(4) }

// County is the county that c lies in, "" above: the tenant that answers for its rows.
func (c Code) County() Code { return c.cut(6) }

// Township is the township that c lies in, "" above.
func (c Code) Township() Code { return c.cut(9) }

func (c Code) cut(n int) Code {
	if len(c) < n {
		return ""
	}
	return c[:n]
}

// Parent is the place that c lies in directly; "" for a province.
func (c Code) Parent() Code {
	switch c.Level() {
	case Village:
		return c[:9]
	case Township:
		return c[:6]
	case County:
		return c[:4]
	case Prefecture:
		return c[:2]
	}
	return ""
}

// Region is one place.
type Region struct {
	Code  Code
	Name  string
	Local bool // the code was assigned here, because the place has no official one
}
