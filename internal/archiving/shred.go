package archiving

import (
	"context"
	"time"

	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/fault"
	"hefa/internal/region"
	"hefa/internal/store"
)

const (
	shredAtOnce = 200
	settled     = time.Hour // how long nobody wrote a content before it is taken away: somebody may be about to hand the same one in
)

// Shred takes away the contents of a list of destroyed files, but for those that something else points at; it may be cut off anywhere and goes on.
func (d *Desk) Shred(ctx context.Context, by access.Actor, county region.Code, id archive.AppraisalID) error {
	if by.Role != access.System {
		return fault.New(fault.Missing, "record.missing")
	}
	for {
		var a archive.Appraisal
		var hashes []string
		err := d.db.View(ctx, by, func(tx *store.Tx) (err error) {
			if a, err = tx.Appraisal(county, id); err == nil {
				hashes, err = tx.Shredding(a, shredAtOnce)
			}
			return err
		})
		if err != nil || len(hashes) == 0 {
			return err
		}
		for _, hash := range hashes {
			shared, err := d.shred(ctx, hash)
			if err != nil {
				return err
			}
			if err := d.db.Update(ctx, by, func(tx *store.Tx) error { return tx.Shredded(a, hash, shared) }); err != nil {
				return err
			}
		}
	}
}

// shred takes one content away unless something points at it.
func (d *Desk) shred(ctx context.Context, hash string) (shared bool, err error) {
	written, err := d.files.Written(hash)
	if fault.Of(err) == fault.Missing {
		return false, nil // an earlier try took it
	}
	if err != nil {
		return false, err
	}
	if time.Since(written) < settled {
		return false, fault.New(fault.Busy, "appraisal.fresh")
	}
	uses, err := d.db.FileUses(ctx, hash)
	if err != nil || len(uses) > 0 {
		return true, err
	}
	return false, d.files.Remove(hash)
}
