package card

import (
	"fmt"
	"strconv"
	"strings"

	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/region"
)

// PrinterID names a printer.
type PrinterID string

// Tenth is a length in tenths of a millimetre.
type Tenth int

// Millimetres is the length in millimetres.
func (t Tenth) Millimetres() float64 { return float64(t) / 10 }

// String is the length in millimetres as a clerk types it: 43.5, -2, 0.
func (t Tenth) String() string { return strconv.FormatFloat(t.Millimetres(), 'f', -1, 64) }

// ReadTenth reads millimetres with at most one decimal; ok is false for what is none or more than ten metres.
func ReadTenth(text string) (t Tenth, ok bool) {
	text = strings.TrimSpace(text)
	sign := Tenth(1)
	if rest, minus := strings.CutPrefix(text, "-"); minus {
		sign, text = -1, rest
	} else {
		text = strings.TrimPrefix(text, "+")
	}
	whole, part, dotted := strings.Cut(text, ".")
	if len(whole) == 0 || len(whole) > 4 || dotted && len(part) != 1 || strings.Trim(whole+part, "0123456789") != "" {
		return 0, false
	}
	if !dotted {
		part = "0"
	}
	n, err := strconv.Atoi(whole + part)
	return sign * Tenth(n), err == nil
}

// Spot is where a certificate lies on a sheet, or how far a print is off: from the left and from the top.
type Spot struct {
	X Tenth `json:"x"`
	Y Tenth `json:"y"`
}

// String is the spot as a clerk types it: two lengths in millimetres, joined by a comma.
func (s Spot) String() string { return s.X.String() + "," + s.Y.String() }

// Printer is how a county's printer lays certificates on its sheet, and how far it is off. What it prints is the face; what it does not touch is the face.
type Printer struct {
	ID            PrinterID
	Region        region.Code // the county
	Name          string
	Make          certificate.Kind // what it prints
	Width, Height Tenth            // the sheet
	Places        []Spot           // the top left corner of each certificate on the sheet
	Front, Back   Spot             // what is added to each place so that the print comes out there; a book has no back
	Mirrored      bool             // the sheet is turned over like a page, so that the backs lie the other way round
	Retired       bool             // it is not offered any more
	Version       int
}

// County is the tenant that answers for the printer.
func (p Printer) County() region.Code { return p.Region.County() }

// Standard is the printer of a county that has not set one up: two spreads of the book on A4 lying on its side, or one card of the size ID-1 at a time.
func Standard(k certificate.Kind) Printer {
	if k == certificate.Card {
		return Printer{Make: k, Width: 856, Height: 540, Places: []Spot{{}}}
	}
	return Printer{Make: certificate.Book, Width: 2970, Height: 2100, Places: []Spot{{435, 200}, {435, 1150}}}
}

// The bounds of a printer.
const (
	printerNameMost = 30
	placesMost      = 20
	sheetMost       = Tenth(6000) // 600 mm
	offsetMost      = Tenth(300)  // 30 mm; one that is off by more is to be repaired
)

// size is that of the certificate as it lies on the sheet: a spread of two pages, or a card.
func (p Printer) size() (width, height Tenth) {
	if p.Make == certificate.Card {
		return 856, 540
	}
	return 2100, 750
}

// Check refuses a sheet that does not hold its certificates, certificates that lie on each other, and offsets beyond what a printer is off by.
func (p *Printer) Check() error {
	p.Name = strings.TrimSpace(p.Name)
	if p.Make != certificate.Card {
		p.Back, p.Mirrored = Spot{}, false
	}
	var wrong fault.Problems
	if p.Name == "" {
		wrong.Add("name", "printer.name.missing")
	}
	long(&wrong, "name", p.Name, printerNameMost)
	if p.Make != certificate.Book && p.Make != certificate.Card {
		wrong.Add("make", "printer.make.missing")
		return wrong.Fault()
	}
	width, height := p.size()
	for name, side := range map[string][2]Tenth{"width": {p.Width, width}, "height": {p.Height, height}} {
		if side[0] < side[1] || side[0] > sheetMost {
			wrong.Add(name, "printer.sheet.wrong", side[1], sheetMost)
		}
	}
	for name, off := range map[string]Tenth{"front_x": p.Front.X, "front_y": p.Front.Y, "back_x": p.Back.X, "back_y": p.Back.Y} {
		if off < -offsetMost || off > offsetMost {
			wrong.Add(name, "printer.offset.wrong", offsetMost)
		}
	}
	p.checkPlaces(&wrong)
	return wrong.Fault()
}

// checkPlaces notes the first place that is not on the sheet or on which another certificate lies.
func (p *Printer) checkPlaces(wrong *fault.Problems) {
	width, height := p.size()
	if n := len(p.Places); n == 0 || n > placesMost {
		wrong.Add("places", "printer.places.count", placesMost)
		return
	}
	for i, a := range p.Places {
		if a.X < 0 || a.Y < 0 || a.X+width > p.Width || a.Y+height > p.Height {
			wrong.Add("places", "printer.places.outside", i+1, a, width, height)
			return
		}
		for j, b := range p.Places[:i] {
			if a.X < b.X+width && b.X < a.X+width && a.Y < b.Y+height && b.Y < a.Y+height {
				wrong.Add("places", "printer.places.overlap", j+1, i+1, width, height)
				return
			}
		}
	}
}

// ReadPlaces reads places as a clerk types them: a line for each, two lengths in millimetres. ok is false when a line is none.
func ReadPlaces(text string) (out []Spot, ok bool) {
	for l := range strings.Lines(text) {
		l = strings.TrimSpace(l)
		if l == "" {
			continue
		}
		parts := strings.FieldsFunc(l, func(r rune) bool { return strings.ContainsRune(" \t,，;；", r) })
		if len(parts) != 2 {
			return nil, false
		}
		x, one := ReadTenth(parts[0])
		y, two := ReadTenth(parts[1])
		if !one || !two {
			return nil, false
		}
		out = append(out, Spot{x, y})
	}
	return out, true
}

// Text is the printer in one line, for the audit: what it prints, its sheet, its places and its offsets in millimetres.
func (p Printer) Text() string {
	var places []string
	for _, s := range p.Places {
		places = append(places, s.String())
	}
	text := fmt.Sprintf("%s %s %s×%s [%s] +(%s)", p.Name, p.Make, p.Width, p.Height, strings.Join(places, " "), p.Front)
	if p.Make == certificate.Card {
		text += fmt.Sprintf(" /(%s)", p.Back)
	}
	return text
}
