// Command bare is the yardstick of the bench: the same pages as nothing but net/http and database/sql, without sign-in, permissions, policy,
// layout, compression, limits or log. What hefa takes beyond it is what those cost.
package main

import (
	"database/sql"
	"fmt"
	"html"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the PostgreSQL driver
	_ "modernc.org/sqlite"             // the SQLite driver
)

// county and township are where the bench's cases stand.
const (
	county   = "533103"
	township = "533103105"
)

func main() {
	if len(os.Args) > 4 {
		if err := round(os.Args[1:]); err != nil {
			log.Fatal(err)
		}
		return
	}
	if len(os.Args) != 2 {
		log.Fatal("usage: bare PATH|postgres://ADDRESS, or what round.go says")
	}
	s, err := open(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /readyz", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("GET /ids", s.ids)
	mux.HandleFunc("GET /tray", s.tray)
	mux.HandleFunc("GET /case", s.course)
	mux.HandleFunc("GET /search", s.search)
	if err := (&rest{read: s.db}).handle(mux, os.Args[1]); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("listening on http://%s\n", l.Addr())
	log.Fatal((&http.Server{Handler: mux, ReadHeaderTimeout: time.Second}).Serve(l))
}

// server is the prepared statements of the four pages.
type server struct {
	db                                     *sql.DB
	list, late, cases, lines, people, some *sql.Stmt
}

// connect opens a store by its address, an SQLite file with pragmas.
func connect(address string, pragmas ...string) (*sql.DB, error) {
	if strings.HasPrefix(address, "postgres://") {
		return sql.Open("pgx", address)
	}
	return sql.Open("sqlite", "file:"+address+"?_pragma="+strings.Join(pragmas, "&_pragma="))
}

func open(address string) (*server, error) {
	db, err := connect(address, "query_only(1)", "cache_size(-8000)")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(8)
	db.SetMaxIdleConns(8)
	s := &server{db: db}
	for to, text := range map[**sql.Stmt]string{
		&s.list: `SELECT a.id, a.due, a.no, a.matter, a.since, p.name, p.number FROM application a JOIN person p ON p.county = a.county AND p.id = a.person
			WHERE a.county = $1 AND SUBSTR(a.region, 1, 9) = $2 AND a.state = $3 ORDER BY a.due, a.id LIMIT 51`,
		&s.late:  `SELECT state, '', '', '', '', '', CAST(SUM(n) AS TEXT) FROM tally WHERE county = $1 AND township = $2 GROUP BY state`,
		&s.cases: `SELECT a.id, a.due, a.no, a.matter, a.since, p.name, p.number FROM application a JOIN person p ON p.county = a.county AND p.id = a.person WHERE a.county = $1 AND a.id = $2`,
		&s.lines: `SELECT id, act, name, role, region, note, CAST(at AS TEXT) FROM audit WHERE county = $1 AND kind = 'application' AND subject = $2 ORDER BY id`,
		&s.people: `SELECT id, name, number, birth, sex, nation, region FROM person
			WHERE county = $1 AND name >= $2 AND name < $3 ORDER BY name, id LIMIT 51`,
		&s.some: `SELECT id, '', '', '', '', '', '' FROM application WHERE county = $1 AND state = $2 LIMIT 5000`,
	} {
		if *to, err = db.Prepare(text); err != nil {
			return nil, fmt.Errorf("%s: %w", text, err)
		}
	}
	return s, nil
}

// rows writes what a statement answers as rows of a table.
func rows(w http.ResponseWriter, stmt *sql.Stmt, args ...any) {
	found, err := stmt.Query(args...)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer found.Close()
	var v [7]string
	for found.Next() {
		if err := found.Scan(&v[0], &v[1], &v[2], &v[3], &v[4], &v[5], &v[6]); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		fmt.Fprint(w, "<tr>")
		for _, cell := range v {
			fmt.Fprintf(w, "<td>%s</td>", html.EscapeString(cell))
		}
		fmt.Fprint(w, "</tr>\n")
	}
}

func (s *server) tray(w http.ResponseWriter, r *http.Request) {
	rows(w, s.late, county, township)
	rows(w, s.list, county, township, r.FormValue("state"))
}

func (s *server) course(w http.ResponseWriter, r *http.Request) {
	rows(w, s.cases, county, r.FormValue("id"))
	rows(w, s.lines, county, r.FormValue("id"))
}

func (s *server) search(w http.ResponseWriter, r *http.Request) {
	q := r.FormValue("q")
	rows(w, s.people, county, q, q+"\U0010FFFF")
}

// ids is which cases can be asked for, one a line.
func (s *server) ids(w http.ResponseWriter, r *http.Request) {
	for _, state := range []string{"closed", "submitted", "review"} {
		found, err := s.some.QueryContext(r.Context(), county, state)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		var id, none string
		for found.Next() {
			if err := found.Scan(&id, &none, &none, &none, &none, &none, &none); err == nil {
				fmt.Fprintln(w, id)
			}
		}
		_ = found.Close() // read to its end
	}
}
