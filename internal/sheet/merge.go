package sheet

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"hefa/internal/roster"
)

// area is a block of merged cells; rows are numbered from 1, columns from 0, all inclusive.
type area struct {
	top, bottom, left, right int
	value                    roster.Cell // of its first cell, once that was read
}

// merges fills the cells that a merge hides: downwards with the first cell's value, to the right with the same marked Across.
type merges struct {
	areas []area // by their top row
	open  []int  // indices of the areas that the row at hand may lie in
	next  int
}

// merges reads the blocks of merged cells, which stand behind the rows, by running through the part once; nil when there are none.
func (w *workbook) merges(name string) (*merges, error) {
	areas, known := w.merged[name]
	if !known {
		var err error
		if areas, err = w.areas(name); err != nil {
			return nil, err
		}
		w.merged[name] = areas
	}
	if len(areas) == 0 {
		return nil, nil
	}
	return &merges{areas: slices.Clone(areas)}, nil
}

func (w *workbook) areas(name string) ([]area, error) {
	part, err := w.archive.part(name, maxPart)
	if err != nil {
		return nil, err
	}
	defer part.Close()
	tail, err := behindRows(part)
	if err != nil || tail == nil {
		return nil, err
	}
	var out []area
	s := newScanner(tail)
	for {
		t, err := s.next()
		if err == io.EOF || err == nil && t == closes && string(s.name) == "mergeCells" {
			break
		}
		if err != nil {
			return nil, err
		}
		if t == opens && string(s.name) == "mergeCell" && len(out) < maxMerges {
			if a, ok := parseArea(s.attr("ref")); ok {
				out = append(out, a)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b area) int { return a.top - b.top })
	return out, nil
}

// behindRows is the rest of r behind the rows, nil when there is no end of rows. In a file whose tags have a prefix it may begin before them.
func behindRows(r io.Reader) (io.Reader, error) {
	plain, prefixed := []byte("/sheetData>"), []byte(":sheetData>")
	buf := make([]byte, 256<<10)
	kept := 0
	for {
		n, err := r.Read(buf[kept:])
		i := bytes.Index(buf[:kept+n], plain)
		if i < 0 {
			i = bytes.Index(buf[:kept+n], prefixed)
		}
		if i >= 0 {
			return io.MultiReader(strings.NewReader(string(buf[i+len(plain):kept+n])), r), nil
		}
		if err == io.EOF {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		keep := min(len(plain)-1, kept+n)
		copy(buf, buf[kept+n-keep:kept+n])
		kept = keep
	}
}

// parseArea reads a reference such as A1:K2.
func parseArea(ref string) (area, bool) {
	from, to, ok := strings.Cut(strings.ReplaceAll(ref, "$", ""), ":")
	if !ok {
		return area{}, false
	}
	a := area{left: column([]byte(from)), right: column([]byte(to)), top: rowOf(from), bottom: rowOf(to)}
	if a.left < 0 || a.right < a.left || a.top < 1 || a.bottom < a.top {
		return area{}, false
	}
	a.right = min(a.right, maxColumns-1)
	return a, true
}

func rowOf(ref string) int {
	return atoi([]byte(strings.TrimLeft(strings.ToUpper(ref), "ABCDEFGHIJKLMNOPQRSTUVWXYZ")))
}

// fill puts the values of merged cells into the row with that number.
func (m *merges) fill(number int, cells []roster.Cell, said *bool) []roster.Cell {
	for m.next < len(m.areas) && m.areas[m.next].top <= number {
		m.open = append(m.open, m.next)
		m.next++
	}
	if len(m.open) == 0 {
		return cells
	}
	m.open = slices.DeleteFunc(m.open, func(i int) bool { return m.areas[i].bottom < number })
	for _, i := range m.open {
		a := &m.areas[i]
		if a.top == number && a.left < len(cells) {
			a.value = cells[a.left]
		}
		if a.value.Text == "" {
			continue
		}
		for len(cells) <= a.right {
			cells = append(cells, roster.Cell{})
		}
		for c := a.left; c <= a.right; c++ {
			if cells[c].Text == "" {
				cells[c] = a.value
				cells[c].Across = c > a.left
				*said = true
			}
		}
	}
	return cells
}
