package paper

import (
	"strconv"

	"hefa/internal/day"
	"hefa/internal/lang"
)

// Cancellation is 注销公示 to hang up in the township: masked names with village and cause, nothing more, for the days of the notice.
type Cancellation struct {
	Township string
	Rule     string // the provincial rule that it names, with its brackets
	Rows     []CancellationRow
	From, To day.Day
	Days     int    // calendar days from From to To
	Where    string // where to object
	Phone    string
	Office   string // whose seal it bears
	Dated    day.Day
}

// CancellationRow is one person; Name is masked.
type CancellationRow struct{ Name, Village, Cause string }

// Title is the paper's name.
func (c Cancellation) Title() string { return lang.T("paper.cancellation.title", c.Township) }

func (c Cancellation) lay(d *document) {
	s := d.upright()
	s.heading(c.Title())
	s.para(lang.T("paper.cancellation.text", c.Rule, len(c.Rows)), bodyStyle)
	s.space(6)
	columns := []column{{lang.T("paper.column.order"), 14, center}, {lang.T("paper.column.name"), 36, center}, {lang.T("paper.column.village"), 66, left},
		{lang.T("paper.column.cause"), 40, center}}
	s.table(columns, func(yield func([]string) bool) {
		for i, r := range c.Rows {
			if !yield([]string{strconv.Itoa(i + 1), r.Name, r.Village, r.Cause}) {
				return
			}
		}
	}, 22)
	s.space(10)
	s.para(lang.T("paper.cancellation.period", c.From, c.To, c.Days), bodyStyle)
	s.para(lang.T("paper.announcement.object", c.Where, c.Phone), bodyStyle)
	s.signature(c.Office, c.Dated)
	d.endPaper(ifSeveral)
}
