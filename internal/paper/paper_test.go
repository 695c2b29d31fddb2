package paper

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"hefa/internal/fault"
)

var update = flag.Bool("update", false, "write the goldens of papers anew")

// goldens are the papers whose words are kept in testdata.
func goldens(t failer) map[string]Paper {
	all := letters(rareName)
	for name, p := range lists(3) {
		all[name] = p
	}
	for name, p := range lists(0) {
		all[name+"-empty"] = p
	}
	for name, p := range forms(t, rareName) {
		all[name] = p
	}
	for name, p := range readings(rareName) {
		all[name] = p
	}
	all["booklets"] = booklets(t)
	all["cards"], all["cards-sheet"] = chipcards(t, cardTray), chipcards(t, trayOfFour)
	all["test-book"], all["test-card"] = TestPrint{Printer: "1 号台", Tray: bookTray}, TestPrint{Printer: "卡机", Tray: cardTray, Card: true}
	for name, p := range blankForms() {
		all[name+"-blank"] = p
	}
	for name, p := range filled(rareName) {
		all[name] = p
	}
	for name, p := range townLists() {
		all[name] = p
	}
	all["survey"] = surveys(2)
	all["evaluation"] = evaluation(rareName)
	return all
}

func TestPapersSayWhatTheirGoldensSay(t *testing.T) {
	t.Parallel()
	for name, p := range goldens(t) {
		got := read(t, written(t, p)).text()
		file := filepath.Join("testdata", name+".txt")
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatalf("%v; run go test ./internal/paper -update and read the difference", err)
		}
		said := string(want)
		if !atHome(t, p) { // 宋 breaks lines elsewhere
			said, got = bareText(said), bareText(got)
		}
		if diff := cmp.Diff(said, got); diff != "" {
			t.Errorf("%s (-golden +printed):\n%s", name, diff)
		}
	}
}

func TestRareAndLongNamesComeOutOfEveryLetter(t *testing.T) {
	t.Parallel()
	for _, name := range []string{rareName, longName} {
		for kind, p := range letters(name) {
			if got := bareText(read(t, written(t, p)).text()); !strings.Contains(got, name) {
				t.Errorf("%s has lost %s", kind, name)
			}
		}
	}
}

func TestCharacterWithoutGlyphStopsThePaper(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	err := Write(&out, letters("张\U000e0041三")["acceptance"])
	f, ok := errors.AsType[*fault.Fault](err)
	if !ok || f.Kind != fault.Refused || f.Key != "paper.glyph.missing" {
		t.Fatalf("got %v, want paper.glyph.missing", err)
	}
	if diff := cmp.Diff([]any{"\U000e0041", "U+E0041"}, f.Args); diff != "" {
		t.Error(diff)
	}
	if out.Len() != 0 {
		t.Errorf("%d bytes were written of a paper that was refused", out.Len())
	}
}

func TestInvisibleMarksOfPastedNamesAreLeftOut(t *testing.T) {
	t.Parallel()
	got := bareText(read(t, written(t, letters("\x00张\u200b\ufeff\u202e三\r\u2005四\t")["refusal"])).text())
	if !strings.Contains(got, "张三四：") {
		t.Error("the name is not there")
	}
}

func TestPapersWithoutFacesAskForMakeFonts(t *testing.T) {
	t.Parallel()
	_, err := openShelf(fstest.MapFS{"fonts/README.md": {Data: []byte("nothing else")}}, fstest.MapFS{})
	if !errors.Is(err, ErrFonts) || !strings.Contains(err.Error(), "make fonts") {
		t.Errorf("got %v", err)
	}
	_, err = openShelf(fstest.MapFS{"fonts/song.ttf": {Data: []byte("no face")}}, fstest.MapFS{})
	if !errors.Is(err, errFace) {
		t.Errorf("a broken face gives %v", err)
	}
}

func TestListsOfManyPagesRepeatTheirHeadAndLoseNoRow(t *testing.T) {
	t.Parallel()
	r := read(t, written(t, lists(200)["report"]))
	pages := strings.Split(r.text(), "\n\n")
	if len(pages) < 5 || len(pages) != len(r.pages()) {
		t.Fatalf("200 rows stand on %d pages", len(pages))
	}
	for i, p := range pages {
		if n := strings.Count(p, "有效期止\n"); n != 1 {
			t.Errorf("page %d has %d heads", i+1, n)
		}
		if !strings.Contains(p, "第 "+string(rune('1'+i))+" 页 共 9 页") {
			t.Errorf("page %d does not say so", i+1)
		}
	}
	for _, row := range []string{"1\n张三", "200\n欧阳修远\n遮放镇第13村民委员会\n2020-12-31\n7363"} {
		if !strings.Contains(r.text(), row) {
			t.Errorf("row %q is lost", row)
		}
	}
}

