// Package files keeps attachments: each content once, under its hash, in a folder or in an object store that speaks S3.
//
// A content is sealed piece by piece on its way to a temporary file, synced, read back, and given its place before anything points at it, so that a
// power cut leaves the whole content or none.
package files

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"hefa/internal/fault"
)

// Cabinet keeps contents in one place.
type Cabinet struct {
	new  string // folder of what is not whole yet
	at   place
	keys Keys
	held int // keeps an installation's files where they are

	Clamd *Clamd            // looks at what is handed in; nil for nobody
	Kept  func(hash string) // hears of each content that has its place, before anything points at it; nil for nobody
}

// leftover is how old a half-written file must be before it is cleared: a younger one may be on its way into another process, such as a running
// server beside an import.
const leftover = 24 * time.Hour

// Open is the cabinet in a folder. It makes the folder when it is not there, clears what was half written more than a day ago and seals what an older
// version left clear.
func Open(root string, keys Keys) (*Cabinet, error) {
	c, err := cabinet(root, folder{root}, keys)
	if err != nil {
		return nil, err
	}
	return c, c.sealClear(root)
}

// OpenBucket is the cabinet in an object store. Contents on their way there lie sealed in the folder until they are whole.
func OpenBucket(root string, b *Bucket, keys Keys) (*Cabinet, error) { return cabinet(root, b, keys) }

func cabinet(root string, at place, keys Keys) (*Cabinet, error) {
	c := &Cabinet{new: filepath.Join(root, "new"), at: at, keys: keys}
	if err := os.MkdirAll(c.new, 0o700); err != nil {
		return nil, fmt.Errorf("making the folder of files: %w", err)
	}
	half, err := filepath.Glob(filepath.Join(c.new, "*"))
	if err != nil {
		return nil, err
	}
	for _, name := range half {
		if err := clear(name); err != nil && !errors.Is(err, os.ErrNotExist) { // another process may have been faster
			return nil, fmt.Errorf("clearing what was half written: %w", err)
		}
	}
	return c, nil
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

// Put keeps what somebody handed in, up to limit bytes; more, and what the scanner finds a virus in, is refused and leaves nothing. It is fault.Away while
// an object store does not answer, and fault.Full when it has no room, each at the field "file".
func (c *Cabinet) Put(r io.Reader, limit int64) (Kept, error) {
	if c.Clamd == nil {
		kept, err := c.PutMade(r, limit)
		return kept, unkept(err)
	}
	seen, err := c.Clamd.begin("INSTREAM")
	if err != nil {
		return Kept{}, away()
	}
	defer func() { _ = seen.line.Close() }() // the verdict is read, or not wanted any more
	kept, err := c.put(io.TeeReader(r, seen), limit, seen.verdict)
	return kept, unkept(err)
}

// PutMade keeps what the program itself made, which nobody need look at.
func (c *Cabinet) PutMade(r io.Reader, limit int64) (Kept, error) {
	return c.put(r, limit, func() error { return nil })
}

// put keeps what r gives when the verdict on all of it allows.
func (c *Cabinet) put(r io.Reader, limit int64, verdict func() error) (Kept, error) {
	kept, err := c.take(r, limit, verdict)
	return kept, ill(err)
}

func (c *Cabinet) take(r io.Reader, limit int64, verdict func() error) (Kept, error) {
	tmp, err := c.draft()
	if err != nil {
		return Kept{}, err
	}
	defer drop(tmp)
	kept, err := c.fill(tmp, io.LimitReader(r, limit+1))
	if err != nil {
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
	return kept, c.settle(tmp, kept.Hash)
}

// unkept says at the form's field of the file that the place of the files is away, or has no room.
func unkept(err error) error {
	if k := fault.Of(err); k == fault.Away || k == fault.Full {
		return fault.At("file", err)
	}
	return err
}

// ill says in words that the disk failed or has no room; what is no matter of a disk stays as it is.
func ill(err error) error {
	_, onFile := errors.AsType[*fs.PathError](err)
	_, onName := errors.AsType[*os.LinkError](err)
	switch {
	case fault.Of(err) != "" || !onFile && !onName || errors.Is(err, fs.ErrNotExist):
		return err
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fault.New(fault.Full, "files.full").Because(err)
	}
	return fault.New(fault.Away, "files.broken").Because(err)
}

// draft is a new file for a content that is not whole yet.
func (c *Cabinet) draft() (*os.File, error) {
	tmp, err := os.CreateTemp(c.new, "*")
	if err != nil {
		return nil, fmt.Errorf("keeping a file: %w", err)
	}
	return tmp, nil
}

// drop ends a draft; one that was renamed is not there any more.
func drop(tmp *os.File) {
	_ = tmp.Close()
	_ = os.Remove(tmp.Name())
}

// settle gives a draft the place of its content, once it reads back as that content.
func (c *Cabinet) settle(tmp *os.File, hash string) error {
	whole, err := open(tmp, c.keys)
	if err == nil {
		err = same(whole, hash)
	}
	if err != nil {
		return fmt.Errorf("reading a new file back: %w", err)
	}
	if err := c.at.put(tmp, hash); err != nil {
		return fmt.Errorf("keeping a file: %w", err)
	}
	if c.Kept != nil {
		c.Kept(hash)
	}
	return nil
}

func (c *Cabinet) fill(to *os.File, from io.Reader) (Kept, error) {
	out, err := newSealing(to, c.keys)
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

// Remove takes a content away; one that is not there is no error. Only who knows that nothing points at it any more may do so.
func (c *Cabinet) Remove(hash string) error {
	if err := c.at.remove(hash); err != nil {
		return fmt.Errorf("removing a file: %w", err)
	}
	return nil
}

// Written is when a content was last put in its place; a content that is handed in again is put there again.
func (c *Cabinet) Written(hash string) (time.Time, error) {
	if !named(hash) {
		return time.Time{}, fault.New(fault.Missing, "files.missing")
	}
	at, err := c.at.written(hash)
	if errors.Is(err, fs.ErrNotExist) {
		return time.Time{}, fault.New(fault.Missing, "files.missing").Because(err)
	}
	return at, err
}

// Open gives the content with the hash.
func (c *Cabinet) Open(hash string) (*Content, error) {
	if !named(hash) {
		return nil, fault.New(fault.Missing, "record.missing")
	}
	file, err := c.at.open(hash)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.Missing, "files.missing").Because(err)
	}
	if err != nil {
		return nil, ill(err)
	}
	content, err := Unseal(file, file.Size(), c.keys)
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return content, nil
}

// named says whether hash has the form of a content's name.
func named(hash string) bool {
	text, err := hex.DecodeString(hash)
	return err == nil && len(text) == sha256.Size
}
