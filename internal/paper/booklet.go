package paper

import (
	"hefa/internal/day"
	"hefa/internal/lang"
)

// Booklet is one person's pages of the second-generation certificate. What is printed is the frozen face, so every value is given as it is to stand
// there. The cover is not printed; the paper is blank but for its watermark, so captions are printed too.
//
// A page is 105 mm × 75 mm. Two pages side by side make a spread of 210 mm × 75 mm, as many on a sheet as the tray has places, with marks at the corners
// where it is cut and in the middle where it is folded. Remarks need a spread of their own, whose right page stays empty.
type Booklet struct {
	Name, Sex, Nation string
	Number            string
	Photo             []byte // JPEG or PNG; nil leaves a frame for gluing
	Issued, Expires   day.Day
	Born              day.Day
	Category          string
	Level             int // 1 to 4, printed in capitals
	Address, Phone    string
	Guardian          string
	GuardianPhone     string
	Approver          string   // the federation whose seal it bears
	Remarks           []string // 备注: each category of a multiple disability, exchange, migration
	Code              string   // what the QR code holds, "" for none
}

// Booklets is the print batch of many people's pages.
type Booklets struct {
	Batch  string
	Tray   Tray
	People []Booklet
}

// Measures of the booklet in points; photoWidth × photoHeight is the two-inch photo.
const (
	bookletWidth  = 105 * mm
	bookletHeight = 75 * mm
	bookletMargin = 7 * mm
	photoWidth    = 35 * mm
	photoHeight   = 49 * mm
	codeSide      = 26 * mm
)

// levels are the capitals of the levels (rules: printed as 壹贰叁肆).
var levels = [...]string{"", "paper.level.1", "paper.level.2", "paper.level.3", "paper.level.4"}

// Title is the batch's name.
func (b Booklets) Title() string { return lang.T("paper.booklet.title", b.Batch) }

func (b Booklets) lay(d *document) {
	if !b.Tray.sound(d) {
		return
	}
	s := b.Tray.sheet(d)
	spreads := 0
	next := func() (x, y float64) {
		place := spreads % len(b.Tray.Places)
		if place == 0 {
			s.turn()
		}
		spreads++
		x, y = b.Tray.front(place)
		s.cropMarks(x, y)
		return x, y
	}
	for _, p := range b.People {
		if d.err != nil {
			return
		}
		if p.Level < 1 || p.Level >= len(levels) {
			d.refuse("paper.booklet.level", p.Name)
			return
		}
		x, y := next()
		p.first(s, x, y)
		p.second(s, x+bookletWidth, y)
		if len(p.Remarks) > 0 {
			x, y = next()
			p.remarks(s, x, y)
		}
	}
	if spreads == 0 {
		s.turn()
	}
	d.endPaper(bare)
}

// bookletPanel is the box inside the margins of the page at x, y.
func bookletPanel(x, y, width float64) panel {
	return panel{x + bookletMargin, y + bookletMargin, width, bookletHeight - 2*bookletMargin, bookletSizes}
}

// first is page 1: who, number, photo, dates.
func (b Booklet) first(s *sheet, x, y float64) {
	photo := x + bookletWidth - bookletMargin - photoWidth
	s.fields(bookletPanel(x, y, photo-x-bookletMargin-3*mm), []pair{
		{lang.T("paper.column.name"), b.Name}, {lang.T("paper.column.sex"), b.Sex}, {lang.T("paper.column.nation"), b.Nation},
		{lang.T("paper.column.certificate"), "\n" + b.Number},
		{lang.T("paper.booklet.issued"), b.Issued.Chinese()}, {lang.T("paper.booklet.expires"), b.Expires.Chinese()},
	})
	if b.Photo == nil {
		s.artifact()
		s.frame(photo, y+bookletMargin, photoWidth, photoHeight)
		return
	}
	s.figure(lang.T("paper.booklet.photo", b.Name), func() { s.picture(photo, y+bookletMargin, photoWidth, photoHeight, b.Photo) })
}

