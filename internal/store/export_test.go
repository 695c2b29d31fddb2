package store

import (
	"context"
	"errors"
	"strings"

	"hefa/internal/access"
)

// Raw is the texts of one column as they lie in the database.
func (db *DB) Raw(ctx context.Context, table, column string) ([]string, error) {
	rows, err := db.read.QueryContext(ctx, `SELECT `+column+` FROM `+table)
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
		out = append(out, s)
	}
	return out, rows.Err()
}

// Sealed is every sealed column by table.
func Sealed() map[string][]string {
	out := map[string][]string{}
	for _, p := range personals {
		out[p.table] = p.columns
	}
	return out
}

// OldDatabase makes a database at address as the program of a schema left it: its tables, with what the statements enter.
func OldDatabase(ctx context.Context, address string, schema int64, statements ...string) error {
	db := &DB{}
	if err := db.connect(address, false); err != nil {
		return err
	}
	p, err := db.migrations()
	if err == nil {
		_, err = p.UpTo(ctx, schema)
	}
	for _, s := range statements {
		if err == nil {
			_, err = db.write.ExecContext(ctx, s)
		}
	}
	return errors.Join(err, db.Close())
}

// Spoil runs a statement beside every rule.
func (db *DB) Spoil(ctx context.Context, statement string) error {
	_, err := db.write.ExecContext(ctx, statement)
	return err
}

// Send asks the store a statement of a test's own.
func (db *DB) Send(ctx context.Context, statement string, args ...any) error {
	return db.View(ctx, access.Program(), func(tx *Tx) error {
		rows, err := tx.ask(statement, args)
		if err != nil {
			return err
		}
		return rows.Close()
	})
}

// PlanOf is the plan of the first statement sent for reading that holds a text.
func (db *DB) PlanOf(ctx context.Context, text string) ([]string, error) {
	for s := range db.read.stmts {
		if strings.Contains(s, text) {
			return db.plan(ctx, s)
		}
	}
	return nil, nil
}

// Path is the file of an SQLite database.
func (db *DB) Path() string { return db.path }
