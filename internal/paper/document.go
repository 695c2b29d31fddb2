package paper

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"

	"hefa/internal/fault"
	"hefa/internal/lang"
)

// mm is one millimetre in points.
const mm = 72 / 25.4

// A4 upright, in points.
const (
	a4Width  = 210 * mm
	a4Height = 297 * mm
)

// document is a PDF in the making: its file, its typefaces, its structure and the page at hand. Places are given in points from the top left corner.
type document struct {
	*file
	*setter
	tree  *tree // nil when the document is not tagged
	title string
	page  *page
	types ref    // the shared dictionary of typefaces
	nodes []node // of the page tree
	root  ref
	done  []*page // pages of the paper at hand that wait for their page numbers
	forms map[any]form
	zoom  float64   // how much larger than laid out the pages are printed
	kept  *cuttings // of what is fixed in other documents of the same run; nil when there are none
}

// node is one branch of the page tree.
type node struct {
	ref  ref
	kids []ref
}

// page is one page while it is drawn.
type page struct {
	ref           ref
	content       ref
	width, height float64 // as laid out
	zoom          float64
	ops           []byte
	pictures      []ref
	owners        []ref
	number        int // in the tree of the structure
	marking       bool
	marked        *element
}

// branch is how many pages one node of the page tree holds.
const branch = 100

func newDocument(out io.Writer, s *shelf, title string, tagged bool) *document {
	d := &document{file: newFile(out), setter: newSetter(s), title: title, forms: map[any]form{}, zoom: 1}
	d.types, d.root = d.reserve(), d.reserve()
	if tagged {
		d.tree = &tree{root: d.reserve()}
		d.begin("Document", "")
	}
	return d
}

// newPage ends the page at hand and begins the next.
func (d *document) newPage(width, height float64) {
	d.endPage()
	d.page = &page{ref: d.reserve(), content: d.reserve(), width: width, height: height, zoom: d.zoom}
	if d.zoom != 1 {
		d.artifact()
		z := string(number(nil, d.zoom))
		d.page.ops = append(d.page.ops, z+" 0 0 "+z+" 0 0 cm\n"...)
	}
}

// endPage writes the content of the page at hand; the page itself waits until its paper ends.
func (d *document) endPage() {
	p := d.page
	if p == nil {
		return
	}
	if d.tree != nil {
		p.number = d.tree.settle(d, p)
	}
	d.stream(p.content, "", p.ops)
	p.ops = nil
	d.done = append(d.done, p)
	d.page = nil
}

// footing says whether the pages of a paper carry numbers.
type footing int

const (
	bare       footing = iota // never: the pages are cut
	ifSeveral                 // letters, when they have more than one page
	everywhere                // lists
	dashes                    // official letters: — 2 —, none on the first page
)

// endPaper writes the waiting pages; numbered ones say which of how many they are.
func (d *document) endPaper(f footing) {
	d.endPage()
	numbered := f == everywhere || f == ifSeveral && len(d.done) > 1
	for i, p := range d.done {
		content := p.content.String()
		if numbered || f == dashes && i > 0 {
			content = "[" + content + " " + d.footer(p, i+1, f).String() + "]"
		}
		d.writePage(p, content)
	}
	d.done = d.done[:0]
}

// footer is a content stream with the page's number in the middle of the bottom margin.
func (d *document) footer(p *page, n int, f footing) ref {
	d.page = p
	d.artifact()
	st := style{look: song, size: 9, lead: 12, align: center}
	if f == dashes { // 四号, 7 mm below the type area, one character off its outer edge (GB/T 9704-2012, 7.5)
		st.size, st.align = 14, right
		edge := 28 * mm / p.zoom
		if n%2 == 0 {
			st.align = left
		}
		d.text(edge+st.size, p.height-28*mm/p.zoom, p.width-2*edge-2*st.size, lang.T("paper.page.official", n), st)
	} else {
		d.text(0, p.height-12*mm, p.width, lang.T("paper.page", n, len(d.done)), st)
	}
	p.unmark()
	r := d.reserve()
	d.stream(r, "", p.ops)
	d.page, p.ops = nil, nil
	return r
}

func (d *document) writePage(p *page, content string) {
	last := len(d.nodes) - 1
	if last < 0 || len(d.nodes[last].kids) == branch {
		d.nodes = append(d.nodes, node{ref: d.reserve()})
		last++
	}
	d.nodes[last].kids = append(d.nodes[last].kids, p.ref)
	var pictures bytes.Buffer
	for _, r := range p.pictures {
		fmt.Fprintf(&pictures, "/X%d %v", int(r), r)
	}
	tags := ""
	if d.tree != nil {
		tags = fmt.Sprintf("/StructParents %d/Tabs/S", p.number)
	}
	d.object(p.ref, fmt.Sprintf("<</Type/Page/Parent %v/MediaBox[0 0 %s %s]/Contents %s/Resources<</Font %v/XObject<<%s>>>>%s>>",
		d.nodes[last].ref, number(nil, p.width*p.zoom), number(nil, p.height*p.zoom), content, d.types, pictures.String(), tags))
}

// finish writes the typefaces, the page tree, the structure and what the document says about itself.
func (d *document) finish() error {
	var list bytes.Buffer
	for i, c := range d.cuts {
		if c != nil {
			c.ref = d.reserve()
			d.writeCut(i, c)
			fmt.Fprintf(&list, "/F%d %v", i, c.ref)
		}
	}
	d.object(d.types, "<<"+list.String()+">>")
	list.Reset()
	pages := 0
	for _, n := range d.nodes {
		d.object(n.ref, fmt.Sprintf("<</Type/Pages/Parent %v/Count %d/Kids%v>>", d.root, len(n.kids), n.kids))
		fmt.Fprintf(&list, "%v ", n.ref)
		pages += len(n.kids)
	}
	d.object(d.root, fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", pages, list.String()))
	tags := ""
	if d.tree != nil {
		d.end()
		d.tree.finish(d)
		tags = fmt.Sprintf("/StructTreeRoot %v/MarkInfo<</Marked true>>", d.tree.root)
	}
	catalog, about, data := d.reserve(), d.reserve(), d.reserve()
	d.raw(data, "/Type/Metadata/Subtype/XML", metadata(d.title))
	d.object(catalog, fmt.Sprintf("<</Type/Catalog/Pages %v/Lang(zh-CN)/ViewerPreferences<</DisplayDocTitle true>>/Metadata %v%s>>", d.root, data, tags))
	d.object(about, fmt.Sprintf("<</Title%s/Producer(hefa)>>", words(d.title)))
	return d.close(catalog, about)
}

// metadata is the XMP packet: title and language.
func metadata(title string) []byte {
	var t bytes.Buffer
	_ = xml.EscapeText(&t, []byte(title)) // a buffer takes all
	return fmt.Appendf(nil, `<?xpacket begin="`+"\ufeff"+`" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title><dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`, t.Bytes())
}

// set is text in lines of width points; a character without a glyph stops the document.
func (d *document) set(text string, width float64, st style) []line {
	if d.err != nil {
		return nil
	}
	if st.look == fang && d.zoom != 1 {
		st.look = song // its strokes are too thin for who needs large print
	}
	g, err := d.shape(st.look, text)
	if err != nil {
		d.err = err
		return nil
	}
	return st.lines(g, width)
}

// refuse stops the document with a fault that the user can act on.
func (d *document) refuse(key string, args ...any) {
	if d.err == nil {
		d.err = fault.New(fault.Refused, key, args...)
	}
}
