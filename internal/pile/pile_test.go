package pile_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hefa/internal/fault"
	"hefa/internal/pile"
)

func TestPagesWithoutACodeBelongToThePaperBeforeThem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		codes string // a letter a page, a point for none
		want  []int
	}{
		{"", nil}, {".", []int{0}}, {"a", []int{0}}, {"a..b", []int{0, 3}}, {"..a", []int{0, 2}}, {"aab", []int{0, 2}}, {"a.a.b", []int{0, 4}}, {"aba", []int{0, 1, 2}},
	} {
		var leaves []pile.Leaf
		for i, r := range c.codes {
			l := pile.Leaf{No: i + 1}
			if r != '.' {
				l.Code = string(r)
			}
			leaves = append(leaves, l)
		}
		if got := pile.Divide(leaves); !slices.Equal(got, c.want) {
			t.Errorf("%q begins at %v, want %v", c.codes, got, c.want)
		}
	}
}

// TestNoPageIsLostHoweverAPaperIsArranged turns, moves and splits at random: every page is there once, in an order without gaps.
func TestNoPageIsLostHoweverAPaperIsArranged(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 9).Draw(t, "pages")
		leaves := make([]pile.Leaf, n)
		for i := range leaves {
			leaves[i] = pile.Leaf{No: i + 1, Order: i + 1}
		}
		p := pile.Piece{State: pile.Waiting, Pages: n}
		var gone []pile.Leaf
		for range rapid.IntRange(1, 12).Draw(t, "moves") {
			s := pile.Step{Move: rapid.SampledFrom([]pile.Move{pile.Rotate, pile.Forward, pile.Split}).Draw(t, "move"), Page: rapid.IntRange(1, n).Draw(t, "page")}
			stay, leave, err := p.Arrange(s, leaves)
			if err != nil {
				continue
			}
			leaves, gone = stay, append(gone, leave...)
			if p.Pages != len(stay) {
				t.Fatalf("%d pages, says %d", len(stay), p.Pages)
			}
		}
		seen := map[int]int{}
		for i, l := range leaves {
			if l.Order != i+1 || l.Turn%90 != 0 || l.Turn >= 360 {
				t.Fatalf("%+v at %d", l, i)
			}
			seen[l.No]++
		}
		for _, l := range gone {
			seen[l.No]++
		}
		for i := range n {
			if seen[i+1] != 1 {
				t.Fatalf("page %d is there %d times", i+1, seen[i+1])
			}
		}
	})
}

func TestAPaperIsFiledOrDiscardedOnce(t *testing.T) {
	t.Parallel()
	p := pile.Piece{State: pile.Waiting}
	if err := p.Discard(" ", "甲"); fault.Of(err) != fault.Invalid {
		t.Errorf("discarded without a reason: %v", err)
	}
	if err := p.File(pile.Target{Kind: pile.Slip, Subject: "r", No: "n"}, "h", "application/pdf", "甲"); err != nil || p.State != pile.Filed {
		t.Fatal(p, err)
	}
	if err := p.File(pile.Target{}, "", "", "乙"); fault.Of(err) != fault.Refused {
		t.Errorf("filed twice: %v", err)
	}
	if err := p.Discard("空白页", "乙"); fault.Of(err) != fault.Refused {
		t.Errorf("discarded after it was filed: %v", err)
	}
}

func TestACodeSaysTheNumberAndTheForm(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]string{
		pile.Code("533103-2026-000001", pile.SheetMark): {"533103-2026-000001", "PD"},
		"533103-2026-T0000042":                          {"533103-2026-T0000042", ""},
		" sl-533103-2020-1/sl ":                         {"SL-533103-2020-1", "SL"},
		"https://example.org/?a=b":                      {"", ""},
		"BEGIN:VCARD":                                   {"", ""},
		"":                                              {"", ""},
	} {
		if no, form := pile.ReadCode(text); no != want[0] || form != want[1] {
			t.Errorf("%q: %q %q, want %q", text, no, form, want)
		}
	}
	if pile.PaperOf(pile.StripMark) != "strip" || pile.PaperOf("XX") != "" {
		t.Error("the forms of a case")
	}
}
