package paper

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"strconv"
	"sync"
	"unicode/utf16"

	"github.com/klauspost/compress/zlib"
)

// ref is the number of a PDF object.
type ref int

func (r ref) String() string { return strconv.Itoa(int(r)) + " 0 R" }

// place says where an object lies: at an offset of the file, or as the index-th of an object stream.
type place struct {
	at     int64
	inside ref
	index  int
}

// file writes a PDF 1.7 object by object. Objects without a stream are gathered in object streams, so that a tagged batch stays small. It holds no
// page once that is written; its first error stays in err and silences the rest.
type file struct {
	out     io.Writer
	at      int64
	digest  hash.Hash
	places  []place // by object number
	pending []ref   // objects of the open object stream
	index   bytes.Buffer
	body    bytes.Buffer
	packer  *packer
	err     error
}

// gathered is how many objects one object stream holds.
const gathered = 200

// packer compresses streams.
type packer struct {
	flate *zlib.Writer
	out   bytes.Buffer
}

// packers are used again: making one takes longer than setting a letter. They look for no repetitions: outlines of signs have hardly any, and what pages
// repeat stands in shared objects (measured: letters a seventh larger, a quarter sooner).
var packers = sync.Pool{New: func() any {
	w, err := zlib.NewWriterLevel(nil, zlib.HuffmanOnly)
	if err != nil {
		panic(err) // there is such a level
	}
	return &packer{flate: w}
}}

// encoded is the data of a stream as it lies in the file, and what its dictionary says about that.
type encoded struct {
	filter string
	data   []byte
}

// clone is e for longer than until the next call of encode.
func (e encoded) clone() encoded { return encoded{e.filter, bytes.Clone(e.data)} }

// small is the length in bytes below which compressing costs more time than the printer's line takes for the rest.
const small = 1024

// encode compresses data where that is worth while; what it returns is good until its next call.
func (p *packer) encode(data []byte) (encoded, error) {
	if len(data) < small {
		return encoded{data: data}, nil
	}
	p.out.Reset()
	p.flate.Reset(&p.out)
	_, err := p.flate.Write(data)
	if err = cmp.Or(err, p.flate.Close()); err != nil {
		return encoded{}, fmt.Errorf("compressing: %w", err)
	}
	return encoded{"/Filter/FlateDecode", p.out.Bytes()}, nil
}

func newFile(out io.Writer) *file {
	f := &file{out: out, digest: sha256.New(), places: make([]place, 1), packer: packers.Get().(*packer)}
	f.write([]byte("%PDF-1.7\n%\xe6\xa0\xb8\xe5\n"))
	return f
}

func (f *file) write(b []byte) {
	if f.err != nil {
		return
	}
	f.digest.Write(b)
	n, err := f.out.Write(b)
	f.at += int64(n)
	if err != nil {
		f.err = fmt.Errorf("writing the paper: %w", err)
	}
}

// reserve gives the next object number, for an object that is written later.
func (f *file) reserve() ref {
	f.places = append(f.places, place{})
	return ref(len(f.places) - 1)
}

// object writes the body of a reserved object that has no stream.
func (f *file) object(r ref, body string) {
	fmt.Fprintf(&f.index, "%d %d ", int(r), f.body.Len())
	f.body.WriteString(body)
	f.body.WriteByte('\n')
	f.pending = append(f.pending, r)
	if len(f.pending) == gathered {
		f.gather()
	}
}

// gather closes the open object stream.
func (f *file) gather() {
	if len(f.pending) == 0 {
		return
	}
	r := f.reserve()
	for i, p := range f.pending {
		f.places[p] = place{inside: r, index: i}
	}
	dict := fmt.Sprintf("/Type/ObjStm/N %d/First %d", len(f.pending), f.index.Len())
	f.stream(r, dict, append(f.index.Bytes(), f.body.Bytes()...))
	f.pending = f.pending[:0]
	f.index.Reset()
	f.body.Reset()
}

// stream writes a reserved object with data, which it compresses; dict is the inside of its dictionary without length and filter.
func (f *file) stream(r ref, dict string, data []byte) {
	if f.err != nil {
		return
	}
	e, err := f.packer.encode(data)
	f.err = err
	f.raw(r, dict+e.filter, e.data)
}

// raw writes a reserved object whose data is encoded already, as dict says.
func (f *file) raw(r ref, dict string, data []byte) {
	f.places[r] = place{at: f.at}
	f.write(fmt.Appendf(nil, "%d 0 obj\n<<%s/Length %d>>\nstream\n", int(r), dict, len(data)))
	f.write(data)
	f.write([]byte("\nendstream\nendobj\n"))
}

// close writes the cross-reference stream (ISO 32000-1, 7.5.8) and the trailer.
func (f *file) close(root, about ref) error {
	f.gather()
	r := f.reserve()
	f.places[r] = place{at: f.at}
	var table bytes.Buffer
	table.Write([]byte{0, 0, 0, 0, 0, 0, 0xff, 0xff})
	for _, p := range f.places[1:] {
		kind, where, index := byte(1), p.at, 0
		if p.inside != 0 {
			kind, where, index = 2, int64(p.inside), p.index
		}
		table.Write([]byte{kind, byte(where >> 32), byte(where >> 24), byte(where >> 16), byte(where >> 8), byte(where), byte(index >> 8), byte(index)})
	}
	start, id := f.at, fmt.Sprintf("%x", f.digest.Sum(nil)[:16])
	f.stream(r, fmt.Sprintf("/Type/XRef/Size %d/W[1 5 2]/Root %v/Info %v/ID[<%s><%s>]", len(f.places), root, about, id, id), table.Bytes())
	f.write(fmt.Appendf(nil, "startxref\n%d\n%%%%EOF\n", start))
	packers.Put(f.packer)
	return f.err
}

// words is s as a PDF text string: UTF-16 with its mark, in hexadecimal.
func words(s string) string {
	return "<feff" + utf16Hex(s) + ">"
}

// utf16Hex is s in UTF-16, high byte first, in hexadecimal.
func utf16Hex(s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = hex.AppendEncode(b, []byte{byte(u >> 8), byte(u)})
	}
	return string(b)
}

// number is v as PDF writes it, to a hundredth of a point.
func number(b []byte, v float64) []byte {
	n := int64(v*100 + 0.5)
	if v < 0 {
		n = -int64(-v*100 + 0.5)
		if n < 0 {
			b = append(b, '-')
			n = -n
		}
	}
	b = strconv.AppendInt(b, n/100, 10)
	if n%100 == 0 {
		return b
	}
	b = append(b, '.', byte('0'+n%100/10))
	if n%10 != 0 {
		b = append(b, byte('0'+n%10))
	}
	return b
}
