// Package paper prints the papers of the product as PDF: A4, embedded subset faces with a fallback chain for the rare characters of names, text that
// can be searched and read aloud.
//
// A paper is a struct of plain values, masked by the caller where the law asks for it. Write prints one, tagged for screen readers; WriteAll prints a batch
// for the printer without holding more than one paper in memory. Every fixed sentence stands in the catalogue of words.
package paper

import (
	"bytes"
	"fmt"
	"io"
	"iter"
)

// Paper is one paper of the product; the structs of this package with a Title are papers.
type Paper interface {
	// Title is what the file calls itself.
	Title() string
	lay(d *document)
}

// Office is the federation in whose name a paper is issued, and how to reach it.
type Office struct {
	Name    string
	Address string
	Phone   string
}

// Write prints one paper to w as a tagged PDF. When it fails, nothing was written: a character that no face draws is fault.Refused
// paper.glyph.missing, a photo that cannot be read paper.photo.broken; ErrFonts says that the program has no typefaces.
func Write(w io.Writer, p Paper) error {
	var whole bytes.Buffer
	if err := pressOne(&whole, p); err != nil {
		return err
	}
	if _, err := w.Write(whole.Bytes()); err != nil {
		return fmt.Errorf("writing the paper: %w", err)
	}
	return nil
}

func pressOne(w io.Writer, p Paper) error { return pressKept(w, p, nil) }

// pressKept prints one paper; kept is what is fixed in those printed beside it, nil when it is alone.
func pressKept(w io.Writer, p Paper, kept *cuttings) error {
	faces, err := embedded()
	if err != nil {
		return err
	}
	d := newDocument(w, faces, p.Title(), true)
	d.kept = kept
	p.lay(d)
	if d.err != nil {
		return fmt.Errorf("setting %q: %w", p.Title(), d.err)
	}
	return d.finish()
}

// WriteAll prints papers one after the other into one file called title, untagged, as they come. Its errors are those of Write and what papers
// yields; what w has got by then is no PDF and is to be thrown away.
func WriteAll(w io.Writer, title string, papers iter.Seq2[Paper, error]) error {
	faces, err := embedded()
	if err != nil {
		return err
	}
	d := newDocument(w, faces, title, false)
	for p, err := range papers {
		if err != nil {
			return fmt.Errorf("taking the next paper of %q: %w", title, err)
		}
		p.lay(d)
		if d.err != nil {
			return fmt.Errorf("setting %q: %w", p.Title(), d.err)
		}
	}
	return d.finish()
}

// All is the papers of a slice, for WriteAll.
func All[P Paper](papers []P) iter.Seq2[Paper, error] {
	return func(yield func(Paper, error) bool) {
		for _, p := range papers {
			if !yield(p, nil) {
				return
			}
		}
	}
}
