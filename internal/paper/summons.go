package paper

import (
	"hefa/internal/day"
	"hefa/internal/lang"
)

// Summons is 残疾评定通知单 for everybody of a session: when and where to come with what, and below a slip that says it was received. Two stand on a page.
type Summons struct {
	Office, Phone   string
	Hospital, Place string
	Day             day.Day
	Starts          string
	Home            bool // the team comes to the person
	Dated           day.Day
	People          []SummonsPerson
}

// SummonsPerson is one person with the papers to bring.
type SummonsPerson struct {
	Name, Village, Category string
	Papers                  string
	Aids                    string // what the person needs and when they are to come, "" for nothing
}

// Title is the paper's name.
func (l Summons) Title() string { return lang.T("paper.summons.title") }

func (l Summons) easy() []note {
	var out []note
	for _, p := range l.People {
		lines := []string{lang.T("paper.summons.easy.when", l.Day.Chinese(), blank(l.Starts, 6)), lang.T("paper.summons.easy.where", l.Hospital, l.Place)}
		if l.Home {
			lines[1] = lang.T("paper.summons.easy.home", l.Hospital)
		}
		if p.Aids != "" {
			lines = append(lines, lang.T("paper.summons.aids", p.Aids))
		}
		lines = append(lines, lang.T("paper.summons.bring", p.Papers), lang.T("paper.summons.easy.else"))
		out = append(out, note{"", p.Name, lines, Office{Name: l.Office, Phone: l.Phone}, l.Dated})
	}
	return out
}

func (l Summons) lay(d *document) {
	s := d.upright()
	s.heading(l.Title())
	text := "paper.summons.text"
	if l.Home {
		text = "paper.summons.home"
	}
	half := (s.height - s.top - s.bottom) / 2
	for i, p := range l.People {
		switch {
		case i > 0 && s.room() >= half-titleStyle.lead-40:
			s.cut()
			s.part(l.Title())
		case i > 0:
			s.turn()
			s.part(l.Title())
		}
		s.para(lang.T("paper.to", p.Name+"（"+p.Village+"）"), plainStyle)
		s.para(lang.T(text, p.Category, l.Day.Chinese(), blank(l.Starts, 6), l.Hospital, l.Place), tightStyle)
		s.para(lang.T("paper.summons.bring", p.Papers), tightStyle)
		if p.Aids != "" {
			s.para(lang.T("paper.summons.aids", p.Aids), tightStyle)
		}
		s.para(lang.T("paper.summons.help", l.Office, l.Phone), tightStyle)
		s.blanks(lang.T("paper.summons.received"), lang.T("paper.sign.date"))
	}
	d.endPaper(bare)
}
