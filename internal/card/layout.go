package card

import (
	"hefa/internal/certificate"
	"hefa/internal/fault"
)

// Layout is one version of the pages of a certificate. A face keeps the name of the layout that it was frozen for, so that a later version leaves it as it
// is: it is printed, and printed again, in its own.
type Layout struct {
	Name  string
	Make  certificate.Kind
	Red   Kind // the blank for vision
	Other Kind // the blank for the other categories
}

// The names of the layouts. What a certificate shows is in rules.md §2.3; where on the page it stands is a local draft in both, for the official samples
// were not to be had, and so is that the card of the third generation has the size ID-1 of ISO/IEC 7810.
const (
	BookLayout = "booklet-2" // the book of the second generation: red for vision, green for the others (办法 art. 4)
	CardLayout = "card-3"    // the card of the third generation: red with Braille for vision, blue for the others (rules.md §2.3)
)

// layouts is every layout that was ever used, the newest of a kind last.
var layouts = []Layout{
	{BookLayout, certificate.Book, BookRed, BookGreen},
	{CardLayout, certificate.Card, CardRed, CardBlue},
}

// LayoutFor is the newest layout of a kind; that of the book where no kind is said.
func LayoutFor(k certificate.Kind) Layout {
	newest := layouts[0]
	for _, l := range layouts {
		if l.Make == k {
			newest = l
		}
	}
	return newest
}

// Drawn is the layout that the face was frozen for. A face from before there were several is a book; one of a layout that this program does not know, as
// after a step back to an older program, is refused rather than printed in another.
func (f Face) Drawn() (Layout, error) {
	if f.Layout == "" {
		return layouts[0], nil
	}
	for _, l := range layouts {
		if l.Name == f.Layout {
			return l, nil
		}
	}
	return Layout{}, fault.New(fault.Refused, "card.layout.unknown", f.Name, f.Layout)
}

// Kind is the blank that the face is printed on, "" where its layout is not known.
func (f Face) Kind() Kind {
	l, err := f.Drawn()
	switch {
	case err != nil:
		return ""
	case f.Red:
		return l.Red
	}
	return l.Other
}
