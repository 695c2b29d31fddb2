package vault

import (
	"bufio"
	"compress/flate"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
)

// A row is the number of its table and its values, each a letter and the value: s and a length, i and a number, t or f.

// appendRow is the row behind what b holds already.
func appendRow(b []byte, t int, values []any) ([]byte, error) {
	b = binary.AppendUvarint(b, uint64(t))
	for _, v := range values {
		switch v := v.(type) {
		case string:
			b = binary.AppendUvarint(append(b, 's'), uint64(len(v)))
			b = append(b, v...)
		case int64:
			b = binary.AppendVarint(append(b, 'i'), v)
		case bool:
			if v {
				b = append(b, 't')
			} else {
				b = append(b, 'f')
			}
		default:
			return b, fmt.Errorf("a value of type %T", v)
		}
	}
	return b, nil
}

// Sums counts the rows of tables and sums them up. The sum of a table is the sum of the SHA-256 of its rows as numbers of 256 bits, so that the same
// rows in another order have the same one.
type Sums struct {
	tables []tally
	row    []byte
}

type tally struct {
	rows int64
	sum  [4]uint64
}

// NewSums counts for so many tables.
func NewSums(tables int) *Sums { return &Sums{tables: make([]tally, tables)} }

// Add takes one row.
func (s *Sums) Add(t int, values []any) error {
	var err error
	if s.row, err = appendRow(s.row[:0], t, values); err != nil {
		return err
	}
	s.add(t, s.row)
	return nil
}

// add takes one row as it is written and gives its hash.
func (s *Sums) add(t int, row []byte) (h [sha256.Size]byte) {
	h = sha256.Sum256(row)
	into, carry := &s.tables[t], uint64(0)
	into.rows++
	for i := range into.sum {
		v := binary.LittleEndian.Uint64(h[8*i:])
		sum := into.sum[i] + v
		next := uint64(0)
		if sum < v {
			next = 1
		}
		if sum += carry; sum < carry {
			next = 1
		}
		into.sum[i], carry = sum, next
	}
	return h
}

func (t tally) text() string {
	var b [32]byte
	for i, v := range t.sum {
		binary.LittleEndian.PutUint64(b[8*i:], v)
	}
	return hex.EncodeToString(b[:])
}

// into writes the counts down.
func (s *Sums) into(tables []Table) {
	for i, t := range s.tables {
		tables[i].Rows, tables[i].Sum = t.rows, t.text()
	}
}

// Check compares with what was written down and names the first table that differs.
func (s *Sums) Check(tables []Table) error {
	for i, t := range s.tables {
		if want := tables[i]; t.rows != want.Rows || t.text() != want.Sum {
			return damaged(want.Name, fmt.Errorf("%d rows with the sum %.8s, not %d with %.8s", t.rows, t.text(), want.Rows, want.Sum))
		}
	}
	return nil
}

// How long the pieces are into which rows are cut, in bytes before they are packed.
const (
	pieceLeast = 32 << 10
	pieceMean  = 256 << 10
	pieceMost  = 2 << 20
)

// cutter cuts the stream of all rows into pieces. A piece ends behind a row whose hash is small enough, so that what comes in, goes or changes somewhere
// makes other pieces there and nowhere else.
type cutter struct {
	give func(rows []byte) error
	rows []byte
	sums *Sums
}

func newCutter(tables int, give func(rows []byte) error) *cutter {
	return &cutter{give: give, sums: NewSums(tables)}
}

func (c *cutter) add(t int, values []any) (err error) {
	at := len(c.rows)
	if c.rows, err = appendRow(c.rows, t, values); err != nil {
		return err
	}
	row := c.rows[at:]
	h := c.sums.add(t, row)
	ends := binary.LittleEndian.Uint64(h[:]) < min(uint64(len(row)), pieceMean)*(math.MaxUint64/pieceMean)
	if n := len(c.rows); ends && n >= pieceLeast || n >= pieceMost {
		return c.close()
	}
	return nil
}

func (c *cutter) close() error {
	rows := c.rows
	c.rows = rows[:0]
	if len(rows) == 0 {
		return nil
	}
	return c.give(rows)
}

// Rows reads the rows of a backup in the order in which they were written.
type Rows struct {
	b      *Backup
	with   Cover
	left   []string // the parts behind the open one
	name   string
	part   part
	in     *bufio.Reader
	values []any
}

// longest is how long a value may be said to be before it is taken for damage.
const longest = 1 << 30

// open goes on to the next part; io.EOF is the end of them.
func (r *Rows) open() error {
	if err := r.Close(); err != nil {
		return err
	}
	if len(r.left) == 0 {
		return io.EOF
	}
	r.name, r.left = r.left[0], r.left[1:]
	p, size, err := r.b.from.open(r.name)
	if err != nil {
		return damaged(r.name, err)
	}
	r.part = p
	clear, err := r.with.Unseal(p, size)
	if err != nil {
		return damaged(r.name, err)
	}
	r.in.Reset(flate.NewReader(bufio.NewReaderSize(clear, 1<<16)))
	return nil
}

// Next is the next row; its values are good until the next call. false is the end.
func (r *Rows) Next() (t int, values []any, more bool, err error) {
	n, err := binary.ReadUvarint(r.in)
	for errors.Is(err, io.EOF) {
		if err := r.open(); errors.Is(err, io.EOF) {
			return 0, nil, false, nil
		} else if err != nil {
			return 0, nil, false, err
		}
		n, err = binary.ReadUvarint(r.in)
	}
	tables := r.b.Manifest.Tables
	if err != nil || n >= uint64(len(tables)) {
		return 0, nil, false, damaged(r.name, err)
	}
	r.values = r.values[:0]
	for range tables[n].Columns {
		v, err := r.value()
		if err != nil {
			return 0, nil, false, damaged(r.name, err)
		}
		r.values = append(r.values, v)
	}
	return int(n), r.values, true, nil
}

func (r *Rows) value() (any, error) {
	kind, err := r.in.ReadByte()
	if err != nil {
		return nil, noEnd(err)
	}
	switch kind {
	case 's':
		n, err := binary.ReadUvarint(r.in)
		if err != nil || n > longest {
			return nil, noEnd(errors.Join(err, errors.New("a value without a length")))
		}
		text := make([]byte, n)
		_, err = io.ReadFull(r.in, text)
		return string(text), noEnd(err)
	case 'i':
		n, err := binary.ReadVarint(r.in)
		return n, noEnd(err)
	case 't', 'f':
		return kind == 't', nil
	}
	return nil, fmt.Errorf("a value of kind %q", kind)
}

// noEnd is err, but the end within a row is damage.
func noEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// Close ends the reading; closing again does nothing.
func (r *Rows) Close() error {
	p := r.part
	if r.part = nil; p == nil {
		return nil
	}
	return p.Close()
}
