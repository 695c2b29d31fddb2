package attachment_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hefa/internal/attachment"
	"hefa/internal/fault"
)

// portrait is a head and shoulders as far as a program sees them: a ground and a body of one colour each.
func portrait(wide, high int, ground, body color.Color) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, wide, high))
	for y := range high {
		for x := range wide {
			m.Set(x, y, ground)
			if y > high/5 && x > wide/5 && x < wide*4/5 || y > high*2/3 {
				m.Set(x, y, body)
			}
		}
	}
	return m
}

var skin = color.RGBA{200, 150, 120, 255}

func TestThePhotoIsJudgedAsTheRuleSays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name         string
		wide, high   int
		ground, body color.Color
		want         []attachment.Flaw
	}{
		{"two inches at 300 dots", 413, 579, color.White, skin, nil},
		{"35 by 53 millimetres", 413, 626, color.White, skin, nil},
		{"a little grey in the white", 413, 579, color.Gray{225}, skin, nil},
		{"a clear ground", 413, 579, color.Transparent, skin, nil},
		{"a blue ground", 413, 579, color.RGBA{67, 142, 219, 255}, skin, []attachment.Flaw{attachment.Ground}},
		{"a red ground", 413, 579, color.RGBA{200, 20, 20, 255}, skin, []attachment.Flaw{attachment.Ground}},
		{"a wall in the shade", 413, 579, color.Gray{190}, skin, []attachment.Flaw{attachment.Ground}},
		{"too few dots", 210, 295, color.White, skin, []attachment.Flaw{attachment.Small}},
		{"lying", 800, 600, color.White, skin, []attachment.Flaw{attachment.Shape}},
		{"a strip", 400, 1200, color.White, skin, []attachment.Flaw{attachment.Shape}},
		{"black and white", 413, 579, color.White, color.Gray{120}, []attachment.Flaw{attachment.Grey}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := attachment.JudgePhoto(portrait(c.wide, c.high, c.ground, c.body)); !slices.Equal(got, c.want) {
				t.Errorf("judged %v, want %v", got, c.want)
			}
		})
	}
}

func TestTheCutHasTheShapeOfTheCard(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		wide, high := rapid.IntRange(8, 1500).Draw(t, "wide"), rapid.IntRange(12, 1500).Draw(t, "high")
		got := attachment.CropPhoto(image.NewGray(image.Rect(3, 5, 3+wide, 5+high))).Bounds()
		if got.Min != (image.Point{}) || got.Dx() < 1 || got.Dy() != got.Dx()*49/35 {
			t.Fatalf("%d × %d is cut to %v", wide, high, got)
		}
		if got.Dx() > wide || got.Dy() > high || got.Dx() > 700 {
			t.Fatalf("%d × %d is blown up to %v", wide, high, got)
		}
	})
}

func TestTheHeadStaysWhenAPhotoIsCut(t *testing.T) {
	t.Parallel()
	m := portrait(400, 1200, color.White, skin)
	for x := range 400 {
		m.Set(x, 0, color.RGBA{255, 0, 0, 255})
	}
	if r, g, _, _ := attachment.CropPhoto(m).At(200, 0).RGBA(); r>>8 < 250 || g>>8 > 5 {
		t.Errorf("the top line is gone: %d %d", r>>8, g>>8)
	}
}

