package sheet

import (
	"fmt"
	"io"
	"iter"
	"strconv"

	"hefa/internal/roster"
)

// rows yields the rows of the sheet in the part called name.
func (w *workbook) rows(name string) iter.Seq2[roster.Row, error] {
	return func(yield func(roster.Row, error) bool) {
		if err := w.share(); err != nil {
			yield(roster.Row{}, spoilt(err))
			return
		}
		merged, err := w.merges(name)
		if err != nil {
			yield(roster.Row{}, spoilt(err))
			return
		}
		part, err := w.archive.part(name, maxPart)
		if err != nil {
			yield(roster.Row{}, spoilt(err))
			return
		}
		defer part.Close()
		r := &rowReader{scanner: newScanner(part), book: w, merged: merged}
		for {
			row, err := r.row()
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(roster.Row{}, spoilt(fmt.Errorf("reading row %d of %s: %w", r.number+1, name, err)))
				return
			}
			if len(row.Cells) > 0 && !yield(row, nil) {
				return
			}
		}
	}
}

// rowReader takes one sheet apart.
type rowReader struct {
	*scanner
	book   *workbook
	merged *merges
	number int // of the last row
	cells  []roster.Cell
	said   bool // the row holds some text
}

// row gives the next row; its cells are empty when the row says nothing. io.EOF follows the last.
func (r *rowReader) row() (roster.Row, error) {
	for {
		t, err := r.next()
		if err != nil {
			return roster.Row{}, noEnd(err)
		}
		if t == closes && string(r.name) == "sheetData" {
			return roster.Row{}, io.EOF
		}
		if t == opens && string(r.name) == "row" {
			break
		}
	}
	r.number++
	if n := number(r.attrs, "r"); n > 0 {
		if n < r.number {
			return roster.Row{}, fmt.Errorf("row %d comes after row %d: %w", n, r.number-1, errSyntax)
		}
		r.number = n
	}
	if r.number > maxRows {
		return roster.Row{}, fmt.Errorf("more than %d rows: %w", maxRows, errHuge)
	}
	r.cells, r.said = r.cells[:0], false
	at := 0
	for {
		t, err := r.next()
		if err != nil {
			return roster.Row{}, noEnd(err)
		}
		switch {
		case t == closes && string(r.name) == "row":
			return r.finish(), nil
		case t == opens && string(r.name) == "c":
			if at, err = r.cell(at); err != nil {
				return roster.Row{}, err
			}
		}
	}
}

// finish adds what merged cells repeat.
func (r *rowReader) finish() roster.Row {
	if r.merged != nil {
		r.cells = r.merged.fill(r.number, r.cells, &r.said)
	}
	if !r.said {
		r.cells = r.cells[:0]
	}
	return roster.Row{Number: r.number, Shift: r.book.shift, Cells: r.cells}
}

// cell reads one cell, whose place is at when it does not say otherwise, and gives the place of the next.
func (r *rowReader) cell(at int) (int, error) {
	kind, style := "", 0
	for name, value, rest := attribute(r.attrs); name != nil; name, value, rest = attribute(rest) {
		switch {
		case len(name) != 1:
		case name[0] == 'r':
			if c := column(value); c >= 0 {
				at = c
			}
		case name[0] == 's':
			style = atoi(value)
		case name[0] == 't':
			kind = typeName(value)
		}
	}
	text, err := r.value(kind)
	if err != nil {
		return 0, err
	}
	if text == "" || at >= maxColumns {
		return at + 1, nil
	}
	c := roster.Cell{Text: text}
	switch kind {
	case "", "n":
		c.Number = true
		c.Date = style >= 0 && style < len(r.book.dates) && r.book.dates[style]
	case "s":
		i, err := strconv.Atoi(text)
		if err != nil || i < 0 || i >= len(r.book.shared) {
			return 0, fmt.Errorf("shared text %q of %d: %w", text, len(r.book.shared), errSyntax)
		}
		c.Text = r.book.shared[i]
	case "b":
		c.Text = map[string]string{"1": "TRUE", "0": "FALSE"}[text]
	}
	for len(r.cells) <= at {
		r.cells = append(r.cells, roster.Cell{})
	}
	r.cells[at] = c
	r.said = r.said || c.Text != ""
	return at + 1, nil
}

// typeName is a cell's type without making a string for the usual ones.
func typeName(b []byte) string {
	switch string(b) {
	case "s":
		return "s"
	case "n":
		return "n"
	case "str":
		return "str"
	case "inlineStr":
		return "inlineStr"
	case "b":
		return "b"
	}
	return string(b)
}

// value reads up to the end of the cell: the value, or the text in place. What a formula last gave is its value; the formula is passed over.
func (r *rowReader) value(kind string) (string, error) {
	out, inside := "", false
	for {
		t, err := r.next()
		if err != nil {
			return "", noEnd(err)
		}
		switch {
		case t == texts:
			if inside {
				out += r.scanner.said()
			}
			if len(out) > 4*maxText {
				return "", fmt.Errorf("a cell of more than %d characters: %w", maxText, errHuge)
			}
		case string(r.name) == "v":
			inside = t == opens
		case t == opens && string(r.name) == "is":
			if out, err = r.runs("is"); err != nil {
				return "", err
			}
		case t == closes && string(r.name) == "c":
			return out, nil
		}
	}
}

// number is the attribute as a number, 0 when it is none.
func number(attrs []byte, want string) int {
	for name, value, rest := attribute(attrs); name != nil; name, value, rest = attribute(rest) {
		if string(name) == want {
			return max(atoi(value), 0)
		}
	}
	return 0
}

// atoi is strconv.Atoi on bytes, -1 for what is no number of at most nine digits.
func atoi(b []byte) int {
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' || n > 99_999_999 {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// column is the index of the column in a reference such as AB12, -1 when there is none.
func column(ref []byte) int {
	n := 0
	for _, c := range ref {
		if c >= 'a' && c <= 'z' {
			c -= 'a' - 'A'
		}
		if c < 'A' || c > 'Z' || n > 1<<20 {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	return n - 1
}
