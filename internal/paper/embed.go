package paper

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"sync"
)

// cutting is a face cut down to the signs of a cut, as a file takes it in.
type cutting struct {
	name    string // of the face, behind six letters that say that it is cut (ISO 32000-1, 9.6.4)
	length  int    // of the program before it was packed
	program encoded
	widths  string // by code, in thousandths of an em
	unicode encoded
}

// cuttings keeps those of what is fixed: letters that get a file each then cut and pack the fixed text of their kind once.
type cuttings struct{ sync.Map }

// cutKey says what a cutting holds.
type cutKey struct {
	look  look
	runes string
}

// writeCut writes the i-th cut of the setter with its face.
func (d *document) writeCut(i int, c *cut) {
	l := look(i % len(faces))
	key := cutKey{l, string(c.runes)}
	fixed := i >= len(faces) && d.kept != nil
	if fixed {
		if made, ok := d.kept.Load(key); ok {
			d.writeFace(d.shelf[l], c, made.(*cutting))
			return
		}
	}
	made, err := cutFace(l, d.shelf[l], c, d.packer)
	if err != nil {
		d.err = cmp.Or(d.err, err)
		return
	}
	if fixed {
		d.kept.Store(key, made)
	}
	d.writeFace(d.shelf[l], c, made)
}

// cutFace cuts look l down to the signs of c, and packs it.
func cutFace(l look, face *trueType, c *cut, packs *packer) (*cutting, error) {
	data, err := face.subset(c.glyphs)
	if err != nil {
		return nil, fmt.Errorf("cutting %s: %w", faces[l].name, err)
	}
	sum := sha256.Sum256(data)
	name := make([]byte, 6)
	for i := range name {
		name[i] = 'A' + sum[i]%26
	}
	program, err := packs.encode(data)
	if err != nil {
		return nil, err
	}
	program = program.clone()
	unicode, err := packs.encode(toUnicode(c.runes))
	if err != nil {
		return nil, err
	}
	var widths bytes.Buffer
	for _, g := range c.glyphs {
		fmt.Fprintf(&widths, "%d ", face.em(face.advance(g)))
	}
	return &cutting{name: string(name) + "+" + faces[l].name, length: len(data), program: program, widths: widths.String(), unicode: unicode.clone()}, nil
}

// writeFace writes look l as c uses it, with its widths and its way back to Unicode (ISO 32000-1, 9.7 and 9.10.3).
func (f *file) writeFace(face *trueType, c *cut, made *cutting) {
	program, descriptor, descendant, unicode := f.reserve(), f.reserve(), f.reserve(), f.reserve()
	f.raw(program, fmt.Sprintf("/Length1 %d", made.length)+made.program.filter, made.program.data)
	f.object(descriptor, fmt.Sprintf("<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle 0/Ascent %d/Descent %d/CapHeight %d/StemV 80/FontFile2 %v>>",
		made.name, face.em(face.box[0]), face.em(face.box[1]), face.em(face.box[2]), face.em(face.box[3]), face.em(face.ascent), face.em(face.descent), face.em(face.ascent)*3/4, program))
	f.object(descendant, fmt.Sprintf("<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %v/CIDToGIDMap/Identity/DW 1000/W[0[%s]]>>",
		made.name, descriptor, made.widths))
	f.raw(unicode, made.unicode.filter, made.unicode.data)
	f.object(c.ref, fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%v]/ToUnicode %v>>", made.name, descendant, unicode))
}
