package card_test

import (
	"testing"

	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/fault"
)

// TestTheBlankFollowsCategoryAndKind is the table of covers and colours with its sources.
func TestTheBlankFollowsCategoryAndKind(t *testing.T) {
	t.Parallel()
	grade := func(cs ...certificate.Category) (out []certificate.Grade) {
		for _, c := range cs {
			out = append(out, certificate.Grade{Category: c, Level: certificate.Third})
		}
		return out
	}
	const art4, cards = "残疾人证管理办法 art. 4", "rules.md §2.3 [S38]"
	cases := []struct {
		source     string
		category   certificate.Category
		grades     []certificate.Grade
		redSeveral bool
		book, card card.Kind
	}{
		{art4 + "; " + cards, certificate.Vision, grade("1"), true, card.BookRed, card.CardRed},
		{art4 + "; " + cards, certificate.Vision, grade("1"), false, card.BookRed, card.CardRed},
		{art4 + "; " + cards, certificate.Hearing, grade("2"), true, card.BookGreen, card.CardBlue},
		{art4 + "; " + cards, certificate.Speech, grade("3"), true, card.BookGreen, card.CardBlue},
		{art4 + "; " + cards, certificate.Physical, grade("4"), true, card.BookGreen, card.CardBlue},
		{art4 + "; " + cards, certificate.Intellectual, grade("5"), true, card.BookGreen, card.CardBlue},
		{art4 + "; " + cards, certificate.Mental, grade("6"), true, card.BookGreen, card.CardBlue},
		{art4 + ": multiple with vision may have the red one", certificate.Multiple, grade("1", "4"), true, card.BookRed, card.CardRed},
		{art4 + ": may, not must", certificate.Multiple, grade("1", "4"), false, card.BookGreen, card.CardBlue},
		{art4, certificate.Multiple, grade("2", "3"), true, card.BookGreen, card.CardBlue},
	}
	for _, c := range cases {
		for kind, want := range map[certificate.Kind]card.Kind{"": c.book, certificate.Book: c.book, certificate.Card: c.card} {
			s := card.Sitting{Certificate: certificate.Certificate{Category: c.category, Grades: c.grades, Kind: kind, Level: certificate.Third}, RedSeveral: c.redSeveral}
			f := s.Face()
			if f.Kind() != want {
				t.Errorf("%s: category %s, red for several %v, as %q: %s, want %s", c.source, c.category, c.redSeveral, kind, f.Kind(), want)
			}
			if l, err := f.Drawn(); err != nil || l.Make != kind && kind != "" || l.Name != f.Layout {
				t.Errorf("as %q the face has the layout %q, %+v %v", kind, f.Layout, l, err)
			}
		}
	}
}

// TestAFaceIsDrawnInItsOwnLayout keeps faces from before there were layouts, and refuses those of a program to come.
func TestAFaceIsDrawnInItsOwnLayout(t *testing.T) {
	t.Parallel()
	for layout, make := range map[string]certificate.Kind{"": certificate.Book, "booklet-2": certificate.Book, "card-3": certificate.Card} {
		if l, err := (card.Face{Layout: layout}).Drawn(); err != nil || l.Make != make {
			t.Errorf("layout %q: %+v %v", layout, l, err)
		}
	}
	f := card.Face{Name: "测试人", Layout: "card-4"}
	if _, err := f.Drawn(); fault.Of(err) != fault.Refused || f.Kind() != "" {
		t.Errorf("an unknown layout: %v, blank %q", err, f.Kind())
	}
}
