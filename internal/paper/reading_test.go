package paper

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hefa/internal/reminder"
)

// The form to apply with is one page, also with the longest names.
func TestTheFormIsOnePage(t *testing.T) {
	t.Parallel()
	for name, p := range forms(t, rareName) {
		if n := len(read(t, written(t, p)).pages()); n != 1 {
			t.Errorf("%s has %d pages", name, n)
		}
	}
}

// onlyOnPaper is what a page does not have: a line to tear along, and numbers of pages.
var onlyOnPaper = regexp.MustCompile(`（沿此线撕下）|第\d页共\d页|—\d—`)

// What a page says of a letter is what its paper says, in every reading and in the same order: words that are on one only would be lost on the other.
func TestThePageOfALetterSaysWhatItsPaperSays(t *testing.T) {
	t.Parallel()
	for name, p := range letters(rareName) {
		l, ok := p.(Letter)
		if !ok {
			continue
		}
		for _, r := range Readings {
			parts, err := Outline(Read(l, r))
			if err != nil {
				t.Fatal(err)
			}
			said := ""
			for _, part := range parts {
				said += bareText(part.Text + strings.Join(part.Cells, ""))
			}
			printed := onlyOnPaper.ReplaceAllString(bareText(read(t, written(t, Read(l, r))).text()), "")
			if diff := cmp.Diff(said, printed); diff != "" {
				t.Errorf("%s %q (-page +paper):\n%s", name, r, diff)
			}
			for _, want := range []string{rareName, p.Title()} {
				if !strings.Contains(said, want) {
					t.Errorf("%s %q does not say %q", name, r, want)
				}
			}
		}
	}
}

// The page of an attachment 3, 5 or 6 is made of its words: they are what the paper prints, letter and slip, in every reading and in the same order; only the
// number stands on the paper twice more.
func TestTheWordsOfAReminderAreWhatItsPaperPrints(t *testing.T) {
	t.Parallel()
	n := 0
	for name, p := range filled(rareName) {
		r, ok := p.(Reminder)
		if !ok {
			continue
		}
		n++
		w := r.Words()
		said := bareText(w.Title + w.To + strings.Join(w.Paragraphs, "") + w.Issuer + w.Date + w.Slip + w.Promise + w.Sign + w.SlipDate)
		printed := onlyOnPaper.ReplaceAllString(bareText(read(t, written(t, p)).text()), "")
		for _, number := range []string{"编号：" + r.Number, r.Number} {
			if strings.Count(printed, number) == 0 {
				t.Errorf("%s does not bear %s", name, number)
			}
			printed = strings.Replace(printed, number, "", 1)
		}
		if diff := cmp.Diff(said, printed); diff != "" {
			t.Errorf("%s (-words +paper):\n%s", name, diff)
		}
	}
	if n != len(reminder.Kinds)*len(Readings) {
		t.Errorf("%d letters were compared", n)
	}
}

// A slip that is torn off is on one page from its title to its signature, also in large print, where one fills most of a page.
func TestASummonsIsNotPartedByAPage(t *testing.T) {
	t.Parallel()
	for reading, want := range map[Reading]int{Ordinary: 2, Large: 3} {
		pages := strings.Split(read(t, written(t, Read(letters(rareName)["summons"].(Letter), reading))).text(), "\n\n")
		if len(pages) != want {
			t.Errorf("%q: %d pages, want %d", reading, len(pages), want)
		}
		for i, p := range pages {
			if n := strings.Count(p, "残疾评定通知单\n"); n == 0 || n != strings.Count(p, "收到通知人") || !strings.HasPrefix(p, "残疾评定通知单\n") {
				t.Errorf("%q: page %d says\n%s", reading, i+1, p)
			}
		}
	}
}

// What is printed large is on the same paper, with letters half as large again.
func TestLargePrintIsLargeOnTheSamePaper(t *testing.T) {
	t.Parallel()
	p := read(t, written(t, Read(letters("张三")["refusal"].(Letter), Large)))
	for _, page := range p.pages() {
		if got := p.objects[page]; !strings.Contains(got, "/MediaBox[0 0 595.2") || !strings.Contains(p.content(page), "1.45 0 0 1.45 0 0 cm") {
			t.Errorf("the page is %s", got)
		}
	}
}
