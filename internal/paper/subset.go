package paper

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// Flags of a composite glyph's parts (OpenType "glyf", component flags).
const (
	partWords    = 0x0001
	partScale    = 0x0008
	partMore     = 0x0020
	partXY       = 0x0040
	partTwoByTwo = 0x0080

	partInstructions = 0x0100
)

// subset is a TrueType file that holds the given glyphs only, numbered in their order; parts of composite glyphs follow behind.
func (f *trueType) subset(glyphs []int) ([]byte, error) {
	order := append([]int(nil), glyphs...)
	place := make(map[int]int, len(order))
	for i, g := range order {
		if _, ok := place[g]; !ok {
			place[g] = i
		}
	}
	var glyf, loca, hmtx bytes.Buffer
	glyf.Grow(256 * len(order))       // what a Chinese sign needs
	for i := 0; i < len(order); i++ { // order grows while parts are found
		g := order[i]
		outline, err := f.outline(g)
		if err != nil {
			return nil, fmt.Errorf("reading glyph %d: %w", g, err)
		}
		err = f.renumber(outline, func(part int) int {
			if _, ok := place[part]; !ok {
				place[part] = len(order)
				order = append(order, part)
			}
			return place[part]
		})
		if err != nil {
			return nil, fmt.Errorf("taking glyph %d: %w", g, err)
		}
		put32(&loca, glyf.Len())
		glyf.Write(outline)
		for glyf.Len()%4 != 0 {
			glyf.WriteByte(0)
		}
		put16(&hmtx, f.advance(g))
		put16(&hmtx, f.bearing(g))
	}
	put32(&loca, glyf.Len())
	if len(order) > 0xffff {
		return nil, fmt.Errorf("%d glyphs are too many for one face", len(order))
	}
	head := bytes.Clone(f.tables["head"])
	binary.BigEndian.PutUint16(head[50:], 1) // long loca
	hhea := bytes.Clone(f.tables["hhea"])
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(order)))
	maxp := bytes.Clone(f.tables["maxp"])
	binary.BigEndian.PutUint16(maxp[4:], uint16(len(order)))
	return assemble([]table{{"glyf", glyf.Bytes()}, {"head", head}, {"hhea", hhea}, {"hmtx", hmtx.Bytes()}, {"loca", loca.Bytes()}, {"maxp", maxp}}), nil
}

// renumber replaces the glyph numbers of a composite outline's parts, and switches its instructions off.
func (f *trueType) renumber(outline []byte, place func(int) int) error {
	if len(outline) < 10 || int16(u16(outline, 0)) >= 0 {
		return nil
	}
	for at := 10; ; {
		if at+4 > len(outline) {
			return errFace
		}
		flags, part := u16(outline, at), int(u16(outline, at+2))
		if part >= f.glyphs {
			return errFace
		}
		binary.BigEndian.PutUint16(outline[at:], flags&^partInstructions)
		binary.BigEndian.PutUint16(outline[at+2:], uint16(place(part)))
		at += 4 + partLength(flags)
		if flags&partMore == 0 {
			return nil
		}
	}
}

// partLength is the number of bytes behind a part's flags and number.
func partLength(flags uint16) int {
	n := 2
	if flags&partWords != 0 {
		n = 4
	}
	switch {
	case flags&partScale != 0:
		n += 2
	case flags&partXY != 0:
		n += 4
	case flags&partTwoByTwo != 0:
		n += 8
	}
	return n
}

type table struct {
	name string
	data []byte
}

// assemble writes the tables, which come sorted by name, with directory and checksums (OpenType "Organization of an OpenType font").
func assemble(tables []table) []byte {
	var out bytes.Buffer
	power, log := 1, 0
	for power*2 <= len(tables) {
		power, log = power*2, log+1
	}
	size := 12 + 16*len(tables)
	for _, t := range tables {
		size += len(t.data) + 3
	}
	out.Grow(size)
	put32(&out, 0x00010000)
	for _, v := range []int{len(tables), power * 16, log, (len(tables) - power) * 16} {
		put16(&out, v)
	}
	at := 12 + 16*len(tables)
	for _, t := range tables {
		if t.name == "head" {
			binary.BigEndian.PutUint32(t.data[8:], 0)
		}
		out.WriteString(t.name)
		put32(&out, int(checksum(t.data)))
		put32(&out, at)
		put32(&out, len(t.data))
		at += (len(t.data) + 3) &^ 3
	}
	head := 0
	for _, t := range tables {
		if t.name == "head" {
			head = out.Len()
		}
		out.Write(t.data)
		for out.Len()%4 != 0 {
			out.WriteByte(0)
		}
	}
	file := out.Bytes()
	binary.BigEndian.PutUint32(file[head+8:], 0xb1b0afba-checksum(file))
	return file
}

func checksum(b []byte) uint32 {
	var sum uint32
	for ; len(b) >= 4; b = b[4:] {
		sum += binary.BigEndian.Uint32(b)
	}
	var last [4]byte
	copy(last[:], b)
	return sum + binary.BigEndian.Uint32(last[:])
}

func put16(b *bytes.Buffer, v int) { b.Write([]byte{byte(v >> 8), byte(v)}) }
func put32(b *bytes.Buffer, v int) {
	b.Write([]byte{byte(v >> 24), byte(v >> 16), byte(v >> 8), byte(v)})
}
