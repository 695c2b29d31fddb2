package roster

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"hefa/internal/fault"
	"hefa/internal/lang"
)

// names is what each meaning is called where it is kept and asked for; what has none is never told by hand.
var names = map[Meaning]string{
	Name: "name", Sex: "sex", Identity: "identity", Certificate: "certificate", AnyNumber: "number", CategoryColumn: "category", LevelColumn: "level",
	Grade: "grade", Expires: "expires", Issued: "issued", Standing: "standing", Birth: "birth", Nation: "nation", TownshipColumn: "township",
	VillageColumn: "village", Address: "address", Phone: "phone", Guardian: "guardian", Poor: "poor", Condition: "condition", Reason: "reason",
	Remark: "remark",
}

// Told is every meaning that can be told, by name, in the order of the form.
var Told = []string{"name", "identity", "certificate", "number", "sex", "birth", "nation", "category", "level", "grade", "issued", "expires", "standing",
	"township", "village", "address", "phone", "guardian", "poor", "condition", "reason", "remark"}

// MeaningWord is the key of a told meaning's name in the catalogue.
func MeaningWord(name string) string { return "roster.meaning." + name }

// Reading is what somebody told of the columns of one source: lists that bear the same words over their columns are read alike.
type Reading struct {
	Titles []string // the words over each column
	Means  []string // what each column holds, a word of Told, or "" for a column that is not read
	Source string   // the file that it was told of
	Author string
}

// ColumnField is the name of the form's field for column i.
func ColumnField(i int) string { return "column-" + strconv.Itoa(i) }

// columnsMost is how many columns of a list can be told.
const columnsMost = 200

// Layout names the source: the hash of the words over its columns, spaces and wide letters aside.
func (r Reading) Layout() string { return layoutOf(r.Titles) }

// layoutOf leaves out the column that a file of returned rows has beside the list's own, so that a corrected file is read as the first was.
func layoutOf(titles []string) string {
	var b strings.Builder
	for _, t := range titles[:len(titles)-blankEnd(titles)] {
		if t == lang.T("roster.column.returned") {
			continue
		}
		b.WriteString(strings.ToUpper(squeeze(t)) + "\n")
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:])
}

// blankEnd is how many titles at the end hold nothing.
func blankEnd(titles []string) int {
	n := 0
	for n < len(titles) && blank(titles[len(titles)-1-n]) {
		n++
	}
	return n
}

// Check refuses a reading that names a meaning twice or one that nobody knows, and one with which the kind of list cannot be read.
func (r Reading) Check(kind Kind) error {
	var p fault.Problems
	seen := map[string]bool{}
	for i, m := range r.Means {
		switch {
		case m == "":
		case !slices.Contains(Told, m):
			p.Add(ColumnField(i), "roster.meaning.unknown")
		case seen[m]:
			p.Add(ColumnField(i), "roster.meaning.twice", lang.T(MeaningWord(m)))
		}
		seen[m] = true
	}
	if len(r.Titles) > columnsMost || len(r.Means) > len(r.Titles) {
		p.Add(ColumnField(0), "roster.meaning.many", columnsMost)
	}
	if len(p) > 0 {
		return p.Fault()
	}
	h := r.header(Span{})
	if lacking := h.lacks(kind); len(lacking) > 0 {
		p.Add(ColumnField(0), "roster.meaning.lacks", strings.Join(lacking, "、"))
	}
	return p.Fault()
}

// header is a header in those rows that holds what was told.
func (r Reading) header(at Span) Header {
	h := Header{Row: at.Row, Last: at.Last, Columns: slices.Clone(r.Titles), whole: r.Titles, Told: r}
	for m := range h.at {
		h.at[m] = -1
	}
	for m, name := range names {
		h.at[m] = slices.Index(r.Means, name)
	}
	return h
}

// Known is what was told of the sources of a county, by layout.
type Known map[string]Reading

// Only is what is known when a list is read again as it was read before.
func Only(r Reading) Known {
	if len(r.Titles) == 0 {
		return nil
	}
	return Known{r.Layout(): r}
}

