package region

import (
	"compress/flate"
	_ "embed" // the country's places
	"fmt"
	"io"
	"iter"
	"strings"
	"sync"
)

// bound is the file of all places, written by tools/data/regions: a head of text lines, a blank line, then one compressed block a prefecture.
//
//	places 1
//	source china-division 2.7.0 …       the package, its digest, and the day whose state it shows
//	digest SHA-256                      of all the blocks' text, one after the other
//	counts 31 342 2980 41352 620573     places of each level, provinces first
//	block 5331 OFFSET LENGTH            of the compressed block, from the blank line on
//
// The text of a block is described at reader.
//
//go:embed data/places.bin
var bound string

var opened = sync.OnceValues(func() (book, error) { return open(bound) })

// Edition tells one state of the country's places from another; an office that holds another digest has places to bring up to date.
type Edition struct {
	Source string // the package, its version and digest, and the day whose state it shows
	Digest string // SHA-256, in hexadecimal, of the places' text
	Counts [Village + 1]int
}

// Bound is the edition that the program comes with; its counts foretell what All yields.
func Bound() (Edition, error) {
	b, err := opened()
	return b.Edition, err
}

// All is every place of the country, each after the place that it lies in, in the order of the codes. It decodes as it goes; an error ends it.
func All() iter.Seq2[Region, error] { return Within("") }

// Within is prefix itself, when it is a place, and all that lies in it, in the order of the codes; only the prefectures concerned are decoded.
// What comes before an error is sound. A name that is kept keeps its prefecture's text in memory (about 40 KB).
func Within(prefix Code) iter.Seq2[Region, error] {
	return func(yield func(Region, error) bool) {
		b, err := opened()
		if err != nil {
			yield(Region{}, err)
			return
		}
		b.within(prefix, yield)
	}
}

// book is an opened file: its head, and where each prefecture's block stands.
type book struct {
	Edition
	blocks []block
}

type block struct {
	prefecture Code
	packed     string
}

func open(file string) (book, error) {
	var b book
	head, body, ok := strings.Cut(file, "\n\n")
	if !ok || !strings.HasPrefix(head, "places 1\n") {
		return b, fmt.Errorf("open the places: not a file of places")
	}
	for line := range strings.SplitSeq(head, "\n") {
		key, value, _ := strings.Cut(line, " ")
		var err error
		switch key {
		case "source":
			b.Source = value
		case "digest":
			b.Digest = value
		case "counts":
			n := &b.Counts
			_, err = fmt.Sscan(value, &n[Province], &n[Prefecture], &n[County], &n[Township], &n[Village])
		case "block":
			var part block
			part, err = cut(body, value)
			b.blocks = append(b.blocks, part)
		}
		if err != nil {
			return b, fmt.Errorf("open the places: line %q: %w", line, err)
		}
	}
	return b, nil
}

func cut(body, line string) (block, error) {
	var part block
	var from, length int
	if _, err := fmt.Sscan(line, &part.prefecture, &from, &length); err != nil {
		return part, err
	}
	if part.prefecture.Level() != Prefecture || from < 0 || length < 0 || from > len(body) || length > len(body)-from {
		return part, fmt.Errorf("the block lies outside the file")
	}
	part.packed = body[from : from+length]
	return part, nil
}

func (b book) within(prefix Code, yield func(Region, error) bool) {
	for _, part := range b.blocks {
		if !prefix.Contains(part.prefecture) && !part.prefecture.Contains(prefix) {
			continue
		}
		for r, err := range part.places() {
			if err != nil {
				yield(Region{}, fmt.Errorf("read the places of %s: %w", part.prefecture, err))
				return
			}
			if prefix.Contains(r.Code) && !yield(r, nil) {
				return
			}
		}
	}
}

// text unpacks the block.
func (p block) text() (string, error) {
	var out strings.Builder
	out.Grow(4 * len(p.packed))
	_, err := io.Copy(&out, flate.NewReader(strings.NewReader(p.packed)))
	return out.String(), err
}

func (p block) places() iter.Seq2[Region, error] {
	return func(yield func(Region, error) bool) {
		text, err := p.text()
		if err != nil {
			yield(Region{}, err)
			return
		}
		r := reader{code: append(make([]byte, 0, 12), p.prefecture.Province()...), level: Province}
		for line := range strings.SplitSeq(strings.TrimSuffix(text, "\n"), "\n") {
			place, err := r.read(line)
			if !yield(place, err) || err != nil {
				return
			}
		}
	}
}
