package sheet

import (
	"fmt"
	"io"
	"iter"
	"sort"
	"strings"

	"hefa/internal/fault"
	"hefa/internal/roster"
)

// workbook is what the rows of every sheet share. The shared texts are read when the first row is asked for.
type workbook struct {
	archive *archive
	shift   int // days to add to serial dates
	dates   []bool
	shared  []string
	merged  map[string][]area // by part, once read
	sharing string            // the part with the shared texts, "" when there is none or it was read
}

// openXLSX reads what lies around the sheets: their names, the number formats, the date system.
func openXLSX(r io.ReaderAt, size int64) (*Book, error) {
	a, err := openArchive(r, size)
	if err != nil {
		return nil, spoilt(err)
	}
	main, err := a.main()
	if err != nil {
		return nil, err
	}
	w := &workbook{archive: a, merged: map[string][]area{}}
	listed, err := w.list(main)
	if err != nil {
		return nil, spoilt(err)
	}
	relations, err := a.relations(main)
	if err != nil {
		return nil, spoilt(err)
	}
	if err := w.around(relations); err != nil {
		return nil, spoilt(err)
	}
	b := &Book{}
	for _, l := range listed {
		if to := relations[l.id]; to.kind == "worksheet" && a.has(to.target) {
			b.Sheets = append(b.Sheets, Sheet{l.name, func() iter.Seq2[roster.Row, error] { return w.rows(to.target) }})
		}
	}
	if len(b.Sheets) == 0 && a.has("xl/worksheets/sheet1.xml") {
		b.Sheets = []Sheet{{"Sheet1", func() iter.Seq2[roster.Row, error] { return w.rows("xl/worksheets/sheet1.xml") }}}
	}
	return b, nil
}

// main is the name of the workbook part. A zip file without one is some other kind of file.
func (a *archive) main() (string, error) {
	relations, err := a.relations("")
	if err != nil {
		return "", spoilt(err)
	}
	for _, r := range relations {
		if r.kind == "officeDocument" && strings.HasSuffix(strings.ToLower(r.target), ".xml") && strings.Contains(strings.ToLower(r.target), "workbook") && a.has(r.target) {
			return r.target, nil
		}
	}
	if a.has("xl/workbook.xml") {
		return "xl/workbook.xml", nil
	}
	return "", fault.New(fault.Invalid, "sheet.other")
}

// listed is one sheet in the workbook's list.
type listed struct {
	name, id string
	hidden   bool
}

// list reads the workbook part: the sheets, the visible ones first, and the date system.
func (w *workbook) list(main string) ([]listed, error) {
	var out []listed
	err := w.archive.each(main, func(s *scanner) {
		switch string(s.name) {
		case "workbookPr":
			if v := s.attr("date1904"); v == "1" || v == "true" || v == "on" {
				w.shift = 1462
			}
		case "sheet":
			if len(out) < maxSheets {
				out = append(out, listed{s.attr("name"), s.attr("id"), strings.HasSuffix(strings.ToLower(s.attr("state")), "hidden")})
			}
		}
	})
	sort.SliceStable(out, func(i, j int) bool { return !out[i].hidden && out[j].hidden })
	return out, err
}

// around finds the shared texts and reads the number formats.
func (w *workbook) around(relations map[string]relation) error {
	styles := "xl/styles.xml"
	w.sharing = "xl/sharedStrings.xml"
	for _, r := range relations {
		switch r.kind {
		case "sharedStrings":
			w.sharing = r.target
		case "styles":
			styles = r.target
		}
	}
	if !w.archive.has(w.sharing) {
		w.sharing = ""
	}
	if !w.archive.has(styles) {
		return nil
	}
	return w.formats(styles)
}

// formats notes which cell styles show a number as a date.
func (w *workbook) formats(name string) error {
	custom := map[string]bool{}
	inside := false
	return w.archive.each(name, func(s *scanner) {
		switch string(s.name) {
		case "numFmt":
			custom[s.attr("numFmtId")] = isDate(s.attr("formatCode"))
		case "cellXfs":
			inside = true
		case "cellStyles", "dxfs", "cellStyleXfs":
			inside = false
		case "xf":
			if !inside {
				return
			}
			id := s.attr("numFmtId")
			date, ok := custom[id]
			w.dates = append(w.dates, ok && date || !ok && builtin[id])
		}
	})
}

// builtin is the number formats of the standard that show a date, those of Chinese locales included (ECMA-376 18.8.30).
var builtin = map[string]bool{
	"14": true, "15": true, "16": true, "17": true, "22": true, "27": true, "28": true, "29": true, "30": true, "31": true, "36": true,
	"50": true, "51": true, "52": true, "53": true, "54": true, "57": true, "58": true,
}

// isDate says whether a format code shows a year or a day, what it quotes aside.
func isDate(code string) bool {
	quoted, bracket := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\':
			i++
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case bracket:
		case c == 'y' || c == 'Y' || c == 'd' || c == 'D':
			return true
		}
	}
	return false
}

// share reads the shared texts once: rich text joined, readings above the characters left out.
func (w *workbook) share() error {
	if w.sharing == "" {
		return nil
	}
	r, err := w.archive.part(w.sharing, maxShared)
	if err != nil {
		return err
	}
	defer r.Close()
	s := newScanner(r)
	for {
		t, err := s.next()
		if err == io.EOF {
			w.sharing = ""
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading the shared texts: %w", err)
		}
		if t != opens || string(s.name) != "si" {
			continue
		}
		text, err := s.runs("si")
		if err != nil {
			return fmt.Errorf("reading the shared texts: %w", err)
		}
		w.shared = append(w.shared, text)
	}
}

// runs joins the texts (t) up to the end of the element called end, without readings (rPh).
func (s *scanner) runs(end string) (string, error) {
	out, reading, inside := "", false, false
	for {
		t, err := s.next()
		if err != nil {
			return "", noEnd(err)
		}
		switch {
		case t == texts:
			if inside && !reading {
				out += s.said()
			}
			if len(out) > 4*maxText {
				return "", fmt.Errorf("a cell of more than %d characters: %w", maxText, errHuge)
			}
		case string(s.name) == "t":
			inside = t == opens
		case string(s.name) == "rPh":
			reading = t == opens
		case t == closes && string(s.name) == end:
			return out, nil
		}
	}
}

// noEnd is the error of a part that ends too early.
func noEnd(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
