package store

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
)

// LogPlace is a place in the log (WAL) of an SQLite database: behind a frame that ends a transaction.
type LogPlace struct {
	Page  int64     `json:"page"`  // bytes of a page
	Salt  [2]uint32 `json:"salt"`  // of this run of the log; the first grows by one when the log begins anew
	Frame int64     `json:"frame"` // how many frames lie before the place
	Sum   [2]uint32 `json:"sum"`   // the running sum there
}

// Behind is the bytes of the log before the place.
func (p LogPlace) Behind() int64 { return logHead + p.Frame*(frameHead+p.Page) }

// next says whether the log of q is the one that was begun after that of p.
func (p LogPlace) next(q LogPlace) bool { return q.Salt[0] == p.Salt[0]+1 }

const (
	logHead   = 32
	frameHead = 24
)

// Change is the pages that transactions changed between two places of the log, each as the last of them left it.
type Change struct {
	At    LogPlace // the place behind it
	Size  int64    // pages of the whole database then
	More  bool     // more was committed behind it already
	pages map[uint32]int64
	log   io.ReaderAt
	aside string      // folder for what is too much for memory
	whole io.ReaderAt // the pages in order, when they were loaded
}

// Piece is how many bytes of pages are read at once and held in memory. A transaction that changes more than that is not cut in two.
const Piece = 64 << 20

// Empty says whether nothing was changed.
func (c *Change) Empty() bool { return len(c.pages) == 0 }

// Bytes is how large the pages are together.
func (c *Change) Bytes() int64 { return int64(len(c.pages)) * c.At.Page }

// Load takes the pages into memory, or what is more than a Piece into a file that has no name, so that the log is not needed any more. It is to be closed.
func (c *Change) Load() error {
	if c.whole != nil {
		return nil
	}
	if c.Bytes() > Piece {
		return c.putAside()
	}
	whole := make([]byte, 0, c.Bytes())
	err := c.Each(func(_ uint32, page []byte) error {
		whole = append(whole, page...)
		return nil
	})
	c.whole = bytes.NewReader(whole)
	return err
}

func (c *Change) putAside() error {
	file, err := os.CreateTemp(c.aside, ".log-*")
	if err != nil {
		return err
	}
	if err := os.Remove(file.Name()); err != nil { // it stays as long as it is open
		return errors.Join(err, file.Close())
	}
	out := bufio.NewWriterSize(file, 1<<20)
	err = c.Each(func(_ uint32, page []byte) error {
		_, err := out.Write(page)
		return err
	})
	if err = errors.Join(err, out.Flush()); err != nil {
		return errors.Join(err, file.Close())
	}
	c.whole = file
	return nil
}

// Close forgets the pages.
func (c *Change) Close() error {
	held := c.whole
	c.whole, c.pages = nil, nil
	if file, ok := held.(io.Closer); ok {
		return file.Close()
	}
	return nil
}

// Each hands every page to fn in order; the bytes are good until fn returns.
func (c *Change) Each(fn func(no uint32, page []byte) error) error {
	all := make([]uint32, 0, len(c.pages))
	for no := range c.pages {
		all = append(all, no)
	}
	slices.Sort(all)
	page := make([]byte, c.At.Page)
	for i, no := range all {
		from, where := c.log, c.pages[no]
		if c.whole != nil {
			from, where = c.whole, int64(i)*c.At.Page
		}
		if _, err := from.ReadAt(page, where); err != nil {
			return fmt.Errorf("reading the log: %w", err)
		}
		if err := fn(no, page); err != nil {
			return err
		}
	}
	return nil
}

// logStart reads the head of a log; ok is false when there is none, or it is not written whole.
func logStart(log io.ReaderAt) (at LogPlace, big bool, ok bool) {
	var h [logHead]byte
	if n, err := log.ReadAt(h[:], 0); n < logHead && err != nil {
		return at, false, false
	}
	magic := binary.BigEndian.Uint32(h[:])
	if magic&^1 != 0x377f0682 {
		return at, false, false
	}
	big = magic&1 == 1
	at = LogPlace{Page: int64(binary.BigEndian.Uint32(h[8:])), Salt: [2]uint32{binary.BigEndian.Uint32(h[16:]), binary.BigEndian.Uint32(h[20:])}}
	at.Sum = sumLog(at.Sum, h[:24], big)
	return at, big, at.Sum == [2]uint32{binary.BigEndian.Uint32(h[24:]), binary.BigEndian.Uint32(h[28:])}
}

// sumLog is the running sum of SQLite's log over bytes that are a multiple of eight.
func sumLog(s [2]uint32, b []byte, big bool) [2]uint32 {
	x, y := s[0], s[1]
	for ; len(b) >= 8; b = b[8:] {
		if big {
			x += binary.BigEndian.Uint32(b) + y
			y += binary.BigEndian.Uint32(b[4:]) + x
		} else {
			x += binary.LittleEndian.Uint32(b) + y
			y += binary.LittleEndian.Uint32(b[4:]) + x
		}
	}
	return [2]uint32{x, y}
}

// scanLog reads the log from a place on to the last transaction that is written whole, or until the pages take more than so many bytes, nought being no
// bound; what follows is being written, or is of an older run. With passing the pages are not noted, and each place is handed to it.
func scanLog(log io.ReaderAt, from LogPlace, most int64, passing func(LogPlace)) (*Change, error) {
	_, big, ok := logStart(log)
	if !ok {
		return nil, errors.New("the log has no head")
	}
	c, fresh, at := &Change{At: from, pages: map[uint32]int64{}, log: log}, map[uint32]int64{}, from
	frame := make([]byte, frameHead+from.Page)
	in := bufio.NewReaderSize(io.NewSectionReader(log, from.Behind(), 1<<62), 1<<20)
	for {
		if _, err := io.ReadFull(in, frame); errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return c, nil
		} else if err != nil {
			return nil, fmt.Errorf("reading the log: %w", err)
		}
		sum := sumLog(sumLog(at.Sum, frame[:8], big), frame[frameHead:], big)
		salt := [2]uint32{binary.BigEndian.Uint32(frame[8:]), binary.BigEndian.Uint32(frame[12:])}
		if salt != at.Salt || sum != [2]uint32{binary.BigEndian.Uint32(frame[16:]), binary.BigEndian.Uint32(frame[20:])} {
			return c, nil
		}
		if passing == nil {
			fresh[binary.BigEndian.Uint32(frame)] = at.Behind() + frameHead
		}
		at.Frame, at.Sum = at.Frame+1, sum
		size := binary.BigEndian.Uint32(frame[4:])
		if size == 0 {
			continue
		}
		if c.More = most > 0 && !c.Empty() && c.Bytes()+int64(len(fresh))*from.Page > most; c.More {
			return c, nil
		}
		maps.Copy(c.pages, fresh)
		clear(fresh)
		c.At, c.Size = at, int64(size)
		if passing != nil {
			passing(at)
		}
	}
}
