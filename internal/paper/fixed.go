package paper

import (
	"fmt"
	"strconv"
)

// form is a piece of drawing that several pages share (ISO 32000-1, 8.10); y is where the next piece goes.
type form struct {
	ref ref
	y   float64
}

// fixed draws what is the same on every paper with the same key. In a batch for the printer it is set once, as a form object, and later pages only
// refer to it; a tagged paper, and one that does not share, draws it in its place. What draw draws may not turn the page of a batch.
func (s *sheet) fixed(key any, share bool, draw func()) {
	s.common(func() { s.draw(key, share, draw) })
}

// draw draws what is fixed, in its place or as a form object.
func (s *sheet) draw(key any, share bool, draw func()) {
	if s.tree != nil || !share || s.err != nil {
		draw()
		return
	}
	f, ok := s.forms[key]
	if !ok {
		f = s.makeForm(key, draw)
	}
	s.y = f.y
	p := s.page
	p.pictures = append(p.pictures, f.ref)
	p.ops = append(p.ops, "/X"...)
	p.ops = strconv.AppendInt(p.ops, int64(f.ref), 10)
	p.ops = append(p.ops, " Do\n"...)
}

// makeForm draws into a form of the page's size.
func (s *sheet) makeForm(key any, draw func()) form {
	p := s.page
	kept, inside := p.ops, p.pictures
	p.ops, p.pictures = nil, nil
	draw()
	if s.page != p {
		s.err = fmt.Errorf("a shared piece of a paper turned the page")
		return form{y: s.y}
	}
	f := form{ref: s.reserve(), y: s.y}
	s.stream(f.ref, fmt.Sprintf("/Type/XObject/Subtype/Form/BBox[0 0 %s %s]/Resources<</Font %v>>", number(nil, p.width), number(nil, p.height), s.types), p.ops)
	p.ops, p.pictures = kept, inside
	s.forms[key] = f
	return f
}
