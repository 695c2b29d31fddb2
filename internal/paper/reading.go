package paper

import (
	"io"

	"hefa/internal/day"
	"hefa/internal/lang"
)

// Letter is a paper to a person that can be had in every reading.
type Letter interface {
	Paper
	// easy is what it says in short sentences, a page for each person.
	easy() []note
}

// note is one person's page of short sentences.
type note struct {
	number, person string
	lines          []string
	office         Office
	dated          day.Day
}

// Read is the letter as it is to be read. What is printed large or in short sentences goes along with the letter itself, which it says.
func Read(l Letter, r Reading) Paper {
	switch r {
	case Large:
		return enlarged{l}
	case Easy:
		return plainly{l}
	}
	return l
}

// enlarge is how much larger a letter is printed: its text of 14 points becomes 20, its smallest 15.
const enlarge = 1.45

// enlarged is a letter that is laid out on a small page and printed large.
type enlarged struct{ Letter }

func (e enlarged) lay(d *document) {
	d.zoom = enlarge
	e.Letter.lay(d)
	d.zoom = 1
}

// plainly is a letter in short sentences and large type, one thing each.
type plainly struct{ Letter }

func (p plainly) lay(d *document) {
	title, text, small := titleStyle, plainStyle, smallStyle
	title.size, title.lead, text.size, text.lead, text.look, small.size, small.lead = 28, 42, 21, 37, hei, 15, 24
	s := d.upright()
	for i, n := range p.easy() {
		kind := "H1"
		if i > 0 {
			kind = "H2"
			s.turn()
		}
		s.begin(kind, "")
		s.run(s.left, s.measure(), p.Title(), title)
		s.end()
		s.space(8)
		s.para(lang.T("paper.to", n.person), text)
		for _, line := range n.lines {
			s.para(line, text)
		}
		if n.office.Phone != "" {
			s.para(lang.T("paper.easy.ask", n.office.Name, n.office.Phone), text)
		}
		if n.number != "" {
			s.para(lang.T("paper.easy.number", n.number), text)
		}
		s.sealed(n.office.Name, n.dated.Chinese(), text)
		s.para(lang.T("paper.easy.beside"), small)
	}
	d.endPaper(ifSeveral)
}

// Part is one piece of what a paper says: a heading (H1, H2), a paragraph (P), or a row of a table (TR) with its cells.
type Part struct {
	Kind  string
	Text  string
	Cells []string
}

// Outline is what a paper says in reading order, for a page that says the same.
func Outline(p Paper) ([]Part, error) {
	faces, err := embedded()
	if err != nil {
		return nil, err
	}
	d := newDocument(io.Discard, faces, p.Title(), true)
	d.tree.told = &telling{}
	p.lay(d)
	if d.err != nil {
		return nil, d.err
	}
	return d.tree.told.parts, nil
}

// telling gathers what is drawn by the elements that own it.
type telling struct {
	parts []Part
	cells []string
}

// hear takes a line that belongs to an element.
func (t *telling) hear(e *element, l line) {
	for _, g := range l.glyphs {
		e.text = append(e.text, g.r)
	}
}

// close takes an element whose end has come.
func (t *telling) close(e *element) {
	switch text := string(e.text); e.kind {
	case "H1", "H2", "P":
		t.parts = append(t.parts, Part{Kind: e.kind, Text: text})
	case "TH", "TD":
		t.cells = append(t.cells, text)
	case "TR":
		t.parts = append(t.parts, Part{Kind: e.kind, Cells: t.cells})
		t.cells = nil
	}
}
