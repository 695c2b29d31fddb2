package paper

import (
	"strconv"
)

// text draws text in a box of width points whose top left corner is x, y, and returns its height. It neither breaks the page nor marks content.
func (d *document) text(x, y, width float64, text string, st style) float64 {
	lines := d.set(text, width, st)
	for i, l := range lines {
		d.line(x, y+float64(i)*st.lead, l, st)
	}
	return float64(len(lines)) * st.lead
}

// line draws one line whose box of st.lead points begins at y; the ideographs stand in its middle (their square reaches from 0.12 em below the base
// line to 0.88 em above).
func (d *document) line(x, y float64, l line, st style) {
	p := d.page
	if d.tree != nil && d.tree.told != nil && p.marked != nil {
		d.tree.told.hear(p.marked, l)
	}
	b := append(p.ops, "BT "...)
	if l.gap != 0 {
		b = append(number(b, l.gap), " Tc "...)
	}
	b = append(number(b, x+l.x), ' ')
	b = append(number(b, p.height-y-st.lead/2-0.38*st.size), " Td"...)
	const digits = "0123456789abcdef"
	inside, at := false, -1
	for _, g := range l.glyphs {
		if g.r == '\n' {
			continue
		}
		if g.cut != at {
			if inside {
				b = append(b, ">]TJ"...)
			}
			b = append(b, " /F"...)
			b = append(strconv.AppendInt(b, int64(g.cut), 10), ' ')
			b = append(number(b, st.size), " Tf[<"...)
			inside, at = true, g.cut
		}
		b = append(b, digits[g.code>>12&15], digits[g.code>>8&15], digits[g.code>>4&15], digits[g.code&15])
		if g.squeezed {
			b = append(b, ">500<"...)
		}
	}
	if inside {
		b = append(b, ">]TJ"...)
	}
	if l.gap != 0 {
		b = append(b, " 0 Tc"...)
	}
	p.ops = append(b, " ET\n"...)
}

// rule draws a thin line from one place to another; dash is the length of its dashes in points, 0 for none.
func (d *document) rule(x1, y1, x2, y2, dash float64) {
	b := append(d.page.ops, "q 0.5 w "...)
	if dash > 0 {
		b = append(number(append(b, '['), dash), "]0 d "...)
	}
	b = d.point(b, x1, y1)
	b = append(b, "m "...)
	b = d.point(b, x2, y2)
	d.page.ops = append(b, "l S Q\n"...)
}

// frame draws the outline of a box.
func (d *document) frame(x, y, width, height float64) {
	b := d.box(append(d.page.ops, "0.5 w "...), x, y, width, height)
	d.page.ops = append(b, "S\n"...)
}

func (d *document) point(b []byte, x, y float64) []byte {
	b = append(number(b, x), ' ')
	return append(number(b, d.page.height-y), ' ')
}

func (d *document) box(b []byte, x, y, width, height float64) []byte {
	b = d.point(b, x, y+height)
	b = append(number(b, width), ' ')
	return append(number(b, height), " re "...)
}

// picture draws a JPEG or PNG as large as the box allows, in its middle, without stretching it.
func (d *document) picture(x, y, width, height float64, data []byte) {
	r, size := d.image(data)
	if d.err != nil {
		return
	}
	scale := min(width/float64(size.X), height/float64(size.Y))
	w, h := float64(size.X)*scale, float64(size.Y)*scale
	b := append(number(append(d.page.ops, "q "...), w), " 0 0 "...)
	b = append(number(b, h), ' ')
	b = d.point(b, x+(width-w)/2, y+(height+h)/2)
	b = append(b, "cm /X"...)
	b = strconv.AppendInt(b, int64(r), 10)
	d.page.ops = append(b, " Do Q\n"...)
	d.page.pictures = append(d.page.pictures, r)
}
