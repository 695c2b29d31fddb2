package roster

import (
	"slices"
	"strings"

	"hefa/internal/fault"
	"hefa/internal/lang"
)

// Head is how many rows of a sheet FindHeader wants to see.
const Head = 40

// Header is where a list's columns are.
type Header struct {
	Row     int      // the row that names the columns, as the spreadsheet shows it
	Last    int      // the last row of the header: Row + 1 when it has two lines
	Columns []string // the words over each column, as the file has them
	Strange bool     // the columns look like those of the other list
	Told    Reading  // what was told of the columns, when that is how they are read

	at    [meanings]int // index of the column with a meaning, -1 when there is none
	whole []string      // Columns with the words of the group above them
}

// column is the index of the column that means m, -1 when there is none.
func (h *Header) column(m Meaning) int { return h.at[m] }

func (h *Header) has(m Meaning) bool { return h.at[m] >= 0 }

// title is the words over column i.
func (h *Header) title(i int) string {
	if i < 0 || i >= len(h.Columns) {
		return ""
	}
	return h.Columns[i]
}

// Holds says whether the list has a column that means m.
func (h *Header) Holds(m Meaning) bool { return h.has(m) }

// FindHeader finds the row that names the columns among the first rows of a sheet. The fault says which column is lacking, or that no row
// looks like a header at all.
func FindHeader(kind Kind, rows []Row) (Header, error) { return Known(nil).FindHeader(kind, rows) }

// FindHeader is the function of that name, but a row, or two, whose words somebody has told the meanings of is read as told.
func (k Known) FindHeader(kind Kind, rows []Row) (Header, error) {
	var best Header
	most := 1
	for i := range rows[:min(len(rows), Head)] {
		if h, ok := k.told(rows[i:]); ok && len(h.lacks(kind)) == 0 {
			return h, nil
		}
		h, n := oneLine(rows[i])
		if i+1 < len(rows) && rows[i+1].Number == rows[i].Number+1 {
			if h2, n2 := twoLines(rows[i], rows[i+1]); n2 > n {
				h, n = h2, n2
			}
		}
		if h.has(Name) && h.numbered() {
			n += 4
		}
		if n > most {
			best, most = h, n
		}
	}
	if most < 2 {
		return Header{}, fault.New(fault.Invalid, "roster.header.none")
	}
	if lacking := best.lacks(kind); len(lacking) > 0 {
		return Header{}, fault.New(fault.Invalid, "roster.header.lacks", best.Row, strings.Join(lacking, "、"))
	}
	best.Strange = kind == Suspected && best.has(Certificate) && best.has(Expires) || kind.Held() && best.has(Reason) && !best.has(Certificate)
	return best, nil
}

func (h *Header) numbered() bool { return h.has(Identity) || h.has(Certificate) || h.has(AnyNumber) }

// lacks names the columns without which the list cannot be read.
func (h *Header) lacks(kind Kind) []string {
	var out []string
	if !h.has(Name) {
		out = append(out, lang.T("roster.column.name"))
	}
	graded := h.has(Grade) || h.has(CategoryColumn) && h.has(LevelColumn)
	switch {
	case kind == Suspected && !h.has(Identity) && !h.has(AnyNumber):
		out = append(out, lang.T("roster.column.identity"))
	case kind.Held() && !h.has(Certificate) && !h.has(AnyNumber) && !(h.has(Identity) && graded):
		out = append(out, lang.T("roster.column.certificate"))
	}
	return out
}

// oneLine reads row as a header and counts the meanings that it names.
func oneLine(row Row) (Header, int) {
	texts := make([]string, len(row.Cells))
	for i, c := range row.Cells {
		if !c.Number && !c.Across {
			texts[i] = c.Text
		}
	}
	return makeHeader(row.Number, row.Number, texts, texts)
}

// twoLines reads a header whose upper line groups the columns of the lower one; it counts nothing when the lower line looks like data.
func twoLines(up, down Row) (Header, int) {
	width := max(len(up.Cells), len(down.Cells))
	shown, whole := make([]string, width), make([]string, width)
	own, above := 0, 0
	for i := range width {
		u, d := up.cell(i), down.cell(i)
		same := d.blank() || squeeze(d.Text) == squeeze(u.Text)
		switch {
		case d.Number || u.Number && !u.blank():
			return Header{}, 0
		case same:
			shown[i], whole[i] = u.Text, u.Text
			if m, _ := meaningOf(u.Text); m != None && !u.Across {
				above++
			}
			continue
		case d.Across:
			return Header{}, 0
		}
		m, _ := meaningOf(d.Text)
		joined, _ := meaningOf(u.Text + d.Text)
		upper, _ := meaningOf(u.Text)
		switch {
		case m == None && joined == None && upper == None:
			shown[i] = d.Text
			continue
		case m == None && (joined == None || upper == Name || upper == Sex), len([]rune(fold(u.Text))) > longest/2:
			return Header{}, 0
		}
		own++
		shown[i], whole[i] = d.Text, u.Text+d.Text
		if joined == None && !foreign(u.Text) {
			whole[i] = d.Text
		}
	}
	if own == 0 || above == 0 {
		return Header{}, 0
	}
	return makeHeader(up.Number, down.Number, shown, whole)
}

// foreign says whether a group of columns is about somebody else, so that its 姓名 is not the disabled person's.
func foreign(group string) bool {
	return anyIn(squeeze(group), "户主|联系人|家属|代理|监护|填表|帮扶|责任人")
}

// Titles is a header of one line that means the same as h, for the file of returned rows.
func (h *Header) Titles() []string {
	out := slices.Clone(h.Columns)
	for i := range out {
		meant, _ := meaningOf(h.whole[i])
		if m, _ := meaningOf(out[i]); m != meant {
			out[i] = strings.TrimSpace(h.whole[i])
		}
	}
	return out
}

// makeHeader gives each column its meaning by whole and its title by shown.
func makeHeader(row, last int, shown, whole []string) (Header, int) {
	h := Header{Row: row, Last: last, Columns: make([]string, len(shown)), whole: whole}
	for m := range h.at {
		h.at[m] = -1
	}
	var strength [meanings]int
	count := 0
	for i, text := range whole {
		h.Columns[i] = strings.TrimSpace(shown[i])
		m, s := meaningOf(text)
		if m == None || s <= strength[m] {
			continue
		}
		if strength[m] == noMatch {
			count++
		}
		strength[m], h.at[m] = s, i
	}
	for len(h.Columns) > 0 && h.Columns[len(h.Columns)-1] == "" {
		h.Columns = h.Columns[:len(h.Columns)-1]
	}
	h.Columns = slices.Clip(h.Columns)
	return h, count
}
