package store

import "context"

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
