package store_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// clearNumber is the identity number of the n-th invented person.
func clearNumber(n int) string { return string(person.MakeNumber("533199", "1961-05-04", n%1000)) }

// old is what a database of schema 3 held, all of it clear.
func old(people int) []string {
	out := []string{
		`INSERT INTO job (id, kind, key, args, due, created, error) VALUES ('j', 'roster.check', 'k', '{"phone":"13900004444"}', 1, 1, 'row of 533199196105040011')`,
		`INSERT INTO answered (account, key, request, status, body, at) VALUES ('a', 'k', 'r', 200, '{"phone":"13900004444"}', 1)`,
		`INSERT INTO audit (county, id, at, account, name, role, act, kind, subject, region, note) VALUES ('533103', 'l', 1, 'a', '甲', 'clerk', 'application.refuse', 'application', 'c', '533103', '精神分裂症')`,
	}
	for n := range people {
		number := clearNumber(n)
		out = append(out,
			fmt.Sprintf(`INSERT INTO identity (lookup, county, person) VALUES ('%s', '533103', 'p%d')`, number, n),
			fmt.Sprintf(`INSERT INTO person (county, id, region, name, given, initials, number, lookup, sex, birth, address, phone, guardian, guardian_phone)
				VALUES ('533103', 'p%d', '533103105201', '测试人', '试人', 'csr', '%s', '%s', 'male', '1961-05-04', '那目村%d号', '13900004444', '测试监护', '13900005555')`, n, number, number, n),
			fmt.Sprintf(`INSERT INTO certificate (county, id, region, person, number, lookup, category, level, state, expires)
				VALUES ('533103', 'c%d', '533103105201', 'p%d', '%s43', '%s43', '4', '3', 'valid', '2020-12-31')`, n, n, number, number))
	}
	return append(out,
		`INSERT INTO application (county, id, region, person, matter, origin, state, since, opened) VALUES ('533103', 'a', '533103105201', 'p0', 'new', 'counter', 'assessed', '2020-03-01', '2020-03-01')`,
		`INSERT INTO assessment (county, id, region, application, session, findings, doctor, first, second, day)
			VALUES ('533103', 's', '533103105201', 'a', '', '[{"Findings":"右下肢短缩"}]', 'd', '甲', '乙', '2020-03-01')`)
}

// secrets is every clear text that old enters.
func secrets(people int) []string {
	out := []string{"13900004444", "13900005555", "测试监护", "右下肢短缩", "精神分裂症", "那目村"}
	for n := range people {
		out = append(out, clearNumber(n))
	}
	return out
}

func TestAClearDatabaseOfSchemaThreeIsSealedAtTheNextStart(t *testing.T) {
	t.Parallel()
	const people = 700 // more than one portion
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			address, keys := testbed.Vacant(t, engine), testbed.Keys()
			if err := store.OldDatabase(t.Context(), address, 3, old(people)...); err != nil {
				t.Fatal(err)
			}
			// The first start is cut off in the midst of the people; the second one finishes.
			ctx, cut := context.WithCancel(t.Context())
			_, err := store.Open(ctx, address, store.Options{Keys: keys, Sealing: func(string, int) { cut() }})
			if err == nil {
				t.Fatal("a start that was cut off ended well")
			}
			db, err := store.Open(t.Context(), address, store.Options{Keys: testbed.Keys(), Now: func() time.Time { return testbed.Start }})
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			for table, columns := range store.Sealed() {
				for _, column := range columns {
					all, err := db.Raw(t.Context(), table, column)
					if err != nil {
						t.Fatal(err)
					}
					for _, s := range all {
						if _, ok := keys.KeyOf(s); s != "" && !ok {
							t.Errorf("%s.%s holds %q", table, column, s)
						}
					}
				}
			}
			reads(t, db, people)
			if engine == "sqlite" {
				grep(t, filepath.Dir(address), secrets(people))
			}
		})
	}
}

// reads finds everybody by number as before.
func reads(t *testing.T, db *store.DB, people int) {
	t.Helper()
	err := db.View(t.Context(), testbed.As(access.Township), func(tx *store.Tx) error {
		for n := range people {
			number := clearNumber(n)
			county, id, err := tx.Identity(person.Number(number))
			if err != nil || county != testbed.County || id != person.ID(fmt.Sprintf("p%d", n)) {
				t.Fatalf("%s is %s in %s, %v", number, id, county, err)
			}
			p, err := tx.Person(id)
			if err != nil || string(p.Number) != number || p.Phone != "13900004444" || p.Guardian.Name != "测试监护" {
				t.Fatalf("%+v, %v", p, err)
			}
			held, err := tx.CertificatesOf(county, id)
			if err != nil || len(held) != 1 || held[0].Number != certificate.Number(number+"43") {
				t.Fatalf("%v, %v", held, err)
			}
		}
		signed, err := tx.Assessments(application.Application{ID: "a", Region: testbed.Village})
		if err != nil || len(signed) != 1 || signed[0].Findings[0].Findings != "右下肢短缩" {
			t.Errorf("%+v, %v", signed, err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// grep finds texts in every file below a folder.
func grep(t *testing.T, dir string, texts []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		content, err := os.ReadFile(name)
		for _, s := range texts {
			if bytes.Contains(content, []byte(s)) {
				t.Errorf("%s holds %q", filepath.Base(name), s)
			}
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestANewerSchemaIsRefused(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		if err := o.DB.Spoil(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied, tstamp) VALUES (99999, TRUE, CURRENT_TIMESTAMP)`); err != nil {
			t.Fatal(err)
		}
		_, err := store.Open(t.Context(), o.Address, store.Options{Keys: testbed.Keys()})
		if fault.Of(err) != fault.Refused || !strings.Contains(err.Error(), "store.newer") {
			t.Errorf("a newer schema: %v", err)
		}
	})
}
