package attachment

import (
	"encoding/binary"
	"errors"
	"io"
	"math/bits"
)

// The videos that phones and browsers record.
const (
	MP4  = "video/mp4"  // ISO/IEC 14496-12, also what phones call MOV
	WebM = "video/webm" // EBML, RFC 8794 and 9559
)

// Watch passes a video of the type on and looks at its parts on the way, so that none of it is held in memory; instead of io.EOF it gives a fault when the
// content was cut off, or is something else under a video's first bytes.
func Watch(kind string, from io.Reader) io.Reader {
	w := &watch{from: from, step: boxStep}
	if kind == WebM {
		w.step = elementStep
	}
	return w
}

// watch is a walk over the parts of a container.
type watch struct {
	from io.Reader
	step func(*watch) error // reads the head of the next part out of kept
	kept []byte             // of a head
	skip uint64             // bytes of the part that are still to come
	open bool               // the last part runs to the end
	seen map[string]bool
	bad  bool
	at   uint64 // bytes that were walked over
	end  uint64 // how many there must be, 0 when no part says so
}

// errShort is that a head is not whole yet.
var errShort = errors.New("more is needed")

// Read passes on what comes.
func (w *watch) Read(b []byte) (int, error) {
	n, err := w.from.Read(b)
	w.take(b[:n])
	if w.bad || errors.Is(err, io.EOF) && !w.whole() {
		return n, flaw("evidence.broken")
	}
	return n, err
}

// take walks over what came.
func (w *watch) take(b []byte) {
	for !w.bad && !w.open && len(b) > 0 {
		if w.skip > 0 {
			n := min(w.skip, uint64(len(b)))
			w.skip -= n
			w.at += n
			b = b[n:]
			continue
		}
		w.kept, b = append(w.kept, b[0]), b[1:]
		w.at++
		switch err := w.step(w); {
		case errors.Is(err, errShort):
			w.bad = len(w.kept) > 16
		case err != nil:
			w.bad = true
		default:
			w.kept = w.kept[:0]
		}
	}
}

// whole says whether the content ends where a part ends, and all the parts that play are there.
func (w *watch) whole() bool {
	played := w.seen["ftyp"] && w.seen["moov"] && (w.seen["mdat"] || w.seen["moof"]) || w.seen["Segment"] && w.seen["Tracks"] && w.seen["Cluster"]
	return played && w.skip == 0 && len(w.kept) == 0 && w.at >= w.end
}

func (w *watch) see(part string) {
	if w.seen == nil {
		w.seen = map[string]bool{}
	}
	w.seen[part] = true
}

// boxStep reads the head of a box: its size with the head and its type, or a size of eight bytes behind a size of 1; a size of 0 runs to the end.
func boxStep(w *watch) error {
	if len(w.kept) < 8 {
		return errShort
	}
	size, head := uint64(binary.BigEndian.Uint32(w.kept)), uint64(8)
	name := string(w.kept[4:8])
	if len(w.seen) == 0 && name != "ftyp" {
		return errors.New("no video")
	}
	switch size {
	case 0:
		w.see(name)
		w.open = true
		return nil
	case 1:
		if len(w.kept) < 16 {
			return errShort
		}
		size, head = binary.BigEndian.Uint64(w.kept[8:]), 16
	}
	if size < head {
		return errors.New("a box smaller than its head")
	}
	w.see(name)
	w.skip = size - head
	return nil
}

// The elements that a walk descends into or looks for.
const (
	ebmlHead = 0x1A45DFA3
	segment  = 0x18538067
	cluster  = 0x1F43B675
	tracks   = 0x1654AE6B
)

// elementStep reads the head of an element: an id and a size, each of a length that its first byte tells. A browser that records writes segments and
// clusters whose size is not known; the walk goes into them.
func elementStep(w *watch) error {
	id, n, err := number(w.kept, 4, false)
	if err != nil {
		return err
	}
	size, m, err := number(w.kept[n:], 8, true)
	if err != nil {
		return err
	}
	unknown := size == 1<<(7*m)-1
	if len(w.seen) == 0 && id != ebmlHead {
		return errors.New("no video")
	}
	switch id {
	case ebmlHead:
		w.see("EBML")
	case segment:
		w.see("Segment")
		if !unknown {
			w.end = w.at + size
		}
		return nil // its children follow
	case cluster:
		w.see("Cluster")
		if unknown {
			return nil
		}
	case tracks:
		w.see("Tracks")
	}
	if unknown {
		return errors.New("an element without an end")
	}
	w.skip = size
	return nil
}

// number reads an EBML number of at most most bytes; value leaves out the mark of its length.
func number(b []byte, most int, value bool) (v uint64, n int, err error) {
	if len(b) == 0 {
		return 0, 0, errShort
	}
	n = bits.LeadingZeros8(b[0]) + 1
	if n > most {
		return 0, 0, errors.New("no number")
	}
	if len(b) < n {
		return 0, 0, errShort
	}
	for _, c := range b[:n] {
		v = v<<8 | uint64(c)
	}
	if value {
		v &^= 1 << (7 * n)
	}
	return v, n, nil
}
