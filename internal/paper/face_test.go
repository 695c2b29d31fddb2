package paper

import (
	"bytes"
	"cmp"
	"os/exec"
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
		if got := inFangsong(t, all[name]); got != want {
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

// inFangsong says whether p asks for 仿宋; also where that face is missing, in whose place 宋 then goes by its name.
func inFangsong(t *testing.T, p Paper) bool {
	t.Helper()
	s := *testShelf(t)
	s[fang] = cmp.Or(s[fang], s[song])
	var out bytes.Buffer
	d := newDocument(&out, &s, p.Title(), true)
	p.lay(d)
	if err := d.finish(); err != nil {
		t.Fatal(err)
	}
	return strings.Contains(families(read(t, out.Bytes())), faces[fang].name)
}

// atHome says whether p looks here as it does in its goldens: in 仿宋 only where that face is.
func atHome(t *testing.T, p Paper) bool { return testShelf(t)[fang] != nil || !inFangsong(t, p) }

// 仿宋 is there wherever make fonts can bring it: without it a part of what the other tests compare is not compared.
func TestFangsongIsThere(t *testing.T) {
	t.Parallel()
	if testShelf(t)[fang] != nil {
		return
	}
	for _, program := range []string{"apt-get", "dpkg-deb"} { // by which scripts/fonts.sh takes it out of its package
		if _, err := exec.LookPath(program); err != nil {
			t.Logf("%v: make fonts cannot bring 仿宋 here; letters are compared by their words only", err)
			return
		}
	}
	t.Error("bin/fonts/fang.ttf is missing: run `make fonts`")
}

// FandolFang comes with CFF outlines: signs are as wide as the square and letters half as wide once it is TrueType.
func TestFangsongKeepsItsWidths(t *testing.T) {
	t.Parallel()
	f := testShelf(t)[fang]
	if f == nil {
		t.Log("not there, see TestFangsongIsThere")
		return
	}
	for r, want := range map[rune]int{'残': 1000, '，': 1000, '0': 500, 'A': 739} {
		if g := f.glyph(r); g == 0 || f.blank(g) || f.advance(g) != want {
			t.Errorf("%c is glyph %d, %d wide", r, g, f.advance(g))
		}
	}
}

// What 宋 draws is never asked of the last fallback, so the program does not carry it.
func TestTheLastFallbackHasWhatSongDoesNotDraw(t *testing.T) {
	t.Parallel()
	s, n, both := testShelf(t), 0, 0
	for r := rune(0x20); r < 0x33480; r++ {
		g, other := s[rare].glyph(r), s[song].glyph(r)
		if g == 0 || s[rare].blank(g) {
			continue
		}
		if n++; other != 0 && !s[song].blank(other) {
			both++ // a sign that is drawn as a rare one
		}
	}
	if n < 4000 || both > 10 {
		t.Errorf("%d characters, %d of them without need", n, both)
	}
}
