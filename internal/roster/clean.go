package roster

import (
	"strings"
	"unicode"
)

// fold makes full-width forms half-width, every kind of space and line break a plain space, drops what cannot be seen, and trims.
func fold(s string) string {
	if plain(s) {
		return strings.Trim(s, " ")
	}
	return strings.Trim(strings.Map(foldRune, s), " ")
}

func plain(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

func foldRune(r rune) rune {
	switch {
	case r >= 0x4e00 && r <= 0x9fff:
		return r
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r == '\u00ad' || r == '\u180e' || unicode.Is(unicode.Cf, r):
		return -1
	case unicode.IsSpace(r) || unicode.Is(unicode.Z, r) || unicode.IsControl(r):
		return ' '
	}
	return r
}

// squeeze is fold without any space inside.
func squeeze(s string) string {
	s = fold(s)
	if strings.IndexByte(s, ' ') < 0 {
		return s
	}
	return strings.ReplaceAll(s, " ", "")
}

// line is fold with runs of spaces made one, for addresses and remarks.
func line(s string) string {
	s = unquote(fold(s))
	if !strings.Contains(s, "  ") {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// unquote drops the apostrophe that keeps a number text, and the ="…" that exports use to the same end.
func unquote(s string) string {
	if strings.HasPrefix(s, `="`) && strings.HasSuffix(s, `"`) && len(s) > 2 {
		s = s[2 : len(s)-1]
	}
	return strings.Trim(s, "'`‘’\"“”")
}

// nothing is what clerks write into a cell that has nothing to say.
var nothing = map[string]bool{
	"": true, "/": true, "\\": true, "-": true, "--": true, "---": true, "—": true, "——": true, "–": true, "_": true, ".": true, "。": true,
	"无": true, "空": true, "暂无": true, "不详": true, "未知": true, "不知道": true, "未填": true, "(空)": true, "(无)": true, "*": true, "?": true,
	"null": true, "none": true, "nil": true, "nan": true, "n/a": true, "na": true,
	"#n/a": true, "#ref!": true, "#value!": true, "#name?": true, "#div/0!": true, "#null!": true, "#num!": true, "#####": true,
}

// blank says whether the text says nothing.
func blank(s string) bool {
	if len(s) > 24 {
		return squeeze(s) == ""
	}
	return nothing[strings.ToLower(unquote(squeeze(s)))]
}

func (c Cell) blank() bool { return blank(c.Text) }

func han(r rune) bool { return unicode.Is(unicode.Han, r) }

// dots is what stands between the parts of a name in place of U+00B7.
const dots = "·•・‧∙⋅●․．.ᐧ⸱｡"

// cleanName takes the spaces out of a Chinese name and puts U+00B7 between the parts of a longer one; spaces between Latin words stay.
func cleanName(s string) string {
	s = line(s)
	if !strings.ContainsAny(s, " "+dots) {
		return s
	}
	in := []rune(s)
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
	return before >= 0 && after < len(in) && han(in[before]) && han(in[after])
}

// named says whether s can be a name: it has at least one letter.
func named(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }
