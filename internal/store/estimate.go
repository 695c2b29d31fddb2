package store

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// SQLite chooses indexes by how many rows it believes each value of a column has. Without a word it takes a county for something that few rows have, and
// walks a whole county in the wanted order rather than sort a person's two certificates. So the planner is told what a large county is like, the same
// in every place whatever it holds: a plan is then the same in a test, at the first start and with 200,000 people (ADR 0145). The figures stand in
// sqlite_stat1 as ANALYZE would have left them (https://www.sqlite.org/fileformat2.html#the_sqlite_stat1_table). PostgreSQL counts by itself.
const (
	countyRows = 200_000 // rows of a table in one county
	counties   = 100     // so many that one county is fewer rows than the planner believes of a range of them, a sixty-fourth of all
	partly     = 20      // an index with a condition holds one row of so many
)

// spread is among how many values the rows of a county spread, by column; a column that is not named here tells rows apart.
var spread = map[string]float64{
	"county": 1,
	"kind":   3, "category": 3, "level": 3,
	"state": 100, "way": 100, "side": 100, "year": 100, "term": 100, "series": 100, "layout": 100, "part": 100, // of a state those that are still open
	"":         20, // a township, which is an expression
	"township": 200, "region": 200,
	"account": 20, "author": 20, "desk": 20, "doctor": 20, "handler": 20, "hospital": 20, "org": 20,
	"due": 1000, "expires": 1000, "day": 1000, "birth": 1000, "decided": 1000, "closed": 1000, "since": 1000, "next": 1000, "ends": 1000, "last": 1000,
	"delivered": 1000, "at": 1000, "until": 1000, "size": 1000,
	"batch": 2000, "session": 2000, "notice": 2000, "box": 2000, "posting": 2000, "pile": 2000, "statement": 2000, "appraisal": 2000, "lapse": 2000,
	"bundle": 2000, "issue": 2000, "reassessment": 2000, "destruction": 2000, "source": 2000,
	"name": 5000, "initials": 5000,
	"household": 60_000,
	"ord":       10, "step": 10, "place": 10, "line": 10, "row": 10,
}

// states is how many states the rows of a table stand in where they do not end in one.
var states = map[string]float64{"blank": 3}

// tableIndex is one index of a tenant table.
type tableIndex struct {
	table, name     string
	unique, partial bool
	columns         []string // "" for an expression
}

// estimate is the index's line in sqlite_stat1: how many rows it has, then how many share its first column, its first two, and so on.
func (x tableIndex) estimate() string {
	rows := float64(countyRows)
	if x.partial {
		rows /= partly
	}
	line := []string{strconv.Itoa(int(rows) * counties)}
	for i, c := range x.columns {
		by, ok := spread[c]
		if s := states[x.table]; c == "state" && s > 0 {
			by = s
		}
		if !ok {
			by = countyRows / 2
		}
		rows = max(1, rows/by)
		if x.unique && i == len(x.columns)-1 {
			rows = 1
		}
		line = append(line, strconv.Itoa(int(rows)))
	}
	return strings.Join(line, " ") + " noskipscan" // few counties would tempt it to ask for each of them
}

