package paper

import (
	"strconv"

	"hefa/internal/day"
	"hefa/internal/lang"
)

// CallList is 评残电话通知名单: whom to call to a session, each village on sheets of its own for whoever calls there.
type CallList struct {
	Township, Hospital, Place string
	Day                       day.Day
	Starts                    string
	Contact                   string // whom to ask, with phone
	Villages                  []RouteStop
}

// Title is the paper's name.
func (l CallList) Title() string { return lang.T("paper.calllist.title", l.Township, l.Day) }

func (l CallList) lay(d *document) {
	s := d.list(true)
	columns := []column{{lang.T("paper.column.order"), 10, center}, {lang.T("paper.column.name"), 30, left}, {lang.T("paper.column.sex"), 12, center},
		{lang.T("paper.column.age"), 12, center}, {lang.T("paper.daylist.category"), 26, left}, {lang.T("paper.column.phone"), 30, center},
		{lang.T("paper.calllist.guardian"), 45, left}, {lang.T("paper.daylist.aids"), 40, left}, {lang.T("paper.calllist.at"), 22, left},
		{lang.T("paper.calllist.answer"), 34, left}}
	villages := l.Villages
	if len(villages) == 0 {
		villages = []RouteStop{{}}
	}
	for i, v := range villages {
		if i == 0 {
			s.heading(l.Title())
		} else {
			s.turn()
			s.part(l.Title())
		}
		s.para(lang.T("paper.calllist.head", blank(v.Village, 8), l.Hospital, l.Place, blank(l.Starts, 6), l.Contact, len(v.People)), smallStyle)
		s.space(4)
		s.table(columns, func(yield func([]string) bool) {
			for n, p := range v.People {
				if !yield([]string{strconv.Itoa(n + 1), p.Name, p.Sex, p.Age, p.Category, p.Phone, p.Guardian, p.Note}) {
					return
				}
			}
		}, 24)
		s.blanks(lang.T("paper.calllist.caller"), lang.T("paper.sign.date"))
	}
	d.endPaper(everywhere)
}
