package region

import (
	"fmt"
	"strings"
)

// reader turns a block's lines into places. A line is
//
//	[!]LEVEL DIGITS NAME    without the blanks: "303芒市" is the county …03 of the prefecture before it; "!" marks a local code
//	+NAME                   the place with the next code, at the level of the line before
//
// LEVEL is 1 for a province to 5 for a village; DIGITS are what the place adds to its parent's code: 2, 2, 2, 3 or 3. A prefecture's block begins
// with the prefecture, the first of a province with the province.
type reader struct {
	code  []byte
	level Level
	last  Code
}

var digits = [...]int{Province: 2, Prefecture: 2, County: 2, Township: 3, Village: 3}

func (r *reader) read(line string) (Region, error) {
	rest, local := strings.CutPrefix(line, "!")
	name, err := r.step(rest)
	if err != nil {
		return Region{}, fmt.Errorf("line %q: %w", line, err)
	}
	if name == "" {
		return Region{}, fmt.Errorf("line %q: the place has no name", line)
	}
	place := Region{Code: Code(r.code), Name: name, Local: local}
	if place.Code <= r.last || !place.Code.Valid() {
		return Region{}, fmt.Errorf("line %q: the code %q after %q", line, r.code, r.last)
	}
	r.last = place.Code
	return place, nil
}

// step moves to the line's code and gives back its name.
func (r *reader) step(line string) (string, error) {
	if name, ok := strings.CutPrefix(line, "+"); ok {
		return name, r.next()
	}
	if line == "" || line[0] < '0'+byte(Province) || line[0] > '0'+byte(Village) {
		return "", fmt.Errorf("it does not begin with a level")
	}
	level := Level(line[0] - '0')
	n := digits[level]
	if level > r.level+1 || len(line) < 1+n {
		return "", fmt.Errorf("the place lies in nothing, or its code is cut")
	}
	parent := 0
	for l := Province; l < level; l++ {
		parent += digits[l]
	}
	r.code, r.level = append(r.code[:parent], line[1:1+n]...), level
	return line[1+n:], nil
}

// next adds one to the digits of the level.
func (r *reader) next() error {
	for i := len(r.code) - 1; i >= len(r.code)-digits[r.level]; i-- {
		if r.code[i] != '9' {
			r.code[i]++
			return nil
		}
		r.code[i] = '0'
	}
	return fmt.Errorf("no code follows")
}
