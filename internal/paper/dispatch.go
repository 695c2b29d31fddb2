package paper

import (
	"strconv"

	"hefa/internal/day"
	"hefa/internal/lang"
)

// Dispatch is 发放交接单: the printed cards that go from the county to a township, signed by both.
type Dispatch struct {
	Batch    string
	From, To string // offices
	Dated    day.Day
	Rows     []DispatchRow
	Ahead    int // cards of the batch that left before it and are not in the bag
}

// DispatchRow is one card; Number is masked, Serial is the one printed on the blank.
type DispatchRow struct{ Serial, Name, Number, Village, Note string }

// Title is the paper's name.
func (p Dispatch) Title() string { return lang.T("paper.dispatch.title", p.To) }

func (p Dispatch) lay(d *document) {
	s := d.list(false)
	s.heading(p.Title())
	s.para(lang.T("paper.dispatch.head", p.Batch, p.From, p.Dated, len(p.Rows)), smallStyle)
	s.space(4)
	columns := []column{
		{lang.T("paper.column.order"), 11, center}, {lang.T("paper.dispatch.serial"), 27, center}, {lang.T("paper.column.name"), 30, left},
		{lang.T("paper.column.certificate"), 41, center}, {lang.T("paper.column.village"), 42, left}, {lang.T("paper.column.note"), 23, left},
	}
	s.table(columns, func(yield func([]string) bool) {
		for i, r := range p.Rows {
			if !yield([]string{strconv.Itoa(i + 1), r.Serial, r.Name, r.Number, r.Village, r.Note}) {
				return
			}
		}
	}, 22)
	s.space(6)
	if p.Ahead > 0 {
		s.para(lang.T("paper.dispatch.ahead", p.Ahead), smallStyle)
	}
	s.para(lang.T("paper.dispatch.checked", len(p.Rows)), smallStyle)
	s.blanks(lang.T("paper.dispatch.giver"), lang.T("paper.dispatch.taker"))
	s.blanks(lang.T("paper.sign.date"), lang.T("paper.sign.date"))
	d.endPaper(everywhere)
}
