package paper

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

// TestMain lets papers find 仿宋 where make fonts puts it, which is not beside a test's program.
func TestMain(m *testing.M) {
	besideProgram = func() string { return "../../bin" }
	m.Run()
}

// families are the typefaces of a PDF.
func families(r *reader) string {
	names := map[string]bool{}
	for _, dict := range r.objects {
		if m := regexp.MustCompile(`/BaseFont/[A-Z]{6}\+([\w-]+)`).FindStringSubmatch(dict); m != nil {
			names[m[1]] = true
		}
	}
	var out []string
	for _, f := range faces {
		if names[f.name] {
			out = append(out, f.name)
		}
	}
	return strings.Join(out, " ")
}

// The text of official letters and of the plan's attachments is 仿宋; large print and short sentences are not, and lists stay 宋 and 黑.
func TestLettersAreSetInFangsong(t *testing.T) {
	t.Parallel()
	all := goldens(t)
	for name, want := range map[string]bool{"correction": true, "rejection": true, "refusal": true, "announcement": true, "cancellation": true, "renew": true, "review": true, "flow": true,
		"pledge": true, "waiver": true, "rejection-large": false, "rejection-easy": false, "renew-large": false, "renew-easy": false, "report": false, "cards": false, "booklets": false} {
		if got := strings.Contains(families(read(t, written(t, all[name]))), "FandolFang"); got != (want && testShelf(t)[fang] != nil) {
			t.Errorf("%s: 仿宋 is used: %v", name, got)
		}
	}
}

// Without the face beside the program letters are set in 宋: nothing is refused and nothing is lost.
func TestLettersWithoutFangsongAreSetInSong(t *testing.T) {
	t.Parallel()
	s, err := openShelf(fonts, fstest.MapFS{})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	p := letters(rareName)["rejection"]
	d := newDocument(&out, s, p.Title(), true)
	p.lay(d)
	if err := d.finish(); err != nil {
		t.Fatal(err)
	}
	bare := read(t, out.Bytes())
	if got, want := bareText(bare.text()), bareText(read(t, written(t, p)).text()); got != want || strings.Contains(families(bare), "Fang") {
		t.Errorf("in %s the letter says\n%s\nnot\n%s", families(bare), got, want)
	}
}

// FandolFang comes with CFF outlines: signs are as wide as the square and letters half as wide once it is TrueType.
func TestFangsongKeepsItsWidths(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("../../bin/fonts/fang.ttf"); err != nil {
		t.Log("make fonts could not bring 仿宋; nothing to measure")
		return
	}
	f := testShelf(t)[fang]
	for r, want := range map[rune]int{'残': 1000, '，': 1000, '0': 500, 'A': 739} {
		if g := f.glyph(r); g == 0 || f.blank(g) || f.advance(g) != want {
			t.Errorf("%c is glyph %d, %d wide", r, g, f.advance(g))
		}
	}
}
