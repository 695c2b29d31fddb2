package paper

import (
	"hefa/internal/lang"
	"hefa/internal/pile"
)

// Evaluation is 残疾评定表: what the doctors found for each category, a page each, to be signed by two of them and sealed by the hospital. What is empty is
// left blank to be filled in by hand, so that the same paper goes along to a home.
type Evaluation struct {
	Number                                 string // of the application; also in the QR code
	Person, Sex, Born, Nation              string
	Identity                               string // masked
	Guardian, Place, Phone, Hospital, Kind string
	Parts                                  []EvaluationPart
}

// EvaluationPart is one category.
type EvaluationPart struct {
	Category  string
	Fields    [][2]string // what was measured: captions and values
	Findings  string      // in words
	Cause     string
	Result    string // 符合, the category and the level; or 不符合
	Suggested string // what the standard suggested, "" for nothing
	Reason    string // why the conclusion differs
	Doctor    string
	Second    string
	Date      string
}

// Title is the paper's name.
func (e Evaluation) Title() string { return lang.T("paper.evaluation.title") }

func (e Evaluation) lay(d *document) {
	s := d.upright()
	for i, p := range e.Parts {
		if i > 0 {
			s.turn()
			s.part(lang.T("paper.evaluation.of", p.Category))
		} else {
			s.heading(lang.T("paper.evaluation.of", p.Category))
		}
		if e.Number != "" {
			s.numbered(e.Number)
		}
		s.pairs([]pair{{lang.T("paper.column.person"), e.Person}, {lang.T("paper.evaluation.sex"), e.Sex}, {lang.T("paper.evaluation.born"), e.Born},
			{lang.T("paper.evaluation.nation"), e.Nation}, {lang.T("paper.column.identity"), e.Identity}, {lang.T("paper.column.phone"), e.Phone},
			{lang.T("paper.evaluation.guardian"), e.Guardian}, {lang.T("paper.evaluation.kind"), e.Kind}, {lang.T("paper.evaluation.place"), e.Place},
			{lang.T("paper.evaluation.hospital"), e.Hospital}})
		p.lay(s)
		if e.Number != "" {
			s.coded(pile.Code(e.Number, pile.SheetMark), lang.T("paper.acceptance.code"))
		}
	}
	d.endPaper(ifSeveral)
}

func (p EvaluationPart) lay(s *sheet) {
	var rows []pair
	for _, f := range p.Fields {
		rows = append(rows, pair{f[0], f[1]})
	}
	rows = append(rows, pair{lang.T("paper.evaluation.findings"), p.Findings}, pair{lang.T("paper.evaluation.cause"), p.Cause}, pair{lang.T("paper.evaluation.result"), p.Result})
	if p.Suggested != "" {
		rows = append(rows, pair{lang.T("paper.evaluation.suggested"), p.Suggested})
	}
	if p.Reason != "" {
		rows = append(rows, pair{lang.T("paper.evaluation.reason"), p.Reason})
	}
	s.space(8)
	s.pairs(rows)
	s.space(10)
	s.need(120)
	s.blanks(lang.T("paper.evaluation.first", p.Doctor))
	s.blanks(lang.T("paper.evaluation.second", p.Second))
	s.blanks(lang.T("paper.evaluation.seal"), lang.T("paper.evaluation.date", p.Date))
}
