package upkeep

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"time"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/files"
	"hefa/internal/seal"
	"hefa/internal/store"
	"hefa/internal/vault"
)

// RehearseBackup restores a backup of the installation's folder into a scratch place under the master key alone, compares every count, lets the
// engine look for damage, opens every sealed text and every file, and notes what came of it. The scratch place is an SQLite file whatever the
// installation runs on, so that each night also proves that the backup can move there. A file that proves damaged is set aside, so that the next
// backup copies it anew. Of what was proved, Place.Keep backups stay.
func (d *Desk) RehearseBackup(ctx context.Context, by access.Actor, name string) error {
	if err := itself(by); err != nil {
		return err
	}
	var b Backup
	err := d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		b, err = tx.BackupNamed(name)
		return err
	})
	if err != nil {
		return err
	}
	began := time.Now()
	b.Opened, err = d.rehearse(ctx, filepath.Join(b.Place, name))
	if ctx.Err() != nil {
		return ctx.Err() // it was not the backup's fault
	}
	b.Rehearsed, b.Proved, b.Lasted = d.db.Now(), err == nil, time.Since(began)
	if err != nil {
		b.Lesson = words(err)
		err = errors.Join(err, vault.SetAside(b.Place, err))
	} else if d.at.Keep > 0 {
		err = vault.Prune(b.Place, d.at.Keep)
	}
	if noted := d.db.Update(ctx, by, func(tx *store.Tx) error { return tx.SaveRehearsal(b) }); noted != nil {
		return errors.Join(err, noted)
	}
	if fault.Of(err) == fault.Refused {
		return nil // trying again would say the same; the page and the doctor show it
	}
	return err
}

// rehearse restores a backup beside the data and answers how many sealed texts and files were opened.
func (d *Desk) rehearse(ctx context.Context, from string) (opened int64, err error) {
	scratch := filepath.Join(d.at.Data, ".rehearsal")
	if err := os.RemoveAll(scratch); err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	keys := d.keys.Bare()
	if _, err := Restore(ctx, RestoreOrder{From: from, Data: scratch, Keys: keys}); err != nil {
		return 0, err
	}
	db, err := store.Open(ctx, filepath.Join(scratch, "hefa.db"), store.Options{Keys: keys, Now: d.db.Now})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	wrong, err := db.Sound(ctx)
	if err == nil && len(wrong) > 0 {
		err = fault.New(fault.Refused, "rehearsal.unsound", wrong[0])
	}
	if err != nil {
		return 0, err
	}
	texts, err := openTexts(ctx, db, keys)
	if err != nil {
		return texts, err
	}
	n, err := openFiles(ctx, db, filepath.Join(scratch, "files"), keys)
	return texts + n, err
}

// openTexts opens every sealed text of a database.
func openTexts(ctx context.Context, db *store.DB, keys *seal.Ring) (n int64, err error) {
	var tables []store.Table
	return n, db.Snapshot(ctx, func(_ int64, t []store.Table) error {
		tables = t
		return nil
	}, func(t int, values []any) error {
		for i, v := range values {
			text, _ := v.(string)
			if _, ok := seal.KeyOf(text); !ok {
				continue
			}
			if _, err := keys.Open(text); err != nil {
				return fault.New(fault.Refused, "rehearsal.shut", tables[t].Name+"."+tables[t].Columns[i]).Because(err)
			}
			n++
		}
		return nil
	})
}

// openFiles reads every file, compares it with its name, and misses those that a row points at and that are not there.
func openFiles(ctx context.Context, db *store.DB, root string, keys *seal.Ring) (n int64, err error) {
	folder, err := files.Open(root, keys)
	if err != nil {
		return 0, err
	}
	err = folder.Each(ctx, func(hash string) error {
		n++
		if err := folder.Check(hash); err != nil {
			return fault.New(fault.Refused, "rehearsal.file", hash[:16]).Because(err)
		}
		return nil
	})
	if err != nil {
		return n, err
	}
	wanted, err := db.Contents(ctx)
	if err != nil {
		return n, err
	}
	for _, hash := range wanted {
		has, err := folder.Has(hash)
		if err != nil {
			return n, err
		}
		if !has && len(hash) == hex.EncodedLen(sha256.Size) {
			return n, fault.New(fault.Refused, "rehearsal.missing", hash[:16])
		}
	}
	return n, nil
}
