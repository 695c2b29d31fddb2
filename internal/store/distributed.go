package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/fault"
)

// Everywhere is the tables that belong to no county and are the same on every node of Citus: places, accounts, rules, keys and what serves them.
var Everywhere = []string{"region", "account", "signin", "token", "org", "policy", "holiday", "sealkey", "sealed", "identity", "job", "answered", "factor", "relative", "backup", "fixity", "digest", "doubt", "former", "former_number", "passkey", "linked", "daybook"}

// Index is an index of a table, with its columns in their order.
type Index struct {
	Name, Table     string
	Unique, Primary bool
	Columns         []string
}

// Foreign is a foreign key: the columns of From that point at those of To.
type Foreign struct {
	From, To        string
	Columns, Points []string
}

// Shape is what Citus wants to know of a schema on PostgreSQL.
type Shape struct {
	Tables    []Table
	Indexes   []Index
	Foreign   []Foreign
	Sequences int64
}

// Shape reads the schema; on SQLite it is refused.
func (db *DB) Shape(ctx context.Context) (s Shape, err error) {
	if !db.postgres {
		return s, fault.New(fault.Refused, "store.distribute.postgres")
	}
	err = db.View(ctx, access.Program(), func(tx *Tx) error {
		if s.Tables, err = tx.tables(); err != nil {
			return err
		}
		if s.Indexes, err = list(tx, func(i *Index) []any { return []any{&i.Name, &i.Table, &i.Unique, &i.Primary, commas{&i.Columns}} }, `
			SELECT x.relname, t.relname, i.indisunique, i.indisprimary, STRING_AGG(a.attname, ',' ORDER BY k.place)
			FROM pg_index i
			JOIN pg_class x ON x.oid = i.indexrelid
			JOIN pg_class t ON t.oid = i.indrelid
			CROSS JOIN LATERAL UNNEST(i.indkey::int2[]) WITH ORDINALITY AS k (col, place)
			JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.col
			WHERE t.relnamespace = 'public'::regnamespace AND t.relname <> 'goose_db_version'
			GROUP BY x.relname, t.relname, i.indisunique, i.indisprimary
			ORDER BY x.relname`); err != nil {
			return err
		}
		if s.Foreign, err = list(tx, func(f *Foreign) []any { return []any{&f.From, &f.To, commas{&f.Columns}, commas{&f.Points}} }, `
			SELECT t.relname, o.relname,
				(SELECT STRING_AGG(a.attname, ',') FROM pg_attribute a WHERE a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)),
				(SELECT STRING_AGG(a.attname, ',') FROM pg_attribute a WHERE a.attrelid = c.confrelid AND a.attnum = ANY (c.confkey))
			FROM pg_constraint c
			JOIN pg_class t ON t.oid = c.conrelid
			JOIN pg_class o ON o.oid = c.confrelid
			WHERE c.contype = 'f'
			ORDER BY t.relname, o.relname`); err != nil {
			return err
		}
		s.Sequences, err = tx.number(`SELECT COUNT(*) FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace AND relname <> 'goose_db_version_id_seq'`)
		return err
	})
	return s, err
}

// commas scans a text of names with commas between them.
type commas struct{ to *[]string }

// Scan takes the text.
func (c commas) Scan(src any) error {
	text, _ := src.(string)
	*c.to = strings.Split(text, ",")
	return nil
}

// Distribution is the statements that spread a schema over the nodes of Citus: what belongs to no county everywhere, everything else by its county. Tables
// that others point at come first.
func Distribution(s Shape) []string {
	var everywhere, spread []string
	for _, t := range s.Tables {
		if slices.Contains(Everywhere, t.Name) {
			everywhere = append(everywhere, fmt.Sprintf(`SELECT create_reference_table('%s')`, t.Name))
		} else {
			spread = append(spread, fmt.Sprintf(`SELECT create_distributed_table('%s', 'county')`, t.Name))
		}
	}
	return append(everywhere, spread...)
}

// Distribute spreads the tables over the nodes of a PostgreSQL with Citus, all or none; it is done once, on a fresh schema or one with rows.
func (db *DB) Distribute(ctx context.Context) error {
	s, err := db.Shape(ctx)
	if err != nil {
		return err
	}
	return db.Update(ctx, access.Program(), func(tx *Tx) error {
		n, err := tx.number(`SELECT COUNT(*) FROM pg_extension WHERE extname = 'citus'`)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Refused, "store.distribute.citus")
		}
		for _, q := range Distribution(s) {
			if _, err := tx.exec(q); err != nil {
				return fmt.Errorf("%s: %w", q, err)
			}
		}
		return nil
	})
}
