package look

import (
	"strconv"
	"strings"
	"time"

	"hefa/internal/day"
)

// Narrow turns full-width letters, digits and signs into plain ones, and drops spaces at both ends: what a Chinese keyboard types into a number.
func Narrow(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '　', r == '\u00a0', r == '\u200b', r == '\ufeff':
			return ' '
		}
		return r
	}, s))
}

// ReadDay reads a date as people type it: 2020-04-01, 2020/4/1, 2020.4.1, 20200401, 2020年4月1日 (日 or 号, or none), in full-width digits too.
// ok is false for anything else and for days that do not exist; the empty text is day "" and ok.
func ReadDay(s string) (d day.Day, ok bool) {
	s = Narrow(s)
	if s == "" {
		return "", true
	}
	var parts []string
	if len(s) == 8 && digits(s) {
		parts = []string{s[:4], s[4:6], s[6:]}
	} else {
		s = strings.TrimRight(s, "日号 ")
		parts = strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("-/.年月 ", r) })
	}
	if len(parts) != 3 || len(parts[0]) != 4 {
		return "", false
	}
	var n [3]int
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || !digits(p) || i > 0 && len(p) > 2 {
			return "", false
		}
		n[i] = v
	}
	d = day.New(n[0], time.Month(n[1]), n[2])
	if t := d.Time(); t.Year() != n[0] || int(t.Month()) != n[1] || t.Day() != n[2] || n[0] < 1800 {
		return "", false
	}
	return d, true
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
