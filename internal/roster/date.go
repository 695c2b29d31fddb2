package roster

import (
	"regexp"
	"strconv"
	"strings"

	"hefa/internal/day"
)

// The years between which a certificate can expire: the first generation began in 1996, and none is valid for more than a lifetime.
const (
	earliest = 1990
	latest   = 2100
)

// expiry reads the day on which a certificate lapses; of a span it takes the end. It reports false for what is no date or no plausible one.
func expiry(c Cell, shift int) (day.Day, bool) {
	d, ok := date(c, shift)
	return d, ok && d.Year() >= earliest && d.Year() <= latest
}

// date reads the ways in which clerks write a date: 2020-09-17, 2020/9/17, 2020.9.17, 20200917, 2020年9月17日, 二〇二〇年九月十七日, 17/9/2020 where
// only one reading is possible, a spreadsheet's serial number, each with or without a time of day.
func date(c Cell, shift int) (day.Day, bool) {
	s := unquote(fold(c.Text))
	if d, ok := numeric(s, c.Number, shift); ok {
		return d, true
	}
	if c.Number {
		return "", false
	}
	if d, ok := parted(s); ok {
		return d, true
	}
	return written(s)
}

// numeric reads eight digits and serial numbers (days since 1899-12-30). Outside number cells a serial has five digits.
func numeric(s string, number bool, shift int) (day.Day, bool) {
	whole, part, _ := strings.Cut(s, ".")
	if strings.ContainsAny(s, "eE") {
		f, err := strconv.ParseFloat(s, 64)
		if err != nil || !number || f < 1 || f > 1e9 {
			return "", false
		}
		whole, part = strconv.Itoa(int(f)), ""
	}
	n, err := strconv.Atoi(whole)
	if err != nil || n <= 0 || whole[0] == '+' || strings.Trim(part, "0123456789") != "" {
		return "", false
	}
	if len(whole) == 8 && strings.Trim(part, "0") == "" {
		return calendar(whole[:4], whole[4:6], whole[6:])
	}
	if number && n < 100_000 || len(whole) == 5 {
		return day.New(1899, 12, 30).Add(n + shift), true
	}
	return "", false
}

// parted reads the common case, four digits, one or two, one or two, with a separator of one byte, without a regular expression.
func parted(s string) (day.Day, bool) {
	if len(s) < 8 || len(s) > 10 || !strings.ContainsRune("-/.", rune(s[4])) {
		return "", false
	}
	month, date, ok := strings.Cut(s[5:], s[4:5])
	if !ok {
		return "", false
	}
	return calendar(s[:4], month, date)
}

// calendar makes a day of its three parts; false when there is no such day.
func calendar(year, month, date string) (day.Day, bool) {
	if len(month) == 1 {
		month = "0" + month
	}
	if len(date) == 1 {
		date = "0" + date
	}
	d, err := day.Parse(year + "-" + month + "-" + date)
	return d, err == nil
}

var (
	dated  = regexp.MustCompile(`(\d{4}) ?(?:-+|/|\.|,|、|年|。|·|_|—|–|−| |\\) ?(\d{1,2}) ?(?:-+|/|\.|,|、|月|。|·|_|—|–|−| |\\) ?(\d{1,2})(?: ?[日号])?|(\d{4})(\d\d)(\d\d)`)
	clock  = regexp.MustCompile(`[T ]?(?:上午|下午)?\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d+)?)?(?: ?[AP]M)?(?:Z|[+-]\d\d:?\d\d)?`)
	filler = regexp.MustCompile(`^(?:[\s~～—–\-:()\[\]."，,。;]|至|到|止|起|自|从|前|底|有效期|有效|截止|到期|日期|星期[一二三四五六日天])*$`)
	turned = regexp.MustCompile(`^(\d{1,2})([-/.])(\d{1,2})([-/.])(\d{4})$`)
	spoken = regexp.MustCompile(`^([〇零○Oo0一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]?$`)
)

