package person

import (
	"strings"
	"unicode"
)

// dots is what stands between the parts of a name in place of U+00B7, with that itself.
const dots = "·•・‧∙⋅●․．.ᐧ⸱｡"

// CleanName takes the spaces out of a Chinese name and puts U+00B7 between the parts of a longer one; spaces between
// Latin words stay.
func CleanName(s string) string {
	s = strings.TrimSpace(s)
	if !strings.ContainsAny(s, " \u3000"+dots) {
		return s
	}
	in := []rune(strings.ReplaceAll(s, "\u3000", " "))
	out := make([]rune, 0, len(in))
	for i, r := range in {
		inside := i > 0 && i < len(in)-1
		switch {
		case r == ' ' && inside && in[i-1] < 0x80 && in[i+1] < 0x80:
			out = append(out, r)
		case r == ' ':
		case strings.ContainsRune(dots, r) && between(in, i):
			out = append(out, '·')
		default:
			out = append(out, r)
		}
	}
	return string(out)
}

// between says whether Han characters stand on both sides of in[i], spaces aside.
func between(in []rune, i int) bool {
	before, after := i-1, i+1
	for before >= 0 && in[before] == ' ' {
		before--
	}
	for after < len(in) && in[after] == ' ' {
		after++
	}
	return before >= 0 && after < len(in) && unicode.Is(unicode.Han, in[before]) && unicode.Is(unicode.Han, in[after])
}
