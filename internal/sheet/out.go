package sheet

import (
	"io"
	"slices"

	"hefa/internal/fault"
	"hefa/internal/lang"
)

// Out is where a list goes, as what, and with which of its columns: their keys, all when there are none.
type Out struct {
	To      io.Writer
	As      Format
	Columns []string
}

// Keyed makes columns that can be chosen; keys are those of their names in the catalogue.
func Keyed(keys []string) []Column {
	out := make([]Column, len(keys))
	for i, k := range keys {
		out[i] = Column{Key: k, Name: lang.T(k)}
	}
	return out
}

// Into is o to another place.
func (o Out) Into(w io.Writer) Out {
	o.To = w
	return o
}

// Check refuses, at the fields "as" and "columns", a format that is none and columns that are not among keys. Ask it before a list is read, so that what
// cannot be written leaves no line that it was taken out.
func (o Out) Check(keys []string) error {
	var p fault.Problems
	if !slices.Contains(Formats, o.As) {
		p.Add("as", "format.unknown")
	}
	for _, k := range o.Columns {
		if !slices.Contains(keys, k) {
			p.Add("columns", "list.columns.unknown", k)
			break
		}
	}
	return p.Fault()
}

// Write writes those columns of t that were chosen, in the order of t.
func (o Out) Write(t Table) error {
	if len(o.Columns) == 0 {
		return Write(o.To, o.As, t)
	}
	var chosen []int
	var columns []Column
	for i, c := range t.Columns {
		if slices.Contains(o.Columns, c.Key) {
			chosen, columns = append(chosen, i), append(columns, c)
		}
	}
	rows := t.Rows
	t.Columns, t.Rows = columns, func(yield func([]string, error) bool) {
		row := make([]string, len(chosen))
		for all, err := range rows {
			for i, from := range chosen {
				row[i] = ""
				if from < len(all) {
					row[i] = all[from]
				}
			}
			if !yield(row, err) {
				return
			}
		}
	}
	return Write(o.To, o.As, t)
}
