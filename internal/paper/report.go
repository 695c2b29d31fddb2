package paper

import (
	"iter"
)

// Report is any list as a paper: a title, a line about what was selected, and a table that repeats its head.
type Report struct {
	Name    string
	About   string // what was selected, by whom, when; may be ""
	Columns []Column
	Rows    iter.Seq[[]string]
	Wide    bool     // on its side
	Sign    []string // what is signed for below the table, as captions of lines to write on
}

// Column is one column of a report; Width is its share of the page, Number sets its values at the right.
type Column struct {
	Head   string
	Width  float64
	Number bool
}

// Title is the report's own name.
func (r Report) Title() string { return r.Name }

func (r Report) lay(d *document) {
	s := d.list(r.Wide)
	s.heading(r.Name)
	if r.About != "" {
		s.para(r.About, smallStyle)
		s.space(4)
	}
	columns := make([]column, len(r.Columns))
	for i, c := range r.Columns {
		columns[i] = column{head: c.Head, width: c.Width, align: left}
		if c.Number {
			columns[i].align = right
		}
	}
	s.table(columns, r.Rows, 0)
	if len(r.Sign) > 0 {
		s.space(10)
		s.blanks(r.Sign...)
	}
	d.endPaper(everywhere)
}
