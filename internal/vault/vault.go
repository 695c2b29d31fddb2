// Package vault keeps backups: what the rows and files of an installation were at one moment, sealed, with a manifest that proves it whole.
//
// A folder holds many backups: each has a folder of its own with manifest.json and manifest.mac, and they share the sealed attachments, which lie in
// objects, and the sealed rows, which are cut into pieces where the rows themselves say so (ADR 0146) and lie in pieces, both under their hash, so that a
// later backup writes only what is new. One backup can also be one file. Everything is written beside its place, synced and renamed, so that what breaks
// off leaves nothing that looks like a backup.
package vault

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hefa/internal/fault"
	"hefa/internal/key"
)

// Cover seals one backup; the program hands in seal's and files' hands, because rooms of one floor do not use each other.
type Cover interface {
	Seal(w io.Writer) (io.WriteCloser, error)
	Unseal(r io.ReaderAt, size int64) (io.Reader, error)
	MAC(data []byte) string
}

// format is the version of what is written here.
const format = 2

// Manifest says what a backup holds. It can be read without a key, and tells nothing about anybody.
type Manifest struct {
	Format  int       `json:"format"`
	Name    string    `json:"name"`
	Number  int64     `json:"number,omitzero"` // its place among the backups, because clocks go back; 0 in those of older versions, which come before
	Taken   time.Time `json:"taken"`
	Program string    `json:"program"` // version of the program that took it
	Engine  string    `json:"engine"`
	Schema  int64     `json:"schema"`
	Key     key.Key   `json:"key"` // wrapped by the master key
	Tables  []Table   `json:"tables"`
	Rows    Part      `json:"rows,omitzero"` // all of them, in a backup of format 1
	Pieces  []File    `json:"pieces"`        // the rows, in their order; of each the keyed hash of its content
	Files   []File    `json:"files"`
}

// Table is one table: its columns, how many rows, and a sum over them that does not depend on their order.
type Table struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
	Rows    int64    `json:"rows"`
	Sum     string   `json:"sum"`
}

// Part is one sealed part of a backup: its bytes and their SHA-256.
type Part struct {
	Size int64  `json:"size"`
	Sum  string `json:"sum"`
}

// File is one attachment: the SHA-256 of its content, which is its name, and the sealed bytes; or so a piece of the rows.
type File struct {
	Content string `json:"content"`
	Part
}

// Count is how many rows all tables hold.
func (m Manifest) Count() (rows int64) {
	for _, t := range m.Tables {
		rows += t.Rows
	}
	return rows
}

// Bytes is how large the backup is without its manifest.
func (m Manifest) Bytes() int64 {
	n := m.Rows.Size
	for f := range m.shared() {
		n += f.Size
	}
	return n
}

// shared is what other backups may hold too, by the name of the part.
func (m Manifest) shared() iter.Seq2[File, string] {
	return func(yield func(File, string) bool) {
		for _, f := range m.Pieces {
			if !yield(f, f.part(pieces)) {
				return
			}
		}
		for _, f := range m.Files {
			if !yield(f, f.part(objects)) {
				return
			}
		}
	}
}

// The parts of a backup.
const (
	manifestPart = "manifest.json"
	macPart      = "manifest.mac"
	rowsPart     = "rows" // of format 1
	pieces       = "pieces"
	objects      = "objects"
)

func (f File) part(under string) string { return under + "/" + f.Sum[:2] + "/" + f.Sum }

// common says whether a part may belong to several backups of a folder.
func common(part string) bool {
	return strings.HasPrefix(part, pieces+"/") || strings.HasPrefix(part, objects+"/")
}

// Damaged is a part of a backup that is not what was written.
type Damaged struct {
	Part   string
	Differ bool // its bytes could be read, and are others
	cause  error
}

// Error names the part.
func (d *Damaged) Error() string { return fmt.Sprintf("the part %s is damaged: %v", d.Part, d.cause) }

// Unwrap gives the cause to errors.Is and errors.As.
func (d *Damaged) Unwrap() error { return d.cause }

