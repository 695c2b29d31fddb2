package paper

import (
	"hefa/internal/day"
	"hefa/internal/lang"
)

// Booklet is one person's pages of the second-generation certificate. What is printed is the frozen face, so every value is given as it is to stand
// there. The cover is not printed; the paper is blank but for its watermark, so captions are printed too.
//
// A page is 105 mm × 75 mm. Two pages side by side make a spread of 210 mm × 75 mm; an A4 sheet on its side takes two spreads, one below the other,
// with marks at the corners where it is cut and in the middle where it is folded. Remarks need a spread of their own, whose right page stays empty.
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
	s := &sheet{document: d, width: a4Height, height: a4Width}
	s.left = (s.width - 2*bookletWidth) / 2
	spreads := 0
	next := func() float64 {
		if spreads%2 == 0 {
			s.turn()
		}
		y := 20*mm + float64(spreads%2)*(bookletHeight+20*mm)
		spreads++
		s.cropMarks(y)
		return y
	}
	for _, p := range b.People {
		if d.err != nil {
			return
		}
		if p.Level < 1 || p.Level >= len(levels) {
			d.refuse("paper.booklet.level", p.Name)
			return
		}
		y := next()
		p.first(s, s.left, y)
		p.second(s, s.left+bookletWidth, y)
		if len(p.Remarks) > 0 {
			p.remarks(s, s.left, next())
		}
	}
	if spreads == 0 {
		s.turn()
	}
	d.endPaper(bare)
}

// first is page 1: who, number, photo, dates.
func (b Booklet) first(s *sheet, x, y float64) {
	photo := x + bookletWidth - bookletMargin - photoWidth
	s.fields(x+bookletMargin, y+bookletMargin, photo-x-bookletMargin-3*mm, []pair{
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
	s.fields(x+bookletMargin, y+bookletMargin, width, []pair{
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
	s.fields(x+bookletMargin, y+bookletMargin, bookletWidth-2*bookletMargin, list)
}

// fields sets captions and values below each other in type as large as the page allows; what does not fit at the smallest size is refused, never cut.
func (s *sheet) fields(x, y, width float64, list []pair) {
	for _, size := range [...]float64{11, 10, 9, 8, 7} {
		st := style{look: song, size: size, lead: size * 1.5, align: left}
		height := 0.0
		for _, p := range list {
			height += float64(len(s.field(p, width, st))) * st.lead
		}
		if height > bookletHeight-2*bookletMargin {
			continue
		}
		for _, p := range list {
			s.begin("P", "")
			s.mark()
			for _, l := range s.field(p, width, st) {
				s.line(x, y, l, st)
				y += st.lead
			}
			s.end()
		}
		return
	}
	s.refuse("paper.booklet.long", list[0].value)
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

// cropMarks draws where a spread is cut and folded: 5 mm long, 3 mm off the corner.
func (s *sheet) cropMarks(y float64) {
	const off, long = 3 * mm, 5 * mm
	s.artifact()
	for _, x := range [...]float64{s.left, s.left + bookletWidth, s.left + 2*bookletWidth} {
		s.rule(x, y-off, x, y-off-long, 0)
		s.rule(x, y+bookletHeight+off, x, y+bookletHeight+off+long, 0)
	}
	for _, at := range [...]float64{y, y + bookletHeight} {
		s.rule(s.left-off, at, s.left-off-long, at, 0)
		s.rule(s.left+2*bookletWidth+off, at, s.left+2*bookletWidth+off+long, at, 0)
	}
}
