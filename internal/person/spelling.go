package person

import (
	"slices"
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"

	"hefa/internal/region"
)

// alike is characters of names that are often written for each other; both are found by either.
var alike = map[rune]rune{'傅': '付', '阎': '闫', '萧': '肖', '戴': '代', '邱': '丘', '蓝': '兰', '锺': '钟', '鍾': '钟', '候': '侯', '於': '于', '裴': '斐', '佘': '余',
	'甯': '宁', '寗': '宁', '喆': '哲', '堃': '坤', '珮': '佩', '暐': '炜', '昇': '升', '陞': '升', '峯': '峰', '喦': '岩'}

// Bare is a name without the dots and blanks that people write differently between its parts.
func Bare(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(dots, r) || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, name)
}

// Fold is a name as it is compared: bare, and with one of two characters that are often confused.
func Fold(name string) string {
	return strings.Map(func(r rune) rune {
		if other, ok := alike[r]; ok {
			return other
		}
		return r
	}, Bare(name))
}

// Latin is letters as they were typed for pinyin, folded as Spellings writes it: without marks between syllables, ü as v.
func Latin(q string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '\'', '’', '-', ' ':
			return -1
		case 'ü':
			return 'v'
		}
		return r
	}, strings.ToLower(q))
}

// Pinyin is the name in pinyin, without tones, in lower case; a family name is read as such: 单小花 is shan xiao hua. A sign that has no reading is
// left out.
func (p Person) Pinyin() []string {
	args := pinyin.NewArgs()
	var out []string
	for i, r := range []rune(p.Name) {
		if s, ok := surnames[r]; ok && i == 0 {
			out = append(out, s)
			continue
		}
		if read := pinyin.SinglePinyin(r, args); len(read) > 0 && read[0] != "" {
			out = append(out, Latin(read[0]))
		}
	}
	return out
}

// Spellings is every text with which somebody may begin to write the name, but for its own beginning and that of its initials: the given name, each
// later part of two characters or more, and the pinyin of the whole and of what follows the family name. They are sorted and differ.
func (p Person) Spellings() []string {
	var out []string
	folded := Fold(p.Name)
	if folded != p.Name {
		out = append(out, folded)
	}
	runes, given := []rune(folded), len([]rune(Fold(p.Given())))
	for i := 1; i < len(runes); i++ {
		if len(runes)-i >= 2 || len(runes)-i == given {
			out = append(out, string(runes[i:]))
		}
	}
	if read := p.Pinyin(); len(read) > 0 {
		out = append(out, strings.Join(read, ""))
		if from := len(read) - given; given > 0 && from > 0 {
			out = append(out, strings.Join(read[from:], ""))
		}
	}
	out = slices.DeleteFunc(out, func(s string) bool { return s == "" || s == p.Name })
	slices.Sort(out)
	return slices.Compact(out)
}

// PhoneDigits is the digits of a telephone number, by which it is found however it was written.
func PhoneDigits(phone string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, phone)
}

// Alike says whether two people may be one who stands in the register twice, under two numbers: born on one day, and called the same in signs or in sound
// within one township, or in one village by names of which one character differs or that contain one another.
func (p Person) Alike(o Person) bool {
	if p.ID == o.ID || p.Birth != o.Birth || p.Region.Township() != o.Region.Township() {
		return false
	}
	a, b := Fold(p.Name), Fold(o.Name)
	if a == b || strings.Join(p.Pinyin(), " ") == strings.Join(o.Pinyin(), " ") && len(p.Pinyin()) > 0 {
		return true
	}
	return (p.Region == o.Region || p.Region.Level() != region.Village || o.Region.Level() != region.Village) && near([]rune(a), []rune(b))
}

// near says whether one character differs between names of three or more, or one name is contained in the other.
func near(a, b []rune) bool {
	if len(a) != len(b) {
		short, long := a, b
		if len(short) > len(long) {
			short, long = long, short
		}
		return len(short) >= 2 && strings.Contains(string(long), string(short))
	}
	differ := 0
	for i := range a {
		if a[i] != b[i] {
			differ++
		}
	}
	return len(a) >= 3 && differ <= 1
}
