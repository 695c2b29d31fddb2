package paper

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	_ "image/jpeg" // for photos
	"image/png"
)

// largest is how many pixels a picture of a paper may have; a two-inch photo has a tenth of it at 1,200 dots an inch.
const largest = 24 << 20

// image writes a picture as an object of its own: a JPEG and a plain PNG as they are stored, another PNG as its pixels on white.
func (d *document) image(data []byte) (ref, image.Point) {
	c, form, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || c.Width <= 0 || c.Height <= 0 || c.Width*c.Height > largest {
		d.refuse("paper.photo.broken")
		return 0, image.Point{}
	}
	r, size := d.reserve(), image.Pt(c.Width, c.Height)
	dict := fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d", c.Width, c.Height)
	if form == "jpeg" {
		if !bytes.Contains(data, []byte{0xff, 0xd9}) { // the end of the image: without it the file was cut short
			d.refuse("paper.photo.broken")
			return 0, image.Point{}
		}
		d.raw(r, dict+"/BitsPerComponent 8"+space(c.ColorModel)+"/Filter/DCTDecode", data)
		return r, size
	}
	if more, rows := plainPNG(data, c.Width); rows != nil {
		d.raw(r, dict+more, rows)
		return r, size
	}
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		d.refuse("paper.photo.broken")
		return 0, image.Point{}
	}
	d.stream(r, dict+"/BitsPerComponent 8/ColorSpace/DeviceRGB", pixels(picture))
	return r, size
}

// space is the colour space of a JPEG; the four inks are stored upside down by custom.
func space(m color.Model) string {
	switch m {
	case color.GrayModel:
		return "/ColorSpace/DeviceGray"
	case color.CMYKModel:
		return "/ColorSpace/DeviceCMYK/Decode[1 0 1 0 1 0 1 0]"
	default:
		return "/ColorSpace/DeviceRGB"
	}
}

// The kinds of colour of a PNG that a PDF stores in the same way (PNG 3, 11.2.1).
const (
	pngGray    = 0
	pngRGB     = 2
	pngPalette = 3
)

// plainPNG is the compressed rows of a whole PNG and the dictionary by which a PDF reads them as they are: both use zlib and the same predictors
// (ISO 32000-1, 7.4.4.4). It is nil for one that is broken, interlaced or in part transparent, which has to be decoded.
func plainPNG(data []byte, width int) (dict string, rows []byte) {
	parts, ok := chunks(data)
	if !ok || parts["tRNS"] != nil || len(parts["IHDR"]) != 13 || parts["IHDR"][12] != 0 || len(parts["IDAT"]) == 0 {
		return "", nil
	}
	bits, colors, colorSpace := parts["IHDR"][8], 1, "/DeviceGray"
	switch parts["IHDR"][9] {
	case pngGray:
	case pngRGB:
		colors, colorSpace = 3, "/DeviceRGB"
	case pngPalette:
		palette := parts["PLTE"]
		if len(palette) < 3 || len(palette)%3 != 0 {
			return "", nil
		}
		colorSpace = fmt.Sprintf("[/Indexed/DeviceRGB %d<%s>]", len(palette)/3-1, hex.EncodeToString(palette))
	default:
		return "", nil
	}
	return fmt.Sprintf("/BitsPerComponent %d/ColorSpace%s/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors %d/BitsPerComponent %d/Columns %d>>",
		bits, colorSpace, colors, bits, width), parts["IDAT"]
}

// chunks are the parts of a PNG by name, those of one name joined; false when a part is cut short or its check is wrong, or the end is missing.
func chunks(data []byte) (map[string][]byte, bool) {
	out := map[string][]byte{}
	for at := 8; at+12 <= len(data); {
		size := int(binary.BigEndian.Uint32(data[at:]))
		if size > len(data)-at-12 {
			return nil, false
		}
		name, body, sum := string(data[at+4:at+8]), data[at+8:at+8+size], binary.BigEndian.Uint32(data[at+8+size:])
		if crc32.ChecksumIEEE(data[at+4:at+8+size]) != sum {
			return nil, false
		}
		if out[name] == nil {
			out[name] = body[:size:size]
		} else {
			out[name] = append(out[name], body...)
		}
		if name == "IEND" {
			return out, true
		}
		at += 12 + size
	}
	return nil, false
}

// pixels are the rows of a picture in red, green and blue, with what is transparent laid on white.
func pixels(p image.Image) []byte {
	at := p.Bounds()
	flat := image.NewRGBA(at)
	draw.Draw(flat, at, image.White, image.Point{}, draw.Src)
	draw.Draw(flat, at, p, at.Min, draw.Over)
	out := make([]byte, 0, 3*at.Dx()*at.Dy())
	for i := 0; i < len(flat.Pix); i += 4 {
		out = append(out, flat.Pix[i:i+3]...)
	}
	return out
}
