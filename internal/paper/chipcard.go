package paper

import "hefa/internal/lang"

// Chipcard is one person's card of the third generation, with the values of its frozen face: the front says who it is and what is certified, the back where
// the person lives, who answers and from when to when. A card is 85.6 mm × 54 mm (ISO/IEC 7810, ID-1; local draft, as are all places on it). Its colour and
// its heading are on the blank, and so is the Braille of a red one: no ink falls on the strips at the top and the foot of the front.
type Chipcard struct{ Booklet }

// Chipcards is the print batch of many people's cards: the fronts of as many as the tray has places, then their backs.
type Chipcards struct {
	Batch  string
	Tray   Tray
	People []Chipcard
}

// Measures of a card in points; the strips of its front belong to the blank.
const (
	cardWidth      = 85.6 * mm
	cardHeight     = 54 * mm
	cardMargin     = 4 * mm
	cardHead       = 10 * mm // the emblem and the heading
	cardFoot       = 8 * mm  // the Braille of a red card
	cardPhotoWidth = 22 * mm
	cardPhoto      = cardPhotoWidth * photoHeight / photoWidth
	cardCode       = 25 * mm
)

// cardSizes is the type of a card.
var cardSizes = []float64{8, 7.5, 7, 6.5, 6, 5.5, 5}

// Title is the batch's name.
func (b Chipcards) Title() string { return lang.T("paper.booklet.title", b.Batch) }

func (b Chipcards) lay(d *document) {
	if !b.Tray.sound(d) {
		return
	}
	s := b.Tray.sheet(d)
	n := len(b.Tray.Places)
	for from := 0; from < len(b.People) && d.err == nil; from += n {
		these := b.People[from:min(from+n, len(b.People))]
		s.turn()
		for i, p := range these {
			if p.Level < 1 || p.Level >= len(levels) {
				d.refuse("paper.booklet.level", p.Name)
				return
			}
			x, y := b.Tray.front(i)
			p.front(s, x, y)
		}
		s.turn()
		for i, p := range these {
			x, y := b.Tray.back(i, cardWidth)
			p.back(s, x, y)
		}
	}
	if len(b.People) == 0 {
		s.turn()
	}
	d.endPaper(bare)
}

// front is who it is, what is certified and the photo.
func (c Chipcard) front(s *sheet, x, y float64) {
	photo, top := x+cardWidth-cardMargin-cardPhotoWidth, y+cardHead
	s.fields(panel{x + cardMargin, top, photo - x - cardMargin - 2*mm, cardHeight - cardHead - cardFoot, cardSizes}, []pair{
		{lang.T("paper.column.name"), c.Name}, {lang.T("paper.column.sex"), c.Sex}, {lang.T("paper.column.nation"), c.Nation},
		{lang.T("paper.booklet.born"), c.Born.Chinese()}, {lang.T("paper.column.category"), c.Category}, {lang.T("paper.column.level"), lang.T(levels[c.Level])},
		{lang.T("paper.column.certificate"), "\n" + c.Number},
	})
	if c.Photo == nil {
		s.artifact()
		s.frame(photo, top, cardPhotoWidth, cardPhoto)
		return
	}
	s.figure(lang.T("paper.booklet.photo", c.Name), func() { s.picture(photo, top, cardPhotoWidth, cardPhoto, c.Photo) })
}

// back is where the person lives, who answers, what else is to be said, and the code by which anybody checks the card.
func (c Chipcard) back(s *sheet, x, y float64) {
	width := cardWidth - 2*cardMargin
	if c.Code != "" {
		width -= cardCode
		at := x + cardWidth - cardMargin - cardCode
		s.figure(lang.T("paper.booklet.code.alt", c.Name), func() { s.code(at, y+cardHeight-cardMargin-cardCode, cardCode, c.Code) })
	}
	list := []pair{
		{lang.T("paper.booklet.address"), c.Address}, {lang.T("paper.column.phone"), c.Phone}, {lang.T("paper.booklet.guardian"), c.Guardian},
		{lang.T("paper.booklet.guardian.phone"), c.GuardianPhone}, {lang.T("paper.booklet.approver"), c.Approver},
		{lang.T("paper.booklet.issued"), c.Issued.Chinese()}, {lang.T("paper.booklet.expires"), c.Expires.Chinese()},
	}
	for i, r := range c.Remarks {
		p := pair{"", r}
		if i == 0 {
			p.caption = lang.T("paper.column.note")
		}
		list = append(list, p)
	}
	s.fields(panel{x + cardMargin, y + cardMargin, width, cardHeight - 2*cardMargin, cardSizes}, list)
}
