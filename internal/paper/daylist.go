package paper

import (
	"strconv"

	"hefa/internal/day"
	"hefa/internal/lang"
)

// DayList is 评残日安排表: who comes to a session, in order, with a column for marks by hand.
type DayList struct {
	Office   string
	Hospital string
	Township string
	Day      day.Day
	Place    string
	Time     string // when to come, in words
	Contact  string // whom to ask, with phone
	Rows     []DayRow
}

// DayRow is one person of a day list; Number is masked.
type DayRow struct {
	Name, Sex                                      string
	Age                                            int
	Number, Matter, Category, Village, Phone, Aids string
}

// Title is the paper's name.
func (l DayList) Title() string { return lang.T("paper.daylist.title", l.Township, l.Day) }

func (l DayList) lay(d *document) {
	s := d.list(true)
	s.heading(l.Title())
	s.para(lang.T("paper.daylist.head", l.Hospital, l.Place, l.Time, l.Contact, len(l.Rows)), smallStyle)
	s.space(4)
	columns := []column{
		{lang.T("paper.column.order"), 10, center}, {lang.T("paper.column.name"), 26, left}, {lang.T("paper.column.sex"), 12, center}, {lang.T("paper.column.age"), 12, center},
		{lang.T("paper.column.identity"), 38, center}, {lang.T("paper.column.matter"), 18, left}, {lang.T("paper.daylist.category"), 24, left},
		{lang.T("paper.column.village"), 32, left}, {lang.T("paper.column.phone"), 30, center}, {lang.T("paper.daylist.aids"), 22, left}, {lang.T("paper.daylist.mark"), 18, left},
	}
	s.table(columns, func(yield func([]string) bool) {
		for i, r := range l.Rows {
			if !yield([]string{strconv.Itoa(i + 1), r.Name, r.Sex, strconv.Itoa(r.Age), r.Number, r.Matter, r.Category, r.Village, r.Phone, r.Aids}) {
				return
			}
		}
	}, 24)
	s.blanks(lang.T("paper.daylist.doctor"), lang.T("paper.daylist.clerk"), lang.T("paper.sign.date"))
	d.endPaper(everywhere)
}
