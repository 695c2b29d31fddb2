package paper

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
	"rsc.io/qr"

	"hefa/internal/fault"
)

// drawings are one picture as the kinds of PNG there are: a dark shape on white.
func drawings(t *testing.T) map[string][]byte {
	t.Helper()
	const width, height = 61, 85 // no whole bytes in a row of one bit
	dark := func(x, y int) bool { return (x-30)*(x-30)+(y-30)*(y-30) < 400 || y > 60 }
	at := image.Rect(0, 0, width, height)
	grey, deep, rgb := image.NewGray(at), image.NewGray16(at), image.NewRGBA(at)
	few, two, clear := image.NewPaletted(at, color.Palette{color.White, color.Gray{40}, color.RGBA{200, 0, 0, 255}}), image.NewPaletted(at, color.Palette{color.White, color.Black}),
		image.NewNRGBA(at)
	for y := range height {
		for x := range width {
			shade := color.Color(color.White)
			if dark(x, y) {
				shade = color.Gray{40}
				few.SetColorIndex(x, y, 1)
				two.SetColorIndex(x, y, 1)
				clear.Set(x, y, color.NRGBA{40, 40, 40, 255})
			}
			grey.Set(x, y, shade)
			deep.Set(x, y, shade)
			rgb.Set(x, y, shade)
		}
	}
	out := map[string][]byte{}
	for name, p := range map[string]image.Image{"grey": grey, "deep grey": deep, "rgb": rgb, "palette": few, "two colours": two, "clear": clear} {
		var b bytes.Buffer
		if err := png.Encode(&b, p); err != nil {
			t.Fatal(err)
		}
		out[name] = b.Bytes()
	}
	out["two parts"] = parted(out["rgb"])
	return out
}

// parted is a PNG whose rows stand in two parts.
func parted(data []byte) []byte {
	at := bytes.Index(data, []byte("IDAT")) - 4
	size := int(binary.BigEndian.Uint32(data[at:]))
	rows := data[at+8 : at+8+size]
	out := bytes.Clone(data[:at])
	for _, half := range [][]byte{rows[:size/2], rows[size/2:]} {
		part := append([]byte("IDAT"), half...)
		out = binary.BigEndian.AppendUint32(out, uint32(len(half)))
		out = binary.BigEndian.AppendUint32(append(out, part...), crc32.ChecksumIEEE(part))
	}
	return append(out, data[at+12+size:]...)
}

// A PNG goes into the paper as it is stored, unless it is in part transparent, and is drawn as its pixels are.
func TestEveryKindOfPNGIsDrawnAsItIs(t *testing.T) {
	t.Parallel()
	draw, check := tool(t, "pdftoppm", "poppler-utils"), tool(t, "qpdf", "qpdf")
	for name, data := range drawings(t) {
		var out bytes.Buffer
		d := newDocument(&out, testShelf(t), name, false)
		d.newPage(61, 85)
		d.picture(0, 0, 61, 85, data)
		d.endPaper(bare)
		if err := d.finish(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := bytes.Contains(out.Bytes(), []byte("/Predictor 15")); got != (name != "clear") {
			t.Errorf("%s: passed on as it is stored: %v", name, got)
		}
		file := filepath.Join(t.TempDir(), "a.pdf")
		if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		ran(t, check, "--check", file)
		page := grey(t, ran(t, draw, "-r", "72", "-gray", file))
		for _, at := range []struct {
			x, y int
			dark bool
		}{{30, 30, true}, {30, 75, true}, {58, 80, true}, {3, 3, false}, {58, 3, false}, {3, 55, false}} {
			if got := page.GrayAt(at.x, at.y).Y < 128; got != at.dark {
				t.Errorf("%s at %d,%d is %d", name, at.x, at.y, page.GrayAt(at.x, at.y).Y)
			}
		}
	}
}

// A photo with a bit fallen over is not printed: its parts carry sums.
func TestAPNGWithAFlippedBitIsRefused(t *testing.T) {
	t.Parallel()
	whole := drawings(t)["rgb"]
	for at := bytes.Index(whole, []byte("IDAT")) + 4; at < len(whole)-12; at += 7 {
		broken := bytes.Clone(whole)
		broken[at] ^= 0x10
		b := booklets(t)
		b.People[0].Photo = broken
		f, ok := errors.AsType[*fault.Fault](pressOne(&strings.Builder{}, b))
		if !ok || f.Key != "paper.photo.broken" {
			t.Fatalf("byte %d: %v", at, f)
		}
	}
	if _, ok := chunks(whole[:len(whole)-13]); ok {
		t.Error("a picture without its end is whole")
	}
	if _, ok := chunks(whole); !ok {
		t.Errorf("a whole picture of %d bytes is not", len(whole))
	}
}

// Codes made from kept plans are those of the library.
func TestCodesAreThoseOfTheLibrary(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.StringMatching(`[0-9]{1,60}`), rapid.StringMatching(`[0-9A-Z$%*+./:-]{1,60}`), rapid.StringMatching(`[0-9A-Za-z_.残疾]{1,600}`)).Draw(t, "text")
		want, err := qr.Encode(text, qr.M)
		if err != nil {
			t.Fatal(err)
		}
		got, err := encode(text)
		if err != nil || got.Size != want.Size || !cmp.Equal(got.Bitmap, want.Bitmap) {
			t.Fatalf("%v, %d wide instead of %d", err, got.Size, want.Size)
		}
	})
	if _, err := encode(strings.Repeat("长", 2000)); !errors.Is(err, errCodeLong) {
		t.Errorf("a text that no code holds: %v", err)
	}
}
