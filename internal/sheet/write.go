package sheet

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/flate"
)

// Column is one column of a written sheet.
type Column struct {
	Key   string // by which it is chosen; "" for lists whose columns are not
	Name  string
	Width int // in digits, as spreadsheets measure; 0 is as wide as the name needs
}

// Table is what a sheet is written from. Rows is read once; the cells beyond the last column are not written.
type Table struct {
	Name    string // of the sheet
	Title   string // one line over the header, none when empty
	Columns []Column
	Rows    iter.Seq2[[]string, error]
}

// Columns makes columns of their names.
func Columns(names ...string) []Column {
	out := make([]Column, len(names))
	for i, n := range names {
		out[i] = Column{Name: n}
	}
	return out
}

// Rows makes rows of what is in memory.
func Rows(rows [][]string) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// The parts of a written workbook that are always the same. Style 0 is text (format @), so that whatever a clerk types into the file stays as
// typed; 1 is the header, 2 the title.
var fixed = []struct{ name, text string }{
	{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`},
	{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
	{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`},
	{"xl/styles.xml", `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="3"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font><font><b/><sz val="16"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf><xf numFmtId="49" fontId="2" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1"><alignment horizontal="center" vertical="center"/></xf></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`},
}

const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// WriteXLSX writes t as a workbook of one sheet, row by row. Every cell is text, so identity numbers keep all their digits and nothing in a
// cell is ever run as a formula.
func WriteXLSX(w io.Writer, t Table) error {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, 3) })
	for _, part := range fixed {
		if err := writePart(z, part.name, part.text); err != nil {
			return err
		}
	}
	book := `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="` + string(escape(nil, sheetName(t.Name))) + `" sheetId="1" r:id="rId1"/></sheets></workbook>`
	if err := writePart(z, "xl/workbook.xml", book); err != nil {
		return err
	}
	part, err := z.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		return fmt.Errorf("writing the sheet: %w", err)
	}
	b := bufio.NewWriterSize(part, 64<<10)
	if err := writeSheet(b, t); err != nil {
		return err
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("writing the sheet: %w", err)
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("closing the workbook: %w", err)
	}
	return nil
}

func writePart(z *zip.Writer, name, text string) error {
	w, err := z.Create(name)
	if err == nil {
		_, err = io.WriteString(w, head+text)
	}
	if err != nil {
		return fmt.Errorf("writing part %s: %w", name, err)
	}
	return nil
}

// writeSheet writes the one sheet; errors of the writer come out at its flush.
func writeSheet(b *bufio.Writer, t Table) error {
	row, merged := 1, ""
	if t.Title != "" {
		row = 2
		if n := len(t.Columns); n > 1 {
			merged = `<mergeCells count="1"><mergeCell ref="A1:` + letters(n-1) + `1"/></mergeCells>`
		}
	}
	top := strconv.Itoa(row)
	_, _ = b.WriteString(head + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="` + top + `" topLeftCell="A` + strconv.Itoa(row+1) + `" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`)
	for i, c := range t.Columns {
		n := strconv.Itoa(i + 1)
		_, _ = b.WriteString(`<col min="` + n + `" max="` + n + `" width="` + strconv.Itoa(width(c)) + `" style="0" customWidth="1"/>`)
	}
	_, _ = b.WriteString(`</cols><sheetData>`)
	line := make([]byte, 0, 4096)
	if t.Title != "" {
		line = appendRow(line, 1, 2, t.Title)
	}
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	_, _ = b.Write(appendRow(line, row, 1, names...))
	for cells, err := range t.Rows {
		if err != nil {
			return fmt.Errorf("reading the rows to write: %w", err)
		}
		row++
		if row > maxRows {
			return fmt.Errorf("more than %d rows do not fit into one sheet", maxRows)
		}
		if _, err := b.Write(appendRow(line[:0], row, 0, cells[:min(len(cells), len(t.Columns))]...)); err != nil {
			return fmt.Errorf("writing row %d: %w", row, err)
		}
	}
	_, _ = b.WriteString(`</sheetData>` + merged + `</worksheet>`)
	return nil
}

// width is that of the column, or enough for its name and for an identity number's half.
func width(c Column) int {
	if c.Width > 0 {
		return min(c.Width, 255)
	}
	return min(max(10, 2*utf8.RuneCountInString(c.Name)+2), 60)
}

func appendRow(out []byte, number, style int, cells ...string) []byte {
	row := strconv.Itoa(number)
	out = append(out, `<row r="`+row+`">`...)
	for i, text := range cells {
		if text == "" {
			continue
		}
		out = append(out, `<c r="`...)
		out = append(append(out, letters(i)...), row...)
		out = append(out, `" s="`...)
		out = strconv.AppendInt(out, int64(style), 10)
		out = append(out, `" t="inlineStr"><is><t xml:space="preserve">`...)
		out = append(escape(out, text), `</t></is></c>`...)
	}
	return append(out, `</row>`...)
}

// letters is the name of column i, from 0.
func letters(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return letters(i/26-1) + string(rune('A'+i%26))
}

// escape appends s as XML text, at most as long as a cell may be; what XML cannot hold becomes U+FFFD, and _x0041_ keeps its meaning.
func escape(out []byte, s string) []byte {
	n := 0
	for i, r := range s {
		if n++; n > maxText {
			break
		}
		switch {
		case r == '&':
			out = append(out, "&amp;"...)
		case r == '<':
			out = append(out, "&lt;"...)
		case r == '>':
			out = append(out, "&gt;"...)
		case r == '"':
			out = append(out, "&quot;"...)
		case r == '\r':
			out = append(out, "&#13;"...)
		case r == '_' && i+6 < len(s) && s[i+1] == 'x' && s[i+6] == '_':
			out = append(out, "_x005F_"...)
		case r < 0x20 && r != '\t' && r != '\n', r == 0xfffe, r == 0xffff:
			out = utf8.AppendRune(out, utf8.RuneError)
		default:
			out = utf8.AppendRune(out, r)
		}
	}
	return out
}

// sheetName is a name that spreadsheets accept: no more than 31 characters, none of : \ / ? * [ ].
func sheetName(s string) string {
	out := []rune(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) {
			return -1
		}
		return r
	}, s))
	name := strings.Trim(string(out[:min(len(out), 31)]), "' ")
	if name == "" {
		return "Sheet1"
	}
	return name
}
