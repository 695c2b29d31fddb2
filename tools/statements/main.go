// Command statements judges every statement that the tests have sent to PostgreSQL: on Citus each table with a county is spread by it, so a statement may
// meet several of them only where their counties are the same. It asks the server for the plans, because the planner has worked out which columns are
// equal, and names each statement that ties tables of two counties together.
//
// The server must keep its statements (pg_stat_statements); scripts/postgres.sh starts one that does.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"hefa/internal/seal"
	"hefa/internal/store"
)

func main() {
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "statements ADDRESS: judges the statements that the PostgreSQL server there was sent")
	}
	flag.Parse()
	if flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(context.Background(), flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, "statements:", err)
		os.Exit(1)
	}
}

// fewest is how many statements a whole run of the tests leaves at least: fewer mean that the server did not keep them.
const fewest = 400

func run(ctx context.Context, address string) error {
	sent, err := kept(ctx, address)
	if err != nil {
		return err
	}
	j, err := open(ctx, address)
	if err != nil {
		return err
	}
	found, err := j.judge(ctx, sent)
	if err = errors.Join(err, j.close(ctx)); err != nil {
		return err
	}
	for _, f := range found.across {
		fmt.Println(f)
	}
	fmt.Printf("%d statements, %d of them meet several tables of a county; %d could not be planned\n", found.planned, found.several, len(found.unplanned))
	switch {
	case len(found.unplanned) > 0:
		return fmt.Errorf("no plan for %s", strings.Join(found.unplanned, "\n"))
	case len(found.across) > 0:
		return fmt.Errorf("%d statements tie counties together", len(found.across))
	case found.planned < fewest:
		return fmt.Errorf("only %d statements were kept", found.planned)
	}
	return nil
}

// kept is the text of every statement that reads or changes rows of ours, not the server's own, with its values as parameters, as the server keeps them of all its databases.
func kept(ctx context.Context, address string) ([]string, error) {
	c, err := pgx.Connect(ctx, address)
	if err != nil {
		return nil, err
	}
	defer func() { _ = c.Close(ctx) }()
	rows, err := c.Query(ctx, `SELECT DISTINCT query FROM pg_stat_statements WHERE query ~* '^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\M' AND query !~ 'pg_|clock_timestamp'`)
	if err != nil {
		return nil, err
	}
	all, err := pgx.CollectRows(rows, pgx.RowTo[string])
	out := all[:0]
	for _, q := range all {
		if !plain.MatchString(q) {
			out = append(out, q)
		}
	}
	return out, err
}

// plain is an INSERT of values alone, which reads no table.
var plain = regexp.MustCompile(`(?is)^\s*INSERT INTO \w+ \([^)]*\)\s*VALUES(?:[^S]|S[^E])*$`)

// judge is an empty database of the program's schema in which statements are planned.
type judge struct {
	conn    *pgx.Conn
	server  string
	name    string
	tenants map[string]bool
}

func open(ctx context.Context, address string) (*judge, error) {
	j := &judge{server: address, name: fmt.Sprintf("hefa_statements_%d", os.Getpid()), tenants: map[string]bool{}}
	at, err := store.CreateDatabase(ctx, address, j.name, "")
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "hefa-statements")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	keys, err := seal.NewRing(seal.MasterFile(filepath.Join(folder, "key")), seal.National)
	if err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, at, store.Options{Keys: keys})
	if err != nil {
		return nil, err
	}
	shape, err := db.Shape(ctx)
	if err = errors.Join(err, db.Close()); err != nil {
		return nil, err
	}
	for _, t := range shape.Tables {
		j.tenants[t.Name] = slices.Contains(t.Columns, "county") && !slices.Contains(store.Everywhere, t.Name)
	}
	if j.conn, err = pgx.Connect(ctx, at); err == nil {
		_, err = j.conn.Exec(ctx, `SET plan_cache_mode = force_generic_plan`)
	}
	return j, err
}

func (j *judge) close(ctx context.Context) error {
	return errors.Join(j.conn.Close(ctx), store.DropDatabase(ctx, j.server, j.name))
}