// second is page 2: disability, address, guardian, approval, and the code by which anybody checks the certificate.
func (b Booklet) second(s *sheet, x, y float64) {
	width := bookletWidth - 2*bookletMargin
	if b.Code != "" {
		width -= codeSide
		at := x + bookletWidth - bookletMargin - codeSide
		s.figure(lang.T("paper.booklet.code.alt", b.Name), func() { s.code(at, y+bookletHeight-bookletMargin-codeSide, codeSide, b.Code) })
	}
	s.fields(bookletPanel(x, y, width), []pair{
		{lang.T("paper.booklet.born"), b.Born.Chinese()}, {lang.T("paper.column.category"), b.Category}, {lang.T("paper.column.level"), lang.T(levels[b.Level])},
		{lang.T("paper.booklet.address"), b.Address}, {lang.T("paper.column.phone"), b.Phone},
		{lang.T("paper.booklet.guardian"), b.Guardian}, {lang.T("paper.booklet.guardian.phone"), b.GuardianPhone},
		{lang.T("paper.booklet.approver"), b.Approver},
	})
}

// remarks is the page 备注.
func (b Booklet) remarks(s *sheet, x, y float64) {
	list := []pair{{lang.T("paper.column.note"), ""}}
	for _, r := range b.Remarks {
		list = append(list, pair{"", r})
	}
	s.fields(bookletPanel(x, y, bookletWidth-2*bookletMargin), list)
}

// panel is a box in which fields stand: its top left corner and its size in points, and the sizes of type to try, the largest first.
type panel struct {
	x, y, width, height float64
	sizes               []float64
}

// bookletSizes is the type of a booklet's page.
var bookletSizes = []float64{11, 10, 9, 8, 7}

// fields sets captions and values below each other in type as large as the panel allows; what does not fit at the smallest size is refused, never cut.
func (s *sheet) fields(b panel, list []pair) {
	for _, size := range b.sizes {
		st := style{look: song, size: size, lead: size * 1.5, align: left}
		height := 0.0
		for _, p := range list {
			height += float64(len(s.field(p, b.width, st))) * st.lead
		}
		if height > b.height {
			continue
		}
		y := b.y
		for _, p := range list {
			s.begin("P", "")
			s.mark()
			for _, l := range s.field(p, b.width, st) {
				s.line(b.x, y, l, st)
				y += st.lead
			}
			s.end()
		}
		return
	}
	s.refuse("paper.booklet.long", b.longest(s, list))
}

// longest is the caption of the field that takes most lines at the smallest size; a page without captions is called by its first.
func (b panel) longest(s *sheet, list []pair) string {
	size := b.sizes[len(b.sizes)-1]
	name, most := list[0].caption, 0
	for _, p := range list {
		n := len(s.field(p, b.width, style{look: song, size: size, lead: size * 1.5, align: left}))
		if n > most && p.caption != "" {
			name, most = p.caption, n
		}
	}
	return name
}

// field is a caption and its value in lines; the value hangs behind the caption.
func (s *sheet) field(p pair, width float64, st style) []line {
	text := p.value
	if p.caption != "" {
		text = lang.T("paper.field", p.caption, p.value)
		st.hang = float64(len([]rune(p.caption)) + 1)
	}
	if st.hang > 5 {
		st.hang = 1
	}
	return s.set(text, width, st)
}

// cropMarks draws where the spread at x, y is cut and folded: 5 mm long, 3 mm off the corner.
func (s *sheet) cropMarks(x, y float64) {
	const off, long = 3 * mm, 5 * mm
	s.artifact()
	for _, at := range [...]float64{x, x + bookletWidth, x + 2*bookletWidth} {
		s.rule(at, y-off, at, y-off-long, 0)
		s.rule(at, y+bookletHeight+off, at, y+bookletHeight+off+long, 0)
	}
	for _, at := range [...]float64{y, y + bookletHeight} {
		s.rule(x-off, at, x-off-long, at, 0)
		s.rule(x+2*bookletWidth+off, at, x+2*bookletWidth+off+long, at, 0)
	}
}
