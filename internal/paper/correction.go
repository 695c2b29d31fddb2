package paper

import (
	"hefa/internal/day"
	"hefa/internal/lang"
)

// Correction is 补正告知书: it names everything that is missing, once, with a slip that proves when it was handed over.
type Correction struct {
	Number   string
	Person   string
	Identity string // masked
	Matter   string
	Received day.Day // when the application came in
	Missing  []Missing
	Until    day.Day // "" for no limit
	Dated    day.Day
	Office   Office
}

// Missing is one paper that is wanted and what is wrong with what was handed in; Reason "" when there was nothing.
type Missing struct{ Paper, Reason string }

// Title is the paper's name.
func (c Correction) Title() string { return lang.T("paper.correction.title") }

func (c Correction) easy() []note {
	lines := []string{lang.T("paper.correction.easy.what", len(c.Missing))}
	for i, m := range c.Missing {
		lines = append(lines, lang.T("paper.item", i+1, m.text()))
	}
	if c.Until != "" {
		lines = append(lines, lang.T("paper.correction.easy.until", c.Until.Chinese()))
	}
	return []note{{c.Number, c.Person, append(lines, lang.T("paper.correction.easy.then")), c.Office, c.Dated}}
}

// text is the paper and what is wrong with it.
func (m Missing) text() string {
	if m.Reason == "" {
		return m.Paper
	}
	return lang.T("paper.correction.reason", m.Paper, m.Reason)
}

func (c Correction) lay(d *document) {
	s := d.official(c.Office.Name, c.Number, c.Title())
	s.para(lang.T("paper.to", c.Person), officialPlain)
	s.para(lang.T("paper.correction.text", c.Received, c.Matter, c.Identity), officialStyle)
	for i, m := range c.Missing {
		s.para(lang.T("paper.item", i+1, m.text()), officialStyle)
	}
	if c.Until != "" {
		s.para(lang.T("paper.correction.until", c.Until), officialStyle)
	}
	s.para(lang.T("paper.correction.once"), officialStyle)
	s.para(lang.T("paper.contact", c.Office.Name, c.Office.Address, c.Office.Phone), officialStyle)
	s.signed(c.Office.Name, c.Dated)
	s.served(lang.T("paper.correction.slip"), c.Number, lang.T("paper.correction.received", len(c.Missing)))
	d.endPaper(dashes)
}
