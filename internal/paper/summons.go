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
		texts := []string{lang.T(text, p.Category, l.Day.Chinese(), blank(l.Starts, 6), l.Hospital, l.Place), lang.T("paper.summons.bring", p.Papers)}
		if p.Aids != "" {
			texts = append(texts, lang.T("paper.summons.aids", p.Aids))
		}
		texts = append(texts, lang.T("paper.summons.help", l.Office, l.Phone))
		if i > 0 {
			if room := s.room(); room >= half-titleStyle.lead-40 && room >= l.height(s, texts) {
				s.cut()
			} else {
				s.turn()
			}
			s.part(l.Title())
		}
		s.para(lang.T("paper.to", p.Name+"（"+p.Village+"）"), plainStyle)
		for _, t := range texts {
			s.para(t, tightStyle)
		}
		s.blanks(lang.T("paper.summons.received"), lang.T("paper.sign.date"))
	}
	d.endPaper(bare)
}

// height is more than a slip with the texts takes, from the line that it is torn off along; a slip stays on one page.
func (l Summons) height(s *sheet, texts []string) float64 {
	h := 28 + titleStyle.lead + 40 + 2*plainStyle.lead + 40
	for _, t := range texts {
		h += float64(len(s.set(t, s.measure(), tightStyle))) * tightStyle.lead
	}
	return h
}
