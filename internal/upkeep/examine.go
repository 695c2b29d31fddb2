package upkeep

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/files"
	"hefa/internal/lang"
	"hefa/internal/seal"
	"hefa/internal/store"
	"hefa/internal/vault"
)

// Gravity says how bad a finding is.
type Gravity string

// The gravities.
const (
	Fine    Gravity = "ok"
	Warning Gravity = "warning" // will become bad, or may be meant so
	Bad     Gravity = "bad"     // must be mended
)

// Finding is what an examination says of one thing: what is wrong, and what to do.
type Finding struct {
	Check   string  `json:"check"`
	Gravity Gravity `json:"gravity"`
	Text    string  `json:"text"`
	Advice  string  `json:"advice,omitempty"`
}

// Examination is an installation to look at, from outside the running server. Nothing is changed.
type Examination struct {
	Data        string
	Database    string // postgres:// address, "" for the SQLite file in the folder
	Backups     string
	Certificate string   // file of the server's TLS certificate, "" for none
	Secrets     []string // files that only their owner may read: the master key or its passphrase
	Passwords   []string // that everybody knows, such as the demonstration's
	Keys        *seal.Ring
	Now         func() time.Time
	Machine     func() time.Time                   // the machine's own clock, which no demonstration moves; nil for time.Now
	Zone        *time.Location                     // the machine's
	Space       func(folder string) (Space, error) // DiskSpace, but for tests
	Bucket      *files.Bucket                      // the object store of the files, nil when they lie in the folder
	Depot       vault.Depot                        // where the database is shipped to, nil for nowhere
	DepotName   string
	Scanner     *files.Clamd         // nil when nobody looks at files for viruses
	Fangsong    func() (bool, error) // paper.HasFangsong, but for tests
}

// Space is how much room a disk has, in bytes.
type Space struct{ Free, Total uint64 }

// DiskSpace is the room on the disk that a folder lies on.
func DiskSpace(folder string) (Space, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err != nil {
		return Space{}, err
	}
	return Space{s.Bavail * uint64(s.Bsize), s.Blocks * uint64(s.Bsize)}, nil
}

// findings collects.
type findings []Finding

func (f *findings) add(check string, g Gravity, text string) {
	one := Finding{Check: check, Gravity: g, Text: text}
	if g != Fine {
		one.Advice = lang.T("doctor." + check + ".do")
	}
	*f = append(*f, one)
}

// note adds what is wrong, or once that nothing is.
func (f *findings) note(check string, g Gravity, wrong []string) {
	for _, w := range wrong {
		f.add(check, g, w)
	}
	if len(wrong) == 0 {
		f.add(check, Fine, lang.T("doctor."+check+".ok"))
	}
}

// Examine looks at everything that can be looked at; what cannot is a finding too.
func (e Examination) Examine(ctx context.Context) []Finding {
	var f findings
	if half, err := Unfinished(e.Data); err != nil || half {
		f.add("restore", Bad, lang.T("restore.unfinished", e.Data))
	}
	e.secrets(&f)
	e.disk(&f)
	e.zone(&f)
	e.certificate(&f)
	e.acme(&f)
	e.scanner(&f)
	e.filed(ctx, &f)
	e.typefaces(&f)
	e.shipped(ctx, &f)
	db, err := e.open(ctx)
	if err != nil {
		f.add("database", Bad, words(err))
		return f
	}
	defer func() { _ = db.Close() }() // nothing was written
	f.add("database", Fine, lang.T("doctor.database.ok", db.Engine()))
	stands, knows, err := db.Schema(ctx)
	switch {
	case err != nil:
		f.add("schema", Bad, words(err))
		return f
	case stands != knows:
		f.add("schema", Bad, lang.T("doctor.schema.bad", stands, knows))
		return f
	}
	f.add("schema", Fine, lang.T("doctor.schema.ok", stands))
	for _, look := range []func(*store.Tx, *findings) error{e.clock, e.server, e.standby, e.archive, e.holidays, e.policies, e.jobs, e.backups, e.fixity, e.rows, e.audit, e.passwords} {
		if err := db.View(ctx, access.Program(), func(tx *store.Tx) error { return look(tx, &f) }); err != nil {
			f.add("database", Bad, words(err))
		}
	}
	return f
}

// open opens the database without changing it; an SQLite file that is not there is not made.
func (e Examination) open(ctx context.Context) (*store.DB, error) {
	address := e.Database
	if address == "" {
		address = filepath.Join(e.Data, "hefa.db")
		if _, err := os.Stat(address); err != nil {
			return nil, fault.New(fault.Refused, "store.nothing").Because(err)
		}
	}
	return store.Open(ctx, address, store.Options{Keys: e.Keys, Now: e.Now, Look: true})
}

// secrets finds keys, data and files that others than their owner may read.
func (e Examination) secrets(f *findings) {
	var wrong []string
	names := append([]string{e.Data, filepath.Join(e.Data, "hefa.db"), filepath.Join(e.Data, "files")}, e.Secrets...)
	for _, name := range names {
		at, err := os.Stat(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue // the database says what is missing
		}
		if err != nil {
			wrong = append(wrong, lang.T("doctor.secrets.unread", name))
		} else if at.Mode().Perm()&0o077 != 0 {
			wrong = append(wrong, lang.T("doctor.secrets.bad", name, at.Mode().Perm().String()))
		}
	}
	f.note("secrets", Bad, wrong)
}

func (e Examination) disk(f *findings) {
	for _, folder := range []string{e.Data, e.Backups} {
		if folder == "" {
			continue
		}
		s, err := e.Space(folder)
		if err != nil {
			f.add("disk", Bad, lang.T("doctor.disk.unread", folder))
			continue
		}
		f.add("disk", s.Level(), lang.T("doctor.disk.text", folder, s.Free>>20, s.Total>>20))
	}
}

// zone finds a machine whose own clock does not stand in China's zone; the office's days do not depend on it, its log and timers do.
func (e Examination) zone(f *findings) {
	name, offset := e.Now().In(e.Zone).Zone()
	if offset != 8*60*60 {
		f.add("zone", Warning, lang.T("doctor.zone.bad", name))
		return
	}
	f.add("zone", Fine, lang.T("doctor.zone.ok"))
}
