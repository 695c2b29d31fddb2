package upkeep

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"hefa/internal/fault"
	"hefa/internal/files"
	"hefa/internal/seal"
	"hefa/internal/store"
	"hefa/internal/vault"
)

// RestoreOrder says what is to be restored where.
type RestoreOrder struct {
	From     string // a folder of backups, one backup in it, or a file
	Data     string // folder of the data; it may hold the master key and nothing else
	Database string // postgres:// address of an empty database, "" for an SQLite file in the folder
	Keys     *seal.Ring
}

// restoring is the folder in which a restore works until all is in its place. While it is there the installation is not opened.
const restoring = ".restoring"

// Unfinished says whether a restore into the folder broke off.
func Unfinished(data string) (bool, error) {
	_, err := os.Stat(filepath.Join(data, restoring))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// CheckBackup proves a whole backup without restoring it, and says what it holds.
func CheckBackup(ctx context.Context, from string, keys *seal.Ring) (vault.Manifest, error) {
	b, _, err := opened(ctx, from, keys)
	if err != nil {
		return vault.Manifest{}, err
	}
	return b.Manifest, b.Close()
}

// opened is a backup that is proved whole.
func opened(ctx context.Context, from string, keys *seal.Ring) (*vault.Backup, cover, error) {
	b, err := vault.Open(from)
	if err != nil {
		return nil, cover{}, err
	}
	c, err := keys.Uncover(b.Manifest.Key)
	if err == nil {
		err = b.Check(ctx, cover{c})
	}
	if err != nil {
		return nil, cover{}, errors.Join(err, b.Close())
	}
	return b, cover{c}, nil
}

// Restore proves a backup and then brings it back into an empty place. What is there is never written over; a restore that broke off is begun anew by
// calling it again. The database is the last thing that appears, whole.
func Restore(ctx context.Context, o RestoreOrder) (vault.Manifest, error) {
	b, with, err := opened(ctx, o.From, o.Keys)
	if err != nil {
		return vault.Manifest{}, err
	}
	defer b.Close() // it was only read
	done, err := o.prepare(ctx)
	if err != nil {
		return b.Manifest, full(err)
	}
	if !done {
		if err := o.bring(ctx, b, with); err != nil {
			return b.Manifest, full(err)
		}
	}
	if err := os.RemoveAll(o.path(restoring)); err != nil {
		return b.Manifest, err
	}
	return b.Manifest, syncFolder(o.Data)
}

func (o RestoreOrder) path(name string) string { return filepath.Join(o.Data, name) }

// used says whether the place has a database with anything in it.
func (o RestoreOrder) used(ctx context.Context) (bool, error) {
	if o.Database != "" {
		return store.Used(ctx, o.Database)
	}
	_, err := os.Stat(o.path("hefa.db"))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// prepare refuses a place that is not empty and clears what a restore that broke off has left. done is true when that one had come to its end and
// only could not say so any more.
func (o RestoreOrder) prepare(ctx context.Context) (done bool, err error) {
	again, err := Unfinished(o.Data)
	if err != nil {
		return false, err
	}
	used, err := o.used(ctx)
	switch {
	case err != nil:
		return false, err
	case used && again:
		return true, nil
	case used:
		return false, fault.New(fault.Refused, "restore.taken", o.where())
	case again:
		if err := errors.Join(os.RemoveAll(o.path("files")), os.RemoveAll(o.path(restoring))); err != nil {
			return false, err
		}
	default:
		if err := o.empty(); err != nil {
			return false, err
		}
	}
	if err := os.MkdirAll(o.path(restoring), 0o700); err != nil {
		return false, err
	}
	return false, syncFolder(o.Data)
}

// empty refuses a folder that holds anything but the master key.
func (o RestoreOrder) empty() error {
	all, err := os.ReadDir(o.Data)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, e := range all {
		if e.Name() != "master.key" && e.Name() != "lost+found" {
			return fault.New(fault.Refused, "restore.taken", o.path(e.Name()))
		}
	}
	return nil
}

// where is the database in words, without its password.
func (o RestoreOrder) where() string {
	if o.Database != "" {
		return "PostgreSQL"
	}
	return o.path("hefa.db")
}

// bring brings files and rows.
func (o RestoreOrder) bring(ctx context.Context, b *vault.Backup, with cover) error {
	half := filepath.Join(o.path(restoring), "files")
	folder, err := files.Open(half, o.Keys)
	if err != nil {
		return err
	}
	for _, f := range b.Manifest.Files {
		if err := putFile(ctx, folder, b, f); err != nil {
			return err
		}
	}
	if err := errors.Join(os.Rename(half, o.path("files")), syncFolder(o.Data)); err != nil {
		return err
	}
	if o.Database != "" {
		return fill(ctx, o.Database, b, with)
	}
	name := filepath.Join(o.path(restoring), "hefa.db")
	if err := fill(ctx, name, b, with); err != nil {
		return err
	}
	if err := errors.Join(os.Chmod(name, 0o600), syncFile(name), os.Rename(name, o.path("hefa.db"))); err != nil {
		return err
	}
	return syncFolder(o.Data)
}

func putFile(ctx context.Context, to *files.Cabinet, b *vault.Backup, f vault.File) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r, err := b.File(f)
	if err != nil {
		return err
	}
	defer r.Close() // it was only read
	return to.PutSealed(f.Content, r)
}

// fill enters the rows of a backup into an empty database and compares what reads back with what the manifest says.
func fill(ctx context.Context, address string, b *vault.Backup, with cover) error {
	rows, err := b.Rows(with)
	if err != nil {
		return err
	}
	defer rows.Close() // it was only read
	tables := make([]store.Table, len(b.Manifest.Tables))
	for i, t := range b.Manifest.Tables {
		tables[i] = store.Table{Name: t.Name, Columns: t.Columns}
	}
	sums := vault.NewSums(len(tables))
	return store.Fill(ctx, address, store.Filling{Version: b.Manifest.Schema, Tables: tables, Next: rows.Next, Again: sums.Add,
		Check: func() error { return sums.Check(b.Manifest.Tables) }})
}

// full turns "disk is full" into words.
func full(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return fault.New(fault.Full, "upkeep.full").Because(err)
	}
	return err
}

func syncFile(name string) error {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func syncFolder(name string) error {
	d, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