func TestRowHigherThanAPageIsParted(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("很长的备注", 900)
	p := Report{Name: "备注", Columns: []Column{{Head: "序号", Width: 1}, {Head: "备注", Width: 1}}, Rows: func(yield func([]string) bool) {
		_ = yield([]string{"1", "短"}) && yield([]string{"2", long}) && yield([]string{"3", "短"})
	}}
	r := read(t, written(t, p))
	if n := len(r.pages()); n < 3 {
		t.Errorf("%d pages", n)
	}
	if n := strings.Count(bareText(r.text()), "很"); n != 900 {
		t.Errorf("%d of 900 remarks came out", n)
	}
}

func TestBrokenPhotoIsRefused(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]byte{"words": []byte("no picture"), "half a picture": photo(t, "png")[:60], "half a photo": photo(t, "jpeg")[:900], "empty": {}} {
		b := booklets(t)
		b.People[0].Photo = data
		f, ok := errors.AsType[*fault.Fault](Write(&bytes.Buffer{}, b))
		if !ok || f.Key != "paper.photo.broken" {
			t.Errorf("%s: %v", name, f)
		}
	}
}

func TestBookletRefusesWhatItsPageCannotHold(t *testing.T) {
	t.Parallel()
	for key, spoil := range map[string]func(*Booklet){
		"paper.booklet.long":  func(b *Booklet) { b.Address = strings.Repeat("很长的地址", 80) },
		"paper.booklet.level": func(b *Booklet) { b.Level = 5 },
	} {
		b := booklets(t)
		spoil(&b.People[0])
		f, ok := errors.AsType[*fault.Fault](Write(&bytes.Buffer{}, b))
		if !ok || f.Key != key {
			t.Errorf("got %v, want %s", f, key)
		}
	}
}

func TestBatchIsOnePageAPaperAndKeepsItsOrder(t *testing.T) {
	t.Parallel()
	var papers []Paper
	for i := range 230 {
		papers = append(papers, letters(strings.Repeat("张", i%20+1))["acceptance"])
	}
	var out bytes.Buffer
	if err := WriteAll(&out, "受理回执", All(papers)); err != nil {
		t.Fatal(err)
	}
	r := read(t, out.Bytes())
	if n := len(r.pages()); n != 230 {
		t.Errorf("%d pages", n)
	}
	for i, page := range strings.Split(r.text(), "\n\n") {
		if !strings.Contains(page, "\n"+strings.Repeat("张", i%20+1)+"：") {
			t.Errorf("page %d is another's", i+1)
		}
	}
	if strings.Contains(r.objects[r.root], "StructTreeRoot") {
		t.Error("a batch is tagged")
	}
}

func TestBatchPassesOnWhatItsSourceSays(t *testing.T) {
	t.Parallel()
	broken := errors.New("the source broke")
	err := WriteAll(&bytes.Buffer{}, "", func(yield func(Paper, error) bool) {
		if yield(letters("张三")["refusal"], nil) {
			yield(nil, broken)
		}
	})
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func TestSamePaperIsTheSameFile(t *testing.T) {
	t.Parallel()
	if !bytes.Equal(written(t, booklets(t)), written(t, booklets(t))) {
		t.Error("two prints of one batch differ")
	}
}

// TestEachPageOfASheetOfSignaturesBearsACode: a page that comes back alone says which page of which sheet it is, and Spread says whose line stands on it.
func TestEachPageOfASheetOfSignaturesBearsACode(t *testing.T) {
	t.Parallel()
	p := lists(30)["delivery"].(Delivery)
	p.Number = "533103-QS-2020-0001"
	on, err := p.Spread()
	if err != nil || len(on) != 30 || on[0] != 1 || !slices.IsSorted(on) {
		t.Fatal(on, err)
	}
	r := read(t, written(t, p))
	texts := strings.Split(r.text(), "\n\n")
	if len(texts) != on[29] || len(texts) < 3 {
		t.Fatalf("%d pages, and the last line stands on page %d", len(texts), on[29])
	}
	for i, text := range texts {
		if n := strings.Count(r.content(r.pages()[i]), "BI /IM true"); n != 1 || !strings.Contains(bareText(text), bareText(fmt.Sprintf("%s/P%d", p.Number, i+1))) {
			t.Errorf("page %d has %d codes and says %s", i+1, n, text)
		}
		for line, page := range on {
			if has := strings.Contains("\n"+text, fmt.Sprintf("\n%d\n%s", line+1, string([]rune(p.Rows[line].Name)[:1]))); has != (page == i+1) {
				t.Errorf("line %d on page %d: %v", line+1, i+1, has)
			}
		}
	}
}
