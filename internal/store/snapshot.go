package store

import (
	"context"
	"fmt"
	"strings"

	"hefa/internal/access"
)

// Table is one table of a snapshot: its columns, and its rows as they lie in the database.
type Table struct {
	Name    string
	Columns []string
}

// Snapshot gives every table of one unchanging picture of the database, those that others point at first, and hands each row to row as it lies
// there: what is sealed stays sealed. A value is a string, an int64 or a bool. Work goes on meanwhile. version is the schema's.
func (db *DB) Snapshot(ctx context.Context, begin func(version int64, t []Table) error, row func(t int, values []any) error) error {
	return db.View(ctx, access.Program(), func(tx *Tx) error {
		version, err := tx.number(`SELECT MAX(version_id) FROM goose_db_version`)
		if err != nil {
			return err
		}
		tables, err := tx.tables()
		if err != nil {
			return err
		}
		if err := begin(version, tables); err != nil {
			return err
		}
		for i, t := range tables {
			if err := tx.rowsOf(t, func(values []any) error { return row(i, values) }); err != nil {
				return fmt.Errorf("reading table %s: %w", t.Name, err)
			}
		}
		return nil
	})
}

// tables is every table with its columns, in the order in which the migrations made them.
func (tx *Tx) tables() ([]Table, error) {
	query := `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'goose_db_version' ORDER BY rowid`
	columns := `SELECT name FROM pragma_table_info($1) ORDER BY cid`
	if tx.db.postgres {
		query = `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'goose_db_version' ORDER BY oid`
		columns = `SELECT attname FROM pg_attribute WHERE attrelid = CAST($1 AS text)::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`
	}
	names, err := list(tx, func(s *string) []any { return []any{s} }, query)
	if err != nil {
		return nil, err
	}
	out := make([]Table, len(names))
	for i, n := range names {
		out[i].Name = n
		if out[i].Columns, err = list(tx, func(s *string) []any { return []any{s} }, columns, n); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// rowsOf hands every row of a table to row; the values are the row's own only until row returns.
func (tx *Tx) rowsOf(t Table, row func(values []any) error) error {
	rows, err := tx.ask(`SELECT `+strings.Join(t.Columns, ", ")+` FROM `+t.Name, nil)
	if err != nil {
		return err
	}
	defer rows.Close()
	values, into := make([]any, len(t.Columns)), make([]any, len(t.Columns))
	for i := range values {
		into[i] = &values[i]
	}
	types, err := rows.ColumnTypes()
	if err != nil {
		return err
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for i, v := range values {
			switch v := v.(type) {
			case string, bool:
			case int64:
				if types[i].DatabaseTypeName() == "BOOLEAN" { // SQLite has no such values
					values[i] = v != 0
				}
			case int32:
				values[i] = int64(v)
			case []byte:
				values[i] = string(v)
			default:
				return fmt.Errorf("column %s holds a %T", t.Columns[i], v)
			}
		}
		if err := row(values); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Contents is the hash of every file that a row of this database points at.
func (db *DB) Contents(ctx context.Context) (out []string, err error) {
	err = db.View(ctx, access.Program(), func(tx *Tx) error {
		out, err = list(tx, func(s *string) []any { return []any{s} }, `
			SELECT hash FROM attachment WHERE destroyed = ''
			UNION SELECT original FROM attachment WHERE original <> '' AND destroyed = ''
			UNION SELECT small FROM attachment WHERE small <> '' AND destroyed = ''
			UNION SELECT hash FROM roster
			UNION SELECT proof FROM reminder WHERE proof <> ''
			UNION SELECT hash FROM bundle_part
			UNION SELECT hash FROM item WHERE hash <> '' AND destroyed = ''
			UNION SELECT hash FROM source WHERE hash <> ''
			UNION SELECT picture FROM leaf WHERE picture <> ''
			UNION SELECT small FROM leaf WHERE small <> ''
			UNION SELECT hash FROM piece WHERE hash <> ''
			UNION SELECT hash FROM piece_back WHERE hash <> ''
			UNION SELECT hash FROM deed
			UNION SELECT proof FROM statement WHERE proof <> ''
			UNION SELECT hash FROM register_scan
			ORDER BY 1`)
		return err
	})
	return out, err
}

// FileUse is a row that points at a file.
type FileUse struct {
	Kind   string `json:"kind"` // application, roster, reminder, bundle, dossier, pile, statement, register, agreement, designation or specimen
	County string `json:"county"`
	ID     string `json:"id"`
}

// FileUses is what points at a file, across all counties: it is for whoever looks after the installation.
func (db *DB) FileUses(ctx context.Context, hash string) (out []FileUse, err error) {
	err = db.View(ctx, access.Program(), func(tx *Tx) error {
		out, err = list(tx, func(u *FileUse) []any { return []any{&u.Kind, &u.County, &u.ID} }, `
			SELECT 'application', county, application FROM attachment WHERE (hash = $1 OR original = $1 OR small = $1) AND destroyed = ''
			UNION SELECT 'roster', county, id FROM roster WHERE hash = $1
			UNION SELECT 'reminder', county, id FROM reminder WHERE proof = $1
			UNION SELECT 'bundle', county, bundle FROM bundle_part WHERE hash = $1
			UNION SELECT 'dossier', county, person FROM item WHERE hash = $1 AND destroyed = ''
			UNION SELECT 'pile', county, pile FROM source WHERE hash = $1
			UNION SELECT 'pile', county, pile FROM leaf WHERE picture = $1 OR small = $1
			UNION SELECT 'pile', county, pile FROM piece WHERE hash = $1
			UNION SELECT 'pile', county, pile FROM piece_back WHERE hash = $1
			UNION SELECT kind, county, owner FROM deed WHERE hash = $1
			UNION SELECT 'statement', county, id FROM statement WHERE proof = $1
			UNION SELECT 'register', s.county, r.no FROM register_scan s JOIN register r ON r.county = s.county AND r.id = s.register WHERE s.hash = $1
			ORDER BY 1, 2, 3`, hash)
		return err
	})
	return out, err
}
