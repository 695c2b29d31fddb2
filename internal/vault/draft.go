package vault

import (
	"compress/flate"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"hefa/internal/fault"
	"hefa/internal/key"
)

// unfinished ends the name of what is being written.
const unfinished = ".unfinished"

// leftover is how old something unfinished must be before it is cleared; a younger one may be another process's.
const leftover = 24 * time.Hour

// taken is the refusal to write over something.
func taken(name string) error { return fault.New(fault.Refused, "vault.taken", name) }

// shelf is where the parts of a backup are written to.
type shelf interface {
	has(part string, want Part) bool   // what may be shared lies here already
	whole(part string, want Part) bool // and has the bytes that were written
	open(name string) (part, int64, error)
	put(fill func(io.Writer) error, name func() string) error
	commit() error
	drop() error
}

// Draft is a backup that is being written.
type Draft struct {
	m     Manifest
	to    shelf
	with  Cover
	files map[string]File // attachments that the backup before holds, by content
	cut   map[string]File // and its pieces of rows
	proof func(content string, sealed io.ReaderAt, size int64) error
	pack  *flate.Writer
	fresh int
	wrote int64
}

// Order says what is to be backed up where.
type Order struct {
	To      string // a folder of backups, or the file of one
	File    bool   // it is one file
	At      time.Time
	Program string
	Engine  string
	Key     key.Key
	Before  Cover // the key of the newest backup in the folder; without it nothing is shared

	Proof func(content string, sealed io.ReaderAt, size int64) error // refuses an attachment that does not open to its content; nil for nobody
}

// Begin starts a backup. In a folder of backups what is there is not written again.
func Begin(o Order, with Cover) (*Draft, error) {
	d := &Draft{m: Manifest{Format: format, Name: NameOf(o.At), Taken: o.At.UTC(), Program: o.Program, Engine: o.Engine, Key: o.Key, Pieces: []File{}, Files: []File{}},
		with: with, files: map[string]File{}, cut: map[string]File{}, proof: o.Proof}
	var err error
	if o.File {
		d.to, err = newBundler(o.To)
		return d, err
	}
	if d.m.Number, err = next(o.To, o.At); err != nil {
		return d, err
	}
	if before, err := Open(o.To); err == nil {
		if o.Before != nil && before.genuine(o.Before) == nil {
			d.share(before.Manifest)
		}
		_ = before.Close() // it was only read
	}
	d.to, err = newStack(o.To, d.m.Name)
	return d, err
}

// share counts on what the backup before holds: its attachments, and its pieces when they are sealed with the same key.
func (d *Draft) share(before Manifest) {
	for _, f := range before.Files {
		d.files[f.Content] = f
	}
	if before.Key.ID != d.m.Key.ID {
		return
	}
	for _, f := range before.Pieces {
		d.cut[f.Content] = f
	}
}

// LastKey is the key of the newest backup in a folder; under it a further one can share its pieces.
func LastKey(root string) (k key.Key, ok bool) {
	b, err := Open(root)
	if err != nil {
		return k, false
	}
	return b.Manifest.Key, b.Close() == nil
}

// Rows writes all rows: tables hands over the schema's version and the tables, then each row comes through add.
func (d *Draft) Rows(all func(tables func(schema int64, t []Table) error, add func(t int, values []any) error) error) error {
	var c *cutter
	err := all(func(schema int64, t []Table) error {
		d.m.Schema, d.m.Tables, c = schema, t, newCutter(len(t), d.piece)
		return nil
	}, func(t int, values []any) error { return c.add(t, values) })
	if err == nil {
		err = c.close()
	}
	if err == nil {
		c.sums.into(d.m.Tables)
	}
	return err
}

// piece adds rows that follow each other. It is written only when the folder does not hold it.
func (d *Draft) piece(rows []byte) error {
	sum := sha256.Sum256(rows)
	f := File{Content: d.with.MAC(sum[:])}
	if known, ok := d.cut[f.Content]; ok && d.to.whole(known.part(pieces), known.Part) {
		d.m.Pieces = append(d.m.Pieces, known)
		return nil
	}
	var err error
	f.Part, err = d.part(func(sum string) string { return File{Part: Part{Sum: sum}}.part(pieces) }, func(to io.Writer) error {
		sealing, err := d.with.Seal(to)
		if err != nil {
			return err
		}
		if d.pack == nil {
			if d.pack, err = flate.NewWriter(sealing, flate.BestSpeed); err != nil {
				return err
			}
		}
		d.pack.Reset(sealing)
		_, err = d.pack.Write(rows)
		return errors.Join(err, d.pack.Close(), sealing.Close())
	})
	d.m.Pieces = append(d.m.Pieces, f)
	return err
}

// part writes one part; its name may depend on the hash of what was written.
func (d *Draft) part(name func(sum string) string, fill func(io.Writer) error) (p Part, err error) {
	sum, count := sha256.New(), &counter{}
	err = d.to.put(func(to io.Writer) error { return fill(io.MultiWriter(to, sum, count)) }, func() string {
		p = Part{count.n, hex.EncodeToString(sum.Sum(nil))}
		return name(p.Sum)
	})
	d.wrote += p.Size
	return p, err
}

