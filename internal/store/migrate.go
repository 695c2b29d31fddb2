package store

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"io"
	"io/fs"
	"path"
	"regexp"
	"strconv"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"hefa/internal/fault"
	"hefa/internal/key"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate runs what is new, each file in its own transaction; on PostgreSQL one process at a time. A schema that a newer program made is refused,
// because this one does not know what it means.
func (db *DB) migrate(ctx context.Context) error {
	p, err := db.migrations()
	if err != nil {
		return err
	}
	stands, knows, err := p.GetVersions(ctx)
	if err != nil {
		return err
	}
	if stands > knows {
		return fault.New(fault.Refused, "store.newer", strconv.FormatInt(stands, 10), strconv.FormatInt(knows, 10))
	}
	_, err = p.Up(ctx)
	return err
}

// migrations is the embedded files, ready to run.
func (db *DB) migrations() (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	if !db.postgres {
		files = liteFiles{files}
	}
	dialect, opts := goose.DialectSQLite3, []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	if db.postgres {
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, err
		}
		dialect, opts = goose.DialectPostgres, append(opts, goose.WithSessionLocker(locker))
	}
	return goose.NewProvider(dialect, db.write.DB, files, opts...)
}

// liteFiles is migrations as SQLite reads them: what stands in a comment /* sqlite: … */ holds there. It is for how a table is kept, never for what it means.
type liteFiles struct{ fs.FS }

var liteOnly = regexp.MustCompile(`/\* sqlite: (.*?) \*/`)

// Open opens a file of the migrations.
func (l liteFiles) Open(name string) (fs.File, error) {
	f, err := l.FS.Open(name)
	if err != nil || path.Ext(name) != ".sql" {
		return f, err
	}
	text, err := io.ReadAll(f)
	return liteFile{f, bytes.NewReader(liteOnly.ReplaceAll(text, []byte("$1")))}, err
}

type liteFile struct {
	fs.File
	text io.Reader
}

// Read reads the text that holds for SQLite.
func (f liteFile) Read(to []byte) (int, error) { return f.text.Read(to) }

// Schema is the version at which the database stands and the one that this program knows.
func (db *DB) Schema(ctx context.Context) (stands, knows int64, err error) {
	p, err := db.migrations()
	if err != nil {
		return 0, 0, err
	}
	return p.GetVersions(ctx)
}

// look opens what an examination needs and changes nothing. Of a schema that is behind only Schema is to be asked.
func (db *DB) look(ctx context.Context) error {
	used, err := db.used(ctx, 1<<62)
	if err == nil && !used {
		err = fault.New(fault.Refused, "store.nothing")
	}
	var keys []key.Key
	if err == nil {
		keys, err = db.readKeys(ctx)
	}
	if err == nil {
		err = db.keys.Load(keys, db.metKey)
	}
	if err != nil {
		return errors.Join(err, db.Close())
	}
	return nil
}
