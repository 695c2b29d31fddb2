package paper

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"

	"hefa/internal/fault"
)

// glyph is one character as a line holds it; width is in ems. A line end that the text asks for has r '\n' and no width.
type glyph struct {
	r        rune
	look     look
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
	look look
	r    rune
}

// setter turns text into glyphs and remembers what was used.
type setter struct {
	shelf *shelf
	cuts  [len(faces)]*cut
	known map[sought]glyph
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
		g, ok := s.known[sought{chosen, r}]
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
		g, ok := s.known[sought{l, r}]
		if !ok {
			g = s.take(l, r, number)
		}
		s.known[sought{chosen, r}] = g
		return g, nil
	}
	return s.take(l, r, number), nil
}

// take gives r the next code of look l.
func (s *setter) take(l look, r rune, number int) glyph {
	if s.cuts[l] == nil {
		s.cuts[l] = &cut{runes: []rune{0}, glyphs: []int{0}}
	}
	c, face := s.cuts[l], s.shelf[l]
	g := glyph{r: r, look: l, code: len(c.runes), width: float64(face.advance(number)) / float64(face.upem)}
	c.runes, c.glyphs = append(c.runes, r), append(c.glyphs, number)
	s.known[sought{l, r}] = g
	return g
}

// writeFace writes the subset of look l with its widths and its way back to Unicode (ISO 32000-1, 9.7 and 9.10.3).
func (f *file) writeFace(l look, face *trueType, c *cut) {
	data, err := face.subset(c.glyphs)
	if err != nil {
		f.err = cmp.Or(f.err, fmt.Errorf("cutting %s: %w", faces[l].name, err))
		return
	}
	sum := sha256.Sum256(data)
	name := make([]byte, 6)
	for i := range name {
		name[i] = 'A' + sum[i]%26
	}
	base := string(name) + "+" + faces[l].name
	em := func(v int) int { return v * 1000 / face.upem }
	program, descriptor, descendant, unicode := f.reserve(), f.reserve(), f.reserve(), f.reserve()
	f.stream(program, fmt.Sprintf("/Length1 %d", len(data)), data)
	f.object(descriptor, fmt.Sprintf("<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle 0/Ascent %d/Descent %d/CapHeight %d/StemV 80/FontFile2 %v>>",
		base, em(face.box[0]), em(face.box[1]), em(face.box[2]), em(face.box[3]), em(face.ascent), em(face.descent), em(face.ascent)*3/4, program))
	var widths bytes.Buffer
	for _, g := range c.glyphs {
		fmt.Fprintf(&widths, "%d ", em(face.advance(g)))
	}
	f.object(descendant, fmt.Sprintf("<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %v/CIDToGIDMap/Identity/DW 1000/W[0[%s]]>>",
		base, descriptor, widths.String()))
	f.stream(unicode, "", toUnicode(c.runes))
	f.object(c.ref, fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%v]/ToUnicode %v>>", base, descendant, unicode))
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
