package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"hefa/internal/store"
	"hefa/internal/testbed"
)

// shelf is what a database before files were listed by what they lack held of one person: a case of id 1, closed with the item of id 3, which lacked three papers.
func shelf(person string, items ...string) []string {
	out := []string{
		fmt.Sprintf(`INSERT INTO person (county, id, region, name, given, initials, number, lookup, sex, birth, address)
			VALUES ('533103', '%s', '533103105201', '测试人', '试人', 'csr', '%s', '%s', 'male', '1961-05-04', '')`, person, person, person),
		fmt.Sprintf(`INSERT INTO application (county, id, region, person, matter, origin, state, since, opened)
			VALUES ('533103', '%s1', '533103105201', '%s', 'new', 'counter', 'closed', '2020-03-01', '2020-03-01')`, person, person),
		fmt.Sprintf(`INSERT INTO dossier (county, person, region, no, year, term, opened, closed) VALUES ('533103', '%s', '533103105201', '%s', 2020, 'D30', '2020-03-02', '2020-03-02')`, person, person),
		fmt.Sprintf(`INSERT INTO casefile (county, application, no, day, lacking, reason) VALUES ('533103', '%s1', '%s', '2020-03-02', 'form,supplement,receipt', '原件遗失')`, person, person),
		fmt.Sprintf(`INSERT INTO reminder (county, id, region, no, kind, step, person, certificate, state, made, months, due) VALUES ('533103', '%s', '533103105201', 'TX%s', 'review', 1, '%s', '', 'received', '2020-03-01', 0, '2020-04-01')`, person, person, person),
		fmt.Sprintf(`INSERT INTO item (county, id, person, application, kind, title, day, origin) VALUES ('533103', '%s3', '%s', '%s1', 'decision', 'x', '2020-03-02', 'born')`, person, person, person),
	}
	for _, i := range items {
		out = append(out, fmt.Sprintf(`INSERT INTO item (county, person, title, day, id, application, kind, origin, number) VALUES ('533103', '%s', 'x', '2020-02-01', %s)`, person, i))
	}
	return out
}

// TestWhatWasPutInBeforeTheUpgradeIsNotLacking: the upgrade lists what files lack without what came since they were closed.
func TestWhatWasPutInBeforeTheUpgradeIsNotLacking(t *testing.T) {
	t.Parallel()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			address := testbed.Vacant(t, engine)
			all := slices.Concat(
				shelf("a"),
				shelf("b", `'b4', '', 'form', 'paper', ''`, `'b5', '', 'supplement', 'scan', ''`, `'b6', 'b1', 'receipt', 'scan', ''`),
				shelf("c", `'c2', '', 'form', 'paper', ''`, `'c4', '', 'supplement', 'paper', 'TXc'`, `'c5', '', 'receipt', 'born', ''`),
				shelf("d", `'d4', '', 'form', 'paper', '2020 1'`, `'d5', '', 'supplement', 'scan', 'SM1'`, `'d6', 'x', 'receipt', 'paper', ''`))
			if err := store.OldDatabase(t.Context(), address, 253, all...); err != nil {
				t.Fatal(err)
			}
			db, err := store.Open(t.Context(), address, store.Options{Keys: testbed.Keys(), Now: func() time.Time { return testbed.Start }})
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			got, err := db.Raw(t.Context(), "casefile ORDER BY application", "closed || ' ' || wanting")
			want := []string{"a3 form,supplement,receipt", "b3 ", "c3 form,supplement,receipt", "d3 supplement,receipt"}
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("%q %v", got, err)
			}
		})
	}
}
