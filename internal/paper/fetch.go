package paper

import (
	"hefa/internal/day"
	"hefa/internal/lang"
)

// Fetch is 领证通知: the card is ready, where it is fetched with what, and what there is for whoever cannot come (办法 art. 19; a local draft).
type Fetch struct {
	Number   string
	Person   string
	Identity string // masked
	Matter   string
	Old      bool // the certificate in hand is given back
	Dated    day.Day
	Office   Office
}

// Title is the paper's name.
func (f Fetch) Title() string { return lang.T("paper.fetch.title") }

// bring is what is shown at the counter.
func (f Fetch) bring() string {
	if f.Old {
		return lang.T("paper.fetch.bring.old")
	}
	return lang.T("paper.fetch.bring")
}

func (f Fetch) easy() []note {
	return []note{{f.Number, f.Person, []string{lang.T("paper.fetch.easy.what"), lang.T("paper.fetch.easy.where", f.Office.Name, f.Office.Address), f.bring(),
		lang.T("paper.fetch.easy.else"), lang.T("paper.fetch.easy.free")}, f.Office, f.Dated}}
}

func (f Fetch) lay(d *document) {
	s := d.upright()
	s.heading(f.Title())
	s.numbered(f.Number)
	s.addressed(f.Person)
	s.para(lang.T("paper.fetch.text", f.Matter, f.Identity), bodyStyle)
	s.para(f.bring(), bodyStyle)
	s.para(lang.T("paper.fetch.other"), bodyStyle)
	s.para(lang.T("paper.fetch.free"), bodyStyle)
	s.contact(f.Office)
	s.signature(f.Office.Name, f.Dated)
	s.slip(lang.T("paper.fetch.slip"), 175, "")
	s.numbered(f.Number)
	s.para(lang.T("paper.fetch.received"), tightStyle)
	s.blanks(lang.T("paper.sign.person"), lang.T("paper.sign.date"))
	d.endPaper(ifSeveral)
}
