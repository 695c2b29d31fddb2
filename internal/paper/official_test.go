package paper

import (
	"fmt"
	"io"
	"maps"
	"math"
	"regexp"
	"slices"
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
		if second := regexp.MustCompile(`(?m)^（[一二三四五六七八九十]+）`).FindString(text); second != "" {
			t.Errorf("%s has a heading of the second layer, %s: it is to be 楷 (7.3.3; docs/adr/0110-fangsong-beside-the-program.md)", name, second)
		}
		if strings.Contains(text, "— 1 —") || !strings.Contains(text, "— 2 —") {
			t.Errorf("%s: the pages are not numbered by the standard:\n%s", name, text)
		}
	}
}

// The type area begins 37 mm below the upper edge and 28 mm from the edge where the sheets are bound, and is 156 mm × 225 mm (5.2.1): on the page behind the
// first of a long letter the first of 22 lines is at its top, and no line leaves it.
func TestOfficialLettersKeepTheirMargins(t *testing.T) {
	t.Parallel()
	p := letters("张三")["refusal"].(Refusal)
	for range 40 {
		p.Reasons = append(p.Reasons, strings.Repeat("优耳平均听力损失未达到标准，", 4))
	}
	r := read(t, written(t, p))
	begins := regexp.MustCompile(`BT (?:[-\d.]+ Tc )?([\d.]+) ([\d.]+) Td`)
	left, lines := a4Width, map[float64]bool{}
	for _, m := range begins.FindAllStringSubmatch(r.content(r.pages()[1]), -1) {
		x, y := number64(t, m[1]), number64(t, m[2])
		if y < 35*mm { // the page's number stands below
			continue
		}
		left = min(left, x)
		lines[y] = true
	}
	top := a4Height - slices.Max(slices.Collect(maps.Keys(lines))) - officialPlain.lead/2 - 0.38*officialPlain.size // of the first line, whose base is known
	if math.Abs(left-28*mm) > 0.1 || math.Abs(top-37*mm) > 0.1 || len(lines) != 22 {
		t.Errorf("%d lines begin %.1f mm from the left and %.1f mm from the top", len(lines), left/mm, top/mm)
	}
	least := slices.Min(slices.Collect(maps.Keys(lines))) - officialPlain.lead/2 + 0.38*officialPlain.size
	if math.Abs(least-(297-37-225)*mm) > 0.1 {
		t.Errorf("the last line ends %.1f mm above the lower edge", least/mm)
	}
	for _, m := range begins.FindAllStringSubmatch(r.content(r.pages()[0]), -1) {
		if x, y := number64(t, m[1]), number64(t, m[2]); x < 28*mm-0.1 && y < a4Height-37*mm {
			t.Errorf("on the first page a line begins %.1f mm from the left", x/mm)
		}
	}
}

// What is torn off is parted by a dashed line, which leaves the middle to the words that say so and runs to 8 mm from either edge.
func TestSlipsAreTornOffAlongADashedLine(t *testing.T) {
	t.Parallel()
	all := filled("张三")
	for name, p := range letters("张三") {
		all[name] = p
	}
	dashed := regexp.MustCompile(`\[4\]0 d ([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l S`)
	slips := 0
	for name, p := range all {
		r := read(t, written(t, p))
		want, got := strings.Count(r.text(), "（沿此线撕下）"), 0
		for _, page := range r.pages() {
			all := dashed.FindAllStringSubmatch(r.content(page), -1)
			for i, m := range all {
				from, to := number64(t, m[1]), number64(t, m[3])
				if m[2] != m[4] || i%2 == 0 && math.Abs(from-8*mm) > 0.1 || i%2 == 1 && math.Abs(to-(a4Width-8*mm)) > 0.1 || to <= from {
					t.Errorf("%s: a dashed line from %.1f mm to %.1f mm", name, from/mm, to/mm)
				}
			}
			got += len(all)
		}
		if got != 2*want {
			t.Errorf("%s: %d pieces of dashed line for %d slips", name, got, want)
		}
		slips += want
	}
	if slips < 15 {
		t.Errorf("only %d slips were looked at", slips)
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
