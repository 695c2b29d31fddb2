package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// CreateDatabase makes an empty database, or a copy of template, on the PostgreSQL server at address, and gives the new database's address.
// Its texts sort by code point (C.UTF-8), as they do in SQLite. An old database of the name is dropped.
func CreateDatabase(ctx context.Context, address, name, template string) (string, error) {
	from := "TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
	if template != "" {
		from = "TEMPLATE " + template
	}
	if err := onServer(ctx, address, "DROP DATABASE IF EXISTS "+name, "CREATE DATABASE "+name+" "+from); err != nil {
		return "", err
	}
	head, tail, _ := strings.Cut(address, "?")
	return head[:strings.LastIndex(head, "/")+1] + name + "?" + tail, nil
}

// DropDatabase ends the database's connections and drops it.
func DropDatabase(ctx context.Context, address, name string) error {
	return onServer(ctx, address, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)")
}

func onServer(ctx context.Context, address string, statements ...string) error {
	db, err := sql.Open("pgx", address)
	if err != nil {
		return err
	}
	for _, s := range statements {
		if _, err := db.ExecContext(ctx, s); err != nil {
			return errors.Join(fmt.Errorf("%s: %w", s, err), db.Close())
		}
	}
	return db.Close()
}

// Outside runs one statement on the database at address beside every rule, as somebody at the server could; tests and fault drills spoil rows with it.
func Outside(ctx context.Context, address, statement string) error {
	driver := "sqlite"
	if Postgres(address) {
		driver = "pgx"
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, statement)
	return errors.Join(err, db.Close())
}
