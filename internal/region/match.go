package region

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Matcher finds the village that a clerk means: 风平村, 风平村委会, 风平村民委员会, 风平镇风平村, 风平 3 组. It is never changed and may be shared.
type Matcher struct {
	full, stem, key map[string][]village
	above           []place
}

type village struct {
	code Code
	word
}

// place is a township or county with the ways to write it, longest first.
type place struct {
	code        Code
	forms, core []string
}

// NewMatcher knows the villages among places; the names of what they lie in come from places too and, where it holds none, from the bound
// edition. It takes about a millisecond a county, so one serves a whole list.
func NewMatcher(places []Region) *Matcher {
	m := &Matcher{full: map[string][]village{}, stem: map[string][]village{}, key: map[string][]village{}}
	above, names := map[Code]string{}, map[string]bool{}
	for _, r := range places {
		if r.Code.Level() == Village {
			addAbove(above, r.Code.County())
			v := village{r.Code, spell(plain(r.Name))}
			m.full[v.full] = append(m.full[v.full], v)
			m.stem[v.stem] = append(m.stem[v.stem], v)
			m.key[v.key] = append(m.key[v.key], v)
		}
	}
	for _, r := range places {
		if r.Code.Level() < Village {
			above[r.Code] = r.Name
		}
	}
	for _, name := range above {
		names[plain(name)] = true
	}
	for code, name := range above {
		m.above = append(m.above, newPlace(code, plain(name), plain(above[code.County()]), names))
	}
	slices.SortFunc(m.above, func(a, b place) int { return strings.Compare(string(b.code), string(a.code)) })
	return m
}

// addAbove takes the names of a county and its townships from the bound edition, which a test has read to the end.
func addAbove(above map[Code]string, county Code) {
	if _, ok := above[county]; ok {
		return
	}
	above[county] = ""
	for r, err := range Within(county) {
		if err == nil && r.Code.Level() < Village {
			above[r.Code] = r.Name
		}
	}
}

// newPlace leaves out a short form that is another place's name.
func newPlace(code Code, name, county string, names map[string]bool) place {
	p := place{code: code}
	if code.Level() == Township && name != county {
		p.forms, p.core = townshipForms(strings.TrimPrefix(name, county))
	}
	p.forms = slices.DeleteFunc(p.forms, func(f string) bool { return names[f] })
	if name != "" {
		p.forms = append(p.forms, name)
	}
	slices.SortFunc(p.forms, func(a, b string) int { return len(b) - len(a) })
	return p
}

// Match is the one village that text means; not ok when there is none or more than one. A township or county before the village must be one
// that it lies in; a group, a hamlet or a house number after it does not matter.
func (m *Matcher) Match(text string) (Code, bool) {
	text = plain(text)
	for _, way := range []func(string) (Code, found){m.exactly, m.afterPlace, m.whole, m.afterCore} {
		switch code, f := way(text); f {
		case one:
			return code, true
		case several:
			return "", false
		}
	}
	return "", false
}

// found says how many villages fit.
type found int

const (
	none found = iota
	one
	several
)

// exactly tries the official name, which may begin with the township's.
func (m *Matcher) exactly(text string) (Code, found) {
	if same := m.full[text]; len(same) == 1 {
		return same[0].code, one
	}
	return "", none
}

func (m *Matcher) whole(text string) (Code, found) { return m.within("", text) }

// afterPlace tries what follows the name of a township or county.
func (m *Matcher) afterPlace(text string) (Code, found) {
	return m.after(func(p place) (string, bool) {
		for _, form := range p.forms {
			if _, rest, ok := strings.Cut(text, form); ok {
				return rest, true
			}
		}
		return "", false
	})
}

// afterCore tries what follows a township's name without its kind: 风平 帕底村.
func (m *Matcher) afterCore(text string) (Code, found) {
	return m.after(func(p place) (string, bool) {
		for _, core := range p.core {
			if rest, ok := strings.CutPrefix(text, core); ok {
				return rest, true
			}
		}
		return "", false
	})
}

// after joins what fits behind each place; townships stand before their counties and so win.
func (m *Matcher) after(cut func(place) (string, bool)) (Code, found) {
	var code Code
	result := none
	for _, p := range m.above {
		rest, ok := cut(p)
		if !ok || result != none && p.code.Contains(code) {
			continue
		}
		for _, office := range offices {
			rest = strings.TrimPrefix(rest, office)
		}
		c, f := m.within(p.code, rest)
		if f == several || f == one && result == one && c != code {
			return "", several
		}
		if f == one {
			code, result = c, one
		}
	}
	return code, result
}

// within tries the readings of text, the longest first, on the villages in area.
func (m *Matcher) within(area Code, text string) (Code, found) {
	for _, reading := range readings(text) {
		if code, f := m.pick(area, spell(reading)); f != none {
			return code, f
		}
	}
	return "", none
}

// pick compares strictly first: the whole name; the name before 村民委员会 or 居委会; the name without 村 or 社区, of the same kind; of the other kind,
// since villages become communities and papers lag behind.
func (m *Matcher) pick(area Code, w word) (Code, found) {
	same := func(v village) bool { return v.kind == w.kind || v.kind == unknown || w.kind == unknown }
	for _, step := range []struct {
		among []village
		fits  func(village) bool
	}{
		{m.full[w.full], func(village) bool { return true }},
		{m.stem[w.stem], func(v village) bool { return w.committee && v.kind == w.kind }},
		{m.key[w.key], func(v village) bool { return same(v) && (w.kind != unknown || utf8.RuneCountInString(w.key) > 1) }},
		{m.key[w.key], func(v village) bool { return !same(v) }},
	} {
		var code Code
		n := none
		for _, v := range step.among {
			if area.Contains(v.code) && step.fits(v) {
				code, n = v.code, min(n+1, several)
			}
		}
		if n != none {
			return code, n
		}
	}
	return "", none
}
