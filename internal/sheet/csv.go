package sheet

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"hefa/internal/fault"
	"hefa/internal/roster"
)

// openCSV takes text with separators: UTF-8 with or without its mark, UTF-16 with its mark (Excel's "Unicode 文本"), else GB18030.
func openCSV(r io.ReaderAt, size int64, start []byte) (*Book, error) {
	decode, ok := encodingOf(start, size > int64(len(start)))
	if !ok {
		return nil, fault.New(fault.Invalid, "sheet.other")
	}
	open := func() *bufio.Reader {
		text := io.Reader(io.NewSectionReader(r, 0, min(size, maxPart)))
		if decode != nil {
			text = transform.NewReader(text, decode())
		}
		b := bufio.NewReaderSize(text, 64<<10)
		if mark, _ := b.Peek(3); string(mark) == "\xef\xbb\xbf" {
			_, _ = b.Discard(3)
		}
		return b
	}
	shown, _ := open().Peek(32 << 10)
	if lower := bytes.ToLower(bytes.TrimSpace(shown)); len(lower) == 0 {
		return nil, fault.New(fault.Invalid, "sheet.empty")
	} else if lower[0] == '<' || bytes.HasPrefix(lower, []byte("{\\rtf")) || bytes.HasPrefix(lower, []byte("%pdf")) {
		return nil, fault.New(fault.Invalid, "sheet.other")
	}
	comma := separator(shown)
	rows := func() iter.Seq2[roster.Row, error] {
		return func(yield func(roster.Row, error) bool) {
			c := &lines{r: open(), comma: comma}
			for {
				row, err := c.row()
				if err == io.EOF {
					return
				}
				if err != nil {
					yield(roster.Row{}, spoilt(fmt.Errorf("reading row %d: %w", c.number, err)))
					return
				}
				if len(row.Cells) > 0 && !yield(row, nil) {
					return
				}
			}
		}
	}
	return &Book{Sheets: []Sheet{{"CSV", rows}}}, nil
}

// encodingOf tells how text is encoded by its first bytes; nil is UTF-8. It is not ok when they are no text.
func encodingOf(start []byte, more bool) (decode func() transform.Transformer, ok bool) {
	if bytes.HasPrefix(start, []byte{0xff, 0xfe}) || bytes.HasPrefix(start, []byte{0xfe, 0xff}) {
		return func() transform.Transformer { return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder() }, true
	}
	if bytes.IndexByte(start, 0) >= 0 {
		return nil, false
	}
	sample := start
	if more { // the last character may be cut
		for i := 0; i < utf8.UTFMax && len(sample) > 0 && !utf8.Valid(sample); i++ {
			sample = sample[:len(sample)-1]
		}
	}
	if utf8.Valid(sample) {
		return nil, true
	}
	return func() transform.Transformer { return simplifiedchinese.GB18030.NewDecoder() }, true
}

// separator is the character that most lines of the sample have outside quotes.
func separator(sample []byte) byte {
	best, most := byte(','), 0
	for _, c := range []byte{',', '\t', ';', '|'} {
		lines, quoted, seen := 0, false, false
		for _, b := range sample {
			switch {
			case b == '"':
				quoted = !quoted
			case quoted:
			case b == c:
				seen = true
			case b == '\n':
				if seen {
					lines++
				}
				seen = false
			}
		}
		if seen {
			lines++
		}
		if lines > most {
			best, most = c, lines
		}
	}
	return best
}

// lines reads separated text as spreadsheets do: every line is a row, blank ones too, and a quoted field may hold line breaks.
type lines struct {
	r      *bufio.Reader
	comma  byte
	number int
	cells  []roster.Cell
	field  []byte
	line   []byte
}

// row gives the next row; its cells are empty when the row says nothing.
func (c *lines) row() (roster.Row, error) {
	line, err := c.read()
	if err != nil {
		return roster.Row{}, err
	}
	c.number++
	if c.number == 1 && len(line) == 5 && bytes.HasPrefix(line, []byte("sep=")) {
		c.comma, c.number = line[4], 0 // Excel does not count this line
		return roster.Row{}, nil
	}
	if c.number > maxRows {
		return roster.Row{}, fmt.Errorf("more than %d rows: %w", maxRows, errHuge)
	}
	c.cells = c.cells[:0]
	said := false
	for {
		text, rest, last, err := c.next(line)
		if err != nil {
			return roster.Row{}, err
		}
		if len(text) > 4*maxText {
			return roster.Row{}, fmt.Errorf("a cell of more than %d characters: %w", maxText, errHuge)
		}
		if len(c.cells) < maxColumns {
			c.cells = append(c.cells, roster.Cell{Text: text})
			said = said || strings.TrimSpace(text) != ""
		}
		if last {
			break
		}
		line = rest
	}
	if !said {
		c.cells = c.cells[:0]
	}
	return roster.Row{Number: c.number, Cells: c.cells}, nil
}

// read takes one line without its end.
func (c *lines) read() ([]byte, error) {
	c.line = c.line[:0]
	for {
		part, err := c.r.ReadSlice('\n')
		c.line = append(c.line, part...)
		if len(c.line) > maxToken {
			return nil, fmt.Errorf("a line of more than %d bytes: %w", maxToken, errHuge)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err == io.EOF && len(c.line) > 0, err == nil:
			return bytes.TrimRight(c.line, "\r\n"), nil
		default:
			return nil, err
		}
	}
}

// next takes one field off line; a quoted field that goes on takes further lines.
func (c *lines) next(line []byte) (text string, rest []byte, last bool, err error) {
	if len(line) == 0 || line[0] != '"' {
		i := bytes.IndexByte(line, c.comma)
		if i < 0 {
			return string(line), nil, true, nil
		}
		return string(line[:i]), line[i+1:], false, nil
	}
	c.field = c.field[:0]
	line = line[1:]
	for {
		i := bytes.IndexByte(line, '"')
		switch {
		case i < 0:
			c.field = append(append(c.field, line...), '\n')
			if len(c.field) > 4*maxText {
				return "", nil, false, fmt.Errorf("a cell of more than %d characters: %w", maxText, errHuge)
			}
			line, err = c.read()
			if err == io.EOF { // the quote was never closed
				return strings.TrimRight(string(c.field), "\n"), nil, true, nil
			}
			if err != nil {
				return "", nil, false, err
			}
		case i+1 < len(line) && line[i+1] == '"':
			c.field = append(c.field, line[:i+1]...)
			line = line[i+2:]
		default:
			c.field = append(c.field, line[:i]...)
			line = line[i+1:]
			j := bytes.IndexByte(line, c.comma)
			if j < 0 {
				return string(append(c.field, line...)), nil, true, nil
			}
			return string(append(c.field, line[:j]...)), line[j+1:], false, nil
		}
	}
}
