package paper

import (
	"strings"

	"hefa/internal/day"
	"hefa/internal/lang"
)

// Pledge is 未违规持有残疾人证承诺书, attachment 1 of 宛残联〔2022〕24号. Fields that are empty are left blank to be filled in by hand.
type Pledge struct {
	Rule   string // the provincial rule that the signer has read
	Person string
	Post   string // unit and post
	Dated  day.Day
	Number string // by which a scan of the paper files itself; "" on one without
}

// Title is the paper's name.
func (p Pledge) Title() string { return lang.T("paper.pledge.title") }

func (p Pledge) lay(d *document) {
	s := d.upright()
	s.named(p.Title(), p.Number)
	s.space(10)
	s.para(lang.T("paper.pledge.text", p.Rule), bodyStyle)
	s.space(40)
	st := plainStyle
	date := p.Dated.Chinese()
	if date == "" {
		date = lang.T("paper.date.open", "      ")
	}
	s.left += 60 * mm
	for _, t := range []string{lang.T("paper.pledge.person", p.Person), lang.T("paper.pledge.post", p.Post)} {
		s.para(t, st)
		s.space(12)
	}
	s.left -= 60 * mm
	st.align = right
	s.para(date, st)
	d.endPaper(ifSeveral)
}

// Waiver is 自愿放弃办理残疾人证的声明, attachment 4 of 宛残联〔2022〕24号. Fields that are empty are left blank to be filled in by hand.
type Waiver struct {
	County, Township, Village string // names as the sentence goes on with 县, 镇, 村: their last sign is cut where it is the same
	Person                    string
	Guardian                  string
	Phone                     string
	Mobilisers                string // who went there to persuade, joined by 、
	Dated                     day.Day
	Year                      int // printed when Dated is ""
	Number                    string
}

// Title is the paper's name.
func (w Waiver) Title() string { return lang.T("paper.waiver.title") }

// placed is a name in front of its kind of place, which the sentence says itself; a city or district keeps its own.
func placed(name, kind string) string {
	if name == "" {
		return blank("", 8) + kind
	}
	if strings.HasSuffix(name, kind) || strings.HasSuffix(name, "市") || strings.HasSuffix(name, "区") || strings.HasSuffix(name, "乡") || strings.HasSuffix(name, "街道") ||
		strings.HasSuffix(name, "社区") || strings.HasSuffix(name, "村民委员会") || strings.HasSuffix(name, "居民委员会") {
		return name
	}
	return name + kind
}

func (w Waiver) lay(d *document) {
	s := d.upright()
	s.named(w.Title(), w.Number)
	s.space(6)
	s.para(lang.T("paper.waiver.text", placed(w.County, "县"), placed(w.Township, "镇"), placed(w.Village, "村")), bodyStyle)
	s.para(lang.T("paper.waiver.gives"), bodyStyle)
	s.para(lang.T("paper.waiver.stated"), bodyStyle)
	s.space(16)
	st := plainStyle
	s.left += 2 * st.size
	for _, line := range []struct{ key, value string }{{"person", w.Person}, {"guardian", w.Guardian}, {"phone", w.Phone}, {"mobilisers", w.Mobilisers},
		{"township", ""}, {"county", ""}, {"date", dated(w.Dated, w.Year)}} {
		s.need(34)
		s.para(lang.T("paper.waiver."+line.key, line.value), st)
		s.space(12)
	}
	s.left -= 2 * st.size
	d.endPaper(ifSeveral)
}
