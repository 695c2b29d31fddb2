package scan_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"runtime"
	"strings"
	"testing"
	"time"

	"hefa/internal/fault"
	"hefa/internal/scan"
)

// jpegOf is a page as a scanner keeps it.
func jpegOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 70}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAScannedBookIsTakenApartAndBoundAnew(t *testing.T) {
	t.Parallel()
	var leaves []scan.Leaf
	for _, turned := range []int{0, 90, 180, 270} {
		leaves = append(leaves, scan.Leaf{Picture: jpegOf(t, scan.Turned(sheet(t, 1169, 0, 0), turned))})
	}
	made, err := scan.Bind(leaves)
	if err != nil {
		t.Fatal(err)
	}
	b, err := scan.Open(t.Context(), made)
	if err != nil || b.Pages() != 4 {
		t.Fatal(b, err)
	}
	var again []scan.Leaf
	for i := range 4 {
		m, _, err := b.Picture(i + 1)
		if err != nil || m == nil {
			t.Fatal(i, m, err)
		}
		mark := scan.Find(m)
		if want := (360 - 90*i) % 360; mark.Text != number || mark.Turn != want {
			t.Errorf("page %d: %+v, want it turned by %d", i+1, mark, want)
		}
		again = append(again, scan.Leaf{Book: b, Page: 4 - i, Turn: (90 + 90*i) % 360})
	}
	again = append(again, scan.Leaf{Picture: leaves[0].Picture})
	upright, err := scan.Bind(again)
	if err != nil {
		t.Fatal(err)
	}
	if b, err = scan.Open(t.Context(), upright); err != nil || b.Pages() != 5 {
		t.Fatal(b, err)
	}
	for i := range 5 {
		m, _, err := b.Picture(i + 1)
		if err != nil || m == nil {
			t.Fatal(i, m, err)
		}
		if mark := scan.Find(m); mark.Text != number || mark.Turn != 0 {
			t.Errorf("page %d of the new book: %+v", i+1, mark)
		}
	}
}

// object joins numbered objects to a PDF.
func written(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}

// drawn is a PDF of one page with one picture.
func drawn(picture, data string) []byte {
	return written("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 4 0 R>>>>/Contents 5 0 R>>",
		fmt.Sprintf("<</Type/XObject/Subtype/Image/BitsPerComponent 8%s/Length %d>>\nstream\n%s\nendstream", picture, len(data), data),
		"<</Length 4>>\nstream\n/I Do\nendstream")
}

func TestAHostilePDFIsRefusedWithinLimits(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000)
	many := make([]string, 0, 602)
	kids := make([]string, 600)
	for i := range kids {
		kids[i] = fmt.Sprintf("%d 0 R", i+3)
	}
	many = append(many, "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 600/Kids["+strings.Join(kids, " ")+"]>>")
	for range kids {
		many = append(many, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")
	}
	for name, c := range map[string]struct {
		content []byte
		key     string
	}{
		"nothing":          {nil, "scan.pdf.broken"},
		"only a head":      {[]byte("%PDF-1.7\n%%EOF"), "scan.pdf.broken"},
		"a loop of pages":  {written("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]/Count 1>>"), "scan.pdf.broken"},
		"deep in itself":   {written("<</Type/Catalog/Pages 2 0 R/X " + deep + ">>"), "scan.pdf.broken"},
		"six hundred":      {written(many...), "scan.pdf.pages"},
		"pages by promise": {written("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 2000000000>>"), ""},
	} {
		began := time.Now()
		_, err := scan.Open(t.Context(), c.content)
		f, ok := errors.AsType[*fault.Fault](err)
		if !ok || f.Kind != fault.Refused || c.key != "" && f.Key != c.key {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
		if took := time.Since(began); took > 25*time.Second {
			t.Errorf("%s took %s", name, took)
		}
	}
}

func TestAPictureThatIsTooLargeOrBrokenIsNoPicture(t *testing.T) {
	t.Parallel()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for name, content := range map[string][]byte{
		"60,000 squared":    drawn("/ColorSpace/DeviceGray/Width 60000/Height 60000/Filter/FlateDecode", "x"),
		"of nothing":        drawn("/ColorSpace/DeviceGray/Width 9/Height 9/Filter/DCTDecode", "no jpeg"),
		"in a strange form": drawn("/ColorSpace/DeviceGray/Width 9/Height 9/Filter/JBIG2Decode", "jbig"),
		"below nothing":     drawn("/ColorSpace/DeviceGray/Width -9/Height -9", "x"),
	} {
		b, err := scan.Open(t.Context(), content)
		if err != nil {
			continue // refused as a whole
		}
		if m, _, err := b.Picture(1); m != nil || err != nil {
			t.Errorf("%s: %v, %v", name, m.Bounds(), err)
		}
	}
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 512<<20 {
		t.Errorf("%d MB were taken", grown>>20)
	}
}

func TestASmallerPictureIsSmallerAndOnWhite(t *testing.T) {
	t.Parallel()
	small, err := scan.Small(image.NewNRGBA(image.Rect(0, 0, 900, 1200)), 240)
	if err != nil {
		t.Fatal(err)
	}
	m, err := scan.Decode(small)
	if err != nil || m.Bounds().Dy() != 240 || m.Bounds().Dx() != 180 {
		t.Fatal(m, err)
	}
	if r, _, _, _ := m.At(90, 90).RGBA(); r>>8 < 250 {
		t.Error("what is clear is not white")
	}
	if m, err = scan.Decode(small[:20]); err == nil {
		t.Error("half a picture was opened", m)
	}
}

func FuzzOpen(f *testing.F) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 9, 9))); err != nil {
		f.Fatal(err)
	}
	whole, err := scan.Bind([]scan.Leaf{{Picture: b.Bytes()}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(drawn("/ColorSpace/DeviceGray/Width 2/Height 2", "abcd"))
	f.Add(written("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]/Count 1>>"))
	f.Fuzz(func(t *testing.T, content []byte) {
		b, err := scan.Open(t.Context(), content)
		if err != nil {
			if fault.Of(err) != fault.Refused {
				t.Errorf("%v", err)
			}
			return
		}
		for n := range min(b.Pages(), 3) {
			_, _, _ = b.Picture(n + 1)
		}
		_, _ = scan.Bind([]scan.Leaf{{Book: b, Page: 1, Turn: 90}})
	})
}
