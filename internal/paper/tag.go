package paper

import "fmt"

// element is one part of a tagged paper's structure (ISO 32000-1, 14.7), kept until it is closed. A nil element stands for what is not content: page
// numbers, lines, repeated heads.
type element struct {
	ref, parent ref
	kind, more  string // more goes into the dictionary: attributes, words for a picture
	page        ref    // page of the first content
	kids        []byte
	text        []rune // what was drawn, while somebody listens
}

// tree gathers the structure of a document.
type tree struct {
	root, top ref
	open      []*element
	sheets    []ref    // what each page's marks belong to, by the page's number in the tree
	told      *telling // listens to what is drawn; nil for nobody
}

// begin opens an element inside the open one; in an untagged document it does nothing.
func (d *document) begin(kind, more string) {
	if d.tree == nil {
		return
	}
	t, e := d.tree, &element{ref: d.reserve(), kind: kind, more: more, parent: d.tree.root}
	if n := len(t.open); n > 0 {
		e.parent = t.open[n-1].ref
		t.open[n-1].kids = append(t.open[n-1].kids, e.ref.String()+" "...)
	} else {
		t.top = e.ref
	}
	t.open = append(t.open, e)
}

// end closes the open element and writes it.
func (d *document) end() {
	if d.tree == nil {
		return
	}
	t := d.tree
	e := t.open[len(t.open)-1]
	t.open = t.open[:len(t.open)-1]
	if d.page != nil && d.page.marked == e {
		d.page.unmark()
	}
	if t.told != nil {
		t.told.close(e)
	}
	page := ""
	if e.page != 0 {
		page = fmt.Sprintf("/Pg %v", e.page)
	}
	d.object(e.ref, fmt.Sprintf("<</Type/StructElem/S/%s/P %v%s%s/K[%s]>>", e.kind, e.parent, page, e.more, e.kids))
}

// mark says that what is drawn next on the page belongs to the open element.
func (d *document) mark() {
	if d.tree == nil {
		return
	}
	p, e := d.page, d.tree.open[len(d.tree.open)-1]
	if p.marking && p.marked == e {
		return
	}
	p.unmark()
	n := len(p.owners)
	p.owners = append(p.owners, e.ref)
	if e.page == 0 {
		e.page = p.ref
	}
	if e.page == p.ref {
		e.kids = fmt.Appendf(e.kids, "%d ", n)
	} else {
		e.kids = fmt.Appendf(e.kids, "<</Type/MCR/Pg %v/MCID %d>>", p.ref, n)
	}
	p.ops = fmt.Appendf(p.ops, "/%s<</MCID %d>>BDC\n", e.kind, n)
	p.marking, p.marked = true, e
}

// artifact says that what is drawn next is not content.
func (d *document) artifact() {
	if d.tree == nil || d.page.marking && d.page.marked == nil {
		return
	}
	d.page.unmark()
	d.page.ops = append(d.page.ops, "/Artifact BMC\n"...)
	d.page.marking = true
}

// unmark ends the marked content of a page.
func (p *page) unmark() {
	if p.marking {
		p.ops = append(p.ops, "EMC\n"...)
	}
	p.marking, p.marked = false, nil
}

// settle writes which elements own the page's marks.
func (t *tree) settle(d *document, p *page) int {
	p.unmark()
	list := make([]byte, 0, 8*len(p.owners))
	for _, r := range p.owners {
		list = append(list, r.String()+" "...)
	}
	r := d.reserve()
	d.object(r, "["+string(list)+"]")
	t.sheets = append(t.sheets, r)
	return len(t.sheets) - 1
}

// finish writes the root of the structure.
func (t *tree) finish(d *document) {
	var numbers []byte
	for i, r := range t.sheets {
		numbers = fmt.Appendf(numbers, "%d %v ", i, r)
	}
	d.object(t.root, fmt.Sprintf("<</Type/StructTreeRoot/K %v/ParentTree<</Nums[%s]>>/ParentTreeNextKey %d>>", t.top, numbers, len(t.sheets)))
}
