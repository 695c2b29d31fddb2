package vault

import (
	"bufio"
	"compress/flate"
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
	mac, err := whole(b.from, macPart)
	if err != nil {
		return err
	}
	if string(mac) != with.MAC(b.text)+"\n" {
		return damaged(manifestPart, nil)
	}
	known := map[string]bool{manifestPart: true, macPart: true, rowsPart: true}
	for _, f := range b.Manifest.Files {
		known[f.part()] = true
	}
	if err := b.from.odd(func(name string) bool { return known[name] }); err != nil {
		return err
	}
	if err := b.sum(rowsPart, b.Manifest.Rows); err != nil {
		return err
	}
	for _, f := range b.Manifest.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := b.sum(f.part(), f.Part); err != nil {
			return err
		}
	}
	return b.count(ctx, with)
}

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

// Rows opens the rows.
func (b *Backup) Rows(with Cover) (*Rows, error) {
	p, size, err := b.from.open(rowsPart)
	if err != nil {
		return nil, damaged(rowsPart, err)
	}
	clear, err := with.Unseal(p, size)
	if err != nil {
		return nil, errors.Join(damaged(rowsPart, err), p.Close())
	}
	in := bufio.NewReaderSize(flate.NewReader(bufio.NewReaderSize(clear, 1<<16)), 1<<16)
	return &Rows{tables: b.Manifest.Tables, in: in, part: p}, nil
}

// File opens the sealed bytes of one attachment, which end by themselves when read; it is to be closed.
func (b *Backup) File(f File) (*Sealed, error) {
	p, size, err := b.from.open(f.part())
	if err != nil {
		return nil, damaged(f.part(), err)
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

// SetAside renames a damaged attachment in a folder of backups, so that the next backup copies it anew; it does nothing for other parts.
func SetAside(root string, err error) error {
	d, ok := errors.AsType[*Damaged](err)
	if !ok || !strings.HasPrefix(d.Part, objects+"/") {
		return nil
	}
	name := filepath.Join(root, d.Part)
	err = os.Rename(name, name+".damaged")
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}
