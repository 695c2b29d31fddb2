// Package sheet reads the spreadsheets that clerks bring, XLSX and CSV in whatever encoding, row by row, and writes the ones they take away.
//
// What a file is shows in its bytes, never in its name. A file may be hostile: everything that it can make large is bounded, and nothing in it
// is looked up elsewhere.
package sheet

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"slices"

	"hefa/internal/fault"
	"hefa/internal/roster"
)

// Book is an open file; it stays readable as long as the reader beneath it.
type Book struct {
	Sheets []Sheet // in the file's order, the hidden ones last
}

// Sheet is one sheet of a file.
type Sheet struct {
	Name string
	rows func() iter.Seq2[roster.Row, error]
}

// Rows yields the rows that hold something, hidden ones too, with the spreadsheet's own numbers. The cells of a row are reused for the next.
// An error ends the sequence; it is a fault when the user can do something about it.
func (s Sheet) Rows() iter.Seq2[roster.Row, error] { return s.rows() }

// head copies the first rows.
func (s Sheet) head() ([]roster.Row, error) {
	var out []roster.Row
	for row, err := range s.rows() {
		if err != nil {
			return out, err
		}
		row.Cells = slices.Clone(row.Cells)
		if out = append(out, row); len(out) == roster.Head {
			break
		}
	}
	return out, nil
}

// Open looks at the file's first bytes and reads what lies around its rows. Files that cannot be read give a fault that says what to do.
func Open(r io.ReaderAt, size int64) (*Book, error) {
	if size == 0 {
		return nil, fault.New(fault.Invalid, "sheet.empty")
	}
	start := make([]byte, min(size, 64<<10))
	if n, err := r.ReadAt(start, 0); err != nil && err != io.EOF {
		return nil, err
	} else {
		start = start[:n]
	}
	switch {
	case bytes.HasPrefix(start, []byte("PK\x03\x04")), bytes.HasPrefix(start, []byte("PK\x05\x06")):
		return openXLSX(r, size)
	case bytes.HasPrefix(start, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")), bytes.HasPrefix(start, []byte("\x09\x08")), bytes.HasPrefix(start, []byte("\x09\x04")):
		return nil, fault.New(fault.Invalid, "sheet.old")
	}
	return openCSV(r, size, start)
}

// List is the first sheet whose header fits the list of that kind; a sheet that looks like the other list is taken only when there is no
// better one. Others names the sheets that hold a fitting header too, which the user should know are not read. When no sheet fits, the fault
// says what the nearest lacks. Known is what was told of columns.
func (b *Book) List(kind roster.Kind, known roster.Known) (list Sheet, others []string, err error) {
	var nearest error
	found, strange := -1, -1
	var fits []int
	for i, s := range b.Sheets {
		rows, err := s.head()
		if err != nil {
			return Sheet{}, nil, err
		}
		h, err := known.FindHeader(kind, rows)
		switch {
		case err != nil:
			if f, ok := errors.AsType[*fault.Fault](nearest); !ok || f.Key == "roster.header.none" {
				nearest = err
			}
		case h.Strange:
			strange = first(strange, i)
		default:
			found = first(found, i)
			fits = append(fits, i)
		}
	}
	if found < 0 {
		found = strange
	}
	if found < 0 {
		if nearest == nil {
			nearest = fault.New(fault.Invalid, "sheet.empty")
		}
		return Sheet{}, nil, nearest
	}
	for _, i := range fits {
		if i != found {
			others = append(others, b.Sheets[i].Name)
		}
	}
	return b.Sheets[found], others, nil
}

// Head is the sheet that somebody would tell the columns of, with its first rows: the list when one is found, else the sheet that has the most.
func (b *Book) Head(kind roster.Kind, known roster.Known) (rows []roster.Row, err error) {
	if list, _, err := b.List(kind, known); err == nil {
		return list.head()
	}
	for _, s := range b.Sheets {
		some, err := s.head()
		if err != nil {
			return nil, err
		}
		if len(some) > len(rows) {
			rows = some
		}
	}
	if len(rows) == 0 {
		return nil, fault.New(fault.Invalid, "sheet.empty")
	}
	return rows, nil
}

func first(old, i int) int {
	if old >= 0 {
		return old
	}
	return i
}
