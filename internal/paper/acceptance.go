package paper

import (
	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/pile"
)

// Acceptance is 受理回执: the dated slip that an applicant takes home, with a strip that stays at the office.
type Acceptance struct {
	Number   string // of the application; also in the QR code
	Person   string
	Identity string // masked
	Matter   string
	Papers   []string // received
	Accepted day.Day
	Promised day.Day // by when the office has promised to be done
	Office   Office
	Clerk    string
	Home     string // the county of registration, when that one decides; "" when this one does
}

// Title is the paper's name.
func (a Acceptance) Title() string { return lang.T("paper.acceptance.title") }

func (a Acceptance) easy() []note {
	return []note{{a.Number, a.Person, []string{lang.T("paper.acceptance.easy.taken", a.Matter), lang.T("paper.acceptance.easy.by", a.Promised.Chinese()),
		lang.T("paper.acceptance.easy.next")}, a.Office, a.Accepted}}
}

func (a Acceptance) lay(d *document) {
	s := d.upright()
	s.heading(a.Title())
	s.numbered(a.Number)
	s.addressed(a.Person)
	s.para(lang.T("paper.acceptance.text", a.Matter), bodyStyle)
	if a.Home != "" {
		s.para(lang.T("paper.acceptance.home", a.Office.Name, a.Home), bodyStyle)
	}
	s.space(8)
	s.pairs([]pair{
		{lang.T("paper.column.person"), a.Person}, {lang.T("paper.column.identity"), a.Identity},
		{lang.T("paper.column.matter"), a.Matter}, {lang.T("paper.column.clerk"), a.Clerk},
		{lang.T("paper.acceptance.accepted"), a.Accepted.Chinese()}, {lang.T("paper.acceptance.promised"), a.Promised.Chinese()},
		{lang.T("paper.column.office"), a.Office.Name}, {lang.T("paper.column.phone"), a.Office.Phone},
		{lang.T("paper.column.address"), a.Office.Address},
	})
	s.space(8)
	s.para(lang.T("paper.acceptance.papers", len(a.Papers)), tightStyle)
	s.items(a.Papers, tightStyle)
	s.coded(a.Number, lang.T("paper.acceptance.code"))
	s.signature(a.Office.Name, a.Accepted)
	a.strip(s)
	d.endPaper(ifSeveral)
}

// strip is what the office keeps.
func (a Acceptance) strip(s *sheet) {
	s.slip(lang.T("paper.acceptance.strip"), 195, pile.Code(a.Number, pile.StripMark))
	s.numbered(a.Number)
	s.para(lang.T("paper.acceptance.received", a.Person, a.Matter, a.Accepted, a.Promised), tightStyle)
	s.blanks(lang.T("paper.sign.person"), lang.T("paper.sign.date"))
}
