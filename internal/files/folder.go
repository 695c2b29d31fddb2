package files

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// folder is a folder of contents, two levels deep.
type folder struct{ root string }

func (f folder) path(hash string) string { return filepath.Join(f.root, hash[:2], hash) }

func (f folder) put(tmp *os.File, hash string) error {
	to := f.path(hash)
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	if err := os.Rename(tmp.Name(), to); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(to))
}

// syncFolder makes the new name itself safe from a power cut.
func syncFolder(name string) error {
	d, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// onDisk is a file with its size when it was opened.
type onDisk struct {
	*os.File
	size int64
}

// Size is the bytes of the file.
func (d onDisk) Size() int64 { return d.size }

// ReadAt says of a disk that fails that it is away, so that nobody takes the content for damaged.
func (d onDisk) ReadAt(b []byte, offset int64) (int, error) {
	n, err := d.File.ReadAt(b, offset)
	return n, ill(err)
}

func (f folder) open(hash string) (sealed, error) {
	file, err := os.Open(f.path(hash))
	if err != nil {
		return nil, err
	}
	at, err := file.Stat()
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return onDisk{file, at.Size()}, nil
}

func (f folder) start(hash string, n int64) ([]byte, error) {
	file, err := os.Open(f.path(hash))
	if err != nil {
		return nil, err
	}
	defer file.Close() // it was only read
	return io.ReadAll(io.LimitReader(file, n))
}

func (f folder) written(hash string) (time.Time, error) {
	at, err := os.Stat(f.path(hash))
	if err != nil {
		return time.Time{}, err
	}
	return at.ModTime(), nil
}

func (f folder) remove(hash string) error {
	if err := os.Remove(f.path(hash)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func (f folder) each(ctx context.Context, fn func(hash string) error) error {
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
