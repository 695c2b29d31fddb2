package sheet

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"

	"hefa/internal/fault"
)

// Format is a kind of file that a list can be taken out as.
type Format string

// The formats: a workbook, and separated text as Excel and WPS in China open it with a double click, or with the mark of UTF-8.
const (
	XLSX Format = "xlsx"
	GB   Format = "gb18030"
	UTF8 Format = "utf8"
)

// Formats is every format, in the order of a form.
var Formats = []Format{XLSX, GB, UTF8}

// Word is the key of f's name in the catalogue.
func (f Format) Word() string { return "format." + string(f) }

// Extension is the ending of a file's name.
func (f Format) Extension() string {
	if f == XLSX {
		return ".xlsx"
	}
	return ".csv"
}

// Check refuses a format that is none, at the field "as".
func (f Format) Check() error {
	var p fault.Problems
	if !slices.Contains(Formats, f) {
		p.Add("as", "format.unknown")
	}
	return p.Fault()
}

// Write writes t as f.
func Write(w io.Writer, f Format, t Table) error {
	switch f {
	case XLSX:
		return WriteXLSX(w, t)
	case UTF8:
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return fmt.Errorf("writing the mark: %w", err)
		}
		return writeCSV(w, t)
	case GB:
		to := transform.NewWriter(w, simplifiedchinese.GB18030.NewEncoder())
		if err := writeCSV(to, t); err != nil {
			return err
		}
		if err := to.Close(); err != nil {
			return fmt.Errorf("encoding the list: %w", err)
		}
		return nil
	}
	return f.Check()
}

// writeCSV writes a header and a line for each row. It has no title line: programs read it.
func writeCSV(w io.Writer, t Table) error {
	b := bufio.NewWriterSize(w, 64<<10)
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	line := appendCSV(nil, names)
	_, _ = b.Write(line)
	for cells, err := range t.Rows {
		if err != nil {
			return fmt.Errorf("reading the rows to write: %w", err)
		}
		line = appendCSV(line[:0], cells[:min(len(cells), len(t.Columns))])
		if _, err := b.Write(line); err != nil {
			return fmt.Errorf("writing a line: %w", err)
		}
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("writing the list: %w", err)
	}
	return nil
}

// appendCSV appends one line in the form of RFC 4180.
func appendCSV(line []byte, cells []string) []byte {
	for i, s := range cells {
		if i > 0 {
			line = append(line, ',')
		}
		line = append(line, '"')
		line = append(line, strings.ReplaceAll(plain(s), `"`, `""`)...)
		line = append(line, '"')
	}
	return append(line, "\r\n"...)
}

// plain is a cell that a spreadsheet takes as text: what could be a formula gets a quote before it (OWASP, CSV Injection), and a tab after it keeps a
// number whose digits would be rounded, or whose first zeros would be dropped, whole. Our reader of lists takes the tab away again.
func plain(s string) string {
	if s == "" {
		return s
	}
	if strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(s)[0]) {
		return "'" + s
	}
	if digits := strings.TrimLeft(s, "0123456789"); len(s)-len(digits) > 11 || s[0] == '0' && len(s) > 1 && len(digits) < len(s) {
		return s + "\t"
	}
	return s
}
