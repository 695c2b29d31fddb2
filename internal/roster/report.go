package roster

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"hefa/internal/lang"
)

// Report is the account of one list, as the command and the API give it.
type Report struct {
	Kind       Kind        `json:"kind"`
	Region     string      `json:"region"`
	HeaderRow  int         `json:"header_row"`
	Rows       int         `json:"rows"` // lines of the list, without blanks, sums and signatures
	Good       int         `json:"good"` // Rows less Rejected and Duplicates
	Rejected   []Rejection `json:"rejected"`
	Duplicates []Duplicate `json:"duplicates"`
}

// Returned is the rejected lines as they were, to be corrected and sent again.
type Returned struct {
	Columns []string   // the list's own, then 退回原因
	Rows    [][]string // as long as Columns
}

// Result is what reading a list gives beside its entries.
type Result struct {
	Header   Header
	Report   Report
	Returned Returned
}

// Read finds the header, judges every row and hands each good entry to take, in order. It keeps no good rows, so that a list may be of any
// length. It ends with the first error of rows or take, or with the fault of FindHeader.
func Read(kind Kind, region string, rows iter.Seq2[Row, error], take func(Entry) error) (Result, error) {
	return Known(nil).Read(kind, region, rows, take)
}

// Read is the function of that name with what was told of columns.
func (k Known) Read(kind Kind, region string, rows iter.Seq2[Row, error], take func(Entry) error) (Result, error) {
	next, stop := iter.Pull2(rows)
	defer stop()
	var head []Row
	var failed error
	for len(head) < Head {
		row, err, ok := next()
		if !ok {
			break
		}
		if err != nil {
			failed = err
			break
		}
		row.Cells = slices.Clone(row.Cells)
		head = append(head, row)
	}
	if failed != nil {
		return Result{}, failed
	}
	header, err := k.FindHeader(kind, head)
	if err != nil {
		return Result{}, err
	}
	b := newBook(kind, region, header)
	for _, row := range head {
		if err := b.add(row, take); err != nil {
			return b.result, err
		}
	}
	for {
		row, err, ok := next()
		if !ok {
			return b.result, nil
		}
		if err != nil {
			return b.result, err
		}
		if err := b.add(row, take); err != nil {
			return b.result, err
		}
	}
}

// book adds up verdicts.
type book struct {
	checker *Checker
	result  Result
	kept    []int // the columns that go back, without an old 退回原因
}

func newBook(kind Kind, region string, h Header) *book {
	b := &book{checker: NewChecker(kind, h)}
	b.result.Header = h
	b.result.Report = Report{Kind: kind, Region: region, HeaderRow: h.Row, Rejected: []Rejection{}, Duplicates: []Duplicate{}}
	reason := lang.T("roster.column.returned")
	for i, title := range h.Titles() {
		if title != reason {
			b.kept = append(b.kept, i)
			b.result.Returned.Columns = append(b.result.Returned.Columns, title)
		}
	}
	b.result.Returned.Columns = append(b.result.Returned.Columns, reason)
	return b
}

func (b *book) add(row Row, take func(Entry) error) error {
	v := b.checker.Take(row)
	if !v.Data {
		return nil
	}
	r := &b.result.Report
	r.Rows++
	switch {
	case v.Rejected != nil:
		r.Rejected = append(r.Rejected, *v.Rejected)
		b.result.Returned.Rows = append(b.result.Returned.Rows, b.original(row, v.Rejected.Message))
	case v.Duplicate != nil:
		r.Duplicates = append(r.Duplicates, *v.Duplicate)
	default:
		r.Good++
		return take(v.Entry)
	}
	return nil
}

// original is the row as text, its dates written out, with the message in the last column.
func (b *book) original(row Row, message string) []string {
	out := make([]string, 0, len(b.kept)+1)
	h := &b.checker.header
	for _, i := range b.kept {
		cell := row.cell(i)
		text := unscientific(cell)
		if cell.Number && (cell.Date || i == h.column(Expires) || i == h.column(Birth)) {
			if d, ok := date(cell, row.Shift); ok {
				text = string(d)
			}
		}
		out = append(out, text)
	}
	return append(out, message)
}

// unscientific is the cell's text, numbers of up to fifteen digits written out.
func unscientific(c Cell) string {
	if !c.Number || !strings.ContainsAny(c.Text, "eE") {
		return c.Text
	}
	f, err := strconv.ParseFloat(c.Text, 64)
	if err != nil || f >= 1e15 || f <= -1e15 {
		return c.Text
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}
