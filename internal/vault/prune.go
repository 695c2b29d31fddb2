package vault

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Prune keeps the newest backups of a folder and removes the others, then the attachments and pieces that none of those kept names. One younger than
// a day stays, because a backup that is being taken may count on it.
func Prune(root string, keep int) error {
	names, err := Names(root)
	if err != nil || len(names) <= keep {
		return err
	}
	used := map[string]bool{}
	for _, name := range names[len(names)-keep:] {
		b, err := Open(filepath.Join(root, name))
		if err != nil {
			return err // one that cannot be read may name anything: nothing is removed
		}
		for _, part := range b.Manifest.shared() {
			used[part] = true
		}
		if err := b.Close(); err != nil {
			return err
		}
	}
	for _, name := range names[:len(names)-keep] {
		gone := filepath.Join(root, name+unfinished) // so that half of it is never taken for a backup
		if err := errors.Join(os.Rename(filepath.Join(root, name), gone), os.RemoveAll(gone)); err != nil {
			return fmt.Errorf("removing an old backup: %w", err)
		}
	}
	return errors.Join(sweep(root, objects, used), sweep(root, pieces, used))
}

// sweep removes what is not used any more of what backups share.
func sweep(root, shared string, used map[string]bool) error {
	return filepath.WalkDir(filepath.Join(root, shared), func(path string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || e.IsDir() {
			return err
		}
		part, err := filepath.Rel(root, path)
		if err != nil || used[filepath.ToSlash(part)] {
			return err
		}
		at, err := e.Info()
		if err != nil || time.Since(at.ModTime()) < leftover {
			return err
		}
		return os.Remove(path)
	})
}
