package paper

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sort"
)

// trueType reads one TrueType face where it lies: the small tables are held, outlines are read when a glyph is used. All measures are in units of the
// em, upem to the em.
type trueType struct {
	tables   map[string][]byte
	outlines *io.SectionReader // the table glyf
	upem     int
	glyphs   int
	ascent   int
	descent  int // negative
	box      [4]int
	longLoca bool
	wide     int // glyphs that have an advance of their own in hmtx
	cmap     []byte
	cmapForm int
	loca, hm []byte
}

var errFace = errors.New("the file is not a TrueType face that papers can use")

// held are the tables kept in memory with their least lengths in bytes.
var held = map[string]int{"head": 54, "hhea": 36, "maxp": 6, "loca": 4, "hmtx": 4, "cmap": 12}

// parseTrueType reads the tables that papers need from a file of size bytes.
func parseTrueType(file io.ReaderAt, size int64) (*trueType, error) {
	f := &trueType{tables: map[string][]byte{}}
	start := make([]byte, 12)
	if _, err := file.ReadAt(start, 0); err != nil || u32(start, 0) != 0x00010000 {
		return nil, errFace
	}
	list := make([]byte, 16*int(u16(start, 4)))
	if _, err := file.ReadAt(list, 12); err != nil {
		return nil, errFace
	}
	for ; len(list) > 0; list = list[16:] {
		name, offset, length := string(list[:4]), int64(u32(list, 8)), int64(u32(list, 12))
		if offset+length > size {
			return nil, fmt.Errorf("table %q runs over the end: %w", name, errFace)
		}
		if name == "glyf" {
			f.outlines = io.NewSectionReader(file, offset, length)
		}
		if held[name] == 0 {
			continue
		}
		f.tables[name] = make([]byte, length)
		if _, err := file.ReadAt(f.tables[name], offset); err != nil {
			return nil, fmt.Errorf("reading table %q: %w", name, err)
		}
	}
	for name, least := range held {
		if len(f.tables[name]) < least || f.outlines == nil {
			return nil, fmt.Errorf("table %q or the outlines are missing or short: %w", name, errFace)
		}
	}
	return f, f.measure()
}

// measure reads the fixed fields and checks that loca and hmtx are long enough for every glyph.
func (f *trueType) measure() error {
	head, hhea := f.tables["head"], f.tables["hhea"]
	f.loca, f.hm = f.tables["loca"], f.tables["hmtx"]
	f.upem, f.longLoca = int(u16(head, 18)), u16(head, 50) == 1
	for i := range f.box {
		f.box[i] = int(int16(u16(head, 36+2*i)))
	}
	f.ascent, f.descent = int(int16(u16(hhea, 4))), int(int16(u16(hhea, 6)))
	f.wide, f.glyphs = int(u16(hhea, 34)), int(u16(f.tables["maxp"], 4))
	size := 2
	if f.longLoca {
		size = 4
	}
	if f.upem == 0 || f.glyphs == 0 || f.wide == 0 || f.wide > f.glyphs || len(f.loca) < size*(f.glyphs+1) || len(f.hm) < 4*f.wide+2*(f.glyphs-f.wide) {
		return fmt.Errorf("the measures do not fit the tables: %w", errFace)
	}
	return f.chooseCmap()
}

// chooseCmap takes the Unicode table of form 12, which has the rare characters, or else form 4.
func (f *trueType) chooseCmap() error {
	all := f.tables["cmap"]
	for i := range int(u16(all, 2)) {
		at := 4 + 8*i
		if at+8 > len(all) {
			return errFace
		}
		platform, offset := u16(all, at), uint64(u32(all, at+4))
		if platform != 0 && platform != 3 || offset+16 > uint64(len(all)) {
			continue
		}
		sub := all[offset:]
		switch form := int(u16(sub, 0)); {
		case form == 12 && uint64(len(sub)) >= 16+12*uint64(u32(sub, 12)):
			f.cmap, f.cmapForm = sub, 12
			return nil
		case form == 4 && f.cmapForm == 0 && len(sub) >= int(u16(sub, 2)) && int(u16(sub, 2)) >= 16+4*int(u16(sub, 6)):
			f.cmap, f.cmapForm = sub[:u16(sub, 2)], 4
		}
	}
	if f.cmapForm == 0 {
		return fmt.Errorf("no Unicode table of characters: %w", errFace)
	}
	return nil
}

