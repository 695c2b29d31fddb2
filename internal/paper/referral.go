package paper

import (
	"strconv"
	"strings"

	"hefa/internal/day"
	"hefa/internal/lang"
)

// Referral is 残疾人证异地代收转办单: what one county took and had assessed and hands to the county of registration, with the list of papers, and the receipt
// that this one seals (rules.md §5.4; its layout is a local draft).
type Referral struct {
	Number           string
	Person, Identity string // the whole number: the paper goes from federation to federation
	Phone, Guardian  string
	Matter, Stated   string
	From, Lives      string // the federation that took the case, and where the person lives
	To, Registered   string // the county of registration, and the address in the household register
	Accepted         day.Day
	Grade, Hospital  string // "" when no assessment is needed
	Assessed         day.Day
	Signed           []string // the doctors
	Notice           string   // the number of the public notice, "" for none
	Sent, Due        day.Day
	Rows             []ReferralRow
	Key              string // the signature of the list, so that the two counties can compare it
}

// ReferralRow is one paper that goes along.
type ReferralRow struct {
	Title, Origin string
	Pages         int // 0 for one that was only seen
}

// Title is the paper's name.
func (p Referral) Title() string { return lang.T("paper.referral.title") }

func (p Referral) lay(d *document) {
	s := d.upright()
	s.heading(p.Title())
	s.numbered(p.Number)
	pairs := []pair{{lang.T("paper.column.name"), p.Person}, {lang.T("referral.number.whole"), p.Identity}, {lang.T("paper.column.phone"), p.Phone}, {lang.T("detail.guardian"), p.Guardian},
		{lang.T("paper.column.matter"), strings.TrimSpace(p.Matter + " " + p.Stated)}, {lang.T("paper.acceptance.accepted"), p.Accepted.Chinese()},
		{lang.T("referral.lives"), p.Lives}, {lang.T("referral.registered"), p.Registered}}
	if p.Assessed != "" {
		pairs = append(pairs, pair{lang.T("referral.grade"), p.Grade}, pair{lang.T("referral.assessed"), lang.T("referral.assessed.by", p.Assessed.Chinese(), p.Hospital,
			strings.Join(p.Signed, "、"))}, pair{lang.T("referral.notice"), p.Notice})
	}
	s.pairs(append(pairs, pair{lang.T("referral.sent"), p.Sent.Chinese()}, pair{lang.T("referral.due"), p.Due.Chinese()}))
	s.space(6)
	s.part(lang.T("paper.referral.papers", len(p.Rows)))
	s.table([]column{{lang.T("paper.column.order"), 11, center}, {lang.T("paper.dossier.name"), 90, left}, {lang.T("paper.dossier.pages"), 20, center},
		{lang.T("paper.column.note"), 40, left}}, func(yield func([]string) bool) {
		for i, r := range p.Rows {
			pages := ""
			if r.Pages > 0 {
				pages = strconv.Itoa(r.Pages)
			}
			if !yield([]string{strconv.Itoa(i + 1), r.Title, pages, r.Origin}) {
				return
			}
		}
	}, 22)
	s.space(6)
	s.para(lang.T("paper.transfer.signed", p.Key), smallStyle)
	s.space(10)
	s.para(lang.T("paper.referral.sends", p.From), plainStyle)
	s.blanks(lang.T("paper.transfer.seal"), lang.T("paper.sign.date"))
	s.space(10)
	s.para(lang.T("paper.referral.takes", p.To), plainStyle)
	s.blanks(lang.T("paper.transfer.seal"), lang.T("paper.sign.date"))
	d.endPaper(everywhere)
}
