package paper

import (
	"iter"
	"math"

	"hefa/internal/lang"
)

// padding is the space between a cell's text and its border, in points.
const padding = 3.5

// column is one column of a list; width is its share of the page.
type column struct {
	head  string
	width float64
	align align
}

// cell is one cell of a row; head says what a head cell heads ("Row" or "Column"), "" for an ordinary cell.
type cell struct {
	text  string
	style style
	head  string
}

// table sets a list that repeats its head on each page; rows are at least least points high. A row with too few cells is filled up.
func (s *sheet) table(columns []column, rows iter.Seq[[]string], least float64) {
	widths, head := s.head(columns)
	s.begin("Table", "")
	defer s.end()
	s.row(head, widths, 0)
	cells, empty := make([]cell, len(columns)), true
	for texts := range rows {
		if s.err != nil {
			return
		}
		for i, c := range columns {
			st := cellStyle
			st.align = c.align
			cells[i] = cell{style: st}
			if i < len(texts) {
				cells[i].text = texts[i]
			}
		}
		s.ruled(cells, widths, least, head)
		empty = false
	}
	if empty {
		st := cellStyle
		st.align = center
		s.row([]cell{{text: lang.T("paper.table.empty"), style: st}}, []float64{s.measure()}, least)
	}
}

// head is the widths of the columns in points and the cells of the head.
func (s *sheet) head(columns []column) ([]float64, []cell) {
	sum := 0.0
	for _, c := range columns {
		sum += c.width
	}
	widths, head := make([]float64, len(columns)), make([]cell, len(columns))
	for i, c := range columns {
		widths[i] = s.measure() * c.width / sum
		head[i] = cell{text: c.head, style: headStyle, head: "Column"}
	}
	return widths, head
}

// row sets a row of a table that has no head.
func (s *sheet) row(cells []cell, widths []float64, least float64) {
	s.ruled(cells, widths, least, nil)
}

// ruled sets one row with its borders. It goes to the next page, under the head again, when it does not fit here, and is parted when no page could hold
// it.
func (s *sheet) ruled(cells []cell, widths []float64, least float64, head []cell) {
	s.begin("TR", "")
	defer s.end()
	rest := make([][]line, len(cells))
	for i, c := range cells {
		rest[i] = s.set(c.text, widths[i]-2*padding, c.style)
	}
	for fresh := s.y <= s.top; s.err == nil; fresh = true {
		height := max(least, tallest(cells, rest))
		if height <= s.room() {
			s.drawRow(cells, rest, widths, height)
			return
		}
		if !fresh {
			s.again(head, widths)
			continue
		}
		now, later := part(cells, rest, s.room()-2*padding)
		if now == nil {
			s.drawRow(cells, rest, widths, height) // one line is higher than a page: nothing better can be done
			return
		}
		s.drawRow(cells, now, widths, s.room())
		s.again(head, widths)
		rest, least = later, 0
	}
}

// again turns the page and draws the head once more, which a reader of the structure is spared.
func (s *sheet) again(head []cell, widths []float64) {
	s.turn()
	if s.crown != nil {
		s.crown()
		return
	}
	if head == nil {
		return
	}
	s.artifact()
	lines := make([][]line, len(head))
	for i, c := range head {
		lines[i] = s.set(c.text, widths[i]-2*padding, c.style)
	}
	height := tallest(head, lines)
	x := s.left
	for i, c := range head {
		s.drawCell(x, c, lines[i], widths[i], height)
		s.frame(x, s.y, widths[i], height)
		x += widths[i]
	}
	s.y += height
}

// tallest is the height of a row with these lines.
func tallest(cells []cell, lines [][]line) float64 {
	height := 0.0
	for i, c := range cells {
		height = max(height, float64(max(1, len(lines[i])))*c.style.lead+2*padding)
	}
	return height
}

// part splits the lines of a row at height; nil when not one line fits.
func part(cells []cell, lines [][]line, height float64) (now, later [][]line) {
	now, later = make([][]line, len(lines)), make([][]line, len(lines))
	for i, c := range cells {
		n := min(len(lines[i]), int(math.Floor(height/c.style.lead)))
		if n < 1 && len(lines[i]) > 0 {
			return nil, lines
		}
		now[i], later[i] = lines[i][:n], lines[i][n:]
	}
	return now, later
}

// drawRow draws the cells' text, then their borders.
func (s *sheet) drawRow(cells []cell, lines [][]line, widths []float64, height float64) {
	x := s.left
	for i, c := range cells {
		kind, more := "TD", ""
		if c.head != "" {
			kind, more = "TH", "/A<</O/Table/Scope/"+c.head+">>"
		}
		s.begin(kind, more)
		if len(lines[i]) > 0 {
			s.mark()
			s.drawCell(x, c, lines[i], widths[i], height)
		}
		s.end()
		x += widths[i]
	}
	s.artifact()
	x = s.left
	for _, w := range widths {
		s.frame(x, s.y, w, height)
		x += w
	}
	s.y += height
}

// drawCell draws lines in the middle of a cell's height.
func (s *sheet) drawCell(x float64, c cell, lines []line, width, height float64) {
	y := s.y + (height-float64(len(lines))*c.style.lead)/2
	for _, l := range lines {
		s.line(x+padding, y, l, c.style)
		y += c.style.lead
	}
}
