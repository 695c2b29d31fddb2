package region

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind tells a village (村) from a residents' community (社区).
type kind int

const (
	unknown kind = iota
	rural
	urban
)

// word is a village's name taken apart: 新村村民委员会 has the stem 新村 and the key 新.
type word struct {
	full, stem, key string
	kind            kind
	committee       bool
}

// committees are the bodies that stand for a village, longest first.
var committees = []struct {
	name string
	kind kind
}{
	{"村民委员会", rural}, {"居民委员会", urban}, {"村委员会", rural}, {"居委员会", urban},
	{"村民委", rural}, {"居民委", urban}, {"村委会", rural}, {"居委会", urban}, {"村委", rural}, {"居委", urban},
}

// grounds are the words for the ground itself.
var grounds = []struct {
	name string
	kind kind
}{
	{"社区", urban}, {"嘎查村", rural}, {"嘎查", rural}, {"村", rural},
}

// spell takes a plain name apart.
func spell(full string) word {
	w := word{full: full, stem: full}
	for _, c := range committees {
		if stem, ok := strings.CutSuffix(full, c.name); ok && stem != "" {
			w.stem, w.kind, w.committee = stem, c.kind, true
			break
		}
	}
	w.key = w.stem
	for _, g := range grounds {
		if key, ok := strings.CutSuffix(w.stem, g.name); ok && key != "" {
			w.key, w.kind = key, g.kind
			break
		}
	}
	return w
}

// plain folds full-width forms and letters' case, and drops blanks, brackets and other marks.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Co, r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, s)
}

var group = regexp.MustCompile(`(第?[0-9〇零一二三四五六七八九十百]+(村民|居民)?(小组|组|社|队|屯|号))+$`)

// readings are what text may name, longest first: all of it, without a group's number, and up to each word for a village in it.
func readings(text string) []string {
	out := []string{text}
	if short := group.ReplaceAllString(text, ""); short != text {
		out = append(out, short)
	}
	var ends []int
	for i := range text {
		for _, c := range committees {
			if strings.HasPrefix(text[i:], c.name) {
				ends = append(ends, i+len(c.name))
			}
		}
		for _, g := range grounds {
			if strings.HasPrefix(text[i:], g.name) {
				ends = append(ends, i+len(g.name))
			}
		}
	}
	slices.Sort(ends)
	for _, end := range slices.Backward(slices.Compact(ends)) {
		out = append(out, text[:end])
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

// townships are the words that a township's name ends with.
var townships = []string{"街道", "镇", "乡", "苏木", "农场", "林场"}

// offices stand behind a township's name and say nothing of the village.
var offices = []string{"办事处", "管理委员会", "管委会", "人民政府", "政府"}

// townshipForms are further ways to write the name (三台山德昂族乡: 三台山乡; 勐焕街道: 勐焕办事处), and the names without a kind, which stand for the
// township only at the beginning of a text.
func townshipForms(name string) (forms, core []string) {
	forms = []string{name}
	for _, t := range townships {
		short, ok := strings.CutSuffix(name, t)
		if !ok || utf8.RuneCountInString(short) < 2 {
			continue
		}
		if t == "街道" {
			forms = append(forms, short+"办事处")
		}
		if !strings.HasSuffix(short, "族") {
			return forms, []string{short}
		}
		for i := range short {
			if n := utf8.RuneCountInString(short[:i]); n >= 2 && n <= utf8.RuneCountInString(short)-2 {
				forms, core = append(forms, short[:i]+t), append(core, short[:i])
			}
		}
		return forms, core
	}
	return forms, nil
}
