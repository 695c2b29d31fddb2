package paper

import (
	"strconv"

	"hefa/internal/lang"
)

// TestPrint is the page by which a printer is set up: on each place of its tray the outline of the certificate, a cross in its middle and rulers along its top
// and its left edge in millimetres. It is drawn with the printer's offsets, as certificates are, so that what is still off can be read with a ruler.
type TestPrint struct {
	Printer string
	Tray    Tray
	Card    bool // of the third generation, with front and back; else spreads of the book
}

// Title is the paper's name.
func (p TestPrint) Title() string { return lang.T("paper.test.title", p.Printer) }

func (p TestPrint) lay(d *document) {
	if !p.Tray.sound(d) {
		return
	}
	s := p.Tray.sheet(d)
	s.turn()
	for i := range p.Tray.Places {
		x, y := p.Tray.front(i)
		p.outline(s, x, y, lang.T("paper.test.front", p.Printer, i+1))
		if p.Card {
			s.artifact()
			s.strip(x, y, cardHead)
			s.strip(x, y+cardHeight-cardFoot, cardFoot)
			s.frame(x+cardWidth-cardMargin-cardPhotoWidth, y+cardHead, cardPhotoWidth, cardPhoto)
		}
	}
	if p.Card {
		s.turn()
		for i := range p.Tray.Places {
			x, y := p.Tray.back(i, cardWidth)
			p.outline(s, x, y, lang.T("paper.test.back", p.Printer, i+1))
		}
	}
	d.endPaper(bare)
}

// size is that of the certificate in points.
func (p TestPrint) size() (width, height float64) {
	if p.Card {
		return cardWidth, cardHeight
	}
	return 2 * bookletWidth, bookletHeight
}

// outline draws one certificate at x, y: its edge, a cross of 10 mm in its middle, rulers, and what it is.
func (p TestPrint) outline(s *sheet, x, y float64, what string) {
	width, height := p.size()
	s.artifact()
	s.frame(x, y, width, height)
	cx, cy := x+width/2, y+height/2
	s.rule(cx-5*mm, cy, cx+5*mm, cy, 0)
	s.rule(cx, cy-5*mm, cx, cy+5*mm, 0)
	if !p.Card {
		s.rule(cx, y, cx, y+height, 2)
	}
	for at := 1; float64(at)*mm < width; at++ {
		s.rule(x+float64(at)*mm, y, x+float64(at)*mm, y+tick(at), 0)
	}
	for at := 1; float64(at)*mm < height; at++ {
		s.rule(x, y+float64(at)*mm, x+tick(at), y+float64(at)*mm, 0)
	}
	st := style{look: song, size: 6, lead: 8, align: left}
	for at := 10; float64(at)*mm < width-3*mm; at += 10 {
		s.text(x+float64(at)*mm+1, y+2*mm, 10*mm, strconv.Itoa(at), st)
	}
	s.begin("P", "")
	s.mark()
	s.text(x+5*mm, cy+6*mm, cardWidth-cardMargin-cardPhotoWidth-7*mm, what, st)
	s.end()
}

// tick is how long the mark of a millimetre is: longer for fives, longest for tens.
func tick(at int) float64 {
	switch {
	case at%10 == 0:
		return 4 * mm
	case at%5 == 0:
		return 3 * mm
	}
	return 2 * mm
}

// strip draws the edge of what stays free of ink on a card.
func (s *sheet) strip(x, y, height float64) {
	s.rule(x, y, x+cardWidth, y, 2)
	s.rule(x, y+height, x+cardWidth, y+height, 2)
}
