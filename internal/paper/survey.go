package paper

import "hefa/internal/lang"

// Survey is 残疾人证入户排查登记表, attachment 2 of 宛残联〔2022〕24号: who holds a certificate and who may be disabled, house by house. Empty fields
// and the rows up to Lines are left blank to be filled in by hand.
type Survey struct {
	County, Township, Village string // without 县, 乡, 村
	Holders                   []SurveyHolder
	Suspected                 []SurveySuspected
	Lines                     int // rows that each block has at least
	Unit, Worker, Filled      string
	Number                    string // by which a scan of the sheet files itself; "" on one without
}

// SurveyHolder is one holder of a certificate; Number is as full as the office may see it.
type SurveyHolder struct{ Name, Sex, Number, Phone, Issued, Condition, Remark string }

// SurveySuspected is one person who may be disabled and has no certificate.
type SurveySuspected struct {
	Name, Sex, Identity, Phone, Condition string
	Why                                   Why
}

// Why is the reason for which somebody was not assessed yet.
type Why string

// The three reasons of the form.
const (
	Waiting Why = "waiting" // the year of rehabilitation is not over
	Failed  Why = "failed"  // assessed once, and not meeting the standard
	Never   Why = "never"   // never assessed
)

var whys = []Why{Waiting, Failed, Never}

// Title is the paper's name.
func (p Survey) Title() string { return lang.T("paper.survey.title") }

// rowHeight is high enough to write in by hand.
const rowHeight = 24

func (p Survey) lay(d *document) {
	s := d.list(true)
	s.named(p.Title(), p.Number)
	st := smallStyle
	st.size, st.lead = 12, 20
	s.para(lang.T("paper.survey.place", blank(p.County, 10), blank(p.Township, 10), blank(p.Village, 10)), st)
	s.space(4)
	p.holders(s)
	p.suspected(s)
	s.need(50)
	s.blanks(lang.T("paper.survey.unit", p.Unit), lang.T("paper.survey.worker", p.Worker), lang.T("paper.survey.date", p.Filled), lang.T("paper.survey.head", ""))
	d.endPaper(everywhere)
}

// holders is the first block.
func (p Survey) holders(s *sheet) {
	columns := []column{
		{lang.T("paper.column.name"), 28, center}, {lang.T("paper.column.sex"), 12, center}, {lang.T("paper.survey.certificate"), 52, center},
		{lang.T("paper.survey.phone"), 32, center}, {lang.T("paper.survey.issued"), 28, center}, {lang.T("paper.survey.condition"), 62, left}, {lang.T("paper.survey.remark"), 40, left},
	}
	widths, head := s.head(columns)
	crown := func() {
		s.row([]cell{{text: lang.T("paper.survey.holders"), style: headStyle, head: "Column"}}, []float64{s.measure()}, 0)
		s.row(head, widths, 0)
	}
	var rows [][]string
	for _, h := range p.Holders {
		rows = append(rows, []string{h.Name, h.Sex, h.Number, h.Phone, h.Issued, h.Condition, h.Remark})
	}
	s.block(columns, widths, rows, p.Lines, crown)
}

// suspected is the second block, whose last heading stands over three columns.
func (p Survey) suspected(s *sheet) {
	columns := []column{
		{lang.T("paper.column.name"), 28, center}, {lang.T("paper.column.sex"), 12, center}, {lang.T("paper.survey.identity"), 52, center},
		{lang.T("paper.survey.phone"), 32, center}, {lang.T("paper.survey.condition"), 55, left},
		{lang.T("paper.survey.waiting"), 25, center}, {lang.T("paper.survey.failed"), 25, center}, {lang.T("paper.survey.never"), 25, center},
	}
	widths, head := s.head(columns)
	crown := func() {
		s.row([]cell{{text: lang.T("paper.survey.suspected"), style: headStyle, head: "Column"}}, []float64{s.measure()}, 0)
		s.twoStoried(head, widths, len(columns)-len(whys), lang.T("paper.survey.why"))
	}
	var rows [][]string
	for _, x := range p.Suspected {
		row := []string{x.Name, x.Sex, x.Identity, x.Phone, x.Condition}
		for _, w := range whys {
			mark := ""
			if w == x.Why {
				mark = lang.T("paper.survey.mark")
			}
			row = append(row, mark)
		}
		rows = append(rows, row)
	}
	s.block(columns, widths, rows, p.Lines, crown)
}

// block sets rows under a crown of several head rows, which stands on every page again; at least least rows, the last of them blank.
func (s *sheet) block(columns []column, widths []float64, rows [][]string, least int, crown func()) {
	s.begin("Table", "")
	defer s.end()
	s.need(3*rowHeight + 40)
	crown()
	s.crown = func() { // a reader of the structure is spared the head of the next pages
		s.artifact()
		s.quiet(crown)
	}
	defer func() { s.crown = nil }()
	cells := make([]cell, len(columns))
	for i := 0; i < max(len(rows), least) && s.err == nil; i++ {
		for k, c := range columns {
			st := cellStyle
			st.align = c.align
			cells[k] = cell{style: st}
			if i < len(rows) {
				cells[k].text = rows[i][k]
			}
		}
		s.ruled(cells, widths, rowHeight, cells)
	}
}

// quiet draws without structure.
func (s *sheet) quiet(draw func()) {
	kept := s.tree
	s.tree = nil
	draw()
	s.tree = kept
}

// twoStoried draws a head whose columns from the given one on stand under a common heading.
func (s *sheet) twoStoried(head []cell, widths []float64, from int, over string) {
	const low = 22.0
	lines := make([][]line, len(head))
	for i, c := range head {
		lines[i] = s.set(c.text, widths[i]-2*padding, c.style)
	}
	high := tallest(head[from:], lines[from:])
	s.begin("TR", "")
	x, y, span := s.left, s.y, 0.0
	for i, c := range head[:from] {
		s.headCell(box{x, y, widths[i], low + high}, c.text, "/A<</O/Table/Scope/Column/RowSpan 2>>")
		x += widths[i]
	}
	for _, w := range widths[from:] {
		span += w
	}
	s.headCell(box{x, y, span, low}, over, "/A<</O/Table/Scope/Column/ColSpan 3>>")
	s.end()
	s.begin("TR", "")
	for i, c := range head[from:] {
		s.headCell(box{x, y + low, widths[from+i], high}, c.text, "/A<</O/Table/Scope/Column>>")
		x += widths[from+i]
	}
	s.end()
	s.y = y + low + high
}

// box is a place on the page with its size.
type box struct{ x, y, width, height float64 }

// headCell draws one head cell with its border at a place.
func (s *sheet) headCell(at box, text, more string) {
	lines := s.set(text, at.width-2*padding, headStyle)
	s.begin("TH", more)
	s.mark()
	top := at.y + (at.height-float64(len(lines))*headStyle.lead)/2
	for i, l := range lines {
		s.line(at.x+padding, top+float64(i)*headStyle.lead, l, headStyle)
	}
	s.end()
	s.artifact()
	s.frame(at.x, at.y, at.width, at.height)
}
