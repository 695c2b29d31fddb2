package paper

import (
	"strconv"
	"strings"

	"hefa/internal/day"
	"hefa/internal/lang"
)

// Transfer is 残疾人证迁移单: who moves with which certificate from where to where, the papers that go along, and the receipt that the county of arrival
// seals (rules.md §4; its layout is a local draft).
type Transfer struct {
	Number           string
	Person, Identity string // the whole number: the paper goes from federation to federation
	Certificate      string
	Grade            string
	Expires          day.Day
	From, Place      string // the sending federation, and where the holder was registered
	To               string
	File             string  // the number of the file that is sent along
	Dated            day.Day // when it was sent
	Rows             []DossierRow
	Key              string // the signature of the list, so that the two counties can compare it
}

// Title is the paper's name.
func (p Transfer) Title() string { return lang.T("paper.transfer.title") }

func (p Transfer) lay(d *document) {
	s := d.upright()
	s.heading(p.Title())
	s.numbered(p.Number)
	s.pairs([]pair{{lang.T("paper.column.name"), p.Person}, {lang.T("transfer.holder.number"), p.Identity}, {lang.T("transfer.certificate"), p.Certificate},
		{lang.T("transfer.grade"), p.Grade}, {lang.T("transfer.expires"), p.Expires.Chinese()}, {lang.T("transfer.from"), p.Place}, {lang.T("transfer.to"), p.To},
		{lang.T("transfer.file"), p.File}, {lang.T("transfer.sent"), p.Dated.Chinese()}})
	s.space(6)
	s.part(lang.T("paper.transfer.papers", len(p.Rows)))
	s.table([]column{{lang.T("paper.column.order"), 11, center}, {lang.T("paper.dossier.name"), 70, left}, {lang.T("paper.dossier.date"), 26, center},
		{lang.T("paper.dossier.pages"), 14, center}, {lang.T("paper.column.note"), 40, left}}, func(yield func([]string) bool) {
		for i, r := range p.Rows {
			if !yield([]string{strconv.Itoa(i + 1), r.Title, string(r.Day), strconv.Itoa(r.Pages), strings.TrimSpace(r.Origin + " " + r.Note)}) {
				return
			}
		}
	}, 22)
	digests(s, p.Rows)
	s.space(6)
	s.para(lang.T("paper.transfer.signed", p.Key), smallStyle)
	s.space(10)
	s.para(lang.T("paper.transfer.sends", p.From), plainStyle)
	s.blanks(lang.T("paper.transfer.seal"), lang.T("paper.sign.date"))
	s.space(10)
	s.para(lang.T("paper.transfer.takes", p.To), plainStyle)
	s.blanks(lang.T("paper.transfer.seal"), lang.T("paper.sign.date"))
	d.endPaper(everywhere)
}
