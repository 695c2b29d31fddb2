package main

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
	"time"
)

// rest is the bare counterparts of the REST API: one certificate, fifty of a township by expiry, and an application that is entered with its audit line
// in one transaction, into tables of its own.
type rest struct {
	read  *sql.DB
	write *sql.DB
	one   *sql.Stmt
	fifty *sql.Stmt
	made  atomic.Int64
}

// certificate is what is answered of one.
type certificate struct {
	ID       string `json:"id"`
	Number   string `json:"number"`
	Category string `json:"category"`
	Level    string `json:"level"`
	State    string `json:"state"`
	Expires  string `json:"expires"`
	Region   string `json:"region"`
	Name     string `json:"name"`
}

const certificateFrom = `SELECT c.id, c.number, c.category, c.level, c.state, c.expires, c.region, p.name FROM certificate c JOIN person p ON p.county = c.county AND p.id = c.person `

// handle prepares the statements and puts the handlers on a mux. The pool that writes waits for the disk at each commit, as the program's does.
func (s *rest) handle(mux *http.ServeMux, address string) (err error) {
	if s.write, err = connect(address, "busy_timeout(10000)", "synchronous(FULL)", "journal_mode(WAL)"); err != nil {
		return err
	}
	s.write.SetMaxOpenConns(1)
	for _, text := range []string{
		`CREATE TABLE IF NOT EXISTS bare_application (county TEXT, id TEXT, region TEXT, state TEXT, body TEXT, PRIMARY KEY (county, id))`,
		`CREATE TABLE IF NOT EXISTS bare_audit (county TEXT, id TEXT, at BIGINT, act TEXT, subject TEXT, PRIMARY KEY (county, id))`,
	} {
		if _, err := s.write.Exec(text); err != nil {
			return err
		}
	}
	if s.one, err = s.read.Prepare(certificateFrom + `WHERE c.county = $1 AND c.id = $2`); err != nil {
		return err
	}
	s.fifty, err = s.read.Prepare(certificateFrom + `WHERE c.county = $1 AND SUBSTR(c.region, 1, 9) = $2 AND c.expires >= $3 ORDER BY c.expires, c.id LIMIT $4`)
	mux.HandleFunc("GET /api/v1/certificates/{id}", func(w http.ResponseWriter, r *http.Request) { s.answer(w, s.one, county, r.PathValue("id")) })
	mux.HandleFunc("GET /api/v1/certificates", func(w http.ResponseWriter, r *http.Request) {
		from, limit := r.FormValue("after"), 50
		if r.FormValue("limit") == "200" {
			limit = 200
		}
		s.answer(w, s.fifty, county, township, from, limit)
	})
	mux.HandleFunc("POST /api/v1/applications", s.open)
	return err
}

// answer writes what a statement finds. The next page begins at the last expiry, which is enough to learn ids from.
func (s *rest) answer(w http.ResponseWriter, stmt *sql.Stmt, args ...any) {
	found, err := stmt.Query(args...)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer found.Close()
	var page struct {
		Items []certificate `json:"items"`
		Next  string        `json:"next"`
	}
	for found.Next() {
		var c certificate
		if err := found.Scan(&c.ID, &c.Number, &c.Category, &c.Level, &c.State, &c.Expires, &c.Region, &c.Name); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		page.Items, page.Next = append(page.Items, c), c.Expires
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(page) // whoever asked may be gone
}

// open enters an application and its audit line; it is answered once they are on the disk.
func (s *rest) open(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err == nil {
		err = s.enter(fmt.Sprintf("%d-%d", time.Now().UnixNano(), s.made.Add(1)), string(body))
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusCreated)
}

func (s *rest) enter(id, body string) error {
	tx, err := s.write.Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after a commit this does nothing
	if _, err := tx.Exec(`INSERT INTO bare_application (county, id, region, state, body) VALUES ($1, $2, $3, 'submitted', $4)`, county, id, township, body); err != nil {
		return err
	}
	if _, err := tx.Exec(`INSERT INTO bare_audit (county, id, at, act, subject) VALUES ($1, $2, $3, 'open', $2)`, county, id, time.Now().UnixMicro()); err != nil {
		return err
	}
	return tx.Commit()
}
