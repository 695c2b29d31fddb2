package upkeep

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/files"
	"hefa/internal/store"
	"hefa/internal/vault"
)

// RestoredTo is what was brought back of one second.
type RestoredTo struct {
	vault.Rebuilt
	Files int
	Bad   []BadFile // the attachments that are missing or damaged in the depot; everything else is there
}

// BadFile is an attachment that does not come back, and why.
type BadFile struct {
	Hash string
	Err  error
}

// RestoreTo puts the installation of a second together from what was shipped, in an empty place, zero being the last that there is: every piece is
// proved, the engine looks for damage, every county's audit is verified, and every attachment that a row points at is there, or named. With elsewhere the
// attachments lie in an object store and stay there. The database is the last thing that appears, whole.
func RestoreTo(ctx context.Context, o RestoreOrder, d vault.Depot, to time.Time, elsewhere bool) (RestoredTo, error) {
	var out RestoredTo
	if o.Database != "" {
		return out, fault.New(fault.Refused, "restore.to.postgres")
	}
	done, err := o.prepare(ctx)
	if err != nil {
		return out, full(err)
	}
	if !done {
		if out, err = o.rebuild(ctx, d, to, elsewhere); err != nil {
			return out, full(errors.Join(err, o.giveUp(err)))
		}
	}
	return out, errors.Join(os.RemoveAll(o.path(restoring)), syncFolder(o.Data))
}

// giveUp leaves the place as empty as it was after a refusal, so that another second can be asked for.
func (o RestoreOrder) giveUp(err error) error {
	if fault.Of(err) != fault.Refused {
		return nil
	}
	return os.RemoveAll(o.path(restoring))
}

func (o RestoreOrder) rebuild(ctx context.Context, d vault.Depot, to time.Time, elsewhere bool) (out RestoredTo, err error) {
	name := filepath.Join(o.path(restoring), "hefa.db")
	if out.Rebuilt, err = yard(d, o.path(restoring), o.Keys).Rebuild(ctx, to, name); err != nil {
		return out, err
	}
	wanted, err := o.proved(ctx, name)
	if err != nil {
		return out, err
	}
	half := filepath.Join(o.path(restoring), "files")
	folder, err := files.Open(half, o.Keys)
	if err != nil {
		return out, err
	}
	for _, hash := range wanted {
		if ctx.Err() != nil {
			return out, ctx.Err()
		}
		if elsewhere || len(hash) != 64 {
			continue
		}
		err := fetch(ctx, folder, d, hash)
		if fault.Of(err) == fault.Refused {
			out.Bad = append(out.Bad, BadFile{hash, err}) // the people come back all the same
			continue
		}
		if err != nil {
			return out, err
		}
		out.Files++
	}
	if !elsewhere {
		if err := errors.Join(os.Rename(half, o.path("files")), syncFolder(o.Data)); err != nil {
			return out, err
		}
	}
	return out, errors.Join(syncFile(name), os.Rename(name, o.path("hefa.db")), syncFolder(o.Data))
}

// proved looks at a database that was put together, and is the attachments that its rows point at.
func (o RestoreOrder) proved(ctx context.Context, name string) (wanted []string, err error) {
	db, err := store.Open(ctx, name, store.Options{Keys: o.Keys, Look: true})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	wrong, err := db.Sound(ctx)
	if err == nil && len(wrong) > 0 {
		err = fault.New(fault.Refused, "rehearsal.unsound", wrong[0])
	}
	if err != nil {
		return nil, err
	}
	err = db.View(ctx, access.Program(), func(tx *store.Tx) error {
		wrong, err := unproved(tx, time.Time{}) // that it waits to be signed is no wonder
		if err == nil && len(wrong) > 0 {
			err = fault.New(fault.Refused, "restore.to.audit", wrong[0])
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return db.Contents(ctx)
}

// unproved is what is wrong with the counties' audit at an instant.
func unproved(tx *store.Tx, now time.Time) (wrong []string, err error) {
	counties, err := tx.LoggedCounties()
	if err != nil {
		return nil, err
	}
	for _, county := range counties {
		v, err := tx.VerifyAudit(county, nil)
		if err != nil {
			return nil, err
		}
		if w := v.Wrong(now); w != "" {
			wrong = append(wrong, w)
		}
	}
	return wrong, nil
}

// fetch keeps an attachment from a depot as it lies there, and proves it.
func fetch(ctx context.Context, to *files.Cabinet, d vault.Depot, hash string) error {
	r, w := io.Pipe()
	go func() { w.CloseWithError(d.Fetch(ctx, vault.FilePart(hash), w)) }()
	err := to.PutSealed(hash, r)
	_ = r.Close() // the other end stops if it has not
	if errors.Is(err, os.ErrNotExist) {
		return fault.New(fault.Refused, "rehearsal.missing", hash[:16]).Because(err)
	}
	if err == nil {
		err = to.Check(hash)
	}
	if fault.Of(err) == fault.Refused {
		return fault.New(fault.Refused, "rehearsal.file", hash[:16]).Because(err)
	}
	return err
}
