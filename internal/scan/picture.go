package scan

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"

	"golang.org/x/image/draw"
)

// Turned is m turned clockwise by 90, 180 or 270 degrees; by anything else it is as it was.
func Turned(m image.Image, degrees int) image.Image {
	b := m.Bounds()
	size := image.Rect(0, 0, b.Dx(), b.Dy())
	var from func(x, y int) (int, int)
	switch (degrees%360 + 360) % 360 {
	case 90:
		size = image.Rect(0, 0, b.Dy(), b.Dx())
		from = func(x, y int) (int, int) { return b.Min.X + y, b.Max.Y - 1 - x }
	case 180:
		from = func(x, y int) (int, int) { return b.Max.X - 1 - x, b.Max.Y - 1 - y }
	case 270:
		size = image.Rect(0, 0, b.Dy(), b.Dx())
		from = func(x, y int) (int, int) { return b.Max.X - 1 - y, b.Min.Y + x }
	default:
		return m
	}
	if _, grey := m.(*image.Gray); grey {
		out := image.NewGray(size)
		each(size, func(x, y int) { sx, sy := from(x, y); out.Set(x, y, m.At(sx, sy)) })
		return out
	}
	out := image.NewRGBA(size)
	each(size, func(x, y int) { sx, sy := from(x, y); out.Set(x, y, m.At(sx, sy)) })
	return out
}

func each(r image.Rectangle, do func(x, y int)) {
	for y := range r.Max.Y {
		for x := range r.Max.X {
			do(x, y)
		}
	}
}

// Small is m as a JPEG whose longer side has at most that many pixels, on white: for lists, so that a page of them is light. The original stays as it is.
func Small(m image.Image, side int) ([]byte, error) {
	from := m.Bounds()
	longer := max(from.Dx(), from.Dy())
	side = min(side, longer)
	to := image.Rect(0, 0, max(1, from.Dx()*side/longer), max(1, from.Dy()*side/longer))
	var out draw.Image = image.NewRGBA(to)
	if m.ColorModel() == color.GrayModel {
		out = image.NewGray(to)
	}
	draw.Draw(out, to, image.White, image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(out, to, m, from, draw.Over, nil)
	var b bytes.Buffer
	err := jpeg.Encode(&b, out, &jpeg.Options{Quality: 60})
	return b.Bytes(), err
}
