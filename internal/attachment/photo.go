package attachment

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"

	"golang.org/x/image/draw"
)

// Flaw is what is doubtful about a photo, in the eyes of a program; the clerk looks and decides.
type Flaw string

// The flaws of a photo, in the order in which they are looked for (rules.md §2.3: two inches, recent, white ground, in colour).
const (
	Small  Flaw = "small"  // fewer dots than the printed card needs
	Shape  Flaw = "shape"  // far from 35×49 to 35×53 mm, so that much is cut off
	Ground Flaw = "ground" // the ground is not white
	Grey   Flaw = "grey"   // black and white
)

// Word is the key of f's sentence in the catalogue.
func (f Flaw) Word() string { return "photo." + string(f) }

// The measures of a two-inch photo. The card shows 35×49 mm.
const (
	cardWide, cardHigh  = 35, 49
	leastWide           = 300 // dots, about 220 an inch on the card
	leastHigh           = 400
	keptWide            = 700 // dots that are kept, about 500 an inch
	narrowest, broadest = 0.60, 0.82
	whiteShare          = 0.85 // of the border's dots
	quality             = 92
)

// JudgePhoto finds what is doubtful about a photo as it was sent.
func JudgePhoto(m image.Image) []Flaw {
	var out []Flaw
	b := m.Bounds()
	if b.Dx() < leastWide || b.Dy() < leastHigh {
		out = append(out, Small)
	}
	if r := float64(b.Dx()) / float64(max(1, b.Dy())); r < narrowest || r > broadest {
		out = append(out, Shape)
	}
	if whiteness(m) < whiteShare {
		out = append(out, Ground)
	}
	if colourless(m) {
		out = append(out, Grey)
	}
	return out
}

// whiteness is the share of near-white dots along the upper border and the upper half of both sides, where no shoulder reaches.
func whiteness(m image.Image) float64 {
	b := m.Bounds()
	edge := max(1, b.Dx()/20)
	white, all := 0, 0
	for y := b.Min.Y; y < b.Min.Y+b.Dy()/2; y += step(b.Dy()) {
		for x := b.Min.X; x < b.Max.X; x += step(b.Dx()) {
			if y >= b.Min.Y+edge && x >= b.Min.X+edge && x < b.Max.X-edge {
				continue
			}
			all++
			if nearWhite(m.At(x, y)) {
				white++
			}
		}
	}
	return float64(white) / float64(max(1, all))
}

// step keeps the dots that are looked at to about 400 each way.
func step(n int) int { return max(1, n/400) }

func nearWhite(c color.Color) bool {
	r, g, b := parts(c)
	low, high := min(r, g, b), max(r, g, b)
	return low >= 215 && high-low <= 25
}

func parts(c color.Color) (r, g, b int) {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	if n.A < 128 { // a clear ground is printed white
		return 255, 255, 255
	}
	return int(n.R), int(n.G), int(n.B)
}

// colourless says whether hardly a dot in the middle of the photo has a colour.
func colourless(m image.Image) bool {
	b := m.Bounds()
	tinted, all := 0, 0
	for y := b.Min.Y + b.Dy()/4; y < b.Max.Y; y += step(b.Dy()) {
		for x := b.Min.X + b.Dx()/4; x < b.Max.X-b.Dx()/4; x += step(b.Dx()) {
			r, g, bl := parts(m.At(x, y))
			all++
			if max(r, g, bl)-min(r, g, bl) > 18 {
				tinted++
			}
		}
	}
	return tinted*50 < all
}

// CropPhoto cuts m to the card's shape, from both sides or from below, because heads are near the top, and scales it down to what the card can show.
func CropPhoto(m image.Image) image.Image {
	cut := m.Bounds()
	if wide := cut.Dy() * cardWide / cardHigh; cut.Dx() > wide {
		cut.Min.X += (cut.Dx() - wide) / 2
		cut.Max.X = cut.Min.X + wide
	} else {
		cut.Max.Y = cut.Min.Y + cut.Dx()*cardHigh/cardWide
	}
	cut = cut.Intersect(m.Bounds())
	to := image.Rect(0, 0, min(keptWide, cut.Dx()), 0)
	to.Max.Y = to.Dx() * cardHigh / cardWide
	out := image.NewRGBA(to)
	draw.Draw(out, to, image.White, image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(out, to, m, cut, draw.Over, nil)
	return out
}

// Photo is a photo made ready for the card.
type Photo struct {
	JPEG  []byte
	Flaws []Flaw
}

// MakePhoto judges a photo as it was sent, turns it upright as its camera noted, and cuts it for the card.
func MakePhoto(content []byte) (Photo, error) {
	m, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return Photo{}, errors.Join(flaw("attachment.broken"), err)
	}
	m = upright(m, orientation(content))
	if m.Bounds().Dx() < 8 || m.Bounds().Dy() < 8 {
		return Photo{}, flaw("attachment.photo.tiny")
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, CropPhoto(m), &jpeg.Options{Quality: quality}); err != nil {
		return Photo{}, err
	}
	return Photo{out.Bytes(), JudgePhoto(m)}, nil
}
