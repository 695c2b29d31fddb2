package paper

import (
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hefa/internal/day"
	"hefa/internal/fault"
)

// dots is how many dots an inch the pictures of pages have.
const dots = 254 // ten a millimetre

// pictured is the pages of a paper as grey pictures of ten dots a millimetre.
func pictured(t *testing.T, p Paper) []*image.Gray {
	t.Helper()
	draw := tool(t, "pdftoppm", "poppler-utils")
	dir := t.TempDir()
	file := filepath.Join(dir, "paper.pdf")
	if err := os.WriteFile(file, written(t, p), 0o600); err != nil {
		t.Fatal(err)
	}
	ran(t, draw, "-r", fmt.Sprint(dots), "-gray", file, filepath.Join(dir, "page"))
	names, err := filepath.Glob(filepath.Join(dir, "page*.pgm"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	slices.Sort(names)
	var out []*image.Gray
	for _, n := range names {
		data, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, grey(t, data))
	}
	return out
}

// inked is the smallest box, in tenths of a millimetre, around what is darker than half in an area of a page.
func inked(p *image.Gray, area image.Rectangle) image.Rectangle {
	var box image.Rectangle
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			if p.GrayAt(x, y).Y < 128 {
				box = box.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return box
}

// at is the area of a card whose top left corner is at x, y, in tenths of a millimetre.
func at(x, y int) image.Rectangle { return image.Rect(x, y, x+856, y+540) }

// TestInkFallsOnTheCardsAloneAndLeavesTheStripsFree looks at the picture of a sheet: fronts and backs lie on their places, moved by the offsets and
// turned over, nothing lies between them, and the strips of the front, where a red blank bears its Braille, stay white.
func TestInkFallsOnTheCardsAloneAndLeavesTheStripsFree(t *testing.T) {
	t.Parallel()
	pages := pictured(t, chipcards(t, trayOfFour))
	if len(pages) != 2 {
		t.Fatalf("%d pages", len(pages))
	}
	// Three people: the fourth place stays empty. The front is moved by 1.5 and −2 mm; the back of what lies at 10 mm lies at 210−10−85.6, moved by −0.5 and 3 mm.
	for page, places := range map[int][]image.Point{0: {{115, 180}, {1115, 180}, {115, 980}}, 1: {{1139, 230}, {139, 230}, {1139, 1030}}} {
		rest := image.NewGray(pages[page].Rect)
		copy(rest.Pix, pages[page].Pix)
		for i, p := range places {
			box := inked(pages[page], at(p.X, p.Y))
			if box.Empty() || box.Min.X < p.X+35 || box.Max.X > p.X+821 || box.Min.Y < p.Y+35 {
				t.Errorf("page %d, card %d: ink in %v of the card at %v", page+1, i+1, box, p)
			}
			if page == 0 {
				for what, strip := range map[string]image.Rectangle{"head": image.Rect(p.X, p.Y, p.X+856, p.Y+98), "foot": image.Rect(p.X, p.Y+462, p.X+856, p.Y+540)} {
					if box := inked(pages[page], strip); !box.Empty() {
						t.Errorf("card %d: ink at %v in the strip at the %s", i+1, box, what)
					}
				}
			}
			for y := p.Y; y < p.Y+540; y++ {
				for x := p.X; x < p.X+856; x++ {
					rest.Pix[y*rest.Stride+x] = 255
				}
			}
		}
		if box := inked(rest, rest.Rect); !box.Empty() {
			t.Errorf("page %d: ink at %v beside the cards", page+1, box)
		}
	}
}

// TestTheTestPageIsDrawnWhereTheOffsetsSay measures the outline of each place to a fifth of a millimetre.
func TestTheTestPageIsDrawnWhereTheOffsetsSay(t *testing.T) {
	t.Parallel()
	moved := bookTray
	moved.Front = Spot{-3.2, 4.1}
	for name, c := range map[string]struct {
		paper Paper
		page  int
		want  image.Rectangle // around all ink, in tenths of a millimetre
	}{
		"a book as it is":     {TestPrint{Printer: "台", Tray: bookTray}, 0, image.Rect(435, 200, 435+2100, 1150+750)},
		"a book, moved":       {TestPrint{Printer: "台", Tray: moved}, 0, image.Rect(435-32, 200+41, 435-32+2100, 1150+41+750)},
		"the fronts of cards": {TestPrint{Printer: "台", Tray: trayOfFour, Card: true}, 0, image.Rect(115, 180, 1115+856, 980+540)},
		"the backs of cards":  {TestPrint{Printer: "台", Tray: trayOfFour, Card: true}, 1, image.Rect(139, 230, 1139+856, 1030+540)},
	} {
		p := pictured(t, c.paper)[c.page]
		got := inked(p, p.Rect)
		for _, d := range []int{got.Min.X - c.want.Min.X, got.Min.Y - c.want.Min.Y, got.Max.X - c.want.Max.X, got.Max.Y - c.want.Max.Y} {
			if d < -2 || d > 2 {
				t.Errorf("%s: ink in %v, want %v", name, got, c.want)
				break
			}
		}
	}
}

// TestWhatIsPrintedIsTheFace prints drawn values as a book and as a card: every value stands there, and nothing but values and captions does.
func TestWhatIsPrintedIsTheFace(t *testing.T) {
	t.Parallel()
	word := rapid.StringMatching(`[张王李赵陈杨黄周吴徐𠮷䶮·a-zA-Z]{1,12}`)
	captions := strings.NewReplacer("姓名：", "", "性别：", "", "民族：", "", "残疾人证号：", "", "签发日期：", "", "有效期至：", "", "出生日期：", "", "残疾类别：", "", "残疾等级：", "",
		"家庭住址：", "", "联系电话：", "", "监护人：", "", "监护人电话：", "", "批准残联：", "", "备注：", "", "备注", "")
	rapid.Check(t, func(t *rapid.T) {
		b := Booklet{Name: word.Draw(t, "name"), Sex: "女", Nation: word.Draw(t, "nation"), Number: rapid.StringMatching(`533199[0-9]{14}(B[1-9])?`).Draw(t, "number"),
			Issued: "2020-06-01", Expires: "2030-05-31", Born: day.Day(rapid.SampledFrom([]string{"1961-05-04", "2001-12-31"}).Draw(t, "born")), Category: "肢体",
			Level: rapid.IntRange(1, 4).Draw(t, "level"), Address: word.Draw(t, "place") + word.Draw(t, "address"), Phone: rapid.StringMatching(`1[0-9]{10}`).Draw(t, "phone"),
			Guardian: rapid.StringMatching(`[张王李]{0,3}`).Draw(t, "guardian"), Approver: word.Draw(t, "approver"), Remarks: rapid.SliceOfN(word, 0, 2).Draw(t, "remarks")}
		level := []string{"", "壹级", "贰级", "叁级", "肆级"}[b.Level]
		values := []string{b.Name, b.Sex, b.Nation, b.Number, b.Issued.Chinese(), b.Expires.Chinese(), b.Born.Chinese(), b.Category, level, b.Address, b.Phone, b.Guardian, b.Approver}
		values = append(values, b.Remarks...)
		for kind, p := range map[string]Paper{"book": Booklets{Tray: bookTray, People: []Booklet{b}}, "card": Chipcards{Tray: cardTray, People: []Chipcard{{b}}}} {
			rest := bareText(read(t, written(t, p)).text())
			for _, v := range values {
				if !strings.Contains(rest, v) {
					t.Fatalf("%s has lost %q: %s", kind, v, rest)
				}
			}
			letters := 0
			for _, v := range values {
				letters += len([]rune(v))
			}
			if said := len([]rune(captions.Replace(rest))); said != letters {
				t.Fatalf("%s says %d letters beside its captions, the face has %d: %s", kind, said, letters, captions.Replace(rest))
			}
		}
	})
}

func TestACardRefusesWhatItCannotHold(t *testing.T) {
	t.Parallel()
	for key, spoil := range map[string]func(*Chipcards){
		"paper.booklet.long":  func(c *Chipcards) { c.People[0].Address = strings.Repeat("很长的地址", 80) },
		"paper.booklet.level": func(c *Chipcards) { c.People[0].Level = 0 },
		"paper.photo.broken":  func(c *Chipcards) { c.People[0].Photo = []byte("no picture") },
		"paper.tray.empty":    func(c *Chipcards) { c.Tray.Places = nil },
	} {
		c := chipcards(t, cardTray)
		spoil(&c)
		f, ok := errors.AsType[*fault.Fault](pressOne(&strings.Builder{}, c))
		if !ok || f.Key != key {
			t.Errorf("got %v, want %s", f, key)
		}
	}
}
