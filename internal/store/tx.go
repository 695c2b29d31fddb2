package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/region"
)

// Tx is one transaction: who acts, when, and what they may see.
type Tx struct {
	ctx    context.Context
	db     *DB
	pool   *handle
	tx     *sql.Tx // nil in a Glance
	by     access.Actor
	at     time.Time
	woken  bool
	broken error // why it must not be committed, though fn may have forgotten
}

// tries is how often a transaction that met another one is begun again.
const tries = 8

// Update runs fn in a writing transaction in by's name; it is begun again when the database asks for it, so fn must not act outside.
func (db *DB) Update(ctx context.Context, by access.Actor, fn func(*Tx) error) error {
	var err error
	for range tries {
		if err = db.run(ctx, db.write, by, fn); !again(err) {
			return db.write.told(err)
		}
	}
	return fault.New(fault.Busy, "store.busy").Because(err)
}

// View runs fn on an unchanging picture of the data in by's name.
func (db *DB) View(ctx context.Context, by access.Actor, fn func(*Tx) error) error {
	return db.read.told(db.run(ctx, db.read, by, fn))
}

// Glance runs fn for what one statement answers: each statement stands alone, so that none is sent but those of fn. What must agree with each
// other belongs into a View.
func (db *DB) Glance(ctx context.Context, by access.Actor, fn func(*Tx) error) error {
	select {
	case db.read.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-db.read.slots }()
	return db.read.told(fn(&Tx{ctx: ctx, db: db, pool: db.read, by: by, at: db.instant()}))
}

// instant is the one instant of a transaction that begins now.
func (db *DB) instant() time.Time { return db.now().UTC().Truncate(time.Microsecond) }

func (db *DB) run(ctx context.Context, pool *handle, by access.Actor, fn func(*Tx) error) error {
	opts := &sql.TxOptions{}
	if db.postgres {
		opts.Isolation = sql.LevelRepeatableRead
	}
	inner, done, err := pool.begin(ctx, opts)
	if err != nil {
		return fmt.Errorf("beginning: %w", err)
	}
	defer done()
	tx := &Tx{ctx: ctx, db: db, pool: pool, tx: inner, by: by, at: db.instant()}
	defer func() { _ = inner.Rollback() }() // after a commit this does nothing
	if err := fn(tx); err != nil {
		return err
	}
	if tx.broken != nil {
		return tx.broken
	}
	if err := inner.Commit(); err != nil {
		return fmt.Errorf("committing: %w", err)
	}
	if tx.woken {
		select {
		case db.wake <- struct{}{}:
		default:
		}
	}
	return nil
}

// again says whether err is the database's wish to begin once more.
func again(err error) bool {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.Code == "40001" || pg.Code == "40P01"
	}
	return liteCode(err) == 5 // SQLITE_BUSY
}

// Clash says whether err is a broken unique index, named by index in PostgreSQL and by its columns in SQLite.
func clash(err error) bool {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.Code == "23505"
	}
	if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		return lite.Code() == 2067 || lite.Code() == 1555 // SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY
	}
	return false
}

// By is who acts.
func (tx *Tx) By() access.Actor { return tx.by }

// Now is the transaction's one instant, UTC, whole microseconds.
func (tx *Tx) Now() time.Time { return tx.at }

// Today is the office's day.
func (tx *Tx) Today() day.Day { return day.Of(tx.at, tx.db.zone) }

// Office is what a case's steps need to know of a place today.
func (tx *Tx) Office(where region.Code) (application.Office, error) {
	r, err := tx.rules()
	if err != nil {
		return application.Office{}, err
	}
	today := tx.Today()
	return application.Office{Today: today, Calendar: r.calendar, Policy: r.book.At(where, today)}, nil
}

func (tx *Tx) exec(query string, args ...any) (int64, error) {
	res, err := tx.run(query, args)
	if err != nil {
		return 0, fmt.Errorf("running %s: %w", head(query), err)
	}
	return res.RowsAffected()
}

// run executes query, on SQLite through its prepared form.
func (tx *Tx) run(query string, args []any) (sql.Result, error) {
	if tx.pool.stmts == nil {
		return tx.tx.ExecContext(tx.ctx, query, args...)
	}
	s, err := tx.pool.stmt(tx.ctx, tx.tx, query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(tx.ctx, args...)
}

// ask is run for a query that answers rows.
func (tx *Tx) ask(query string, args []any) (*sql.Rows, error) {
	switch {
	case tx.pool.stmts == nil && tx.tx == nil:
		return tx.pool.QueryContext(tx.ctx, query, args...)
	case tx.pool.stmts == nil:
		return tx.tx.QueryContext(tx.ctx, query, args...)
	}
	s, err := tx.pool.stmt(tx.ctx, tx.tx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(tx.ctx, args...)
}

// list runs query and scans every row through into, which names the places of the columns.
func list[T any](tx *Tx, into func(*T) []any, query string, args ...any) ([]T, error) {
	rows, err := tx.ask(query, args)
	if err != nil {
		return nil, fmt.Errorf("asking %s: %w", head(query), err)
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		var v T
		if err := rows.Scan(into(&v)...); err != nil {
			return nil, fmt.Errorf("reading %s: %w", head(query), err)
		}
		out = append(out, v)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading %s: %w", head(query), err)
	}
	return out, nil
}

// one is the single row of query; none is Missing.
func one[T any](tx *Tx, into func(*T) []any, query string, args ...any) (T, error) {
	all, err := list(tx, into, query, args...)
	var none T
	switch {
	case err != nil:
		return none, err
	case len(all) == 0:
		return none, fault.New(fault.Missing, "record.missing")
	}
	return all[0], nil
}

// number is the single number that query answers.
func (tx *Tx) number(query string, args ...any) (int64, error) {
	return one(tx, func(n *int64) []any { return []any{n} }, query, args...)
}

// head is the beginning of a statement, for errors; it never holds values.
func head(query string) string {
	s := strings.Join(strings.Fields(query), " ")
	return s[:min(len(s), 60)]
}
