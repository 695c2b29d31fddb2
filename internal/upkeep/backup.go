package upkeep

import (
	"context"
	"errors"
	"io"
	"time"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/job"
	"hefa/internal/seal"
	"hefa/internal/store"
	"hefa/internal/vault"
)

// Backup is one backup with its rehearsal, as it was noted.
type Backup = store.Backup

// TakeBackup backs the installation up into a folder of backups, or with file into one new file: rows and attachments of one moment, while officers
// go on working. What became of it is noted either way; a backup that failed leaves nothing.
func (d *Desk) TakeBackup(ctx context.Context, by access.Actor, to string, file bool) (Backup, error) {
	if err := itself(by); err != nil {
		return Backup{}, err
	}
	began := time.Now()
	b := Backup{At: d.db.Now().UTC().Truncate(time.Microsecond), Place: to}
	m, draft, err := d.write(ctx, vault.Order{To: to, File: file, At: b.At, Program: d.at.Program, Engine: d.db.Engine(), Proof: d.files.Prove})
	b.ID, b.Good, b.Took = m.Name, err == nil, time.Since(began)
	if err != nil {
		b.Trouble = words(err)
	} else {
		b.Rows, b.Files, b.Fresh, b.Bytes, b.Wrote = m.Count(), int64(len(m.Files)), int64(draft.Fresh()), m.Bytes(), draft.Wrote()
	}
	return b, d.noted(context.WithoutCancel(ctx), by, func(tx *store.Tx) error { return tx.AddBackup(b) }, err)
}

// write writes the backup. The rows come first: a file lies in its place before a row points at it and stays there, so what is copied after the
// rows holds every file that they name.
func (d *Desk) write(ctx context.Context, o vault.Order) (vault.Manifest, *vault.Draft, error) {
	m := vault.Manifest{Name: vault.NameOf(o.At)}
	c, err := d.coverFor(&o)
	if err != nil {
		return m, nil, err
	}
	draft, err := vault.Begin(o, cover{c})
	if err != nil {
		return m, nil, full(err)
	}
	err = draft.Rows(func(tables func(int64, []vault.Table) error, add func(int, []any) error) error {
		return d.db.Snapshot(ctx, func(version int64, all []store.Table) error {
			out := make([]vault.Table, len(all))
			for i, t := range all {
				out[i] = vault.Table{Name: t.Name, Columns: t.Columns}
			}
			return tables(version, out)
		}, add)
	})
	if err == nil {
		err = d.files.Each(ctx, func(hash string) error {
			return draft.File(hash, func() (io.ReadCloser, error) { return d.files.Sealed(hash) })
		})
	}
	if err != nil {
		return m, nil, full(errors.Join(err, draft.Drop()))
	}
	m, err = draft.Commit()
	if err != nil {
		return m, nil, full(errors.Join(err, draft.Drop()))
	}
	return m, draft, nil
}

// coverFor is the key of a backup: that of the one before in the folder, so that they share what did not change, until it is too old or the master key
// does not open it any more.
func (d *Desk) coverFor(o *vault.Order) (*seal.Cover, error) {
	k, ok := vault.LastKey(o.To)
	if before, err := d.keys.Uncover(k); ok && !o.File && err == nil {
		o.Before = cover{before}
		if age := o.At.Sub(k.Created); age >= 0 && age < coverAge {
			o.Key = k
			return before, nil
		}
	}
	c, err := d.keys.Cover()
	if err == nil {
		c.Key.Created = o.At
		o.Key = c.Key
	}
	return c, err
}

// coverAge is for how long backups of a folder are sealed under one key; with a new one each piece of the rows is written anew.
const coverAge = 90 * 24 * time.Hour

// TakeNightly takes the backup of a night into the installation's own folder and leaves its rehearsal to be done; without a folder there is nothing to do.
func (d *Desk) TakeNightly(ctx context.Context, by access.Actor) error {
	if err := itself(by); err != nil {
		return err
	}
	if d.at.Backups == "" {
		return nil
	}
	b, err := d.TakeBackup(ctx, by, d.at.Backups, false)
	if err != nil {
		return err
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error { return tx.Enqueue(job.RehearseBackup{Name: b.ID}) })
}

// AskBackup lets an administrator have a backup taken now, and rehearsed after it.
func (d *Desk) AskBackup(ctx context.Context, by access.Actor) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		if err := widest(tx, access.BackupTake); err != nil {
			return err
		}
		if d.at.Backups == "" {
			return fault.New(fault.Refused, "backups.folder.none")
		}
		if err := tx.Note(access.BackupTake, store.Subject{Kind: "backup", Region: by.Region}); err != nil {
			return err
		}
		return tx.Enqueue(job.TakeBackup{Day: string(tx.Today())})
	})
}

// List is a page of what was noted of backups, with how the installation stands.
type List struct {
	Backups []Backup
	More    bool
	Folder  string // where nightly backups go, "" for nowhere
	Proved  Backup // the last one that was restored well; its ID is "" when there is none
	Late    bool   // nothing was proved for longer than staleAfter
	Tight   []Disk // the disks that are nearly full, or soon will be
	Clock   Clock
	Ship    *Shipped // how the shipping stands, nil when nothing is shipped
	Fixity  Fixity
}

// Fixity is how the regular reading of kept files stands.
type Fixity struct {
	store.FixityStand
	Days int            // within which each is read
	Bad  []store.Fixity // missing or changed when last read, the newest first, at most twenty
}

// staleAfter is how long the last proved backup may lie back before it is a fault: a night was missed, and another one.
const staleAfter = 50 * time.Hour

// Backups lists what was noted, the newest first; state narrows to "good" or "failed", after is the last name of the page before.
func (d *Desk) Backups(ctx context.Context, by access.Actor, state, after string, limit int) (List, error) {
	out := List{Folder: d.at.Backups, Tight: d.tight()}
	if d.at.Ship != nil {
		s := d.at.Ship.State()
		out.Ship = &s
	}
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		if err := widest(tx, access.BackupRead); err != nil {
			return err
		}
		var err error
		if out.Backups, err = tx.Backups(state, after, limit+1); err != nil {
			return err
		}
		if out.More = len(out.Backups) > limit; out.More {
			out.Backups = out.Backups[:limit]
		}
		if out.Proved, err = proved(tx); err != nil {
			return err
		}
		out.Late = tx.Now().Sub(out.Proved.At) > staleAfter
		if out.Clock, err = clockOf(tx); err == nil {
			out.Fixity, err = fixityOf(tx)
		}
		return err
	})
	return out, err
}

// proved is the newest backup whose rehearsal went well, but for those that a clock that went wrong put into the future.
func proved(tx *store.Tx) (Backup, error) {
	good, err := tx.Backups("good", vault.NameOf(tx.Now().Add(vault.Apart)), 1)
	if err != nil || len(good) == 0 {
		return Backup{}, err
	}
	return good[0], nil
}
