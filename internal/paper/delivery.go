package paper

import (
	"io"
	"strconv"

	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/pile"
)

// Delivery is 领证签收表: who took a card home, each with a signature. Every page bears a code of its own, because the pages come back one by one and in any order.
type Delivery struct {
	Office string
	Batch  string
	Dated  day.Day
	Number string // by which a scan of a page files itself; "" on one without
	Rows   []DeliveryRow

	on *[]int // where the page of each row is written down
}

// DeliveryRow is one card; Number is masked, Old says that the old card is to be handed in.
type DeliveryRow struct {
	Name, Number, Village string
	Old                   bool
}

// Title is the paper's name.
func (p Delivery) Title() string { return lang.T("paper.delivery.title", p.Office) }

// Spread is on which page each row stands.
func (p Delivery) Spread() ([]int, error) {
	var pages []int
	p.on = &pages
	return pages, Write(io.Discard, p)
}

// signHeight is high enough to sign in.
const signHeight = 30

func (p Delivery) lay(d *document) {
	s, page := d.list(true), 1
	s.named(p.Title(), pile.Page(p.Number, page))
	s.para(lang.T("paper.delivery.head", p.Batch, p.Dated, len(p.Rows)), smallStyle)
	s.space(4)
	widths, head := s.head([]column{
		{lang.T("paper.column.order"), 10, center}, {lang.T("paper.column.name"), 30, left}, {lang.T("paper.column.certificate"), 46, center}, {lang.T("paper.column.village"), 36, left},
		{lang.T("paper.delivery.old"), 26, center}, {lang.T("paper.delivery.sign"), 38, left}, {lang.T("paper.delivery.relation"), 26, left},
		{lang.T("paper.delivery.day"), 30, left},
	})
	foot := s.bottom
	s.bottom += 40 // for the clerk below the last row, who signs on no page of their own
	s.begin("Table", "")
	s.row(head, widths, 0)
	s.crown = func() { // a reader of the structure is spared the head of the next pages, and not their code
		page++
		s.artifact()
		s.quiet(func() {
			s.named(p.Title(), pile.Page(p.Number, page))
			s.row(head, widths, 0)
		})
	}
	for i, r := range p.Rows {
		old := lang.T("paper.delivery.none")
		if r.Old {
			old = lang.T("paper.delivery.recall")
		}
		cells := make([]cell, len(widths))
		for k, text := range []string{strconv.Itoa(i + 1), r.Name, r.Number, r.Village, old, "", "", ""} {
			st := cellStyle
			if k == 0 || k == 2 || k == 4 {
				st.align = center
			}
			cells[k] = cell{text: text, style: st}
		}
		s.ruled(cells, widths, signHeight, head)
		if p.on != nil {
			*p.on = append(*p.on, page)
		}
	}
	if len(p.Rows) == 0 {
		s.row([]cell{{text: lang.T("paper.table.empty"), style: headStyle}}, []float64{s.measure()}, signHeight)
	}
	s.crown, s.bottom = nil, foot
	s.end()
	s.blanks(lang.T("paper.delivery.clerk"), lang.T("paper.sign.date"))
	d.endPaper(everywhere)
}
