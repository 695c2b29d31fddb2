package roster

import (
	"strconv"
	"strings"

	"hefa/internal/certificate"
	"hefa/internal/person"
)

// plainNumber is an identity or certificate number without the habits of typing: full-width forms, spaces, apostrophes, hyphens, brackets, and
// the many letters that stand for the check character X.
func plainNumber(s string) string {
	if sound(s) {
		return s
	}
	s = strings.Map(func(r rune) rune {
		switch r {
		case 'x', '×', 'Ⅹ', 'ⅹ', '✕', '✖', '╳', '㐅', 'х', 'Х', 'χ', 'Χ':
			return 'X'
		case '-', '－', '—', '–', '−', '‐', '‑', '_', '(', ')', '[', ']', ' ', '\'', '`', '‘', '’', '"', '“', '”', '，', ',', '。', '、', ';':
			return -1
		}
		return r
	}, unquote(squeeze(s)))
	s = strings.ToUpper(s)
	if i := strings.IndexByte(s, '.'); i > 0 && strings.Trim(s[i:], ".0") == "" && len(s) > 14 {
		s = s[:i]
	}
	return s
}

// sound says whether s is digits only, perhaps with an X, so that nothing needs cleaning.
func sound(s string) bool {
	for i := range len(s) {
		if (s[i] < '0' || s[i] > '9') && s[i] != 'X' {
			return false
		}
	}
	return true
}

// scientific says whether s is a long number that a spreadsheet cut to 5.3320E+19.
func scientific(s string) bool {
	if strings.IndexAny(s, "eEｅＥ") <= 0 {
		return false
	}
	s = strings.ReplaceAll(strings.ToUpper(squeeze(s)), ",", "")
	mantissa, power, ok := strings.Cut(s, "E")
	if !ok || mantissa == "" || power == "" {
		return false
	}
	power = strings.TrimLeft(power, "+")
	return power != "" && strings.Trim(power, "0123456789") == "" && strings.Trim(mantissa, "0123456789.") == "" && digits(mantissa) > 0
}

// cut says whether the cell's number lost its last digits: a spreadsheet keeps fifteen.
func cut(c Cell, plain string) bool {
	if scientific(c.Text) {
		return true
	}
	if c.Number {
		f, err := strconv.ParseFloat(strings.TrimSpace(c.Text), 64)
		return err == nil && f >= 1e15
	}
	switch len(plain) {
	case 20, 21:
		return strings.HasSuffix(plain, "00000") && sound(plain)
	case 18:
		return strings.HasSuffix(plain, "000") && person.Number(plain).Check() == person.Checksum
	}
	return false
}

// flawOf finds the first flaw of a certificate number; how long it is counts before what is in it.
func flawOf(n certificate.Number) person.Flaw {
	base := string(n)
	if i := strings.IndexByte(base, 'B'); i >= 17 {
		base = base[:i]
	}
	if len([]rune(base)) < 20 {
		return person.Length
	}
	if rest := base[min(20, len(base)):]; rest != "" && strings.Trim(rest, "0123456789X") == "" {
		return person.Length
	}
	return n.Check()
}
