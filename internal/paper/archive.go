package paper

import (
	"slices"
	"strconv"
	"strings"

	"hefa/internal/day"
	"hefa/internal/lang"
)

// Dossier is what lies around the papers of one person's file: the cover, 卷内目录 and 备考表 (DA/T 22-2015). Its number stands on the cover as a QR code
// too.
type Dossier struct {
	Office     string
	No, Name   string
	Identity   string // masked
	Term       string
	Box, Place string // "" when it stands in none
	From, To   day.Day
	Pages      int
	Rows       []DossierRow
}

// DossierRow is one paper of a file.
type DossierRow struct {
	Author, Number, Title string
	Day                   day.Day
	Pages                 int
	Origin, Note          string
	Digest                string // of what is kept as a file, with the name of its algorithm; "" for none
}

// Title is the paper's name.
func (p Dossier) Title() string { return lang.T("paper.dossier.title", p.Name, p.No) }

func (p Dossier) lay(d *document) {
	p.cover(d)
	p.contents(d)
	p.remarks(d)
}

func (p Dossier) cover(d *document) {
	s := d.upright()
	s.space(40)
	s.heading(lang.T("paper.dossier.cover"))
	s.space(20)
	s.pairs([]pair{{lang.T("paper.dossier.no"), p.No}, {lang.T("paper.column.name"), p.Name}, {lang.T("paper.column.identity"), p.Identity},
		{lang.T("paper.dossier.office"), p.Office}, {lang.T("paper.dossier.term"), p.Term}, {lang.T("paper.dossier.days"), lang.T("paper.dossier.days.text", p.From, p.To)},
		{lang.T("paper.dossier.size"), lang.T("paper.dossier.size.text", len(p.Rows), p.Pages)}, {lang.T("paper.dossier.box"), p.Box + " " + p.Place}})
	s.space(30)
	s.coded(p.No, lang.T("paper.dossier.code"))
	d.endPaper(bare)
}

func (p Dossier) contents(d *document) {
	s := d.list(false)
	s.part(lang.T("paper.dossier.contents"))
	s.para(lang.T("paper.dossier.of", p.No, p.Name), smallStyle)
	s.space(4)
	columns := []column{{lang.T("paper.column.order"), 11, center}, {lang.T("paper.dossier.author"), 32, left}, {lang.T("paper.dossier.number"), 32, left},
		{lang.T("paper.dossier.name"), 44, left}, {lang.T("paper.dossier.date"), 22, center}, {lang.T("paper.dossier.pages"), 12, center}, {lang.T("paper.column.note"), 22, left}}
	s.table(columns, func(yield func([]string) bool) {
		for i, r := range p.Rows {
			note := r.Origin
			if r.Note != "" {
				note += " " + r.Note
			}
			if !yield([]string{strconv.Itoa(i + 1), r.Author, r.Number, r.Title, strings.ReplaceAll(string(r.Day), "-", ""), strconv.Itoa(r.Pages), note}) {
				return
			}
		}
	}, 22)
	digests(s, p.Rows)
	d.endPaper(everywhere)
}

// digests is the hash of each paper that is kept as a file, below the list of them.
func digests(s *sheet, rows []DossierRow) {
	if !slices.ContainsFunc(rows, func(r DossierRow) bool { return r.Digest != "" }) {
		return
	}
	s.space(8)
	s.para(lang.T("paper.dossier.digests"), smallStyle)
	s.space(4)
	s.table([]column{{lang.T("paper.column.order"), 11, center}, {lang.T("paper.dossier.digest"), 164, left}}, func(yield func([]string) bool) {
		for i, r := range rows {
			if r.Digest != "" && !yield([]string{strconv.Itoa(i + 1), r.Digest}) {
				return
			}
		}
	}, 18)
}

func (p Dossier) remarks(d *document) {
	s := d.upright()
	s.part(lang.T("paper.dossier.remarks"))
	s.para(lang.T("paper.dossier.of", p.No, p.Name), smallStyle)
	s.space(6)
	st := cellStyle
	st.size, st.lead = 12, 18
	s.begin("Table", "")
	s.row([]cell{{text: lang.T("paper.dossier.state", len(p.Rows), p.Pages), style: st}}, []float64{s.measure()}, 330)
	s.end()
	s.space(10)
	s.blanks(lang.T("paper.dossier.maker"), lang.T("paper.dossier.checker"))
	s.blanks(lang.T("paper.sign.date"), lang.T("paper.sign.date"))
	d.endPaper(bare)
}

// BoxPapers is what goes on and into a box of files: the label of its spine, the label of its front with a QR code, and 盒内目录.
type BoxPapers struct {
	Office   string
	No       string
	Year     int
	Term     string
	Place    string
	From, To string // the first and the last number
	Rows     []BoxRow
}

// BoxRow is one file of a box.
type BoxRow struct {
	Order          int
	No, Name, Note string
	Opened         day.Day
}

// Title is the paper's name.
func (p BoxPapers) Title() string { return lang.T("paper.box.title", p.No) }

// Measures of the spine's label in points: a box is 310 mm high and 30 mm thick or more.
const (
	spineWidth  = 28 * mm
	spineHeight = 180 * mm
)

func (p BoxPapers) lay(d *document) {
	s := d.upright()
	s.heading(p.Title())
	top, x := s.y, s.left
	s.artifact()
	s.frame(x, top, spineWidth, spineHeight)
	s.left = x + spineWidth + 14*mm
	s.front(p)
	s.left, s.y = x+2*mm, top+4*mm
	s.right = s.width - x - spineWidth + 2*mm
	small := style{look: hei, size: 11, lead: 17, align: center}
	for _, t := range []string{p.Office, lang.T("paper.box.kind"), strconv.Itoa(p.Year), p.Term, lang.T("paper.box.run", serial(p.From), serial(p.To)), lang.T("paper.box.serial", serial(p.No)), p.Place} {
		if t != "" {
			s.para(t, small)
			s.space(10)
		}
	}
	d.endPaper(bare)
	p.contents(d)
}

// serial is the last part of a number, which is all that fits on a spine.
func serial(no string) string { return no[strings.LastIndexAny(no, "-/")+1:] }

// front is the label on the box's front.
func (s *sheet) front(p BoxPapers) {
	s.pairs([]pair{{lang.T("paper.box.no"), p.No}, {lang.T("paper.box.year"), strconv.Itoa(p.Year)}, {lang.T("paper.dossier.term"), p.Term},
		{lang.T("paper.box.files"), lang.T("paper.box.files.text", len(p.Rows))}, {lang.T("paper.box.place"), p.Place}})
	s.space(8)
	s.coded(p.No, lang.T("paper.dossier.code"))
}

func (p BoxPapers) contents(d *document) {
	s := d.list(false)
	s.part(lang.T("paper.box.contents"))
	s.para(lang.T("paper.box.of", p.No, p.Place, len(p.Rows)), smallStyle)
	s.space(4)
	columns := []column{{lang.T("paper.box.order"), 12, center}, {lang.T("paper.dossier.no"), 60, left}, {lang.T("paper.column.name"), 40, left},
		{lang.T("paper.box.opened"), 26, center}, {lang.T("paper.column.note"), 34, left}}
	s.table(columns, func(yield func([]string) bool) {
		for _, r := range p.Rows {
			if !yield([]string{strconv.Itoa(r.Order), r.No, r.Name, string(r.Opened), r.Note}) {
				return
			}
		}
	}, 22)
	d.endPaper(everywhere)
}
