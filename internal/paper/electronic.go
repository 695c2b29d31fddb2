package paper

import "hefa/internal/lang"

// Electronic is a certificate on a phone or printed by its holder: what the card says, and a large code by which anybody checks it.
type Electronic struct{ Booklet }

// Title is the paper's name.
func (e Electronic) Title() string { return lang.T("paper.electronic.title") }

func (e Electronic) lay(d *document) {
	s := d.upright()
	if e.Level < 1 || e.Level >= len(levels) {
		d.refuse("paper.booklet.level", e.Name)
		return
	}
	s.heading(e.Title())
	if e.Photo != nil {
		x, y := s.left+s.measure()-photoWidth, s.y
		s.figure(lang.T("paper.booklet.photo", e.Name), func() { s.picture(x, y, photoWidth, photoHeight, e.Photo) })
		s.space(photoHeight + 8)
	}
	s.pairs([]pair{
		{lang.T("paper.column.name"), e.Name}, {lang.T("paper.column.sex"), e.Sex},
		{lang.T("paper.column.nation"), e.Nation}, {lang.T("paper.booklet.born"), e.Born.Chinese()},
		{lang.T("paper.column.certificate"), e.Number}, {lang.T("paper.booklet.approver"), e.Approver},
		{lang.T("paper.column.category"), e.Category}, {lang.T("paper.column.level"), lang.T(levels[e.Level])},
		{lang.T("paper.booklet.issued"), e.Issued.Chinese()}, {lang.T("paper.booklet.expires"), e.Expires.Chinese()},
	})
	for _, r := range e.Remarks {
		s.para(r, tightStyle)
	}
	s.space(16)
	const side = 60 * mm
	s.need(side + 40)
	x, y := s.left+(s.measure()-side)/2, s.y
	s.figure(lang.T("paper.booklet.code.alt", e.Name), func() { s.code(x, y, side, e.Code) })
	s.space(side + 8)
	st := tightStyle
	st.align, st.indent = center, 0
	s.para(lang.T("paper.electronic.check"), st)
	d.endPaper(ifSeveral)
}
