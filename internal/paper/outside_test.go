package paper

import (
	"bytes"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// tool is a program of the system that reads papers; the test fails and says how to install it when it is not there.
func tool(t *testing.T, name, pack string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatalf("%s is not installed: apt-get install %s", name, pack)
	}
	return path
}

func ran(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	var out, problems bytes.Buffer
	c := exec.Command(name, args...)
	c.Stdout, c.Stderr = &out, &problems
	if err := c.Run(); err != nil {
		t.Fatalf("%s %s: %v\n%s%s", filepath.Base(name), strings.Join(args, " "), err, problems.Bytes(), out.Bytes())
	}
	return out.Bytes()
}

func TestOtherReadersFindPapersSoundAndReadTheSame(t *testing.T) {
	t.Parallel()
	check, words := tool(t, "qpdf", "qpdf"), tool(t, "pdftotext", "poppler-utils")
	second, _ := exec.LookPath("mutool") // a second opinion where there is one
	papers := every(t)
	for _, name := range sortedNames(papers) {
		file := filepath.Join(t.TempDir(), name+".pdf")
		data := written(t, papers[name])
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		ran(t, check, "--check", file)
		want := bareText(read(t, data).text())
		if got := bareText(string(ran(t, words, "-raw", file, "-"))); got != want {
			t.Errorf("%s: pdftotext reads\n%s\nwant\n%s", name, got, want)
		}
		if second == "" {
			continue
		}
		got := string(ran(t, second, "draw", "-q", "-F", "txt", file))
		for _, person := range []string{rareName, longName[:12]} {
			if strings.Count(bareText(got), person) != strings.Count(want, person) {
				t.Errorf("%s: mutool does not read %s as often as it stands there", name, person)
			}
		}
	}
}

func TestRareCharactersAreDrawn(t *testing.T) {
	t.Parallel()
	draw := tool(t, "pdftoppm", "poppler-utils")
	var out bytes.Buffer
	faces := testShelf(t)
	d := newDocument(&out, faces, "字", false)
	text, size := []rune(rareName+"残𬭼，"), 50.0
	d.newPage(a4Width, a4Height)
	for i, r := range text {
		d.text(10, float64(i)*size, 2*size, string(r), style{look: look(i % 2), size: size, lead: size})
	}
	d.endPaper(bare)
	if err := d.finish(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "rare.pdf")
	if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	page := grey(t, ran(t, draw, "-r", "72", "-gray", file))
	for i, r := range text {
		dark := 0
		for y := i * int(size); y < (i+1)*int(size); y++ {
			for x := 10; x < 10+int(size); x++ {
				if page.GrayAt(x, y).Y < 128 {
					dark++
				}
			}
		}
		if least := 200; dark < least && r != '，' || dark == 0 {
			t.Errorf("%c has %d dark points of %d", r, dark, int(size*size))
		}
	}
}

// grey reads a binary PGM of 8 bits.
func grey(t *testing.T, data []byte) *image.Gray {
	t.Helper()
	fields := bytes.SplitN(data, []byte("\n"), 4)
	var width, height int
	if len(fields) != 4 || string(fields[0]) != "P5" {
		t.Fatalf("no PGM: %.20q", data)
	}
	for i, v := range strings.Fields(string(fields[1])) {
		n := 0
		for _, c := range v {
			n = n*10 + int(c-'0')
		}
		if i == 0 {
			width = n
		} else {
			height = n
		}
	}
	if len(fields[3]) < width*height {
		t.Fatalf("%d×%d points in %d bytes", width, height, len(fields[3]))
	}
	return &image.Gray{Pix: fields[3], Stride: width, Rect: image.Rect(0, 0, width, height)}
}
