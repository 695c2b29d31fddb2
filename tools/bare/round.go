package main

import (
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// round is what the measuring of the daily round needs beside the program: certificates entered bare, and the bare question who is due. Its arguments
// are "certificates STORE COUNT DAY COUNTY…" or "due STORE DAY MONTH-1 MONTH-3 MONTH-6", the days as YYYY-MM-DD.
func round(args []string) error {
	db, err := connect(args[1], "journal_mode(WAL)", "synchronous(FULL)", "cache_size(-64000)")
	if err != nil {
		return err
	}
	defer db.Close()
	if args[0] == "due" {
		return due(db, args[2:])
	}
	count, err := strconv.Atoi(args[2])
	if err != nil {
		return err
	}
	first, err := time.Parse(time.DateOnly, args[3])
	if err != nil {
		return err
	}
	return enter(db, strings.HasPrefix(args[1], "postgres://"), certificates{count, first, args[4:]})
}

// due counts who is due at the steps of 6, 3 and 1 months in one statement, and prints the count and the seconds.
func due(db *sql.DB, days []string) error {
	start, n := time.Now(), 0
	err := db.QueryRow(`
		SELECT COUNT(*)
		FROM certificate c
		WHERE c.state = 'valid' AND c.expires >= $1 AND c.expires <= $4
			AND NOT EXISTS (
				SELECT 1
				FROM reminder r
				WHERE r.county = c.county AND r.certificate = c.id AND r.kind = 'renew'
					AND r.step = CASE WHEN c.expires <= $2 THEN '1' WHEN c.expires <= $3 THEN '3' ELSE '6' END)
			AND NOT EXISTS (
				SELECT 1
				FROM application a
				WHERE a.county = c.county AND a.person = c.person AND a.state NOT IN ('closed', 'declined', 'refused', 'withdrawn'))`,
		days[0], days[1], days[2], days[3]).Scan(&n)
	fmt.Printf("%d %.2f\n", n, time.Since(start).Seconds())
	return err
}

// certificates is how many are entered, evenly over the counties and ten years from a day on, one for each person.
type certificates struct {
	count    int
	first    time.Time
	counties []string
}

const (
	validDays = 3650 // over which the certificates expire
	atOnce    = 200  // rows entered by one statement
)

// enter puts in people and certificates, bare of all that the round does not read.
func enter(db *sql.DB, postgres bool, c certificates) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // when it is not committed
	for _, t := range []struct {
		head string
		row  func(n int) []any
	}{
		{`INSERT INTO person (county, id, region, name, given, initials, number, lookup, sex, birth) VALUES `, c.person},
		{`INSERT INTO certificate (county, id, region, person, number, lookup, category, level, expires) VALUES `, c.certificate},
	} {
		for from := 0; from < c.count; from += atOnce {
			var args []any
			var rows []string
			for n := from; n < min(from+atOnce, c.count); n++ {
				row := t.row(n)
				places := make([]string, len(row))
				for i := range row {
					places[i] = "?" // which SQLite finds sooner than a number
					if postgres {
						places[i] = fmt.Sprintf("$%d", len(args)+i+1)
					}
				}
				rows, args = append(rows, "("+strings.Join(places, ", ")+")"), append(args, row...)
			}
			if _, err := tx.Exec(t.head+strings.Join(rows, ", "), args...); err != nil {
				return err
			}
		}
	}
	return tx.Commit()
}

func (c certificates) person(n int) []any {
	county, id := c.counties[n%len(c.counties)], fmt.Sprintf("p%011d", n)
	return []any{county, id, county + "001001", "张三", "三", "zs", "", id, "male", "1960-01-01"}
}

func (c certificates) certificate(n int) []any {
	county, id := c.counties[n%len(c.counties)], fmt.Sprintf("c%011d", n)
	expires := c.first.AddDate(0, 0, n/len(c.counties)%validDays).Format(time.DateOnly)
	return []any{county, id, county + "001001", fmt.Sprintf("p%011d", n), "", id, "4", "2", expires}
}