// told is the row, or the row and the one below, as a header of a known source.
func (k Known) told(rows []Row) (Header, bool) {
	if len(k) == 0 {
		return Header{}, false
	}
	at := Span{rows[0].Number, rows[0].Number}
	if r, ok := k[layoutOf(Texts(rows[0]))]; ok {
		return r.header(at), true
	}
	if at.Last++; len(rows) == 1 || rows[1].Number != at.Last {
		return Header{}, false
	}
	r, ok := k[layoutOf(Joined(rows[0], rows[1]))]
	return r.header(at), ok
}

// Span is the rows of a header, as the spreadsheet shows them: Last is Row, or Row + 1 where an upper line groups the columns of a lower one.
type Span struct{ Row, Last int }

// Span is the rows of h.
func (h *Header) Span() Span { return Span{h.Row, h.Last} }

// In is where the rows of at begin among rows, and the words over each column there; ok is false when they are not among them.
func (at Span) In(rows []Row) (first int, titles []string, ok bool) {
	i := slices.IndexFunc(rows, func(r Row) bool { return r.Number == at.Row })
	switch {
	case i < 0:
		return 0, nil, false
	case at.Last == at.Row:
		return i, Texts(rows[i]), true
	case at.Last == at.Row+1 && i+1 < len(rows) && rows[i+1].Number == at.Last:
		return i, Joined(rows[i], rows[i+1]), true
	}
	return 0, nil, false
}

// Joined is the words of a header of two lines, one title for each column: those of the group and, below it, the column's own.
func Joined(up, down Row) []string {
	out := make([]string, max(len(up.Cells), len(down.Cells)))
	for i := range out {
		u, d := up.cell(i), down.cell(i)
		if !u.Number {
			out[i] = strings.TrimSpace(u.Text)
		}
		switch {
		case d.Number || d.blank() || squeeze(d.Text) == squeeze(u.Text): // merged downwards
		case d.Across:
			out[i] = ""
		default:
			out[i] += strings.TrimSpace(d.Text)
		}
	}
	return out[:len(out)-blankEnd(out)]
}

// Texts is the words of a row as a header has them: numbers and what stretches over from the left are none.
func Texts(row Row) []string {
	out := make([]string, len(row.Cells))
	for i, c := range row.Cells {
		if !c.Number && !c.Across {
			out[i] = strings.TrimSpace(c.Text)
		}
	}
	return out[:len(out)-blankEnd(out)]
}

// Means is what each column holds as h reads it, words of Told, for the form to begin with.
func (h *Header) Means() []string {
	out := make([]string, len(h.Columns))
	for m, name := range names {
		if i := h.at[m]; i >= 0 && i < len(out) {
			out[i] = name
		}
	}
	return out
}

// Guess is what the program reads of the words over the columns by itself.
func Guess(titles []string) []string {
	h, _ := makeHeader(0, 0, titles, titles)
	return append(h.Means(), make([]string, len(titles)-len(h.Columns))...)
}

// Line is one of the first rows of a sheet, as the form shows it to choose the header from.
type Line struct {
	Row  int
	Text []string // the first cells that hold something
}

// linesShown is how many rows the header can be chosen from, and how many cells of each are shown.
const (
	linesShown = 15
	cellsShown = 6
)

// Lines is the first rows of a sheet that may be its header: those with two words at least.
func Lines(rows []Row) []Line {
	var out []Line
	for _, r := range rows[:min(len(rows), linesShown)] {
		l := Line{Row: r.Number}
		for _, t := range Texts(r) {
			if t != "" && len(l.Text) < cellsShown {
				l.Text = append(l.Text, t)
			}
		}
		if len(l.Text) > 1 {
			out = append(out, l)
		}
	}
	return out
}

// Widest is the row that looks most like a header when none was found: the first with the most words.
func Widest(rows []Row) Span {
	best, most := 0, -1
	for _, r := range rows {
		n := 0
		for _, t := range Texts(r) {
			if t != "" {
				n++
			}
		}
		if n > most {
			best, most = r.Number, n
		}
	}
	return Span{best, best}
}