// lying is a JPEG whose camera noted in Exif that it was held on its side; order is the byte order of the note.
func lying(t *testing.T, how uint16, order binary.AppendByteOrder) []byte {
	t.Helper()
	m := portrait(600, 400, color.White, color.White)
	for y := range 400 { // the left edge is red
		for x := range 60 {
			m.Set(x, y, color.RGBA{220, 0, 0, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	tiff := []byte("II*\x00")
	if order == binary.AppendByteOrder(binary.BigEndian) {
		tiff = []byte("MM\x00*")
	}
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 1)
	tiff = order.AppendUint16(tiff, 0x0112)
	tiff = order.AppendUint16(tiff, 3)
	tiff = order.AppendUint32(tiff, 1)
	tiff = order.AppendUint16(tiff, how)
	tiff = append(tiff, 0, 0, 0, 0, 0, 0)
	note := append([]byte("Exif\x00\x00"), tiff...)
	part := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(note)+2))
	return slices.Concat(b.Bytes()[:2], part, note, b.Bytes()[2:])
}

func TestAPhotoIsTurnedAsTheCameraNoted(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		how   uint16
		order binary.AppendByteOrder
		red   string // the edge at which the left edge comes to lie
	}{
		{"6, little endian", 6, binary.LittleEndian, "top"},
		{"6, big endian", 6, binary.BigEndian, "top"},
		{"8", 8, binary.LittleEndian, "bottom"},
		{"nonsense", 77, binary.LittleEndian, "none"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, err := attachment.MakePhoto(lying(t, c.how, c.order))
			if err != nil {
				t.Fatal(err)
			}
			m, err := jpeg.Decode(bytes.NewReader(p.JPEG))
			if err != nil {
				t.Fatal(err)
			}
			b := m.Bounds()
			red := func(x, y int) bool { r, g, _, _ := m.At(x, y).RGBA(); return r>>8 > 150 && g>>8 < 90 }
			got := "none"
			if red(b.Dx()/2, 4) {
				got = "top"
			} else if red(b.Dx()/2, b.Dy()-5) {
				got = "bottom"
			}
			if got != c.red {
				t.Errorf("the edge lies at the %s, want %s (%v)", got, c.red, b)
			}
		})
	}
}

func TestWhatWasCutOffOrIsTooLargeIsNotWhole(t *testing.T) {
	t.Parallel()
	var small bytes.Buffer
	if err := png.Encode(&small, image.NewGray(image.Rect(0, 0, 9, 9))); err != nil {
		t.Fatal(err)
	}
	bomb := slices.Clone(small.Bytes())
	binary.BigEndian.PutUint32(bomb[16:], 60_000)
	binary.BigEndian.PutUint32(bomb[20:], 60_000)
	binary.BigEndian.PutUint32(bomb[29:], crc32.ChecksumIEEE(bomb[12:29]))
	for _, c := range []struct {
		name, key string
		content   []byte
	}{
		{"whole", "", small.Bytes()},
		{"cut off", "attachment.broken", small.Bytes()[:small.Len()-20]},
		{"a bomb", "attachment.pixels", bomb},
		{"only a head", "attachment.broken", []byte("\xff\xd8\xff")},
		{"a PDF cut off", "attachment.broken", []byte("%PDF-1.7 1 0 obj")},
		{"a PDF", "", []byte("%PDF-1.7\n1 0 obj\n%%EOF\r\n")},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := fault.Fields(attachment.Whole(attachment.Kind(c.content), c.content))
			if c.key == "" && got != nil || c.key != "" && (len(got) != 1 || got[0].Key != c.key) {
				t.Errorf("got %v, want %q", got, c.key)
			}
		})
	}
}

func TestAFileNameTellsNoNumber(t *testing.T) {
	t.Parallel()
	for sent, kept := range map[string]string{
		`C:\\扫描\\身份证.pdf`:              "身份证.pdf",
		"../../etc/passwd":             "passwd",
		"岩小罕533199197002039010.jpg":    "岩小罕***.jpg",
		"53319919700203901X 44 照片.png": "*** 44 照片.png",
		"a\x00b\u202egnp.exe":          "abgnp.exe",
	} {
		if got := attachment.Title(sent); got != kept {
			t.Errorf("%q is kept as %q, want %q", sent, got, kept)
		}
	}
}

func FuzzAnyBytesAreJudgedWithoutHarm(f *testing.F) {
	f.Add([]byte("%PDF-1.7 %%EOF"))
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00II*\x00\x08\x00\x00\x00"))
	f.Add([]byte("\x89PNG\r\n\x1a\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		kind := attachment.Kind(content)
		if attachment.Whole(kind, content) != nil || kind == "application/pdf" || kind == "" {
			return
		}
		p, err := attachment.MakePhoto(content)
		if err == nil && attachment.Kind(p.JPEG) != "image/jpeg" {
			t.Errorf("made %q", attachment.Kind(p.JPEG))
		}
	})
}
