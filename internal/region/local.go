package region

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"hefa/internal/fault"
)

// The last digits of local codes, for units without an official one (官庄工区). They lie where the official code has none: GB/T 2260 and
// the statistical rules (统计用区划代码和城乡划分代码编制规则) give counties below 91 and townships and villages below 900.
const (
	localCounty = 91  // 91 to 99
	localSmall  = 901 // 901 to 999
)

// tail is how the codes directly below parent end: the first local number, the number beyond the last one and how many digits it has.
// Provinces and prefectures always have official codes, and nothing lies below a village.
func tail(parent Code) (first, end, digits int) {
	switch parent.Level() {
	case Prefecture:
		return localCounty, 100, 2
	case County, Township:
		return localSmall, 1000, 3
	}
	return 0, 0, 0
}

// NextLocal is the first free local code below parent, "" when there is none.
func NextLocal(parent Code, siblings []Region) Code {
	used := map[Code]bool{}
	for _, s := range siblings {
		used[s.Code] = true
	}
	first, end, digits := tail(parent)
	for n := first; n < end; n++ {
		if c := parent + Code(fmt.Sprintf("%0*d", digits, n)); !used[c] {
			return c
		}
	}
	return ""
}

// CheckLocal finds what is wrong with a new place directly below parent: fields code and name; siblings is what lies there already.
func CheckLocal(parent Code, r Region, siblings []Region) error {
	var p fault.Problems
	first, _, digits := tail(parent)
	switch {
	case digits == 0:
		p.Add("code", "region.local.level")
	case !r.Code.Valid() || !strings.HasPrefix(string(r.Code), string(parent)) || len(r.Code) != len(parent)+digits:
		p.Add("code", "region.local.form", string(parent), digits)
	case string(r.Code[len(parent):]) < fmt.Sprint(first):
		p.Add("code", "region.local.range", string(parent)+fmt.Sprint(first), string(parent)+strings.Repeat("9", digits))
	}
	switch n := utf8.RuneCountInString(strings.TrimSpace(r.Name)); {
	case n < 2:
		p.Add("name", "region.local.name")
	case n > 40:
		p.Add("name", "region.local.long")
	}
	for _, s := range siblings {
		if s.Code == r.Code {
			p.Add("code", "region.code.taken")
		}
		if s.Name == strings.TrimSpace(r.Name) {
			p.Add("name", "region.name.taken", string(s.Code))
		}
	}
	return p.Fault()
}
