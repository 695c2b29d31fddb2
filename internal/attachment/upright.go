package attachment

import (
	"bytes"
	"encoding/binary"
	"image"
)

// orientation is how the camera was held, from the Exif part of a JPEG: 1 upright, 3 upside down, 6 and 8 on a side (Exif 2.3, tag 0x0112); 1 when
// nothing is said. Mirrored ones are taken as their unmirrored neighbours.
func orientation(content []byte) int {
	at := bytes.Index(content[:min(len(content), 1<<16)], []byte("Exif\x00\x00"))
	if at < 0 || !bytes.HasPrefix(content, []byte("\xff\xd8")) {
		return 1
	}
	tiff := content[at+6 : min(len(content), at+6+1<<16)]
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	first := int(order.Uint32(tiff[4:]))
	if first < 8 || first > len(tiff)-2 {
		return 1
	}
	entries := tiff[first+2:]
	for range order.Uint16(tiff[first:]) {
		if len(entries) < 12 {
			return 1
		}
		if order.Uint16(entries) == 0x0112 {
			return int(order.Uint16(entries[8:]))
		}
		entries = entries[12:]
	}
	return 1
}

// upright turns m as the orientation says.
func upright(m image.Image, how int) image.Image {
	b := m.Bounds()
	size := image.Rect(0, 0, b.Dx(), b.Dy())
	var from func(x, y int) (int, int)
	switch how {
	case 3, 4:
		from = func(x, y int) (int, int) { return b.Max.X - 1 - x, b.Max.Y - 1 - y }
	case 5, 6:
		size = image.Rect(0, 0, b.Dy(), b.Dx())
		from = func(x, y int) (int, int) { return b.Min.X + y, b.Max.Y - 1 - x }
	case 7, 8:
		size = image.Rect(0, 0, b.Dy(), b.Dx())
		from = func(x, y int) (int, int) { return b.Max.X - 1 - y, b.Min.Y + x }
	default:
		return m
	}
	out := image.NewRGBA(size)
	for y := range size.Max.Y {
		for x := range size.Max.X {
			sx, sy := from(x, y)
			out.Set(x, y, m.At(sx, sy))
		}
	}
	return out
}