type counter struct{ n int64 }

// Write counts.
func (c *counter) Write(b []byte) (int, error) {
	c.n += int64(len(b))
	return len(b), nil
}

// sound says whether a shared attachment has the bytes that were written and opens to its content: one that was damaged at its source when it was copied
// has the bytes and does not open.
func (d *Draft) sound(f File) bool {
	if !d.to.whole(f.part(objects), f.Part) {
		return false
	}
	if d.proof == nil {
		return true
	}
	p, size, err := d.to.open(f.part(objects))
	if err != nil {
		return false
	}
	defer p.Close() // it was only read
	return d.proof(f.Content, p, size) == nil
}

// File adds the attachment with the content; open gives its sealed bytes and is asked only when the folder does not hold them sound.
func (d *Draft) File(content string, open func() (io.ReadCloser, error)) error {
	if f, ok := d.files[content]; ok && d.sound(f) {
		d.m.Files = append(d.m.Files, f)
		return nil
	}
	from, err := open()
	if err != nil {
		return err
	}
	defer from.Close() // it was only read
	f := File{Content: content}
	f.Part, err = d.part(func(sum string) string { return File{Part: Part{Sum: sum}}.part(objects) }, func(to io.Writer) error {
		_, err := io.Copy(to, from)
		return err
	})
	if err != nil {
		return err
	}
	d.fresh++
	d.m.Files = append(d.m.Files, f)
	return nil
}

// Fresh is how many attachments were copied, because the folder did not hold them.
func (d *Draft) Fresh() int { return d.fresh }

// Wrote is how many bytes were written, because the folder did not hold them.
func (d *Draft) Wrote() int64 { return d.wrote }

// Commit writes the manifest, and with it the backup is there.
func (d *Draft) Commit() (Manifest, error) {
	text, err := json.MarshalIndent(d.m, "", "\t")
	if err != nil {
		return d.m, err
	}
	text = append(text, '\n')
	for name, body := range map[string][]byte{manifestPart: text, macPart: []byte(d.with.MAC(text) + "\n")} {
		_, err := d.part(func(string) string { return name }, func(to io.Writer) error {
			_, err := to.Write(body)
			return err
		})
		if err != nil {
			return d.m, err
		}
	}
	for f, name := range d.m.shared() { // another program may have cleared the folder meanwhile
		if !d.to.has(name, f.Part) {
			return d.m, damaged(name, os.ErrNotExist)
		}
	}
	return d.m, d.to.commit()
}

// Drop forgets a backup that failed.
func (d *Draft) Drop() error { return d.to.drop() }

// stack writes into a folder of backups.
type stack struct{ root, name string }

func newStack(root, name string) (stack, error) {
	s := stack{root, name}
	if err := os.MkdirAll(s.dir(), 0o700); err != nil {
		return s, err
	}
	return s, clear(root, "*", objects+"/*/*", pieces+"/*/*")
}

// clear removes what others left unfinished long ago.
func clear(root string, globs ...string) error {
	var found []string
	for _, glob := range globs {
		names, err := filepath.Glob(filepath.Join(root, glob+unfinished))
		if err != nil {
			return err
		}
		found = append(found, names...)
	}
	for _, name := range found {
		at, err := os.Stat(name)
		if err == nil && time.Since(at.ModTime()) > leftover {
			err = os.RemoveAll(name)
		}
		if err != nil && !errors.Is(err, os.ErrNotExist) { // another process may have been faster
			return err
		}
	}
	return nil
}

func (s stack) dir() string { return filepath.Join(s.root, s.name+unfinished) }

func (s stack) has(part string, want Part) bool {
	at, err := os.Stat(filepath.Join(s.root, part))
	return err == nil && at.Size() == want.Size
}

func (s stack) whole(part string, want Part) bool {
	b := Backup{from: folder{root: s.root}}
	return b.sum(part, want) == nil
}

func (s stack) open(name string) (part, int64, error) { return folder{root: s.root}.open(name) }

// put writes a part beside its place; what may be shared goes to where all backups find it, everything else into the backup's own folder.
func (s stack) put(fill func(io.Writer) error, name func() string) error {
	tmp, err := os.CreateTemp(s.dir(), "*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // after the rename there is nothing to remove
	err = fill(tmp)
	if err = errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	to := folder{s.root, filepath.Base(s.dir())}.path(name())
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	return settle(tmp.Name(), to)
}

func (s stack) commit() error {
	to := filepath.Join(s.root, s.name)
	if _, err := os.Lstat(to); !errors.Is(err, os.ErrNotExist) {
		return errors.Join(taken(to), err)
	}
	return settle(s.dir(), to)
}

func (s stack) drop() error { return os.RemoveAll(s.dir()) }

// settle gives what is written its name, safe from a power cut.
func settle(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return fmt.Errorf("giving a backup its name: %w", err)
	}
	d, err := os.Open(filepath.Dir(to))
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
