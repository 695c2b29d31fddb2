package paper

import (
	"hefa/internal/day"
	"hefa/internal/lang"
)

// Outcome is 异地代收事项办理结果告知书: the county that took a case tells what the county of registration decided.
type Outcome struct {
	Number   string
	Person   string
	Identity string // masked
	Matter   string
	Case     string  // the number of the case
	Accepted day.Day // "" never
	Home     string  // the county of registration
	Reasons  []string
	Granted  bool
	Document string // the number of its document, "" when it told so by way of the program
	Dated    day.Day
	Office   Office
}

// Title is the paper's name.
func (o Outcome) Title() string { return lang.T("paper.outcome.title") }

func (o Outcome) easy() []note {
	n := note{number: o.Number, person: o.Person, office: o.Office, dated: o.Dated}
	n.lines = []string{lang.T("paper.outcome.easy.sent", o.Matter, o.Home)}
	if o.Granted {
		n.lines = append(n.lines, lang.T("paper.outcome.easy.granted"))
		return []note{n}
	}
	n.lines = append(n.lines, lang.T("paper.outcome.easy.refused"), lang.T("paper.easy.why"))
	n.lines = append(n.lines, numbered(o.Reasons)...)
	n.lines = append(n.lines, lang.T("paper.easy.can"), lang.T("paper.outcome.easy.remedy", o.Home))
	return []note{n}
}

func (o Outcome) lay(d *document) {
	s := d.upright()
	s.heading(o.Title())
	s.numbered(o.Number)
	s.addressed(o.Person)
	s.para(lang.T("paper.outcome.text", o.Accepted, o.Matter, o.Identity, o.Case, o.Home), bodyStyle)
	if o.Document != "" {
		s.para(lang.T("paper.outcome.document", o.Document), bodyStyle)
	}
	if o.Granted {
		s.para(lang.T("paper.outcome.granted"), bodyStyle)
	} else {
		s.para(lang.T("paper.outcome.refused"), bodyStyle)
		for i, r := range o.Reasons {
			s.para(lang.T("paper.item", i+1, r), bodyStyle)
		}
		s.para(lang.T("paper.outcome.remedy", o.Home), bodyStyle)
	}
	s.contact(o.Office)
	s.coded(o.Number, lang.T("paper.acceptance.code"))
	s.signature(o.Office.Name, o.Dated)
	s.slip(lang.T("paper.outcome.slip"), 195, o.Number)
	s.numbered(o.Number)
	s.para(lang.T("paper.outcome.received"), tightStyle)
	s.blanks(lang.T("paper.sign.person"), lang.T("paper.sign.date"))
	d.endPaper(ifSeveral)
}
