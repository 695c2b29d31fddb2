package upkeep

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"hefa/internal/fault"
	"hefa/internal/files"
)

// mend writes anew each attachment that proved damaged or missing in the depot and is whole here, reads it back from there, and is those that were
// mended; lost is those that are damaged here too. One that nothing points at any more is neither.
func (l *line) mend(ctx context.Context, bad []BadFile) (mended, lost []string, err error) {
	if len(bad) == 0 || l.files == nil {
		return nil, nil, nil
	}
	wanted, err := l.db.Contents(ctx)
	if err != nil {
		return nil, nil, err
	}
	trial := filepath.Join(l.scratch(), "back")
	back, err := files.Open(trial, l.keys)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(trial)) }()
	for _, b := range bad {
		if ctx.Err() != nil {
			return mended, lost, ctx.Err()
		}
		if !slices.Contains(wanted, b.Hash) {
			continue
		}
		err := l.again(ctx, b.Hash, back)
		switch {
		case fault.Of(err) == fault.Refused, fault.Of(err) == fault.Missing:
			l.Log.Error("an attachment is damaged in the depot and here", "attachment", b.Hash, "depot", b.Err, "here", err)
			lost = append(lost, b.Hash)
		case err != nil:
			return mended, lost, err
		default:
			l.Log.Warn("an attachment was damaged in the depot and is written anew", "attachment", b.Hash, "depot", b.Err)
			mended = append(mended, b.Hash)
		}
	}
	return mended, lost, nil
}

// again writes an attachment that is whole here over the one in the depot, and reads it back.
func (l *line) again(ctx context.Context, hash string, back *files.Cabinet) error {
	if err := l.files.Check(hash); err != nil {
		return err
	}
	if err := l.file(ctx, hash); err != nil {
		return err
	}
	if err := fetch(ctx, back, l.Depot, hash); fault.Of(err) == fault.Refused {
		return fault.New(fault.Away, "ship.file.unkept", hash[:16]).Because(err) // it is whole here: the depot does not keep it
	} else if err != nil {
		return err
	}
	return back.Remove(hash)
}
