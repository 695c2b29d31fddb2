// Package store remembers: all SQL of the program, for SQLite and PostgreSQL in one text.
//
// A transaction is a closure that knows who and when: Update and View. Every list is scoped by the actor's region, every write names its act and
// leaves an audit line in the same transaction.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the PostgreSQL driver
	_ "modernc.org/sqlite"             // the SQLite driver

	"hefa/internal/day"
	"hefa/internal/policy"
)

// DB is the open store. It owns the clock: every transaction takes its instant from there.
type DB struct {
	write, read *handle
	postgres    bool
	now         func() time.Time
	zone        *time.Location
	path        string // of the SQLite file
	tail        *Tail  // the last one of it
	wake        chan struct{}
	tiled       atomic.Bool // every log was looked at for lines without tiles
	keys        Keys

	mu    sync.Mutex
	rules rules
}

// rules is the legal values and holidays as last read; they change seldom and are asked for in every step.
type rules struct {
	until    time.Time
	book     policy.Book
	calendar day.Calendar
}

// Options are the store's surroundings: the keys, and unless it is the machine's in the office's zone, the clock.
type Options struct {
	Now     func() time.Time
	Zone    *time.Location
	Keys    Keys
	Sealing func(table string, rows int) // told how many clear rows of an older schema were sealed so far
	Look    bool                         // changes nothing: a schema that is behind stays so, and an empty database is refused
	Follow  bool                         // the log of SQLite is left to a Tail, also before it begins: it is to find the place where another program stood
}

// handle is a pool with its prepared statements. At most cap(slots) transactions run at once; the pool has one connection more, on which a statement
// can always be prepared while they run.
type handle struct {
	*sql.DB
	slots chan struct{}
	mu    sync.Mutex
	stmts map[string]*sql.Stmt // nil for PostgreSQL, whose driver keeps its own
}

func newHandle(pool *sql.DB, atOnce int) *handle {
	pool.SetMaxOpenConns(atOnce + 1)
	pool.SetMaxIdleConns(atOnce + 1)
	return &handle{DB: pool, slots: make(chan struct{}, atOnce), stmts: map[string]*sql.Stmt{}}
}

// begin waits for a turn; done gives it back.
func (h *handle) begin(ctx context.Context, opts *sql.TxOptions) (tx *sql.Tx, done func(), err error) {
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, nil, ctx.Err()
	}
	done = func() { <-h.slots }
	tx, err = h.BeginTx(ctx, opts)
	if err != nil {
		done()
	}
	return tx, done, err
}

// Open opens the database at address — a postgres:// URL, or the path of an SQLite file, made when absent — and brings its schema up to date.
func Open(ctx context.Context, address string, o Options) (*DB, error) {
	db := &DB{now: o.Now, zone: o.Zone, wake: make(chan struct{}, 1), keys: o.Keys}
	if db.now == nil {
		db.now = time.Now
	}
	if db.zone == nil {
		db.zone = day.Beijing
	}
	if err := db.connect(address, o.Follow); err != nil {
		return nil, fmt.Errorf("opening the store: %w", err)
	}
	if o.Look {
		return db, db.look(ctx)
	}
	if err := db.migrate(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("bringing the schema up to date: %w", err), db.Close())
	}
	if err := db.estimates(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("telling the planner what a county is like: %w", err), db.Close())
	}
	if err := db.unlock(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := db.sealClear(ctx, o.Sealing); err != nil {
		return nil, errors.Join(fmt.Errorf("sealing what an older version left clear: %w", err), db.Close())
	}
	if err := db.markAll(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("marking the certificates: %w", err), db.Close())
	}
	if err := db.spellAll(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("writing down how people are found: %w", err), db.Close())
	}
	return db, nil
}

// connect opens the pools.
func (db *DB) connect(address string, follow bool) error {
	if Postgres(address) {
		return db.openPostgres(address)
	}
	return db.openSQLite(address, follow)
}

// Postgres says whether an address is that of a PostgreSQL database, not the path of an SQLite file.
func Postgres(address string) bool {
	return strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://")
}

func (db *DB) openPostgres(address string) error {
	pool, err := sql.Open("pgx", address)
	if err != nil {
		return err
	}
	db.postgres = true
	db.write = newHandle(pool, 4*runtime.NumCPU())
	db.write.stmts = nil
	db.read = db.write
	return nil
}

// openSQLite keeps one writer at a time and a pool of reading connections; pragmas stand in the address, because one that is run reaches a single
// pooled connection only. What a statement of many rows would undo is kept in memory (temp_store) and not in a file, and the log is folded into the
// file every 64 MB, not every 4: an import of 100,000 rows wrote the same pages again and again. For the same reason the writer may hold 64 MB of
// pages: with 8 it wrote half-filled ones out in the midst of a transaction and read them back. Each reader holds up to 16. A log that a Tail follows is
// folded by the Tail; without one, as when it cannot begin, it is folded when it has LogMost bytes.
func (db *DB) openSQLite(path string, follow bool) error {
	db.path = path
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	fold := 16000
	if follow {
		fold = LogMost / pageSize
	}
	shared := url.Values{"_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "foreign_keys(1)", "synchronous(FULL)",
		"temp_store(2)", fmt.Sprintf("wal_autocheckpoint(%d)", fold)}}
	writing := "file:" + path + "?_txlock=immediate&_pragma=cache_size(-64000)&" + shared.Encode()
	pool, err := sql.Open("sqlite", writing)
	if err != nil {
		return err
	}
	db.write = newHandle(pool, 1)
	if err := pool.Ping(); err != nil {
		return err
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return err
	}
	shared.Add("_pragma", "query_only(1)")
	shared.Add("_pragma", "cache_size(-16000)")
	readers, err := sql.Open("sqlite", "file:"+path+"?"+shared.Encode())
	if err != nil {
		return err
	}
	db.read = newHandle(readers, 2*runtime.NumCPU())
	return nil
}

// Close ends every connection; the last one of SQLite folds the log into the file.
func (db *DB) Close() error {
	if db.read == db.write {
		return db.write.Close()
	}
	err := errors.Join(db.read.Close(), db.write.Close())
	if db.tail != nil {
		err = errors.Join(err, db.tail.leave())
	}
	return err
}

// Ping says whether the database answers.
func (db *DB) Ping(ctx context.Context) error {
	_, err := db.read.ExecContext(ctx, "SELECT 1")
	return err
}

// Engine names the database for operators.
func (db *DB) Engine() string {
	if db.postgres {
		return "PostgreSQL"
	}
	return "SQLite"
}

// Wake is signalled when a transaction has left a job.
func (db *DB) Wake() <-chan struct{} { return db.wake }

// Now is the store's clock.
func (db *DB) Now() time.Time { return db.now() }

// stmt is query, prepared once a pool, for use in tx, or alone when tx is nil.
func (h *handle) stmt(ctx context.Context, tx *sql.Tx, query string) (*sql.Stmt, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s, ok := h.stmts[query]
	if !ok {
		var err error
		if s, err = h.PrepareContext(ctx, query); err != nil {
			return nil, err
		}
		h.stmts[query] = s
	}
	if tx == nil {
		return s, nil
	}
	return tx.StmtContext(ctx, s), nil
}
