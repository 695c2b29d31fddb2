// Package upkeep is the desk that looks after the installation itself: backups, restoring them, the rehearsal of that, and what is wrong.
package upkeep

import (
	"context"
	"errors"
	"io"
	"strings"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/files"
	"hefa/internal/lang"
	"hefa/internal/seal"
	"hefa/internal/store"
)

// Desk looks after one installation.
type Desk struct {
	db    *store.DB
	files *files.Cabinet
	keys  *seal.Ring
	at    Place
}

// Place is where an installation lies.
type Place struct {
	Data    string   // the folder of its data
	Backups string   // the folder of its nightly backups, "" for none
	Keep    int      // how many nightly backups stay, 0 for all
	Program string   // version of the program
	Ship    *Shipper // what ships the database away, nil for nothing

	Space func(folder string) (Space, error) // DiskSpace when nil, but for tests
}

// New is the desk of the installation at a place.
func New(db *store.DB, f *files.Cabinet, keys *seal.Ring, at Place) *Desk {
	return &Desk{db, f, keys, at}
}

// cover joins what seals a backup with how files are sealed.
type cover struct{ *seal.Cover }

// Seal is a writer whose bytes come to w sealed.
func (c cover) Seal(w io.Writer) (io.WriteCloser, error) { return files.Seal(w, c.Cover) }

// Unseal reads what Seal wrote.
func (c cover) Unseal(r io.ReaderAt, size int64) (io.Reader, error) {
	return files.Unseal(r, size, c.Cover)
}

func itself(by access.Actor) error {
	if by.Role != access.System {
		return fault.New(fault.Missing, "record.missing")
	}
	return nil
}

// words is err in a sentence for an administrator. What no fault names could hold anything and is left to the log.
func words(err error) string {
	f, ok := errors.AsType[*fault.Fault](err)
	if !ok {
		return lang.T("upkeep.unknown")
	}
	var b strings.Builder
	b.WriteString(lang.T(f.Key, f.Args...))
	for _, p := range f.Fields {
		b.WriteString("；" + lang.T(p.Key, p.Args...))
	}
	return b.String()
}

// widest refuses whoever is not the system administrator of the widest area: a backup is one for the whole installation.
func widest(tx *store.Tx, act access.Act) error {
	by := tx.By()
	if err := by.May(act, by.Region); err != nil || by.Role == access.System {
		return err
	}
	n, err := tx.Superiors(access.Sysadmin, by.Region)
	if err == nil && n > 0 {
		err = fault.New(fault.Refused, "backups.above")
	}
	return err
}

// noted runs fn and returns the first of both errors.
func (d *Desk) noted(ctx context.Context, by access.Actor, fn func(*store.Tx) error, failed error) error {
	if err := d.db.Update(ctx, by, fn); failed == nil {
		return err
	}
	return failed
}