// damaged is the fault that names a part in words.
func damaged(part string, cause error) error {
	differ := cause == nil
	if differ {
		cause = errors.New("not what was written")
	}
	return fault.New(fault.Refused, "vault.damaged", part).Because(&Damaged{part, differ, cause})
}

// part is one open part to read.
type part interface {
	io.ReaderAt
	io.Closer
}

// source is where the parts of a backup are read from.
type source interface {
	open(name string) (p part, size int64, err error)
	odd(known func(name string) bool) error // a part that is not known, or bytes between parts
	close() error
}

// Backup is one backup to read.
type Backup struct {
	Manifest Manifest
	text     []byte
	from     source
}

// Open reads the manifest of the backup in a file, of the newest one in a folder, or of the one whose own folder is named. Nothing is proved yet.
func Open(from string) (*Backup, error) {
	src, err := find(from)
	if err != nil {
		return nil, err
	}
	b := &Backup{from: src}
	b.text, err = whole(src, manifestPart)
	if err == nil {
		err = b.read()
	}
	if err != nil {
		return nil, errors.Join(err, src.close())
	}
	return b, nil
}

// read takes the manifest apart and refuses one that could lead out of the backup.
func (b *Backup) read() error {
	m := &b.Manifest
	if err := json.Unmarshal(b.text, m); err != nil {
		return damaged(manifestPart, err)
	}
	if m.Format > format {
		return fault.New(fault.Refused, "vault.newer", m.Format)
	}
	for _, f := range slices.Concat(m.Pieces, m.Files) {
		if !hexadecimal(f.Sum) || !hexadecimal(f.Content) {
			return damaged(manifestPart, fmt.Errorf("a file named %q", f.Content))
		}
	}
	return nil
}

func hexadecimal(s string) bool { return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == "" }

// Close ends the reading.
func (b *Backup) Close() error { return b.from.close() }

func whole(src source, name string) ([]byte, error) {
	p, size, err := src.open(name)
	if err != nil {
		return nil, damaged(name, err)
	}
	defer p.Close() // it was only read
	text, err := io.ReadAll(io.NewSectionReader(p, 0, size))
	if err != nil {
		return nil, damaged(name, err)
	}
	return text, nil
}

// find is the source that a path names.
func find(from string) (source, error) {
	at, err := os.Stat(from)
	if err != nil {
		return nil, fault.New(fault.Refused, "vault.missing", from).Because(err)
	}
	if !at.IsDir() {
		return openBundle(from)
	}
	if _, err := os.Stat(filepath.Join(from, manifestPart)); err == nil {
		return folder{filepath.Dir(filepath.Clean(from)), filepath.Base(from)}, nil
	}
	names, err := Names(from)
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, fault.New(fault.Refused, "vault.missing", from)
	}
	return folder{from, names[len(names)-1]}, nil
}

// prefix begins the name of every backup; the instant follows.
const prefix = "hefa-"

// NameOf is the name of the backup that is taken at an instant.
func NameOf(at time.Time) string { return prefix + at.UTC().Format("20060102T150405.000000Z") }

// folder is one backup in a folder of backups.
type folder struct{ root, name string }

func (f folder) path(name string) string {
	if common(name) {
		return filepath.Join(f.root, name)
	}
	return filepath.Join(f.root, f.name, name)
}

func (f folder) open(name string) (part, int64, error) {
	file, err := os.Open(f.path(name))
	if err != nil {
		return nil, 0, err
	}
	at, err := file.Stat()
	if err != nil {
		return nil, 0, errors.Join(err, file.Close())
	}
	return file, at.Size(), nil
}

func (f folder) odd(known func(string) bool) error {
	all, err := os.ReadDir(filepath.Join(f.root, f.name))
	for _, e := range all {
		if !known(e.Name()) {
			return damaged(e.Name(), errors.New("it does not belong to the backup"))
		}
	}
	return err
}

func (folder) close() error { return nil }
