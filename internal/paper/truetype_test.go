package paper

import (
	"bytes"
	"io"
	"testing"

	"pgregory.net/rapid"
)

func testShelf(t failer) *shelf {
	t.Helper()
	faces, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	return faces
}

// standing are the faces that are there: 仿宋 only where make fonts could bring it.
func standing(t failer) []look {
	t.Helper()
	var out []look
	for l, f := range testShelf(t) {
		if f != nil {
			out = append(out, look(l))
		}
	}
	return out
}

func TestBothTablesOfCharactersAgree(t *testing.T) {
	t.Parallel()
	for _, l := range standing(t) {
		f := testShelf(t)[l]
		all := f.tables["cmap"]
		short := *f
		for i := range int(u16(all, 2)) {
			if sub := all[u32(all, 4+8*i+4):]; u16(sub, 0) == 4 {
				short.cmap, short.cmapForm = sub[:u16(sub, 2)], 4
			}
		}
		if short.cmapForm != 4 {
			t.Fatalf("%s has no table of form 4", faces[l].name)
		}
		for r := rune(0); r < 0xffff; r++ {
			if a, b := f.glyph(r), short.glyph(r); a != b {
				t.Fatalf("%s: %U is glyph %d in form 12 and %d in form 4", faces[l].name, r, a, b)
			}
		}
	}
}

func TestSubsetKeepsOutlinesAndWidths(t *testing.T) {
	t.Parallel()
	faces, there := testShelf(t), standing(t)
	rapid.Check(t, func(t *rapid.T) {
		f := faces[rapid.SampledFrom(there).Draw(t, "look")]
		glyphs := append([]int{0}, rapid.SliceOfN(rapid.IntRange(1, f.glyphs-1), 1, 40).Draw(t, "glyphs")...)
		data, err := f.subset(glyphs)
		if err != nil {
			t.Fatal(err)
		}
		if checksum(data) != 0xb1b0afba {
			t.Fatal("the checksum of the whole is wrong")
		}
		sub := reopen(t, f, data)
		for i, g := range glyphs {
			if sub.advance(i) != f.advance(g) || sub.bearing(i) != f.bearing(g) {
				t.Fatalf("glyph %d changed its measures", g)
			}
			want, _ := f.outline(g)
			got, _ := sub.outline(i)
			if len(want) < 10 || int16(u16(want, 0)) >= 0 {
				if !bytes.Equal(bytes.TrimRight(got, "\x00"), bytes.TrimRight(want, "\x00")) {
					t.Fatalf("glyph %d changed its outline", g)
				}
				continue
			}
			sameParts(t, f, sub, want, got)
		}
	})
}

// sameParts says that a composite glyph still has the parts it had.
func sameParts(t *rapid.T, f, sub *trueType, want, got []byte) {
	for at := 10; ; {
		a, _ := f.outline(int(u16(want, at+2)))
		b, _ := sub.outline(int(u16(got, at+2)))
		if len(a) > 10 && int16(u16(a, 0)) >= 0 && !bytes.Equal(bytes.TrimRight(a, "\x00"), bytes.TrimRight(b, "\x00")) {
			t.Fatal("a part changed")
		}
		flags := u16(want, at)
		at += 4 + partLength(flags)
		if flags&partMore == 0 {
			return
		}
	}
}

// reopen reads a subset, which has no characters of its own, with the characters of the face it came from.
func reopen(t *rapid.T, f *trueType, data []byte) *trueType {
	sub := &trueType{tables: map[string][]byte{"cmap": f.tables["cmap"]}}
	for i := range int(u16(data, 4)) {
		at := 12 + 16*i
		offset, length := u32(data, at+8), u32(data, at+12)
		name := string(data[at : at+4])
		if name == "glyf" {
			sub.outlines = io.NewSectionReader(bytes.NewReader(data), int64(offset), int64(length))
		}
		sub.tables[name] = data[offset : offset+length]
		if got := checksum(data[offset : offset+length]); name != "head" && got != u32(data, at+4) {
			t.Fatalf("table %s has the checksum %x, its entry says %x", name, got, u32(data, at+4))
		}
	}
	if err := sub.measure(); err != nil {
		t.Fatal(err)
	}
	return sub
}

func TestSubsetTakesThePartsOfComposites(t *testing.T) {
	t.Parallel()
	joined, err := parseTrueType(bytes.NewReader(joined()), int64(len(joined())))
	if err != nil {
		t.Fatal(err)
	}
	faces, found := []*trueType{joined}, 0
	for _, l := range standing(t) {
		faces = append(faces, testShelf(t)[l])
	}
	for _, f := range faces {
		for g := range f.glyphs {
			outline, err := f.outline(g)
			if err != nil {
				t.Fatal(err)
			}
			if len(outline) < 10 || int16(u16(outline, 0)) >= 0 {
				continue
			}
			found++
			data, err := f.subset([]int{0, g})
			if err != nil {
				t.Fatal(err)
			}
			if n := u16(data, len(data)-len(f.tables["maxp"])-int(uint(-len(f.tables["maxp"]))%4)+4); n < 3 {
				t.Fatalf("the subset of a composite has %d glyphs", n)
			}
			break
		}
	}
	if found == 0 {
		t.Error("no face has a composite glyph: the rule is not tried")
	}
}

func FuzzTrueType(f *testing.F) {
	faces, err := embedded()
	if err != nil {
		f.Fatal(err)
	}
	data, err := faces[song].subset([]int{0, 100, 200})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add(tiny())
	f.Add([]byte("\x00\x01\x00\x00\xff\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		face, err := parseTrueType(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		for _, r := range "a残𬭼" {
			g := face.glyph(r)
			_, _ = face.advance(g), face.bearing(g)
			_, _ = face.subset([]int{0, g}) // an error is an answer; a panic is not
		}
	})
}

// joined is a face of three glyphs, the last of which is the second one twice.
func joined() []byte {
	head, hhea, maxp := make([]byte, 54), make([]byte, 36), make([]byte, 6)
	head[18], head[51], hhea[35], maxp[5] = 4, 1, 1, 3
	glyf := make([]byte, 36) // 12 bytes of one without contours; then the mark of a composite, its box, and two parts of six bytes
	glyf[12], glyf[13], glyf[23], glyf[25], glyf[31] = 0xff, 0xff, partMore, 1, 1
	cmap := []byte{0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12, 0, 4, 0, 32, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 'a', 0xff, 0xff, 0, 0, 0, 'a', 0xff, 0xff,
		0xff, 0xa0, 0, 1, 0, 0, 0, 0}
	loca := []byte{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 12, 0, 0, 0, 36}
	return assemble([]table{{"cmap", cmap}, {"glyf", glyf}, {"head", head}, {"hhea", hhea}, {"hmtx", make([]byte, 8)}, {"loca", loca}, {"maxp", maxp}})
}

// tiny is a face of two glyphs that maps "a" in form 4: as small as a whole face can be.
func tiny() []byte {
	head, hhea, maxp := make([]byte, 54), make([]byte, 36), make([]byte, 6)
	head[18], head[51], hhea[35], maxp[5] = 4, 1, 1, 2
	cmap := []byte{0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12, 0, 4, 0, 32, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 'a', 0xff, 0xff, 0, 0, 0, 'a', 0xff, 0xff,
		0xff, 0xa0, 0, 1, 0, 0, 0, 0}
	return assemble([]table{{"cmap", cmap}, {"glyf", make([]byte, 12)}, {"head", head}, {"hhea", hhea}, {"hmtx", make([]byte, 6)}, {"loca", make([]byte, 12)}, {"maxp", maxp}})
}
