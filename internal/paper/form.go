package paper

import (
	"slices"
	"strings"

	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/lang"
	"hefa/internal/pile"
)

// Form is 残疾人证申请表 or, with Change, 变更申请表 (rules.md §4.1; the official annexes could not be had, so the layout is a local draft). What is empty is left
// blank to be filled in by hand, so that the same paper serves the counter that types and the one that does not.
type Form struct {
	Change                bool   // what the certificate in hand says is to be changed
	Number                string // of the application, "" before it has one
	Code                  string // by which a scan of the form files itself; "" on a blank one
	Person, Sex, Nation   string
	Born, Identity        string // Identity is as full as the reader may see it
	Education, Marital    string
	Place, Lives, Phone   string
	Guardian, Relation    string
	GuardianNumber        string
	GuardianPhone         string
	Matters, Categories   []Choice
	Certificate, Grade    string // of the one in hand; Grade with its last day
	Stated                string // what is to be changed, how it was lost, why it is given up
	Photo                 []byte // JPEG or PNG; nil leaves a frame for gluing
	Village, Town, County string // who gives an opinion; "" for the general word
}

// Choice is one box to tick.
type Choice struct {
	Text   string
	Ticked bool
}

// FormMatters is the matters that the form asks for, with one of them ticked or none; a change has a form of its own.
func FormMatters(ticked application.Matter, change bool) []Choice {
	var out []Choice
	for _, m := range application.Matters {
		if m != application.Check && (!change || m.Changes()) { // nobody applies for a review
			out = append(out, Choice{lang.T(m.Word()), m == ticked})
		}
	}
	return out
}

// FormCategories is the categories, those that are wanted ticked.
func FormCategories(wanted []certificate.Category) []Choice {
	var out []Choice
	for _, c := range certificate.Categories {
		out = append(out, Choice{lang.T(c.Word()), slices.Contains(wanted, c)})
	}
	return out
}

// choices is boxes in one line, the ticked ones filled.
func choices(all []Choice) string {
	var b strings.Builder
	for i, c := range all {
		if i > 0 {
			b.WriteString("　")
		}
		if c.Ticked {
			b.WriteString("■" + c.Text)
		} else {
			b.WriteString("□" + c.Text)
		}
	}
	return b.String()
}

// Title is the paper's name.
func (f Form) Title() string {
	if f.Change {
		return lang.T("paper.form.change")
	}
	return lang.T("paper.form.title")
}

func (f Form) lay(d *document) {
	s := d.upright()
	s.left, s.right, s.bottom, s.y = 20*mm, 20*mm, 13*mm, 14*mm
	const size = 18 * mm
	if f.Code != "" {
		s.figure(lang.T("paper.code.alt", f.Code), func() { s.code(s.left, s.y, size, f.Code) })
	}
	s.heading(f.Title())
	if f.Number != "" {
		s.numbered(f.Number)
	}
	s.y = max(s.y, 14*mm+size+4)
	f.who(s)
	s.pairs([]pair{{lang.T("paper.form.place"), f.Place}})
	s.pairs([]pair{{lang.T("paper.form.lives"), f.Lives}})
	s.pairs([]pair{{lang.T("paper.form.guardian"), f.Guardian}, {lang.T("paper.form.relation"), f.Relation},
		{lang.T("paper.form.guardian.number"), f.GuardianNumber}, {lang.T("paper.form.guardian.phone"), f.GuardianPhone},
		{lang.T("paper.column.matter"), choices(f.Matters)}, {lang.T("paper.form.categories"), choices(f.Categories)},
		{lang.T("paper.form.certificate"), f.Certificate}, {lang.T("paper.form.grade"), f.Grade}})
	stated := f.Stated
	if stated == "" {
		stated = "　\n　"
	}
	s.pairs([]pair{{lang.T("paper.form.stated"), stated}})
	s.space(4)
	st := tightStyle
	s.para(lang.T("paper.form.truth"), st)
	s.blanks(lang.T("paper.sign.person"), lang.T("paper.sign.date"))
	s.space(4)
	f.opinions(s)
	if f.Code != "" {
		s.para(lang.T("paper.form.code"), style{look: song, size: 9, lead: 14, align: left})
	}
	d.endPaper(ifSeveral)
}

// who is the rows beside the photo.
func (f Form) who(s *sheet) {
	const gap = 4 * mm
	top := s.y
	s.right += photoWidth + gap
	for _, two := range [][]pair{
		{{lang.T("paper.column.name"), f.Person}, {lang.T("paper.column.sex"), f.Sex}},
		{{lang.T("paper.column.nation"), f.Nation}, {lang.T("paper.booklet.born"), f.Born}},
		{{lang.T("paper.column.identity"), f.Identity}},
		{{lang.T("paper.form.education"), f.Education}, {lang.T("paper.form.marital"), f.Marital}},
		{{lang.T("paper.column.phone"), f.Phone}},
	} {
		s.pairs(two)
	}
	s.right -= photoWidth + gap
	x := s.width - s.right - photoWidth
	if f.Photo == nil {
		s.artifact()
		s.frame(x, top, photoWidth, photoHeight)
		s.begin("P", "")
		s.mark()
		st := smallStyle
		st.align = center
		s.text(x, top+photoHeight/2-st.lead/2, photoWidth, lang.T("paper.form.photo"), st)
		s.end()
	} else {
		s.figure(lang.T("paper.booklet.photo", f.Person), func() { s.picture(x, top, photoWidth, photoHeight, f.Photo) })
	}
	s.y = max(s.y, top+photoHeight) + gap
}

// opinions is the places for the village, the township and the county to write, sign and seal.
func (f Form) opinions(s *sheet) {
	caption, opinion := cellStyle, cellStyle
	caption.look, caption.size, caption.lead, caption.align = hei, 12, 18, center
	opinion.size, opinion.lead = 12, 18
	const width = 46 * mm
	s.begin("Table", "")
	defer s.end()
	for _, o := range [][2]string{{f.Village, "paper.form.village"}, {f.Town, "paper.form.town"}, {f.County, "paper.form.county"}} {
		text := lang.T(o[1])
		if o[0] != "" {
			text = o[0] + "\n" + text
		}
		s.row([]cell{{text: text, style: caption, head: "Row"}, {text: "　\n" + lang.T("paper.form.opinion"), style: opinion}}, []float64{width, s.measure() - width}, 44)
	}
}

// FormCode is the code of a case's application form: the number of the case, or, before it has one, its id.
func FormCode(no, id string) string {
	if no == "" {
		no = id
	}
	return pile.Code(no, pile.FormMark)
}
