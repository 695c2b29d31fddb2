package upkeep

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"

	"hefa/internal/access"
	"hefa/internal/lang"
	"hefa/internal/seal"
	"hefa/internal/store"
)

// FileState is what is wrong with a kept file.
type FileState string

// What can be wrong with a file.
const (
	FileMissing  FileState = "missing"  // rows point at it and it is not there
	FileChanged  FileState = "changed"  // it cannot be opened, or its content is not the one that its name says
	FileOrphaned FileState = "orphaned" // no row points at it
)

// Word is the key of s's name in the catalogue.
func (s FileState) Word() string { return "files.check." + string(s) }

// FileFinding is one file with which something is wrong, and what points at it.
type FileFinding struct {
	Hash  string          `json:"hash"` // SHA-256 of the clear content, hexadecimal
	State FileState       `json:"state"`
	Uses  []store.FileUse `json:"uses"`
}

// Words is the finding in a line for an administrator.
func (f FileFinding) Words() string {
	s := lang.T(f.State.Word(), f.Hash)
	for _, u := range f.Uses {
		s += "\n    → " + lang.T("files.check.use."+u.Kind, u.ID, u.County)
	}
	return s
}

// FileReport is what came of looking at every file.
type FileReport struct {
	Whole    int           `json:"whole"` // files that are what their names say and that rows point at
	Findings []FileFinding `json:"findings"`
}

// Bad is how many files are lost: those that nothing points at take room, and no more.
func (r FileReport) Bad() int {
	n := 0
	for _, f := range r.Findings {
		if f.State != FileOrphaned {
			n++
		}
	}
	return n
}

// CheckFiles reads every kept file to its end and compares it with its name and with its hash by the suite, and both with what the rows point at. Nothing is changed; the server may run
// meanwhile, because a file is there before its row and rows are read last.
func (d *Desk) CheckFiles(ctx context.Context, by access.Actor) (r FileReport, err error) {
	if err := itself(by); err != nil {
		return r, err
	}
	known, _, err := d.digests(ctx, by)
	if err != nil {
		return r, err
	}
	r.Findings = []FileFinding{}
	whole := map[string]bool{}
	err = d.files.Each(ctx, func(hash string) error {
		state, _, err := d.read(hash, cmp.Or(known[hash], store.Digest{Hash: hash, Suite: string(seal.National)}))
		whole[hash] = state == fixityGood
		return err // while it is not known how the file is
	})
	if err != nil {
		return r, err
	}
	wanted, err := d.db.Contents(ctx)
	if err != nil {
		return r, err
	}
	for _, hash := range wanted {
		good, there := whole[hash]
		delete(whole, hash)
		switch {
		case good:
			r.Whole++
			continue
		case len(hash) != hex.EncodedLen(sha256.Size):
			continue // a row of an older version without a file
		}
		f := FileFinding{Hash: hash, State: FileChanged}
		if !there {
			f.State = FileMissing
		}
		if f.Uses, err = d.db.FileUses(ctx, hash); err != nil {
			return r, err
		}
		r.Findings = append(r.Findings, f)
	}
	return r, d.orphans(ctx, whole, &r)
}

// orphans adds the files that nothing points at, in order; of one that is damaged too, that is said.
func (d *Desk) orphans(ctx context.Context, rest map[string]bool, r *FileReport) error {
	return d.files.Each(ctx, func(hash string) error {
		good, left := rest[hash]
		if !left {
			return nil
		}
		f := FileFinding{Hash: hash, State: FileOrphaned, Uses: []store.FileUse{}}
		if !good {
			f.State = FileChanged
		}
		r.Findings = append(r.Findings, f)
		return nil
	})
}
