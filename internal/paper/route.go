package paper

import (
	"strconv"

	"hefa/internal/day"
	"hefa/internal/lang"
)

// Route is 上门评残路线单: whom a team visits at home, village by village.
type Route struct {
	Township, Hospital          string
	Day                         day.Day
	Starts, Team, Vehicle, Gear string
	Contact                     string // whom to ask, with phone
	Stops                       []RouteStop
}

// RouteStop is one village with its people.
type RouteStop struct {
	Village string
	People  []RoutePerson
}

// RoutePerson is one person to be visited or called.
type RoutePerson struct{ Name, Sex, Age, Category, Address, Phone, Guardian, Note string }

// Title is the paper's name.
func (r Route) Title() string { return lang.T("paper.route.title", r.Township, r.Day) }

func (r Route) lay(d *document) {
	s := d.list(true)
	s.heading(r.Title())
	people := 0
	for _, v := range r.Stops {
		people += len(v.People)
	}
	s.para(lang.T("paper.route.head", r.Hospital, blank(r.Starts, 8), blank(r.Team, 16), blank(r.Vehicle, 8), blank(r.Gear, 12), r.Contact, len(r.Stops), people), smallStyle)
	s.space(4)
	columns := []column{{lang.T("paper.column.order"), 10, center}, {lang.T("paper.column.village"), 32, left}, {lang.T("paper.column.name"), 28, left}, {lang.T("paper.column.sex"), 10, center},
		{lang.T("paper.column.age"), 12, center}, {lang.T("paper.daylist.category"), 24, left}, {lang.T("paper.column.address"), 46, left}, {lang.T("paper.column.phone"), 26, center},
		{lang.T("paper.route.guardian"), 26, left}, {lang.T("paper.route.note"), 28, left}, {lang.T("paper.route.sign"), 20, left}}
	s.table(columns, func(yield func([]string) bool) {
		n := 0
		for _, v := range r.Stops {
			for _, p := range v.People {
				n++
				if !yield([]string{strconv.Itoa(n), v.Village, p.Name, p.Sex, p.Age, p.Category, p.Address, p.Phone, p.Guardian, p.Note}) {
					return
				}
			}
		}
	}, 24)
	s.blanks(lang.T("paper.daylist.doctor"), lang.T("paper.daylist.clerk"), lang.T("paper.sign.date"))
	d.endPaper(everywhere)
}
