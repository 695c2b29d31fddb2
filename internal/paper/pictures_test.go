package paper

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// The pictures of pages are kept at so many dots an inch, and compared by the mean of squares of so many dots, so that another drawing program may smooth
// letters in its own way, but nothing may move by more than two millimetres, get lost or come along.
const (
	pictureDots = 24
	square      = 4
	mostApart   = 40 // of 255, the mean of one square
)

// photographed is the pages of p, at most the first three, one under the other.
func photographed(t *testing.T, p Paper) *image.Gray {
	t.Helper()
	file := filepath.Join(t.TempDir(), "p.pdf")
	if err := os.WriteFile(file, written(t, p), 0o600); err != nil {
		t.Fatal(err)
	}
	var out *image.Gray
	for data := ran(t, tool(t, "pdftoppm", "poppler-utils"), "-r", fmt.Sprint(pictureDots), "-gray", "-l", "3", file); len(data) > 0; {
		page := grey(t, data)
		size := page.Rect.Dx() * page.Rect.Dy()
		data = data[len(data)-len(page.Pix)+size:]
		if out == nil {
			out = image.NewGray(image.Rect(0, 0, page.Rect.Dx(), 0))
		}
		out.Pix = append(out.Pix, page.Pix[:size]...)
		out.Rect.Max.Y += page.Rect.Dy()
	}
	return out
}

// apart is where two pictures differ by more than smoothing, "" when they do not.
func apart(a, b *image.Gray) string {
	if a.Rect != b.Rect {
		return fmt.Sprintf("%v instead of %v", b.Rect.Max, a.Rect.Max)
	}
	mean := func(p *image.Gray, x, y int) int {
		sum := 0
		for dy := range square {
			for dx := range square {
				sum += int(p.GrayAt(x+dx, y+dy).Y)
			}
		}
		return sum / (square * square)
	}
	for y := 0; y+square <= a.Rect.Max.Y; y += square {
		for x := 0; x+square <= a.Rect.Max.X; x += square {
			if d := mean(a, x, y) - mean(b, x, y); d > mostApart || d < -mostApart {
				return fmt.Sprintf("%d of 255 at %d mm from the left, %d mm from the top of its pages", d, x*254/pictureDots/10, y*254/pictureDots/10)
			}
		}
	}
	return ""
}

func TestPagesLookLikeTheirPictures(t *testing.T) {
	t.Parallel()
	all := goldens(t)
	for _, name := range sortedNames(all) {
		got := photographed(t, all[name])
		file := filepath.Join("testdata", "pictures", name+".png")
		if *update {
			var b bytes.Buffer
			if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, got); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatalf("%v; run go test ./internal/paper -update and look at the pictures", err)
		}
		want, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if at := apart(want.(*image.Gray), got); at != "" && atHome(t, all[name]) {
			t.Errorf("%s looks different: %s", name, at)
		}
	}
}

// What the comparison is for: a page that slid by three millimetres, lost a line or has one too many looks different.
func TestPicturesTellPagesApart(t *testing.T) {
	t.Parallel()
	p := letters("张三")["refusal"].(Refusal)
	whole := photographed(t, p)
	if at := apart(whole, whole); at != "" {
		t.Error(at)
	}
	slid := image.NewGray(whole.Rect)
	copy(slid.Pix[3*whole.Stride:], whole.Pix)
	for i := range 3 * whole.Stride {
		slid.Pix[i] = 255
	}
	longer := p
	longer.Reasons = append([]string{"另外一条理由。"}, p.Reasons...)
	for name, other := range map[string]*image.Gray{"slid": slid, "one more line": photographed(t, longer)} {
		if apart(whole, other) == "" {
			t.Errorf("%s: nobody sees it", name)
		}
	}
}
