package paper

import (
	"hefa/internal/day"
	"hefa/internal/lang"
)

// Rejection is 不予受理决定书: why an application is not taken in, and what the applicant can do.
type Rejection struct {
	Number   string
	Person   string
	Identity string // masked
	Matter   string
	Received day.Day
	Reasons  []string
	Remedies []string // in the office's own words; nil for the ordinary sentences
	Superior string   // the federation above, named in the ordinary sentences
	Dated    day.Day
	Office   Office
}

// Title is the paper's name.
func (r Rejection) Title() string { return lang.T("paper.rejection.title") }

func (r Rejection) easy() []note {
	lines := append([]string{lang.T("paper.rejection.easy.what", r.Matter), lang.T("paper.easy.why")}, numbered(r.Reasons)...)
	lines = append(lines, lang.T("paper.easy.can"))
	return []note{{r.Number, r.Person, append(lines, numbered(r.remedies())...), r.Office, r.Dated}}
}

// remedies is what the applicant can do.
func (r Rejection) remedies() []string {
	if len(r.Remedies) > 0 {
		return r.Remedies
	}
	return []string{lang.T("paper.rejection.again"), lang.T("paper.rejection.complain", r.Office.Name, r.Superior)}
}

// numbered is texts with their numbers: 1. 2. 3.
func numbered(texts []string) []string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = lang.T("paper.item", i+1, t)
	}
	return out
}

func (r Rejection) lay(d *document) {
	s := d.official(r.Office.Name, r.Number, r.Title())
	s.para(lang.T("paper.to", r.Person), officialPlain)
	s.para(lang.T("paper.rejection.text", r.Received, r.Matter, r.Identity), officialStyle)
	s.items(r.Reasons, officialStyle)
	s.decision(r.Number, r.remedies(), r.Office, r.Dated)
	d.endPaper(dashes)
}

// Refusal is 不予办理决定书: the county's refusal after assessment and review, with the way to re-assessment (《中华人民共和国残疾人证管理办法》 article 25).
type Refusal struct {
	Number   string
	Person   string
	Identity string // masked
	Matter   string
	Received day.Day
	Hospital string // that assessed; "" when there was no assessment
	Assessed day.Day
	Finding  string // its conclusion in words
	Reasons  []string
	Days     int    // working days in which re-assessment may be asked for
	City     string // the city federation, which orders the re-assessment
	Province string // the provincial federation, whose committee's conclusion is final
	Dated    day.Day
	Office   Office
}

// Title is the paper's name.
func (r Refusal) Title() string { return lang.T("paper.refusal.title") }

func (r Refusal) easy() []note {
	lines := append([]string{lang.T("paper.refusal.easy.what", r.Matter), lang.T("paper.easy.why")}, numbered(r.Reasons)...)
	lines = append(lines, lang.T("paper.refusal.easy.again", r.Days), lang.T("paper.refusal.easy.where", r.City))
	return []note{{r.Number, r.Person, lines, r.Office, r.Dated}}
}

func (r Refusal) lay(d *document) {
	s := d.official(r.Office.Name, r.Number, r.Title())
	s.para(lang.T("paper.to", r.Person), officialPlain)
	s.para(lang.T("paper.refusal.text", r.Received, r.Matter, r.Identity), officialStyle)
	if r.Hospital != "" {
		s.para(lang.T("paper.refusal.assessed", r.Assessed, r.Hospital, r.Finding), officialStyle)
	}
	s.para(lang.T("paper.refusal.reasons"), officialStyle)
	s.items(r.Reasons, officialStyle)
	s.decision(r.Number, []string{
		lang.T("paper.refusal.city", r.Days, r.City), lang.T("paper.refusal.province", r.Province),
	}, r.Office, r.Dated)
	d.endPaper(dashes)
}

// decision ends a letter of decision: remedies, whom to ask, seal and date, and the slip that proves its delivery.
func (s *sheet) decision(number string, remedies []string, office Office, dated day.Day) {
	s.para(lang.T("paper.remedies"), officialStyle)
	s.items(remedies, officialStyle)
	s.para(lang.T("paper.contact", office.Name, office.Address, office.Phone), officialStyle)
	s.signed(office.Name, dated)
	s.served(lang.T("paper.decision.slip"), number, lang.T("paper.decision.received"))
}
