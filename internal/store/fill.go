package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
)

// Filling is what an empty database is filled with: the rows of a Snapshot, in its order.
type Filling struct {
	Version int64   // the schema's
	Tables  []Table // those that others point at first
	Next    func() (t int, values []any, more bool, err error)
	Again   func(t int, values []any) error // is shown every row as it reads back
	Check   func() error                    // agrees, or all is undone
}

// Fill makes the tables of an empty database at address as they stood at a version of the schema, and enters the rows: all of them or none. A
// database that holds anything is refused. An SQLite file is written without safeguards against a power cut; whoever calls syncs and renames it.
func Fill(ctx context.Context, address string, f Filling) error {
	db := &DB{now: time.Now, zone: day.Beijing, wake: make(chan struct{}, 1)}
	if err := db.connectEmpty(address); err != nil {
		return err
	}
	err := db.makeEmpty(ctx, f.Version)
	if err == nil {
		err = db.fill(ctx, f)
	}
	return errors.Join(err, db.Close())
}

// connectEmpty opens one connection to write with; an SQLite file that grows from nothing needs neither log nor checks of each row.
func (db *DB) connectEmpty(address string) error {
	if Postgres(address) {
		return db.openPostgres(address)
	}
	pragmas := url.Values{"_pragma": {"journal_mode(MEMORY)", "synchronous(OFF)", "foreign_keys(0)", "temp_store(2)", "cache_size(-200000)", "locking_mode(EXCLUSIVE)"}}
	pool, err := sql.Open("sqlite", "file:"+address+"?"+pragmas.Encode())
	if err != nil {
		return err
	}
	db.write = newHandle(pool, 1)
	pool.SetMaxOpenConns(1) // the file is locked for the one
	db.write.stmts = nil
	db.read = db.write
	return nil
}

// makeEmpty runs the migrations up to a version in a database that nobody has used.
func (db *DB) makeEmpty(ctx context.Context, version int64) error {
	p, err := db.migrations()
	if err != nil {
		return err
	}
	knows, err := p.ListSources(), error(nil)
	if last := knows[len(knows)-1].Version; version > last {
		return fault.New(fault.Refused, "store.newer", strconv.FormatInt(version, 10), strconv.FormatInt(last, 10))
	}
	used, err := db.used(ctx, version)
	if err != nil {
		return err
	}
	if used {
		return fault.New(fault.Refused, "store.taken")
	}
	_, err = p.UpTo(ctx, version)
	return err
}

// Used says whether the database at address holds anything that a restore would have to overwrite.
func Used(ctx context.Context, address string) (bool, error) {
	db := &DB{now: time.Now, zone: day.Beijing}
	if err := db.connectEmpty(address); err != nil {
		return false, err
	}
	used, err := db.used(ctx, 1<<62)
	return used, errors.Join(err, db.Close())
}

// used says whether a database has keys, as every installation that was ever started has, or tables that are not those of a restore to version
// that broke off.
func (db *DB) used(ctx context.Context, version int64) (bool, error) {
	used := false
	err := db.View(ctx, access.Program(), func(tx *Tx) error {
		tables, err := tx.tables()
		if err != nil || len(tables) == 0 {
			return err
		}
		stands, err := tx.number(`SELECT MAX(version_id) FROM goose_db_version`)
		if err != nil {
			used = true // tables of somebody else
			return nil
		}
		if stands > version || !slices.ContainsFunc(tables, func(t Table) bool { return t.Name == "sealkey" }) {
			used = stands > version || stands > 3
			return nil
		}
		n, err := tx.number(`SELECT COUNT(*) FROM sealkey`)
		used = n > 0
		return err
	})
	return used, err
}

// fill enters the rows in one transaction.
func (db *DB) fill(ctx context.Context, f Filling) error {
	conn, err := db.write.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }() // gives the connection back
	inner, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = inner.Rollback() }() // after a commit this does nothing
	tx := &Tx{ctx: ctx, db: db, pool: db.write, tx: inner, by: access.Program(), at: db.instant()}
	if err := tx.refill(conn, f); err != nil {
		return err
	}
	for i, t := range f.Tables {
		if err := tx.rowsOf(t, func(values []any) error { return f.Again(i, values) }); err != nil {
			return fmt.Errorf("reading table %s back: %w", t.Name, err)
		}
	}
	if err := f.Check(); err != nil {
		return err
	}
	if err := inner.Commit(); err != nil {
		return trouble(fmt.Errorf("committing: %w", err))
	}
	return nil
}

// refill empties the tables of what migrations enter, lays the indexes aside, enters the rows and makes the indexes of them at once.
func (tx *Tx) refill(conn *sql.Conn, f Filling) error {
	for _, t := range slices.Backward(f.Tables) {
		if _, err := tx.exec(`DELETE FROM ` + t.Name); err != nil {
			return err
		}
	}
	indexes, err := tx.indexes()
	if err != nil {
		return err
	}
	for _, x := range indexes {
		if _, err := tx.exec(`DROP INDEX ` + x.name); err != nil {
			return err
		}
	}
	rows := &feed{next: f.Next}
	for rows.step(); rows.more; {
		if rows.t < 0 || rows.t >= len(f.Tables) {
			return fmt.Errorf("a row of table %d of %d", rows.t, len(f.Tables))
		}
		if err := tx.pour(conn, f.Tables[rows.t], rows); err != nil {
			return trouble(fmt.Errorf("filling table %s: %w", f.Tables[rows.t].Name, err))
		}
	}
	if rows.err != nil {
		return rows.err
	}
	for _, x := range indexes {
		if _, err := tx.exec(x.statement); err != nil {
			return trouble(err)
		}
	}
	return tx.dangling()
}

type index struct{ name, statement string }

// indexes is every index that a statement made; those of keys stay.
func (tx *Tx) indexes() ([]index, error) {
	query := `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY rowid`
	if tx.db.postgres {
		query = `SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexname NOT IN (SELECT conname FROM pg_constraint) ORDER BY indexname`
	}
	return list(tx, func(x *index) []any { return []any{&x.name, &x.statement} }, query)
}

// dangling finds rows that point at rows which are not there; PostgreSQL has refused them by itself.
func (tx *Tx) dangling() error {
	if tx.db.postgres {
		return nil
	}
	found, err := list(tx, func(s *string) []any { return []any{s} }, `SELECT DISTINCT "table" FROM pragma_foreign_key_check LIMIT 3`)
	if err == nil && len(found) > 0 {
		err = fmt.Errorf("rows of %s point nowhere", strings.Join(found, ", "))
	}
	return err
}

// feed is the rows to come, one at hand.
type feed struct {
	next   func() (int, []any, bool, error)
	t      int
	values []any
	more   bool
	err    error
}

func (s *feed) step() {
	s.t, s.values, s.more, s.err = s.next()
	s.more = s.more && s.err == nil
}
