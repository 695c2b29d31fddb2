package roster

import (
	"strings"
	"unicode"

	"hefa/internal/person"
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

// cleanName is the name in a cell, written as the register writes names.
func cleanName(s string) string { return person.CleanName(line(s)) }

// named says whether s can be a name: it has at least one letter.
func named(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }
