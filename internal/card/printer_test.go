package card_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/fault"
)

func TestAPrinterThatCannotPrintIsRefused(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		make  certificate.Kind
		spoil func(*card.Printer)
		field string
	}{
		"no name": {certificate.Book, func(p *card.Printer) { p.Name = " " }, "name"},
		"a long name": {certificate.Book, func(p *card.Printer) {
			p.Name = "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一"
		}, "name"},
		"nothing to print":       {certificate.Book, func(p *card.Printer) { p.Make = "" }, "make"},
		"a narrow sheet":         {certificate.Book, func(p *card.Printer) { p.Width = 2099 }, "width"},
		"a low sheet":            {certificate.Card, func(p *card.Printer) { p.Height = 539 }, "height"},
		"a sheet like a wall":    {certificate.Card, func(p *card.Printer) { p.Height = 6001 }, "height"},
		"no place":               {certificate.Card, func(p *card.Printer) { p.Places = nil }, "places"},
		"too many places":        {certificate.Card, func(p *card.Printer) { p.Places = make([]card.Spot, 21) }, "places"},
		"a place off the sheet":  {certificate.Card, func(p *card.Printer) { p.Places = []card.Spot{{X: 1}} }, "places"},
		"a place before it":      {certificate.Book, func(p *card.Printer) { p.Places[0].Y = -1 }, "places"},
		"places on each other":   {certificate.Book, func(p *card.Printer) { p.Places[1].Y = p.Places[0].Y + 749 }, "places"},
		"an offset like a hand":  {certificate.Book, func(p *card.Printer) { p.Front.X = -301 }, "front_x"},
		"a back offset too":      {certificate.Card, func(p *card.Printer) { p.Back.Y = 301 }, "back_y"},
		"good, a book":           {certificate.Book, func(p *card.Printer) { p.Front = card.Spot{X: -300, Y: 300} }, ""},
		"good, places that meet": {certificate.Book, func(p *card.Printer) { p.Places[1].Y = p.Places[0].Y + 750 }, ""},
		"good, a card":           {certificate.Card, func(p *card.Printer) { p.Mirrored = true }, ""},
	}
	for name, c := range cases {
		p := card.Standard(c.make)
		p.Name = "1 号台"
		c.spoil(&p)
		var got string
		if all := fault.Fields(p.Check()); len(all) > 0 {
			got = all[0].Name
		}
		if got != c.field {
			t.Errorf("%s: a problem at %q, want %q", name, got, c.field)
		}
	}
	p := card.Standard(certificate.Book)
	p.Name, p.Back, p.Mirrored = " 1 号台 ", card.Spot{X: 5}, true
	if err := p.Check(); err != nil || p.Back != (card.Spot{}) || p.Mirrored || p.Name != "1 号台" {
		t.Errorf("a book has no back: %+v %v", p, err)
	}
}

func TestLengthsComeBackAsTyped(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := card.Tenth(rapid.IntRange(-99_999, 99_999).Draw(t, "tenths"))
		if got, ok := card.ReadTenth(want.String()); !ok || got != want {
			t.Fatalf("%s is read as %d %v, want %d", want, got, ok, want)
		}
	})
	for text, want := range map[string]card.Tenth{"1.5": 15, " -0.5 ": -5, "+2": 20, "43": 430, "0": 0} {
		if got, ok := card.ReadTenth(text); !ok || got != want {
			t.Errorf("%q is %d %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "-", ".", "1.", ".5", "1.25", "1,5", "一", "10000", "1e3", "--1", "0x1"} {
		if got, ok := card.ReadTenth(text); ok {
			t.Errorf("%q is %d", text, got)
		}
	}
	got, ok := card.ReadPlaces(" 43.5,20\n\n43.5， 115\n")
	if diff := cmp.Diff(card.Standard(certificate.Book).Places, got); !ok || diff != "" {
		t.Errorf("places %v: %s", ok, diff)
	}
	for _, text := range []string{"1", "1 2 3", "a,b"} {
		if _, ok := card.ReadPlaces(text); ok {
			t.Errorf("%q is places", text)
		}
	}
}
