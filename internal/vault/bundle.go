package vault

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// One file that is a backup begins with the mark; then come its parts, each after a head: the name in nameSize bytes, filled up with zeros, and the
// size in eight. Nothing stands between or behind them.
const (
	bundleMark = "HEFABACKUP1\n"
	nameSize   = 88
	headSize   = nameSize + 8
)

// bundle is a backup in one file, its parts by name.
type bundle struct {
	file  *os.File
	parts map[string]*io.SectionReader
}

// openBundle reads the heads of all parts.
func openBundle(name string) (*bundle, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	b := &bundle{file, map[string]*io.SectionReader{}}
	if err := b.index(); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return b, nil
}

func (b *bundle) index() error {
	at, err := b.file.Stat()
	if err != nil {
		return err
	}
	head := make([]byte, headSize)
	mark := head[:len(bundleMark)]
	if _, err := b.file.ReadAt(mark, 0); err != nil || string(mark) != bundleMark {
		return damaged("HEFABACKUP", err)
	}
	for offset := int64(len(bundleMark)); offset < at.Size(); {
		if _, err := b.file.ReadAt(head, offset); err != nil {
			return damaged(fmt.Sprintf("@%d", offset), err)
		}
		name, rest, _ := bytes.Cut(head[:nameSize], []byte{0})
		size := binary.BigEndian.Uint64(head[nameSize:])
		offset += headSize
		if len(bytes.Trim(rest, "\x00")) > 0 || size > uint64(at.Size()-offset) || b.parts[string(name)] != nil {
			return damaged(fmt.Sprintf("@%d", offset-headSize), errors.New("the head of a part"))
		}
		b.parts[string(name)] = io.NewSectionReader(b.file, offset, int64(size))
		offset += int64(size)
	}
	return nil
}

// section is a part of the file; closing it leaves the file open.
type section struct{ *io.SectionReader }

// Close does nothing.
func (section) Close() error { return nil }

func (b *bundle) open(name string) (part, int64, error) {
	p := b.parts[name]
	if p == nil {
		return nil, 0, os.ErrNotExist
	}
	return section{p}, p.Size(), nil
}

func (b *bundle) odd(known func(string) bool) error {
	for name := range b.parts {
		if !known(name) {
			return damaged(name, errors.New("it does not belong to the backup"))
		}
	}
	return nil
}

func (b *bundle) close() error { return b.file.Close() }

// bundler writes one file.
type bundler struct {
	file *os.File
	to   string
	size map[string]int64 // of the parts that were written
}

func newBundler(to string) (*bundler, error) {
	if _, err := os.Lstat(to); !errors.Is(err, os.ErrNotExist) {
		return nil, errors.Join(taken(to), err)
	}
	if err := clear(filepath.Dir(to), filepath.Base(to)+".*"); err != nil {
		return nil, err
	}
	file, err := os.CreateTemp(filepath.Dir(to), filepath.Base(to)+".*"+unfinished)
	if err != nil {
		return nil, err
	}
	b := &bundler{file, to, map[string]int64{}}
	if _, err = file.WriteString(bundleMark); err != nil {
		return nil, errors.Join(err, b.drop())
	}
	return b, nil
}

func (b *bundler) has(part string, want Part) bool {
	n, ok := b.size[part]
	return ok && n == want.Size
}

func (b *bundler) whole(part string, want Part) bool { return b.has(part, want) }

func (b *bundler) open(string) (part, int64, error) { return nil, 0, os.ErrNotExist }

// put leaves room for the head, which is written when name and size are known.
func (b *bundler) put(fill func(io.Writer) error, name func() string) error {
	start, err := b.file.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	head := make([]byte, headSize)
	if _, err := b.file.Write(head); err != nil {
		return err
	}
	if err := fill(b.file); err != nil {
		return err
	}
	end, err := b.file.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	part, size := name(), end-start-headSize
	b.size[part] = size
	copy(head[:nameSize], part)
	binary.BigEndian.PutUint64(head[nameSize:], uint64(size))
	_, err = b.file.WriteAt(head, start)
	return err
}

func (b *bundler) commit() error {
	if err := errors.Join(b.file.Sync(), b.file.Close()); err != nil {
		return err
	}
	return settle(b.file.Name(), b.to)
}

func (b *bundler) drop() error { return errors.Join(b.file.Close(), os.Remove(b.file.Name())) }
