// Package files keeps attachments: each content once, under its hash, in a folder.
//
// A file is written under a temporary name, synced and renamed before anything points at it, so that a power cut leaves the whole file or none. It
// is sealed piece by piece on its way to the disk, the temporary one too.
package files

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"hefa/internal/fault"
)

// Folder is a folder of contents, two levels deep.
type Folder struct {
	root string
	keys Keys

	Clamd *Clamd // looks at what is handed in; nil for nobody
}

// leftover is how old a half-written file must be before it is cleared: a younger one may be on its way into another process, such as a running
// server beside an import.
const leftover = 24 * time.Hour

// Open makes the folder when it is not there, clears what was half written more than a day ago and seals what an older version left clear.
func Open(root string, keys Keys) (*Folder, error) {
	if err := os.MkdirAll(filepath.Join(root, "new"), 0o700); err != nil {
		return nil, fmt.Errorf("making the folder of files: %w", err)
	}
	half, err := filepath.Glob(filepath.Join(root, "new", "*"))
	if err != nil {
		return nil, err
	}
	for _, name := range half {
		if err := clear(name); err != nil && !errors.Is(err, os.ErrNotExist) { // another process may have been faster
			return nil, fmt.Errorf("clearing what was half written: %w", err)
		}
	}
	f := &Folder{root: root, keys: keys}
	return f, f.sealClear()
}

// clear removes a file that nobody has written to for long.
func clear(name string) error {
	found, err := os.Stat(name)
	if err != nil || time.Since(found.ModTime()) < leftover {
		return err
	}
	return os.Remove(name)
}

// Kept is one content as it was kept.
type Kept struct {
	Hash string // SHA-256 of the clear content, hexadecimal
	Size int64  // bytes
	Type string // content type as the bytes show it, not as the sender says
}

// Put keeps what somebody handed in, up to limit bytes; more, and what the scanner finds a virus in, is refused and leaves nothing.
func (f *Folder) Put(r io.Reader, limit int64) (Kept, error) {
	if f.Clamd == nil {
		return f.PutMade(r, limit)
	}
	seen, err := f.Clamd.begin("INSTREAM")
	if err != nil {
		return Kept{}, away()
	}
	defer func() { _ = seen.line.Close() }() // the verdict is read, or not wanted any more
	return f.put(io.TeeReader(r, seen), limit, seen.verdict)
}

// PutMade keeps what the program itself made, which nobody need look at.
func (f *Folder) PutMade(r io.Reader, limit int64) (Kept, error) {
	return f.put(r, limit, func() error { return nil })
}

// put keeps what r gives when the verdict on all of it allows.
func (f *Folder) put(r io.Reader, limit int64, verdict func() error) (Kept, error) {
	tmp, err := os.CreateTemp(filepath.Join(f.root, "new"), "*")
	if err != nil {
		return Kept{}, fmt.Errorf("keeping a file: %w", err)
	}
	defer os.Remove(tmp.Name()) // after the rename there is nothing to remove
	kept, err := f.fill(tmp, io.LimitReader(r, limit+1))
	if err = errors.Join(err, tmp.Close()); err != nil {
		return Kept{}, fmt.Errorf("keeping a file: %w", err)
	}
	if kept.Size > limit {
		var p fault.Problems
		p.Add("file", "files.large", limit>>20)
		return Kept{}, p.Fault()
	}
	if err := verdict(); err != nil {
		return Kept{}, err
	}
	return kept, f.move(tmp.Name(), kept.Hash)
}

// move gives what lies whole on the disk the place of its content.
func (f *Folder) move(from, hash string) error {
	to := f.path(hash)
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return fmt.Errorf("keeping a file: %w", err)
	}
	if err := os.Rename(from, to); err != nil {
		return fmt.Errorf("keeping a file: %w", err)
	}
	return syncFolder(filepath.Dir(to))
}

func (f *Folder) fill(to *os.File, from io.Reader) (Kept, error) {
	out, err := newSealing(to, f.keys)
	if err != nil {
		return Kept{}, err
	}
	sum, first := sha256.New(), &beginning{}
	size, err := io.Copy(io.MultiWriter(out, sum, first), from)
	if err != nil {
		return Kept{}, err
	}
	if err := out.Close(); err != nil {
		return Kept{}, err
	}
	return Kept{hex.EncodeToString(sum.Sum(nil)), size, http.DetectContentType(first.text)}, to.Sync()
}

// beginning keeps what shows a content's type.
type beginning struct{ text []byte }

// Write takes up to 512 bytes in all.
func (b *beginning) Write(p []byte) (int, error) {
	b.text = append(b.text, p[:min(len(p), 512-len(b.text))]...)
	return len(p), nil
}

// syncFolder makes the new name itself safe from a power cut.
func syncFolder(name string) error {
	d, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Remove takes a content away; one that is not there is no error. Only who knows that nothing points at it any more may do so.
func (f *Folder) Remove(hash string) error {
	if err := os.Remove(f.path(hash)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("removing a file: %w", err)
	}
	return nil
}

// Written is when a content was last put in its place; a content that is handed in again is put there again.
func (f *Folder) Written(hash string) (time.Time, error) {
	if len(hash) != 2*sha256.Size {
		return time.Time{}, fault.New(fault.Missing, "files.missing")
	}
	at, err := os.Stat(f.path(hash))
	if errors.Is(err, os.ErrNotExist) {
		return time.Time{}, fault.New(fault.Missing, "files.missing").Because(err)
	}
	if err != nil {
		return time.Time{}, err
	}
	return at.ModTime(), nil
}

// Open gives the content with the hash.
func (f *Folder) Open(hash string) (*Content, error) {
	if len(hash) != 64 {
		return nil, fault.New(fault.Missing, "record.missing")
	}
	file, err := os.Open(f.path(hash))
	if errors.Is(err, os.ErrNotExist) {
		return nil, fault.New(fault.Missing, "files.missing").Because(err)
	}
	if err != nil {
		return nil, err
	}
	c, err := open(file, f.keys)
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return c, nil
}

func (f *Folder) path(hash string) string { return filepath.Join(f.root, hash[:2], hash) }
