package paper

import (
	"strconv"

	"hefa/internal/day"
	"hefa/internal/lang"
)

// TownList is one of the two lists of 芒政办发〔2020〕23号: 过期失效持证残疾人名单 (attachment 1) and 疑似残疾人名单 (attachment 2). The plan gives their
// titles only; the columns are those that a township needs to call people.
type TownList struct {
	Suspected bool   // attachment 2 instead of 1
	Place     string // 德宏州芒市遮放镇
	Dated     day.Day
	Due       string // months before expiry, when it is the list of who is to be reminded (N39); "" for the plan's own list
	Rows      []TownRow
}

// TownRow is one person; Number is masked. Expires, Category and Level are of the certificate and empty for suspected people.
type TownRow struct {
	Name, Sex, Number, Category, Level string
	Expires                            day.Day
	Village, Phone, Guardian           string
	Poor, Home                         bool // of a poor household; to be visited at home
	Note                               string
}

// Title is the paper's name.
func (l TownList) Title() string {
	if l.Suspected {
		return lang.T("paper.townlist.suspected.title", l.Place)
	}
	if l.Due != "" {
		return lang.T("paper.townlist.due.title", l.Place, l.Due)
	}
	return lang.T("paper.townlist.expired.title", l.Place)
}

func (l TownList) lay(d *document) {
	s := d.list(true)
	s.heading(l.Title())
	s.para(lang.T("paper.townlist.about", l.Dated, len(l.Rows)), smallStyle)
	s.space(4)
	number := lang.T("paper.column.certificate")
	if l.Suspected {
		number = lang.T("paper.column.identity")
	}
	columns := []column{
		{lang.T("paper.column.order"), 10, center}, {lang.T("paper.column.name"), 24, left}, {lang.T("paper.column.sex"), 10, center}, {number, 42, center},
		{lang.T("paper.column.category"), 16, center}, {lang.T("paper.column.level"), 16, center}, {lang.T("paper.townlist.expires"), 24, center},
		{lang.T("paper.column.village"), 32, left}, {lang.T("paper.column.phone"), 28, center}, {lang.T("paper.townlist.guardian"), 22, left},
		{lang.T("paper.townlist.poor"), 14, center}, {lang.T("paper.townlist.home"), 14, center}, {lang.T("paper.column.note"), 22, left},
	}
	if l.Suspected {
		columns = append(columns[:6:6], columns[7:]...)
	}
	mark := map[bool]string{true: lang.T("paper.survey.mark")}
	s.table(columns, func(yield func([]string) bool) {
		for i, r := range l.Rows {
			row := []string{strconv.Itoa(i + 1), r.Name, r.Sex, r.Number, r.Category, r.Level, string(r.Expires), r.Village, r.Phone, r.Guardian, mark[r.Poor], mark[r.Home], r.Note}
			if l.Suspected {
				row = append(row[:6:6], row[7:]...)
			}
			if !yield(row) {
				return
			}
		}
	}, 22)
	d.endPaper(everywhere)
}
