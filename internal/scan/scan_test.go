package scan_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"
	"testing"

	"golang.org/x/image/draw"
	"golang.org/x/image/math/f64"
	"rsc.io/qr"

	"hefa/internal/scan"
)

const number = "533103-2026-T0000042"

// sheet is an A4 page as a camera sees it: size pixels high, with a code of 25 mm at its foot, turned by degrees, in a shadow, with noise.
func sheet(t testing.TB, size int, degrees, noise float64) image.Image {
	t.Helper()
	code, err := qr.Encode(number, qr.M)
	if err != nil {
		t.Fatal(err)
	}
	small, _, err := image.Decode(bytes.NewReader(code.PNG()))
	if err != nil {
		t.Fatal(err)
	}
	page := image.NewGray(image.Rect(0, 0, size*210/297, size))
	draw.Draw(page, page.Bounds(), image.White, image.Point{}, draw.Src)
	mm := float64(size) / 297
	k, turn := 25*mm/float64(small.Bounds().Dx()), degrees*math.Pi/180
	sin, cos := math.Sincos(turn)
	draw.BiLinear.Transform(page, f64.Aff3{k * cos, -k * sin, 60 * mm, k * sin, k * cos, 230 * mm}, small, small.Bounds(), draw.Src, nil)
	r := rand.New(rand.NewPCG(7, uint64(size)))
	for y := range page.Rect.Dy() {
		shadow := 0.55 + 0.45*float64(y)/float64(page.Rect.Dy())
		for x := range page.Rect.Dx() {
			v := float64(page.GrayAt(x, y).Y)*shadow + r.NormFloat64()*noise
			page.SetGray(x, y, color.Gray{Y: uint8(max(0, min(255, v)))})
		}
	}
	return page
}

func TestACodeOnAPageIsRead(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name           string
		size           int
		degrees, noise float64
	}{
		{"a scan at 100 dots an inch", 1169, 0, 0}, {"at 150, fed askew", 1754, 3, 4}, {"at 300", 3508, -2, 6}, {"upside down", 1754, 180, 4},
		{"on its side", 1754, 90, 4}, {"a phone's photograph", 4000, 12, 12},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			if err := jpeg.Encode(&b, sheet(t, c.size, c.degrees, c.noise), &jpeg.Options{Quality: 70}); err != nil {
				t.Fatal(err)
			}
			if got, err := scan.Code(b.Bytes()); err != nil || got != number {
				t.Errorf("%q, %v", got, err)
			}
		})
	}
}

func TestAPageWithoutACodeSaysNothing(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 900, 1200))); err != nil {
		t.Fatal(err)
	}
	if got, err := scan.Code(b.Bytes()); err != nil || got != "" {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := scan.Code([]byte("%PDF-1.7")); err == nil {
		t.Error("what is no picture was opened")
	}
}

func FuzzCode(f *testing.F) {
	code, err := qr.Encode("1", qr.L)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(code.PNG())
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, content []byte) {
		if c, _, err := image.DecodeConfig(bytes.NewReader(content)); err == nil && c.Width*c.Height > 1<<20 {
			t.Skip("the caller refuses large pictures")
		}
		_, _ = scan.Code(content)
	})
}
