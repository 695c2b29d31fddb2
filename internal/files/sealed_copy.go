package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"hefa/internal/fault"
)

// Each hands the hash of every kept content to fn, in order.
func (f *Folder) Each(ctx context.Context, fn func(hash string) error) error {
	names, err := filepath.Glob(filepath.Join(f.root, "??", "*"))
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := fn(filepath.Base(name)); err != nil {
			return err
		}
	}
	return nil
}

// Sealed gives a kept content as it lies on the disk, for a backup.
func (f *Folder) Sealed(hash string) (*os.File, error) { return os.Open(f.path(hash)) }

// PutSealed keeps what Sealed gave, which must be the content with the hash.
func (f *Folder) PutSealed(hash string, r io.Reader) error {
	tmp, err := os.CreateTemp(filepath.Join(f.root, "new"), "*")
	if err != nil {
		return fmt.Errorf("keeping a file: %w", err)
	}
	defer os.Remove(tmp.Name()) // after the rename there is nothing to remove
	_, err = io.Copy(tmp, r)
	if err = errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return fmt.Errorf("keeping a file: %w", err)
	}
	return f.move(tmp.Name(), hash)
}

// Check reads a kept content to its end and refuses it when it is damaged or is not the one that its name says; also hears
// what is read, so that other hashes are taken on the way.
func (f *Folder) Check(hash string, also ...io.Writer) error {
	c, err := f.Open(hash)
	if err != nil {
		return err
	}
	sum := sha256.New()
	_, err = io.Copy(io.MultiWriter(append(also, sum)...), c)
	if err = errors.Join(err, c.Close()); err != nil {
		return err
	}
	if hex.EncodeToString(sum.Sum(nil)) != hash {
		return fault.New(fault.Refused, "files.damaged")
	}
	return nil
}

// Has says whether a content is kept.
func (f *Folder) Has(hash string) (bool, error) {
	if len(hash) != 2*sha256.Size {
		return false, nil
	}
	_, err := os.Stat(f.path(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}
