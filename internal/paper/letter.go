package paper

import "hefa/internal/lang"

// numbered sets the number of a letter at the right, under its title.
func (s *sheet) numbered(number string) {
	st := smallStyle
	st.align = right
	s.para(lang.T("paper.number", number), st)
	s.space(4)
}

// addressed sets whom a letter speaks to.
func (s *sheet) addressed(person string) { s.para(lang.T("paper.to", person), plainStyle) }

// coded draws the QR code of text at the left of what comes next, with a caption below it. It takes no height.
func (s *sheet) coded(text, caption string) {
	const size = 27 * mm
	s.need(size + 30)
	s.figure(lang.T("paper.code.alt", text), func() { s.code(s.left, s.y+8, size, text) })
	s.begin("P", "")
	s.mark()
	st := style{look: song, size: 9, lead: 12, align: center}
	s.text(s.left-4*mm, s.y+8+size, size+8*mm, caption, st)
	s.end()
}

// named sets the title of a paper that comes back signed, with its number and the code of it at the left above the text; without a number the title stands alone.
func (s *sheet) named(title, number string) {
	const size = 20 * mm
	foot := s.y + size + 4
	if number != "" {
		s.figure(lang.T("paper.code.alt", number), func() { s.code(s.left, s.y, size, number) })
	}
	s.heading(title)
	if number != "" {
		s.numbered(number)
		s.y = max(s.y, foot)
	}
}

// slip begins the tear-off part of a letter, which is height points high. It stays whole, at the foot of the page. It comes back to the office, so it bears a
// code of its own at its right, beside which its text is set.
func (s *sheet) slip(title string, height float64, code string) {
	s.need(height)
	s.y = max(s.y, s.height-s.bottom-height)
	s.cut()
	s.begin("H2", "")
	st := titleStyle
	st.size, st.lead = 16, 24
	s.run(s.left, s.measure(), title, st)
	s.end()
	s.space(4)
	if code == "" {
		return
	}
	const size = 22 * mm
	s.right += size + 3*mm
	s.figure(lang.T("paper.code.alt", code), func() { s.code(s.width-s.right+3*mm, s.y, size, code) })
}

// contact says whom to ask.
func (s *sheet) contact(o Office) {
	s.para(lang.T("paper.contact", o.Name, o.Address, o.Phone), bodyStyle)
}