// verdict is what was found.
type verdict struct {
	planned, several  int
	across, unplanned []string
}

func (j *judge) judge(ctx context.Context, sent []string) (verdict, error) {
	var v verdict
	for _, q := range sent {
		plan, err := j.plan(ctx, q)
		if pg, ok := errors.AsType[*pgconn.PgError](err); ok && older[pg.Code] {
			continue
		}
		if err != nil {
			if ctx.Err() != nil {
				return v, err
			}
			v.unplanned = append(v.unplanned, err.Error()+": "+q)
			continue
		}
		v.planned++
		met, parts := plan.counties(j.tenants)
		if met > 1 {
			v.several++
		}
		if parts > 1 {
			v.across = append(v.across, fmt.Sprintf("%d counties may meet in: %s", parts, q))
		}
	}
	return v, nil
}

var cut = regexp.MustCompile(`SUBSTR\(([\w.]+), [$\w]+, [$\w]+\)`)

// grouped makes what a statement reads the same again as what it groups by: the server keeps values as parameters in one, and as they were in the other.
func grouped(query string) string {
	if !strings.Contains(query, "GROUP BY") {
		return query
	}
	first := map[string]string{}
	return cut.ReplaceAllStringFunc(query, func(s string) string {
		column := cut.FindStringSubmatch(s)[1]
		if first[column] == "" {
			first[column] = s
		}
		return first[column]
	})
}

var summed = regexp.MustCompile(`(SUM\(CASE WHEN [^()]*?) THEN (\$\d+) ELSE (\$\d+) END\)`)

// counted says of values that are summed that they are numbers, as they were where they stood in the statement.
func counted(query string) string {
	return summed.ReplaceAllString(query, "$1 THEN CAST($2 AS INTEGER) ELSE CAST($3 AS INTEGER) END)")
}

// rowByRow has what a statement asks with EXISTS answered for one row after the other, which says by which columns; the planner else may hash the answers
// and keep the columns to itself.
func rowByRow(query string) string {
	const asked = "EXISTS ("
	at := strings.LastIndex(query, asked)
	for ; at >= 0; at = strings.LastIndex(query[:at], asked) {
		depth := 0
		for i := at + len(asked) - 1; i < len(query); i++ {
			switch query[i] {
			case '(':
				depth++
			case ')':
				depth--
			}
			if depth == 0 {
				query = query[:i] + " OFFSET 0" + query[i:]
				break
			}
		}
	}
	return query
}

// older is how the server refuses a statement of a migration, which knew a table or a column that is gone: migrations run before Citus spreads anything.
var older = map[string]bool{"42P01": true, "42703": true}

// plan is how the server would answer a statement whatever its values.
func (j *judge) plan(ctx context.Context, query string) (node, error) {
	if _, err := j.conn.Exec(ctx, "PREPARE judged AS "+rowByRow(grouped(counted(query))), pgx.QueryExecModeSimpleProtocol); err != nil {
		return node{}, err
	}
	defer func() { _, _ = j.conn.Exec(ctx, "DEALLOCATE judged", pgx.QueryExecModeSimpleProtocol) }()
	var n int
	if err := j.conn.QueryRow(ctx, `SELECT COALESCE(CARDINALITY(parameter_types), 0) FROM pg_prepared_statements WHERE name = 'judged'`).Scan(&n); err != nil {
		return node{}, err
	}
	call := "judged"
	if n > 0 {
		call += "(NULL" + strings.Repeat(", NULL", n-1) + ")"
	}
	var plans []struct{ Plan node }
	err := j.conn.QueryRow(ctx, "EXPLAIN (FORMAT JSON, VERBOSE, COSTS OFF) EXECUTE "+call, pgx.QueryExecModeSimpleProtocol).Scan(&plans)
	if err != nil || len(plans) != 1 {
		return node{}, errors.Join(fmt.Errorf("%d plans", len(plans)), err)
	}
	return plans[0].Plan, nil
}
