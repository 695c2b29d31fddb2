package vault

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Check proves the whole backup under its key: the manifest, every file, and every row, counted and summed. It names the first part that is damaged.
func (b *Backup) Check(ctx context.Context, with Cover) error {
	if err := b.genuine(with); err != nil {
		return err
	}
	known := map[string]bool{manifestPart: true, macPart: true, rowsPart: b.old()}
	for _, name := range b.Manifest.shared() {
		known[name] = true
	}
	if err := b.from.odd(func(name string) bool { return known[name] }); err != nil {
		return err
	}
	if b.old() {
		if err := b.sum(rowsPart, b.Manifest.Rows); err != nil {
			return err
		}
	}
	for f, name := range b.Manifest.shared() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := b.sum(name, f.Part); err != nil {
			return err
		}
	}
	return b.count(ctx, with)
}

// genuine proves that the manifest was written under the key.
func (b *Backup) genuine(with Cover) error {
	mac, err := whole(b.from, macPart)
	if err == nil && string(mac) != with.MAC(b.text)+"\n" {
		err = damaged(manifestPart, nil)
	}
	return err
}

// old says whether the rows are one part.
func (b *Backup) old() bool { return b.Manifest.Format == 1 }

// sum compares a part with what the manifest says of it.
func (b *Backup) sum(name string, want Part) error {
	p, size, err := b.from.open(name)
	if err != nil {
		return damaged(name, err)
	}
	defer p.Close() // it was only read
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(p, 0, size)); err != nil {
		return damaged(name, err)
	}
	if size != want.Size || hex.EncodeToString(h.Sum(nil)) != want.Sum {
		return damaged(name, nil)
	}
	return nil
}

// count reads all rows.
func (b *Backup) count(ctx context.Context, with Cover) error {
	rows, err := b.Rows(with)
	if err != nil {
		return err
	}
	defer rows.Close() // it was only read
	sums := NewSums(len(b.Manifest.Tables))
	for n := 0; ; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		t, values, more, err := rows.Next()
		if err != nil {
			return err
		}
		if !more {
			return sums.Check(b.Manifest.Tables)
		}
		if err := sums.Add(t, values); err != nil {
			return err
		}
	}
}

// Rows opens the rows; they are to be closed.
func (b *Backup) Rows(with Cover) (*Rows, error) {
	r := &Rows{b: b, with: with, in: bufio.NewReaderSize(nil, 1<<16)}
	if b.old() {
		r.left = []string{rowsPart}
	}
	for _, f := range b.Manifest.Pieces {
		r.left = append(r.left, f.part(pieces))
	}
	if err := r.open(); err != nil && !errors.Is(err, io.EOF) {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

// File opens the sealed bytes of one attachment, which end by themselves when read; it is to be closed.
func (b *Backup) File(f File) (*Sealed, error) {
	p, size, err := b.from.open(f.part(objects))
	if err != nil {
		return nil, damaged(f.part(objects), err)
	}
	return &Sealed{io.NewSectionReader(p, 0, size), p}, nil
}

// Sealed is the sealed bytes of one attachment.
type Sealed struct {
	*io.SectionReader
	part io.Closer
}

// Close ends the reading.
func (s *Sealed) Close() error { return s.part.Close() }

// SetAside renames an attachment in a folder of backups whose bytes are others, so that the next backup copies it anew; it does nothing for other parts. A
// piece of rows is looked at by the next backup itself, and one that could not be read just now may be whole.
func SetAside(root string, err error) error {
	d, ok := errors.AsType[*Damaged](err)
	if !ok || !d.Differ || !strings.HasPrefix(d.Part, objects+"/") {
		return nil
	}
	name := filepath.Join(root, d.Part)
	err = os.Rename(name, name+".damaged")
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}
