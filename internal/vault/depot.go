package vault

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Depot is where the pieces of a chain lie: a folder, or an object store. A piece is there whole or not at all.
type Depot interface {
	Store(ctx context.Context, name string, content *os.File) error
	Fetch(ctx context.Context, name string, to io.Writer) error // what is not there is fs.ErrNotExist
	Names(ctx context.Context, under string) ([]string, error)  // every name that begins so, in order
	Discard(ctx context.Context, name string) error             // no error when it is not there
}

// Shelf is a depot in a folder.
type Shelf string

func (s Shelf) at(name string) string { return filepath.Join(string(s), filepath.FromSlash(name)) }

// Store copies a piece beside its place, syncs it and gives it its name. A depot whose folder is away is not made anew where it is looked for.
func (s Shelf) Store(_ context.Context, name string, content *os.File) error {
	if _, err := os.Stat(string(s)); err != nil {
		return err
	}
	to := s.at(name)
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(to), filepath.Base(to)+".*"+unfinished)
	if err != nil {
		return err
	}
	_, err = content.Seek(0, io.SeekStart)
	if err == nil {
		_, err = io.Copy(tmp, content)
	}
	if err = errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return errors.Join(err, os.Remove(tmp.Name()))
	}
	return settle(tmp.Name(), to)
}

// Fetch copies a piece to a writer.
func (s Shelf) Fetch(_ context.Context, name string, to io.Writer) error {
	from, err := os.Open(s.at(name))
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return errors.Join(err, from.Close())
}

// Names walks the folder; what is unfinished is not there. A depot whose folder is away is an error, not an empty one.
func (s Shelf) Names(_ context.Context, under string) (out []string, err error) {
	if _, err := os.Stat(string(s)); err != nil {
		return nil, err
	}
	dir := under[:strings.LastIndexByte(under, '/')+1]
	err = filepath.WalkDir(s.at(dir), func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || d.IsDir() || strings.HasSuffix(path, unfinished) {
			return err
		}
		name, err := filepath.Rel(string(s), path)
		if name = filepath.ToSlash(name); err == nil && strings.HasPrefix(name, under) {
			out = append(out, name)
		}
		return err
	})
	slices.Sort(out)
	return out, err
}

// Discard removes a piece, what was left unfinished beside it long ago, and folders that are empty then.
func (s Shelf) Discard(_ context.Context, name string) error {
	err := os.Remove(s.at(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if left := errors.Join(err, clear(filepath.Dir(s.at(name)), "*")); left != nil {
		return left
	}
	for dir := filepath.Dir(s.at(name)); err == nil && dir != filepath.Clean(string(s)); dir = filepath.Dir(dir) {
		if os.Remove(dir) != nil {
			break // something lies in it
		}
	}
	return err
}
