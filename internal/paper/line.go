package paper

import (
	"strings"
	"unicode"
)

// Marks that Chinese setting (GB/T 15834, 5.1; CLREQ 3.1.5) keeps from a line's start or end, and those whose ink fills one half of their square.
const (
	notFirst  = "，。、；：？！）》」』〉】〕］｝”’…—·・～％‰℃,.;:?!)]}%°′″"
	notLast   = "（《「『〈【〔［｛“‘([{￥＄№"
	leftHalf  = "，。、；：）》」』〉】〕］｝”’"
	rightHalf = "（《「『〈【〔［｛“‘"
)

// plain is r as papers print it: every kind of space is a space, every kind of line end a line end. The marks without ink that word processors leave
// in names (joiners, direction marks, soft hyphens, controls) are not printed.
func plain(r rune) (rune, bool) {
	switch {
	case r == '\n' || isSpace(r):
		return r, true
	case r == 0x2028 || r == 0x2029:
		return '\n', true
	case r == '\t' || unicode.Is(unicode.Zs, r):
		return ' ', true
	case unicode.IsControl(r), r == 0xad, r == 0xfeff, r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f:
		return 0, false
	default:
		return r, true
	}
}

// squeeze takes the empty half out between two full-width marks (标点挤压).
func squeeze(g []glyph) {
	for i := 0; i+1 < len(g); i++ {
		if g[i].width < 0.9 || g[i+1].width < 0.9 || g[i].r < 0x2018 {
			continue
		}
		behind := strings.ContainsRune(rightHalf, g[i+1].r)
		if strings.ContainsRune(leftHalf, g[i].r) && (behind || strings.ContainsRune(leftHalf, g[i+1].r)) || behind && strings.ContainsRune(rightHalf, g[i].r) {
			g[i].width -= 0.5
			g[i].squeezed = true
		}
	}
}

// fit is how many of the glyphs go on one line of width ems, at least one; a line end that the text asks for belongs to its line.
func fit(g []glyph, width float64) int {
	used := 0.0
	for i := range g {
		if g[i].r == '\n' {
			return i + 1
		}
		used += g[i].width
		if used <= width+0.001 || isSpace(g[i].r) {
			continue
		}
		for k := i; k > 0; k-- {
			if mayPart(g[k-1].r, g[k].r) {
				return k
			}
		}
		return max(i, 1)
	}
	return len(g)
}

// mayPart says whether a line may end between a and b.
func mayPart(a, b rune) bool {
	switch {
	case isSpace(a):
		return !isSpace(b)
	case isSpace(b):
		return false
	case strings.ContainsRune(notFirst, b), strings.ContainsRune(notLast, a):
		return false
	default:
		return !wordy(a) || !wordy(b)
	}
}

// wordy are letters and digits that stay together as words and numbers do.
func wordy(r rune) bool { return r > ' ' && r < 0x2000 }

// align says where a line stands between its edges.
type align int

const (
	justified align = iota
	left
	center
	right
)

// style is how a piece of text is set; sizes are in points.
type style struct {
	look   look
	size   float64
	lead   float64 // from one line to the next
	align  align
	indent float64 // of the first line, in ems
	hang   float64 // of the other lines, in ems
}

// line is a run of glyphs ready to be drawn: x is from the left edge in points, gap is added behind each glyph.
type line struct {
	glyphs []glyph
	x, gap float64
	width  float64
}

// lines breaks glyphs into lines of width points.
func (s style) lines(g []glyph, width float64) []line {
	var out []line
	in := s.indent
	for len(g) > 0 {
		n := fit(g, width/s.size-in)
		l := line{glyphs: g[:n], x: in * s.size}
		last := n == len(g) || g[n-1].r == '\n'
		s.settle(&l, width, last)
		out = append(out, l)
		g, in = g[n:], s.hang
		if l.glyphs[n-1].r == '\n' {
			in = s.indent
		}
	}
	return out
}

// settle measures l and moves or stretches it as the style asks; the last line of a paragraph is never stretched.
func (s style) settle(l *line, width float64, last bool) {
	end := len(l.glyphs)
	for end > 0 && (isSpace(l.glyphs[end-1].r) || l.glyphs[end-1].r == '\n') {
		end--
	}
	for _, g := range l.glyphs[:end] {
		l.width += g.width * s.size
	}
	slack := width - l.x - l.width
	switch {
	case s.align == center:
		l.x += slack / 2
	case s.align == right:
		l.x += slack
	case s.align == justified && !last && end > 1 && slack < s.size*float64(end-1)/2:
		l.gap = slack / float64(end-1)
	}
}
