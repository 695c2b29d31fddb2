package paper

import (
	"fmt"

	"hefa/internal/day"
	"hefa/internal/lang"
)

// The styles of official letters: 三号仿宋, 22 lines of 28 characters on the 156 mm × 225 mm of the type area (GB/T 9704-2012, 5.2 and 7.3).
var (
	officialStyle = style{look: fang, size: 156 * mm / 28, lead: 225 * mm / 22, indent: 2}
	officialPlain = style{look: fang, size: 156 * mm / 28, lead: 225 * mm / 22, align: left}
)

// red is the colour of an authority's head, and strong sets 宋 as thick as 小标宋, which no free typeface is.
const (
	red    = "0.8 0 0 rg 0.8 0 0 RG"
	strong = "2 Tr 0.55 w"
)

// official begins a letter of an authority in the letter layout of GB/T 9704-2012 (10.1): its name in red 30 mm below the edge, a double line 4 mm under it
// and another 20 mm above the foot, 170 mm long, the number at the right, the title two lines below. The first page has no number, the others have theirs
// between dashes.
func (d *document) official(authority, number, title string) *sheet {
	u := mm / d.zoom
	s := &sheet{document: d, width: a4Width / d.zoom, height: a4Height / d.zoom, left: 28 * u, right: 26 * u, top: 37 * u, bottom: 35 * u}
	s.turn()
	long := 170 * u
	x := (s.width - long) / 2
	st := style{look: song, size: min(34, long/float64(max(1, len([]rune(authority))))), align: center}
	st.lead = st.size
	s.begin("P", "")
	s.mark()
	s.drawn(red+" "+strong, func() { s.text(x, 30*u, long, authority, st) })
	s.end()
	s.artifact()
	s.y = 30*u + st.lead + 4*u
	s.drawn(red, func() {
		s.level(x, s.y, long, 1.8)
		s.level(x, s.y+2.6, long, 0.6)
		s.level(x, s.height-20*u-2.6, long, 0.6)
		s.level(x, s.height-20*u, long, 1.8)
	})
	s.y += 2.6 + 7.0/8*officialStyle.size
	if number != "" {
		at := officialPlain
		at.align, at.lead = right, 20
		s.para(lang.T("paper.number", number), at)
	}
	s.y += 2 * officialStyle.lead
	head := style{look: song, size: 22, lead: 36, align: center}
	s.begin("H1", "")
	s.mark()
	s.drawn(strong, func() { s.y += s.text(s.left, s.y, s.measure(), title, head) })
	s.end()
	s.space(officialStyle.lead)
	return s
}

// drawn draws with a state of its own.
func (d *document) drawn(state string, draw func()) {
	d.page.ops = append(d.page.ops, "q "+state+"\n"...)
	draw()
	d.page.ops = append(d.page.ops, "Q\n"...)
}

// level draws a level line of width points.
func (d *document) level(x, y, long, width float64) {
	b := fmt.Appendf(d.page.ops, "%s w ", number(nil, width))
	b = append(d.point(b, x, y), "m "...)
	d.page.ops = append(d.point(b, x+long, y), "l S\n"...)
}

// signed ends an official letter: the authority over the day, the day four characters from the right, both in the middle of each other, with room for the
// seal (GB/T 9704-2012, 7.3.5).
func (s *sheet) signed(authority string, on day.Day) {
	st := officialPlain
	date := on.Chinese()
	if on == "" {
		date = lang.T("paper.date.blank")
	}
	wide := st.size * float64(max(len([]rune(authority)), 11))
	s.need(5 * st.lead)
	s.space(2 * st.lead)
	st.align = center
	x := s.width - s.right - 4*st.size - wide
	for _, text := range []string{authority, date} {
		s.begin("P", "")
		s.run(x, wide, text, st)
		s.end()
	}
}

// served is the slip that proves an official letter was handed over. It is torn off a page behind the first, which stays whole with whom it is for.
func (s *sheet) served(title, number, received string) {
	if len(s.done) == 0 || s.room() < 190 {
		s.turn()
	}
	s.y = max(s.y, s.height-s.bottom-170)
	s.slip(title, 160, number)
	s.numbered(number)
	s.para(received, tightStyle)
	s.blanks(lang.T("paper.sign.person"), lang.T("paper.sign.date"))
}
