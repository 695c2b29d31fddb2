// Package scan reads the codes on scanned and photographed papers, so that they file themselves.
package scan

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // what scanners and phones write
	_ "image/png"
	"time"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"golang.org/x/image/draw"
)

// sides are the longer sides, in pixels, at which a picture is looked at: a code is read best when its squares are a few pixels wide, and nobody knows
// how large it is on the picture.
var sides = [...]int{1600, 1000, 2400, 640}

// patience is after which time no other size is tried: a picture full of what looks like corners of codes takes seconds at each.
const patience = 3 * time.Second

// Code is the text of a QR code on a picture (JPEG or PNG), "" when none can be read. The caller bounds the picture's size; an error is one that cannot be
// opened.
func Code(content []byte) (string, error) {
	picture, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return "", fmt.Errorf("opening a scan: %w", err)
	}
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
		if text := read(shrunk(picture, side, longer)); text != "" {
			return text, nil
		}
	}
	return "", nil
}

// shrunk is a picture in grey whose longer side has that many pixels.
func shrunk(picture image.Image, side, longer int) *image.Gray {
	from := picture.Bounds()
	grey := image.NewGray(image.Rect(0, 0, max(1, from.Dx()*side/longer), max(1, from.Dy()*side/longer)))
	draw.ApproxBiLinear.Scale(grey, grey.Bounds(), picture, from, draw.Src, nil)
	return grey
}

// read looks for a code twice: with a threshold for each part of the picture, which evens out shadows, and with one for all.
func read(grey *image.Gray) string {
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
	light := gozxing.NewLuminanceSourceFromImage(grey)
	for _, binarizer := range []gozxing.Binarizer{gozxing.NewHybridBinarizer(light), gozxing.NewGlobalHistgramBinarizer(light)} {
		bits, err := gozxing.NewBinaryBitmap(binarizer)
		if err != nil {
			continue
		}
		if found, err := qrcode.NewQRCodeReader().Decode(bits, hints); err == nil {
			return found.GetText()
		}
	}
	return ""
}
