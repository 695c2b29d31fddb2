package store

import (
	"context"
	"database/sql"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// pour enters the rows of one table that come next, many to a statement in SQLite, by COPY in PostgreSQL.
func (tx *Tx) pour(conn *sql.Conn, t Table, rows *feed) error {
	if tx.db.postgres {
		return tx.copyIn(conn, t, rows)
	}
	head := `INSERT OR FAIL INTO ` + t.Name + ` (` + strings.Join(t.Columns, ", ") + `) VALUES `
	width, at, args := len(t.Columns), rows.t, []any(nil)
	stmts := map[int]*sql.Stmt{}
	enter := func(size int) error {
		s, ok := stmts[size]
		if !ok {
			var err error
			if s, err = tx.tx.PrepareContext(tx.ctx, head+tx.places(0, size, width)); err != nil {
				return err
			}
			stmts[size] = s
		}
		_, err := s.ExecContext(tx.ctx, args[:size*width]...)
		args = append(args[:0], args[size*width:]...)
		return err
	}
	defer func() {
		for _, s := range stmts {
			_ = s.Close() // it was only executed
		}
	}()
	for ; rows.more && rows.t == at; rows.step() {
		if args = append(args, rows.values...); len(args) == sizes[0]*width {
			if err := enter(sizes[0]); err != nil {
				return err
			}
		}
	}
	for _, size := range sizes {
		for len(args) >= size*width && len(args) > 0 {
			if err := enter(size); err != nil {
				return err
			}
		}
	}
	return rows.err
}

// copyIn is pour for PostgreSQL.
func (tx *Tx) copyIn(conn *sql.Conn, t Table, rows *feed) error {
	return conn.Raw(func(driver any) error {
		_, err := driver.(*stdlib.Conn).Conn().CopyFrom(tx.ctx, pgx.Identifier{t.Name}, t.Columns, &copying{rows: rows, at: rows.t})
		return err
	})
}

// copying is the rows of one table as the driver asks for them.
type copying struct {
	rows *feed
	at   int
	last []any
}

// Next says whether the table has one more row.
func (c *copying) Next() bool {
	if !c.rows.more || c.rows.t != c.at {
		return false
	}
	c.last = append(c.last[:0], c.rows.values...)
	c.rows.step()
	return true
}

// Values is the row.
func (c *copying) Values() ([]any, error) { return c.last, nil }

// Err is why there are no more rows.
func (c *copying) Err() error { return c.rows.err }

// Sound looks through the whole database for damage that the engine can find by itself; PostgreSQL finds it when pages are read.
func (db *DB) Sound(ctx context.Context) ([]string, error) {
	if db.postgres {
		return nil, nil
	}
	rows, err := db.read.QueryContext(ctx, `PRAGMA integrity_check(20)`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		if s != "ok" {
			out = append(out, s)
		}
	}
	return out, rows.Err()
}