// written reads the other ways: with words around, as a span, day first, in Chinese numerals.
func written(s string) (day.Day, bool) {
	if m := spoken.FindStringSubmatch(strings.ReplaceAll(s, " ", "")); m != nil {
		return calendar(spell(m[1]), strconv.Itoa(tens(m[2])), strconv.Itoa(tens(m[3])))
	}
	s = clock.ReplaceAllString(s, "")
	if m := turned.FindStringSubmatch(s); m != nil {
		return dayFirst(m)
	}
	found := dated.FindAllStringSubmatchIndex(s, 3)
	if len(found) == 0 || len(found) > 2 {
		return "", false
	}
	rest, from := "", 0
	var last day.Day
	for _, m := range found {
		rest += s[from:m[0]] + " "
		from = m[1]
		group := 2
		if m[2] < 0 {
			group = 8
		}
		d, ok := calendar(s[m[group]:m[group+1]], s[m[group+2]:m[group+3]], s[m[group+4]:m[group+5]])
		if !ok {
			return "", false
		}
		last = d
	}
	return last, filler.MatchString(rest + s[from:])
}

// dayFirst reads 17/9/2020 and 9/17/2020, but not 5/9/2020, which can be either.
func dayFirst(m []string) (day.Day, bool) {
	a, _ := strconv.Atoi(m[1])
	b, _ := strconv.Atoi(m[3])
	switch {
	case m[2] != m[4]:
		return "", false
	case a > 12 || a == b:
		return calendar(m[5], m[3], m[1])
	case b > 12:
		return calendar(m[5], m[1], m[3])
	}
	return "", false
}

const numerals = "〇一二三四五六七八九"

// spell turns Chinese digits one by one.
func spell(s string) string {
	out := ""
	for _, r := range s {
		if i := strings.IndexRune(numerals, r); i >= 0 {
			out += strconv.Itoa(i / 3)
			continue
		}
		out += "0"
	}
	return out
}

// tens turns 十七, 二十 and 三十一 into a number.
func tens(s string) int {
	before, after, ok := strings.Cut(s, "十")
	if !ok {
		n, _ := strconv.Atoi(spell(s))
		return n
	}
	n := 10
	if before != "" {
		n, _ = strconv.Atoi(spell(before) + "0")
	}
	if after != "" {
		unit, _ := strconv.Atoi(spell(after))
		n += unit
	}
	return n
}

var numbers = regexp.MustCompile(`\d+`)

// birthAgrees compares a cell about somebody's birth with the birth date inside the identity number. A cell may say less than the whole date
// (1948年7月, 48.7.14); readable is false when it says nothing that can be compared.
func birthAgrees(c Cell, shift int, born day.Day) (agrees, readable bool) {
	if d, ok := date(c, shift); ok {
		return d == born, true
	}
	t := born.Time()
	parts := numbers.FindAllString(fold(c.Text), -1)
	if len(parts) == 1 && len(parts[0]) == 6 {
		parts = []string{parts[0][:4], parts[0][4:]}
	}
	if len(parts) == 0 || len(parts) > 3 {
		return false, false
	}
	year, _ := strconv.Atoi(parts[0])
	switch len(parts[0]) {
	case 4:
		agrees = year == t.Year()
	case 2:
		agrees = year == t.Year()%100
	default:
		return false, false
	}
	if len(parts) > 1 {
		month, _ := strconv.Atoi(parts[1])
		agrees = agrees && (month == int(t.Month()) || parts[1] == "1" && t.Month() == 10)
		readable = month >= 1 && month <= 12
	}
	if len(parts) > 2 {
		n, _ := strconv.Atoi(parts[2])
		agrees = agrees && n == t.Day()
		readable = readable && len(parts[0]) == 2 && n >= 1 && n <= 31
	}
	return agrees, readable || agrees || len(parts) == 1
}