// glyph is the number of r's glyph in the face, 0 when it has none.
func (f *trueType) glyph(r rune) int {
	g := 0
	if f.cmapForm == 12 {
		g = f.glyph12(uint32(r))
	} else if r <= 0xffff {
		g = f.glyph4(int(r))
	}
	if g >= f.glyphs {
		return 0
	}
	return g
}

func (f *trueType) glyph12(r uint32) int {
	n := int(u32(f.cmap, 12))
	i := sort.Search(n, func(i int) bool { return u32(f.cmap, 16+12*i+4) >= r })
	if i == n || u32(f.cmap, 16+12*i) > r {
		return 0
	}
	return int(u32(f.cmap, 16+12*i+8) + r - u32(f.cmap, 16+12*i))
}

// glyph4 follows the segments of form 4 as the OpenType specification describes them ("cmap", format 4).
func (f *trueType) glyph4(r int) int {
	double := int(u16(f.cmap, 6)) // twice the number of segments
	n := double / 2
	i := sort.Search(n, func(i int) bool { return int(u16(f.cmap, 14+2*i)) >= r })
	if i == n {
		return 0
	}
	start := int(u16(f.cmap, 16+double+2*i))
	delta, at := int(u16(f.cmap, 16+2*double+2*i)), 16+3*double+2*i
	if start > r {
		return 0
	}
	offset := int(u16(f.cmap, at))
	if offset == 0 {
		return (r + delta) & 0xffff
	}
	at += offset + 2*(r-start)
	if at+2 > len(f.cmap) {
		return 0
	}
	if g := int(u16(f.cmap, at)); g != 0 {
		return (g + delta) & 0xffff
	}
	return 0
}

// advance is the width of glyph g in units of the em.
func (f *trueType) advance(g int) int {
	return int(u16(f.hm, 4*min(g, f.wide-1)))
}

// bearing is the left side bearing of glyph g in units of the em.
func (f *trueType) bearing(g int) int {
	if g < f.wide {
		return int(int16(u16(f.hm, 4*g+2)))
	}
	return int(int16(u16(f.hm, 4*f.wide+2*(g-f.wide))))
}

// place is where glyph g's outline lies in the table glyf; from equals to for a blank.
func (f *trueType) place(g int) (from, to int64) {
	if f.longLoca {
		return int64(u32(f.loca, 4*g)), int64(u32(f.loca, 4*g+4))
	}
	return 2 * int64(u16(f.loca, 2*g)), 2 * int64(u16(f.loca, 2*g+2))
}

// blank says that glyph g draws nothing.
func (f *trueType) blank(g int) bool {
	from, to := f.place(g)
	return from >= to
}

// outline is a copy of glyph g's entry in glyf; it is empty for a blank.
func (f *trueType) outline(g int) ([]byte, error) {
	from, to := f.place(g)
	if from >= to {
		return nil, nil
	}
	if to > f.outlines.Size() {
		return nil, errFace
	}
	out := make([]byte, to-from)
	_, err := f.outlines.ReadAt(out, from)
	return out, err
}

func u16(b []byte, at int) uint16 { return binary.BigEndian.Uint16(b[at:]) }
func u32(b []byte, at int) uint32 { return binary.BigEndian.Uint32(b[at:]) }

// em is v units of the face in thousandths of an em.
func (f *trueType) em(v int) int { return v * 1000 / f.upem }
