package paper

import (
	"strconv"

	"hefa/internal/day"
	"hefa/internal/lang"
)

// Announcement is 公示 to hang up in the village: masked names with category and level, nothing more, for the days of the notice.
type Announcement struct {
	Township string
	Basis    string // the legal basis in words; "" for 《中华人民共和国残疾人证管理办法》
	Rows     []AnnouncementRow
	From, To day.Day
	Days     int    // working days from From to To
	Where    string // where to object
	Phone    string
	Office   string // whose seal it bears
	Dated    day.Day
}

// AnnouncementRow is one person; Name is masked.
type AnnouncementRow struct{ Name, Village, Category, Level string }

// Title is the paper's name.
func (a Announcement) Title() string { return lang.T("paper.announcement.title", a.Township) }

func (a Announcement) lay(d *document) {
	s := d.upright()
	s.heading(a.Title())
	basis := a.Basis
	if basis == "" {
		basis = lang.T("paper.announcement.basis")
	}
	s.para(lang.T("paper.announcement.text", basis, len(a.Rows)), bodyStyle)
	s.space(6)
	columns := []column{
		{lang.T("paper.column.order"), 12, center}, {lang.T("paper.column.name"), 34, center}, {lang.T("paper.column.village"), 56, left},
		{lang.T("paper.column.category"), 30, center}, {lang.T("paper.column.level"), 24, center},
	}
	s.table(columns, func(yield func([]string) bool) {
		for i, r := range a.Rows {
			if !yield([]string{strconv.Itoa(i + 1), r.Name, r.Village, r.Category, r.Level}) {
				return
			}
		}
	}, 22)
	s.space(10)
	s.para(lang.T("paper.announcement.period", a.From, a.To, a.Days), bodyStyle)
	s.para(lang.T("paper.announcement.object", a.Where, a.Phone), bodyStyle)
	s.signature(a.Office, a.Dated)
	d.endPaper(ifSeveral)
}
