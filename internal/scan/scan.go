// Package scan reads the codes on scanned and photographed papers, so that they file themselves, and takes scanned PDFs apart.
package scan

import (
	"fmt"
	"image"
	_ "image/jpeg" // what scanners and phones write
	_ "image/png"
	"math"
	"slices"
	"time"

	"github.com/makiuchi-d/gozxing"
	multi "github.com/makiuchi-d/gozxing/multi/qrcode"
	"github.com/makiuchi-d/gozxing/qrcode"
	"golang.org/x/image/draw"
)

// sides are the longer sides, in pixels, at which a picture is looked at: a code is read best when its squares are a few pixels wide, and nobody knows
// how large it is on the picture.
var sides = [...]int{1600, 1000, 2400, 640}

// patience is after which time no other size is tried: a picture full of what looks like corners of codes takes seconds at each.
const patience = 3 * time.Second

// Mark is a code as it was found.
type Mark struct {
	Text string
	Turn int // degrees clockwise by which the picture is to be turned so that the code stands upright: 0, 90, 180 or 270
}

// Code is the text of a QR code on a picture (JPEG or PNG), "" when none can be read. The caller bounds the picture's size; an error is one that cannot be
// opened.
func Code(content []byte) (string, error) {
	picture, err := Decode(content)
	if err != nil {
		return "", fmt.Errorf("opening a scan: %w", err)
	}
	return Find(picture).Text, nil
}

// Find is the QR code on a picture; its text is "" when none can be read. Of several it is the one that says most: a letter with its slip bears two, and the
// slip's says whose slip it is.
func Find(picture image.Image) Mark {
	bounds := picture.Bounds()
	longer := max(bounds.Dx(), bounds.Dy())
	whole, until := false, time.Now().Add(patience)
	for _, side := range sides {
		if time.Now().After(until) {
			break
		}
		if side >= longer {
			if whole {
				continue
			}
			whole, side = true, longer
		}
		if m := read(shrunk(picture, side, longer)); m.Text != "" {
			return m
		}
	}
	return Mark{}
}

// shrunk is a picture in grey whose longer side has that many pixels.
func shrunk(picture image.Image, side, longer int) *image.Gray {
	from := picture.Bounds()
	grey := image.NewGray(image.Rect(0, 0, max(1, from.Dx()*side/longer), max(1, from.Dy()*side/longer)))
	draw.ApproxBiLinear.Scale(grey, grey.Bounds(), picture, from, draw.Src, nil)
	return grey
}

// read looks for a code twice: with a threshold for each part of the picture, which evens out shadows, and with one for all.
func read(grey *image.Gray) Mark {
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
	light := gozxing.NewLuminanceSourceFromImage(grey)
	for _, binarizer := range []gozxing.Binarizer{gozxing.NewHybridBinarizer(light), gozxing.NewGlobalHistgramBinarizer(light)} {
		bits, err := gozxing.NewBinaryBitmap(binarizer)
		if err != nil {
			continue
		}
		all, err := multi.NewQRCodeMultiReader().DecodeMultiple(bits, hints)
		if err != nil || len(all) == 0 {
			found, err := qrcode.NewQRCodeReader().Decode(bits, hints)
			if err != nil {
				continue
			}
			all = []*gozxing.Result{found}
		}
		most := slices.MaxFunc(all, func(a, b *gozxing.Result) int { return len(a.GetText()) - len(b.GetText()) })
		return Mark{most.GetText(), turn(most.GetResultPoints())}
	}
	return Mark{}
}

// turn is how the picture must be turned, from the corners of a code: lower left, upper left, upper right.
func turn(corners []gozxing.ResultPoint) int {
	if len(corners) < 3 {
		return 0
	}
	top, right := corners[1], corners[2]
	lies := math.Atan2(right.GetY()-top.GetY(), right.GetX()-top.GetX()) * 180 / math.Pi // clockwise, because y runs down
	return (360 - int(math.Round(lies/90))*90) % 360
}
