package sms

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// The protocols of the three carriers are built alike: a frame is its length, a command and a sequence, all big-endian, then fixed fields.

// answers is the bit that makes an answer of a command.
const answers = 0x80000000

// frameMost is how long a frame may be; the longest that is defined, a CMPP submit to a hundred phones, has 3,491 octets.
const frameMost = 4096

// errFrame is a frame that is not of the protocol.
var errFrame = errors.New("octets that are not of the protocol")

// sequence is the number of a frame. CMPP and SMGP send the last word only, SGIP all three: node, time, number.
type sequence [3]uint32

// frame is one message of a protocol.
type frame struct {
	command uint32
	seq     sequence
	body    []byte
}

// header is how many octets stand before the body.
func header(wide bool) int {
	if wide {
		return 20
	}
	return 12
}

// append adds the frame's octets to b.
func (f frame) append(b []byte, wide bool) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(header(wide)+len(f.body)))
	b = binary.BigEndian.AppendUint32(b, f.command)
	if wide {
		b = binary.BigEndian.AppendUint32(b, f.seq[0])
		b = binary.BigEndian.AppendUint32(b, f.seq[1])
	}
	b = binary.BigEndian.AppendUint32(b, f.seq[2])
	return append(b, f.body...)
}

// readFrame reads one frame; a length that no frame has is errFrame, before anything of it is read.
func readFrame(r io.Reader, wide bool) (f frame, err error) {
	var length [4]byte
	if _, err := io.ReadFull(r, length[:]); err != nil {
		return f, err
	}
	n := binary.BigEndian.Uint32(length[:])
	if n < uint32(header(wide)) || n > frameMost {
		return f, fmt.Errorf("%w: a length of %d", errFrame, n)
	}
	b := make([]byte, n-4)
	if _, err := io.ReadFull(r, b); err != nil {
		return f, err
	}
	in := &reader{b: b}
	f.command = in.u32()
	if wide {
		f.seq[0], f.seq[1] = in.u32(), in.u32()
	}
	f.seq[2] = in.u32()
	f.body = in.b
	return f, nil
}

// writer lays fixed fields one behind the other.
type writer struct{ b []byte }

func (w *writer) u8(v ...byte) { w.b = append(w.b, v...) }
func (w *writer) u16(v uint16) { w.b = binary.BigEndian.AppendUint16(w.b, v) }
func (w *writer) u32(v uint32) { w.b = binary.BigEndian.AppendUint32(w.b, v) }
func (w *writer) raw(b []byte) { w.b = append(w.b, b...) }
func (w *writer) zeroes(n int) { w.b = append(w.b, make([]byte, n)...) }
func (w *writer) option(tag uint16, v byte) {
	w.u16(tag)
	w.u16(1)
	w.u8(v)
}

// text writes s into n octets, filled up with NUL; what is longer was refused when the configuration was read.
func (w *writer) text(s string, n int) {
	s = s[:min(len(s), n)]
	w.b = append(w.b, s...)
	w.zeroes(n - len(s))
}

// reader takes fixed fields off the front; once there are too few octets it gives zeroes and is short.
type reader struct {
	b     []byte
	short bool
}

func (r *reader) raw(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.short, r.b = true, nil
		return make([]byte, max(0, min(n, frameMost)))
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

func (r *reader) u8() byte    { return r.raw(1)[0] }
func (r *reader) u32() uint32 { return binary.BigEndian.Uint32(r.raw(4)) }

// text is n octets up to the first NUL, without spaces around.
func (r *reader) text(n int) string {
	b := r.raw(n)
	if i := bytes.IndexByte(b, 0); i >= 0 {
		b = b[:i]
	}
	return string(bytes.TrimSpace(b))
}

// err is errFrame when there were too few octets.
func (r *reader) err() error {
	if r.short {
		return fmt.Errorf("%w: too short", errFrame)
	}
	return nil
}
