package paper

import (
	"hefa/internal/day"
	"hefa/internal/lang"
)

// sheet is one paper being laid out from top to bottom; y is where the next piece goes.
type sheet struct {
	*document
	width, height            float64
	left, top, right, bottom float64 // margins
	y                        float64
	crown                    func() // draws the head of the table at hand once more, when it has several rows
}

// The styles of papers: the text of letters and of a document's attachments is 仿宋 (GB/T 9704-2012, 7.3.3 and 7.3.7), what is small or stands in tables 宋. Sizes are the Chinese ones: 二号 22, 四号 14, 小四 12, 五号 10.5, 小五 9 points.
var (
	titleStyle = style{look: hei, size: 22, lead: 32, align: center}
	bodyStyle  = style{look: fang, size: 14, lead: 25, indent: 2}
	tightStyle = style{look: song, size: 12, lead: 20, indent: 2}
	plainStyle = style{look: fang, size: 14, lead: 25, align: left}
	smallStyle = style{look: song, size: 10.5, lead: 17, align: left}
	cellStyle  = style{look: song, size: 10.5, lead: 15, align: left}
	headStyle  = style{look: hei, size: 10.5, lead: 15, align: center}
)

// upright begins a sheet on A4 with the margins of a letter.
func (d *document) upright() *sheet {
	z := d.zoom
	s := &sheet{document: d, width: a4Width / z, height: a4Height / z, left: 28 * mm / z, right: 26 * mm / z, top: 22 * mm / z, bottom: 20 * mm / z}
	s.turn()
	return s
}

// list begins a sheet on A4 with the narrow margins of a list, lying on its side when wide.
func (d *document) list(wide bool) *sheet {
	s := &sheet{document: d, width: a4Width, height: a4Height, left: 18 * mm, right: 18 * mm, top: 18 * mm, bottom: 20 * mm}
	if wide {
		s.width, s.height = s.height, s.width
	}
	s.turn()
	return s
}

// turn begins a new page.
func (s *sheet) turn() {
	s.newPage(s.width, s.height)
	s.y = s.top
}

// room is the height left on the page.
func (s *sheet) room() float64 { return s.height - s.bottom - s.y }

// measure is the width between the margins.
func (s *sheet) measure() float64 { return s.width - s.left - s.right }

// need turns the page when less than height is left.
func (s *sheet) need(height float64) {
	if s.room() < height-0.01 && s.y > s.top { // a sum of leads may miss the foot by less than a hair
		s.turn()
	}
}

// space leaves height empty.
func (s *sheet) space(height float64) { s.y += height }

// heading sets the title of a paper or of its slip.
func (s *sheet) heading(text string) {
	s.begin("H1", "")
	s.run(s.left, s.measure(), text, titleStyle)
	s.end()
	s.space(10)
}

// part sets the title of a part that begins on its own page.
func (s *sheet) part(text string) {
	s.begin("H2", "")
	s.run(s.left, s.measure(), text, titleStyle)
	s.end()
	s.space(10)
}

// para sets a paragraph over the width of the page.
func (s *sheet) para(text string, st style) {
	s.begin("P", "")
	s.run(s.left, s.measure(), text, st)
	s.end()
}

// run sets lines at x, turning the page where they reach its foot.
func (s *sheet) run(x, width float64, text string, st style) {
	for _, l := range s.set(text, width, st) {
		s.need(st.lead)
		s.mark()
		s.line(x, s.y, l, st)
		s.y += st.lead
	}
}

// items sets a numbered list: 1. 2. 3.
func (s *sheet) items(texts []string, st style) {
	for _, t := range numbered(texts) {
		s.para(t, st)
	}
}

// pair is a caption and its value.
type pair struct{ caption, value string }

// pairs sets captions and values in a frame of two columns of pairs; a pair that is too long for half the width takes a line of its own.
func (s *sheet) pairs(list []pair) {
	st := cellStyle
	st.size, st.lead = 12, 18
	head := st
	head.look = hei
	const caption = 29 * mm
	half := s.measure() / 2
	s.begin("Table", "")
	defer s.end()
	for len(list) > 0 && s.err == nil {
		n := 1
		if len(list) > 1 && s.short(list[0], half-caption, st) && s.short(list[1], half-caption, st) {
			n = 2
		}
		widths := []float64{caption, s.measure() - caption}
		if n == 2 {
			widths = []float64{caption, half - caption, caption, half - caption}
		}
		var cells []cell
		for _, p := range list[:n] {
			cells = append(cells, cell{text: p.caption, style: head, head: "Row"}, cell{text: p.value, style: st})
		}
		s.row(cells, widths, 0)
		list = list[n:]
	}
}

func (s *sheet) short(p pair, width float64, st style) bool {
	return len(s.set(p.value, width-2*padding, st)) <= 1
}

// signature sets the place for the seal and the date at the right, two lines below the text.
func (s *sheet) signature(office string, on day.Day) {
	s.need(95)
	s.space(16)
	st := plainStyle
	st.align = right
	s.right += 4 * st.size
	s.para(office, st)
	s.para(lang.T("paper.seal"), st)
	date := on.Chinese()
	if on == "" {
		date = lang.T("paper.date.blank")
	}
	s.para(date, st)
	s.right -= 4 * st.size
}

// cut draws the dashed line along which a slip is torn off.
func (s *sheet) cut() {
	const gap = 14
	s.space(gap)
	s.artifact()
	st := style{look: song, size: 9, lead: 12, align: center}
	s.text(s.left, s.y-6, s.measure(), lang.T("paper.cut"), st)
	middle, half := s.left+s.measure()/2, 45.0
	s.rule(8*mm, s.y, middle-half, s.y, 4)
	s.rule(middle+half, s.y, s.width-8*mm, s.y, 4)
	s.space(gap)
}

// blanks sets lines for a signature and a date by hand, side by side.
func (s *sheet) blanks(captions ...string) {
	s.need(40)
	s.space(14)
	width := s.measure() / float64(len(captions))
	for i, c := range captions {
		s.begin("P", "")
		s.mark()
		s.text(s.left+float64(i)*width, s.y, width, c, plainStyle)
		s.end()
	}
	s.y += plainStyle.lead
}

// figure marks what draw draws as a picture with words for who cannot see it.
func (s *sheet) figure(alt string, draw func()) {
	s.begin("Figure", "/Alt"+words(alt))
	s.mark()
	draw()
	s.end()
}
