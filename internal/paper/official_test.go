package paper

import (
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Official letters are laid out as GB/T 9704-2012 says: 22 lines of 28 characters (5.2.2, 7.3.1), the red name 30 mm from the edge, double lines of 170 mm,
// the lower one 20 mm above the foot, no number on the first page and dashes on the others (7.5, 10.1).
func TestOfficialLettersKeepToTheStandard(t *testing.T) {
	t.Parallel()
	faces, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	d := newDocument(io.Discard, faces, "", true)
	plain := officialPlain
	lines := d.set(strings.Repeat("字", 28*22), 156*mm, plain)
	if len(lines) != 22 || math.Abs(float64(len(lines))*plain.lead-225*mm) > 0.01 {
		t.Errorf("%d lines, %.1f mm high", len(lines), float64(len(lines))*plain.lead/mm)
	}
	for name, p := range letters("张三") {
		if name != "correction" && name != "rejection" && name != "refusal" {
			continue
		}
		r := read(t, written(t, p))
		pages := r.pages()
		first := r.content(pages[0])
		if !strings.Contains(first, "0.8 0 0 rg") || len(pages) < 2 || strings.Contains(r.content(pages[1]), "0.8 0 0 rg") {
			t.Errorf("%s: the red head is not on the first page alone", name)
		}
		var at []float64
		for _, m := range regexp.MustCompile(`(?m)^([\d.]+) w ([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l S$`).FindAllStringSubmatch(first, -1) {
			x1, y, x2 := number64(t, m[2]), number64(t, m[3]), number64(t, m[4])
			if math.Abs(x2-x1-170*mm) > 0.1 || math.Abs(x1+x2-a4Width) > 0.1 {
				t.Errorf("%s: a line from %.1f to %.1f mm", name, x1/mm, x2/mm)
			}
			at = append(at, y/mm)
		}
		if len(at) != 4 || at[0] < at[1] || math.Abs(at[3]-20) > 0.1 || at[0] > 297-30-4 {
			t.Errorf("%s: lines at %.1f mm above the foot", name, at)
		}
		text := r.text()
		if strings.Contains(text, "— 1 —") || !strings.Contains(text, "— 2 —") {
			t.Errorf("%s: the pages are not numbered by the standard:\n%s", name, text)
		}
	}
}

func number64(t *testing.T, s string) float64 {
	t.Helper()
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(fmt.Errorf("a number in a page: %w", err))
	}
	return f
}
