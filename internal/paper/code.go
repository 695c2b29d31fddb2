package paper

import (
	"errors"
	"strconv"
	"sync"

	"rsc.io/qr/coding"
)

// plans are where the bits of a code of each size go. Making one takes as long as laying out half a card, and batches have hundreds of codes of one size.
var plans = func() (all [coding.MaxVersion + 1]func() (*coding.Plan, error)) {
	for v := range all {
		all[v] = sync.OnceValues(func() (*coding.Plan, error) { return coding.NewPlan(coding.Version(v), coding.M, 0) })
	}
	return all
}()

var errCodeLong = errors.New("the text is too long for a QR code")

// encode is text as the smallest QR code of level M, as qr.Encode makes it.
func encode(text string) (*coding.Code, error) {
	bits := coding.Encoding(coding.String(text))
	for _, e := range []coding.Encoding{coding.Num(text), coding.Alpha(text)} {
		if e.Check() == nil {
			bits = e
			break
		}
	}
	for v := coding.Version(coding.MinVersion); v <= coding.MaxVersion; v++ {
		if bits.Bits(v) > v.DataBytes(coding.M)*8 {
			continue
		}
		plan, err := plans[v]()
		if err != nil {
			return nil, err
		}
		return plan.Encode(bits)
	}
	return nil, errCodeLong
}

// code draws text as a QR code (ISO/IEC 18004, level M) as a mask of one bit a square, size points wide with its quiet zone of four squares.
func (d *document) code(x, y, size float64, text string) {
	c, err := encode(text)
	if err != nil {
		d.refuse("paper.code.long", text)
		return
	}
	const digits = "0123456789abcdef"
	step := size / float64(c.Size+8)
	side := step * float64(c.Size)
	b := append(number(append(d.page.ops, "q "...), side), " 0 0 "...)
	b = append(number(b, side), ' ')
	b = d.point(b, x+4*step, y+4*step+side)
	b = append(b, "cm BI /IM true/D[1 0]/W "...)
	b = strconv.AppendInt(b, int64(c.Size), 10)
	b = append(b, "/H "...)
	b = strconv.AppendInt(b, int64(c.Size), 10)
	b = append(b, "/F/AHx ID "...)
	for row := range c.Size {
		for from := 0; from < c.Size; from += 8 {
			v := byte(0)
			for i := range 8 {
				if c.Black(from+i, row) {
					v |= 0x80 >> i
				}
			}
			b = append(b, digits[v>>4], digits[v&15])
		}
	}
	d.page.ops = append(b, "> EI Q\n"...)
}
