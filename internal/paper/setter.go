package paper

import (
	"bytes"
	"fmt"

	"hefa/internal/fault"
)

// glyph is one character as a line holds it; width is in ems. A line end that the text asks for has r '\n' and no width.
type glyph struct {
	r        rune
	cut      int // of the setter's cuts
	code     int
	width    float64
	squeezed bool // its empty half gives way to the punctuation mark behind it
}

// cut is one face as a document uses it: characters get codes in the order of their first use, so that pages can be written before the face is.
type cut struct {
	ref    ref
	runes  []rune // by code; code 0 is the missing glyph
	glyphs []int
}

type sought struct {
	look   look
	shared bool
	r      rune
}

// setter turns text into glyphs and remembers what was used. What is fixed has cuts of its own, which are then the same in every letter of its kind.
type setter struct {
	shelf  *shelf
	shared bool                 // what is shaped now is
	cuts   [2 * len(faces)]*cut // by look; those of what is fixed behind the others
	known  map[sought]glyph
}

// common has do shape what is the same in every letter of its kind.
func (s *setter) common(do func()) {
	s.shared = true
	do()
	s.shared = false
}

func newSetter(s *shelf) *setter {
	return &setter{shelf: s, known: map[sought]glyph{}}
}

// shape is text in glyphs of the chosen look or its fallbacks. A character that no face draws is refused with paper.glyph.missing (the character,
// its code point). Invisible marks that come with pasted names are left out.
func (s *setter) shape(chosen look, text string) ([]glyph, error) {
	out := make([]glyph, 0, len(text)/2)
	for _, r := range text {
		r, ok := plain(r)
		if !ok {
			continue
		}
		if r == '\n' {
			out = append(out, glyph{r: r})
			continue
		}
		g, ok := s.known[sought{chosen, s.shared, r}]
		if !ok {
			var err error
			if g, err = s.seek(chosen, r); err != nil {
				return nil, err
			}
		}
		out = append(out, g)
	}
	squeeze(out)
	return out, nil
}

// seek finds r in the chain of faces and gives it a code there.
func (s *setter) seek(chosen look, r rune) (glyph, error) {
	l, number, ok := s.shelf.find(chosen, r)
	if !ok {
		return glyph{}, fault.New(fault.Refused, "paper.glyph.missing", string(r), fmt.Sprintf("U+%04X", r))
	}
	if l != chosen {
		g, ok := s.known[sought{l, s.shared, r}]
		if !ok {
			g = s.take(l, r, number)
		}
		s.known[sought{chosen, s.shared, r}] = g
		return g, nil
	}
	return s.take(l, r, number), nil
}

// take gives r the next code of look l.
func (s *setter) take(l look, r rune, number int) glyph {
	at := int(l)
	if s.shared {
		at += len(faces)
	}
	if s.cuts[at] == nil {
		s.cuts[at] = &cut{runes: []rune{0}, glyphs: []int{0}}
	}
	c, face := s.cuts[at], s.shelf[l]
	g := glyph{r: r, cut: at, code: len(c.runes), width: float64(face.advance(number)) / float64(face.upem)}
	c.runes, c.glyphs = append(c.runes, r), append(c.glyphs, number)
	s.known[sought{l, s.shared, r}] = g
	return g
}

// toUnicode is the map from codes to UTF-16, in blocks of at most a hundred as the format asks.
func toUnicode(runes []rune) []byte {
	var b bytes.Buffer
	b.WriteString("/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n" +
		"/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000><ffff>\nendcodespacerange\n")
	for from := 1; from < len(runes); from += 100 {
		to := min(from+100, len(runes))
		fmt.Fprintf(&b, "%d beginbfchar\n", to-from)
		for code := from; code < to; code++ {
			fmt.Fprintf(&b, "<%04x><%s>\n", code, utf16Hex(string(runes[code])))
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n")
	return b.Bytes()
}
