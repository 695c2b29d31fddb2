package scanning

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"hefa/internal/access"
	"hefa/internal/attachment"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/job"
	"hefa/internal/pile"
	"hefa/internal/reminder"
	"hefa/internal/scan"
	"hefa/internal/store"
)

// File is one file of a pile as it is handed in: a PDF, JPEG or PNG.
type File struct {
	Name    string // as the sender calls it
	Content io.Reader
}

// FilesMost is how many files one pile may be sent as.
const FilesMost = 100

// bytesMost is the largest file that is looked at; policy may allow less.
const bytesMost = 200 << 20

// TakePile keeps a scanned pile and has it taken apart. Its files are opened first, so that what is broken, locked or too long is refused at once and in
// words. The same files at the same place are the same pile: then its id comes back, and again is true.
func (d *Desk) TakePile(ctx context.Context, by access.Actor, all []File, r reminder.Receipt) (made pile.ID, again bool, err error) {
	if err := by.May(access.PileAdd, by.Region); err != nil {
		return "", false, err
	}
	if len(all) > FilesMost {
		return "", false, wrong("pile.scans.many", FilesMost)
	}
	p := pile.Pile{ID: pile.ID(id.New()), Region: by.Region, State: pile.Reading, Received: r.On, Signer: r.Signer, Account: by.Account, Author: by.Name}
	var sources []pile.Source
	digest := sha256.New()
	for _, f := range all {
		s, err := d.source(ctx, f)
		if err != nil {
			return "", false, err
		}
		if s.Size == 0 {
			continue // an empty field of the form
		}
		sources, p.Pages = append(sources, s), p.Pages+s.Pages
		if p.Name == "" {
			p.Name = attachment.Title(f.Name)
		}
		_, _ = io.WriteString(digest, s.Hash) // a hash takes everything
	}
	p.Digest = hex.EncodeToString(digest.Sum(nil))
	err = d.db.Update(ctx, by, func(tx *store.Tx) error {
		office, err := tx.Office(p.Region)
		if err != nil {
			return err
		}
		if err := p.Check(sources, office.Policy, tx.Today()); err != nil {
			return err
		}
		same, err := tx.SamePile(p.Region, p.Digest)
		if err != nil || same.ID != "" {
			made, again = same.ID, same.ID != ""
			if err == nil && same.State.Working() { // its job may be dead
				err = tx.Enqueue(job.TakeApart{County: string(same.County()), Pile: string(same.ID)})
			}
			return err
		}
		made, again, p.At = p.ID, false, tx.Now()
		if err := tx.AddPile(p, sources); err != nil {
			return err
		}
		return tx.Enqueue(job.TakeApart{County: string(p.County()), Pile: string(p.ID)})
	})
	return made, again, err
}

// source opens a file of a pile, to see that it can be, and keeps it.
func (d *Desk) source(ctx context.Context, f File) (pile.Source, error) {
	content, err := io.ReadAll(io.LimitReader(f.Content, bytesMost+1))
	if err != nil {
		return pile.Source{}, fmt.Errorf("taking in a scan: %w", err)
	}
	s := pile.Source{Size: int64(len(content)), Type: attachment.Kind(content), Pages: 1}
	switch {
	case s.Size == 0:
		return s, nil
	case s.Size > bytesMost:
		return s, wrong("pile.scans.large", bytesMost>>20)
	case s.Type == "":
		return s, wrong("pile.scans.kind", attachment.Title(f.Name))
	}
	d.decoding.Lock()
	if s.Type == "application/pdf" {
		var b *scan.Book
		if b, err = scan.Open(ctx, content); err == nil {
			s.Pages = b.Pages()
		}
	} else {
		err = attachment.Whole(s.Type, content)
	}
	d.decoding.Unlock()
	if err != nil {
		return s, named(err)
	}
	kept, err := d.files.Put(bytes.NewReader(content), bytesMost)
	if fault.Of(err) == fault.Invalid {
		return s, named(err) // a virus, or larger than the scanner takes
	}
	if err != nil {
		return s, fault.At("scans", err)
	}
	s.Hash = kept.Hash
	return s, nil
}

// named puts what is wrong with a file at the field where it was chosen.
func named(err error) error {
	f, ok := errors.AsType[*fault.Fault](err)
	switch {
	case ok && len(f.Fields) > 0:
		return wrong(f.Fields[0].Key, f.Fields[0].Args...)
	case ok && f.Kind == fault.Refused:
		return wrong(f.Key, f.Args...)
	}
	return err
}

func wrong(key string, args ...any) error {
	var p fault.Problems
	p.Add("scans", key, args...)
	return p.Fault()
}
