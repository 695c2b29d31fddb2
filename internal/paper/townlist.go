package paper

import (
	"strconv"

	"hefa/internal/day"
	"hefa/internal/lang"
)

// ListOf says whom a list of a township names.
type ListOf string

// The lists. The first two are those of 芒政办发〔2020〕23号, attachments 1 and 2; the others are of the letters that a township hands out.
const (
	ListExpired   ListOf = "expired"   // 过期失效持证残疾人名单: whose certificate has ended
	ListSuspected ListOf = "suspected" // 疑似残疾人名单: who were never assessed
	ListDue       ListOf = "due"       // whose certificate ends in so many months (N39)
	ListRenew     ListOf = "renew"     // who are to renew, whatever the step
	ListReview    ListOf = "review"    // who are to come for a review
	ListTold      ListOf = "told"      // everybody with a letter of any kind
)

// TownList is a list of people for the township. The plan gives the titles of the first two only; the columns are those that a township needs to call people.
type TownList struct {
	Of     ListOf
	Months string // before expiry, for ListDue
	Only   string // what else was chosen, in words, behind the title; "" for nothing
	Place  string // 德宏州芒市遮放镇
	Dated  day.Day
	Rows   []TownRow
}

// TownRow is one person; Number is masked, of the certificate, or the identity number of who has none. Expires, Category and Level are of the certificate and empty for suspected people.
type TownRow struct {
	Name, Sex, Number, Category, Level string
	Expires                            day.Day
	Village, Phone, Guardian           string
	Poor, Home                         bool // of a poor household; to be visited at home
	Note                               string
}

// Title is the paper's name.
func (l TownList) Title() string {
	title := lang.T("paper.townlist."+string(l.Of)+".title", l.Place, l.Months)
	if l.Only != "" {
		title = lang.T("paper.townlist.only", title, l.Only)
	}
	return title
}

func (l TownList) lay(d *document) {
	s := d.list(true)
	s.heading(l.Title())
	s.para(lang.T("paper.townlist.about", l.Dated, len(l.Rows)), smallStyle)
	s.space(4)
	number, suspected := lang.T("paper.column.certificate"), l.Of == ListSuspected
	if suspected {
		number = lang.T("paper.column.identity")
	}
	columns := []column{
		{lang.T("paper.column.order"), 10, center}, {lang.T("paper.column.name"), 24, left}, {lang.T("paper.column.sex"), 10, center}, {number, 42, center},
		{lang.T("paper.column.category"), 16, center}, {lang.T("paper.column.level"), 16, center}, {lang.T("paper.townlist.expires"), 24, center},
		{lang.T("paper.column.village"), 32, left}, {lang.T("paper.column.phone"), 28, center}, {lang.T("paper.townlist.guardian"), 22, left},
		{lang.T("paper.townlist.poor"), 14, center}, {lang.T("paper.townlist.home"), 14, center}, {lang.T("paper.column.note"), 22, left},
	}
	if suspected {
		columns = append(columns[:6:6], columns[7:]...)
	}
	mark := map[bool]string{true: lang.T("paper.survey.mark")}
	s.table(columns, func(yield func([]string) bool) {
		for i, r := range l.Rows {
			row := []string{strconv.Itoa(i + 1), r.Name, r.Sex, r.Number, r.Category, r.Level, string(r.Expires), r.Village, r.Phone, r.Guardian, mark[r.Poor], mark[r.Home], r.Note}
			if suspected {
				row = append(row[:6:6], row[7:]...)
			}
			if !yield(row) {
				return
			}
		}
	}, 22)
	d.endPaper(everywhere)
}