// estimates tells SQLite's planner what a large county is like, unless it knows. It wants to be the first that uses the pool: connections that are open
// already do not hear of it, so they are closed.
func (db *DB) estimates(ctx context.Context) error {
	if db.postgres {
		return nil
	}
	all, err := db.tenantIndexes(ctx)
	if err != nil {
		return err
	}
	want := make(map[[2]string]string, len(all))
	for _, x := range all {
		want[[2]string{x.table, x.name}] = x.estimate()
	}
	has, err := db.knownEstimates(ctx)
	if err != nil || maps.Equal(has, want) {
		return err
	}
	tx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after a commit this does nothing
	// The table is made by the first ANALYZE only; holiday is small.
	for _, s := range []string{"ANALYZE holiday", "DELETE FROM sqlite_stat1"} {
		if _, err := tx.ExecContext(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	for at, line := range want {
		if _, err := tx.ExecContext(ctx, "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)", at[0], at[1], line); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	db.write.SetMaxIdleConns(0)
	db.write.SetMaxIdleConns(cap(db.write.slots) + 1)
	return nil
}

// tenantIndexes is the indexes that begin with a county.
func (db *DB) tenantIndexes(ctx context.Context) ([]tableIndex, error) {
	rows, err := db.write.QueryContext(ctx, `
		SELECT t.name, x.name, x."unique", x.partial, COALESCE(c.name, '')
		FROM sqlite_master t, pragma_index_list(t.name) x, pragma_index_info(x.name) c
		WHERE t.type = 'table'
		ORDER BY t.name, x.name, c.seqno`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []tableIndex
	for rows.Next() {
		var x tableIndex
		var column string
		if err := rows.Scan(&x.table, &x.name, &x.unique, &x.partial, &column); err != nil {
			return nil, err
		}
		if len(all) == 0 || all[len(all)-1].name != x.name {
			all = append(all, x)
		}
		last := &all[len(all)-1]
		last.columns = append(last.columns, column)
	}
	return slices.DeleteFunc(all, func(x tableIndex) bool { return x.columns[0] != "county" }), rows.Err()
}

// knownEstimates is what the database holds already, nothing in a new one.
func (db *DB) knownEstimates(ctx context.Context) (map[[2]string]string, error) {
	var there int
	if err := db.write.QueryRowContext(ctx, "SELECT COUNT(*) FROM sqlite_master WHERE name = 'sqlite_stat1'").Scan(&there); err != nil || there == 0 {
		return nil, err
	}
	rows, err := db.write.QueryContext(ctx, "SELECT tbl, COALESCE(idx, ''), COALESCE(stat, '') FROM sqlite_stat1")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[[2]string]string{}
	for rows.Next() {
		var at [2]string
		var line string
		if err := rows.Scan(&at[0], &at[1], &line); err != nil {
			return nil, err
		}
		out[at] = line
	}
	return out, rows.Err()
}

// wide says in a statement that it means to go through all that a county has of something, be it page by page.
const wide = "/* a whole county */"

// grown is the tables that have a row or more for each person of a county.
var grown = []string{"application", "assessment", "attachment", "audit", "call", "card", "casefile", "certificate", "dossier", "graded", "identity", "item", "letter", "life",
	"message", "person", "person_change", "reminder", "spelling", "statement_person"}

// walked is a step that reads what an index has of a county.
var walked = regexp.MustCompile(`INDEX (\w+) \(county=\?\)$`)

// entered is a statement that enters rows as they are given; its plan tells only of those who might point at them.
var entered = regexp.MustCompile(`(?s)^\s*INSERT\s.*\)\s*VALUES\s`)

// parameter is the number of a parameter in a statement.
var parameter = regexp.MustCompile(`\$(\d+)`)

// Walks is the statements sent so far for which SQLite goes through all rows of a county, though they do not say that they mean to (see wide): for
// tests, which would not feel it. There are none on PostgreSQL.
func (db *DB) Walks(ctx context.Context) ([]string, error) {
	long, err := db.longIndexes(ctx)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, h := range []*handle{db.write, db.read} {
		h.mu.Lock()
		sent := slices.Collect(maps.Keys(h.stmts))
		h.mu.Unlock()
		for _, s := range sent {
			if strings.Contains(s, wide) || entered.MatchString(s) {
				continue
			}
			steps, err := db.plan(ctx, s)
			if err != nil {
				return nil, fmt.Errorf("planning %s: %w", head(s), err)
			}
			for _, step := range steps {
				if m := walked.FindStringSubmatch(step); m != nil && long[m[1]] {
					text := strings.Join(strings.Fields(s), " ")
					out = append(out, step+": "+text[:min(len(text), 1000)])
				}
			}
		}
	}
	return out, nil
}

// longIndexes is the indexes that have every row of a grown table.
func (db *DB) longIndexes(ctx context.Context) (map[string]bool, error) {
	out := map[string]bool{}
	if db.postgres {
		return out, nil
	}
	all, err := db.tenantIndexes(ctx)
	for _, x := range all {
		out[x.name] = !x.partial && slices.Contains(grown, x.table)
	}
	return out, err
}

// plan is how SQLite goes about a statement, a step a line.
func (db *DB) plan(ctx context.Context, statement string) ([]string, error) {
	most := strings.Count(statement, "?")
	for _, m := range parameter.FindAllStringSubmatch(statement, -1) {
		n, err := strconv.Atoi(m[1])
		if err != nil {
			return nil, err
		}
		most = max(most, n)
	}
	values := make([]any, most) // no plan depends on what they are
	rows, err := db.read.QueryContext(ctx, "EXPLAIN QUERY PLAN "+statement, values...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			return nil, err
		}
		out = append(out, step)
	}
	return out, rows.Err()
}
