package store_test

import (
	"path/filepath"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// The guard that each store of a test closes with names a statement that walks a county, and none that says so or finds its rows. Of a range of counties nothing
// is read where the one is known.
func TestAWalkThroughACountyIsNamed(t *testing.T) {
	t.Parallel()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "hefa.db"), store.Options{Keys: testbed.Keys()})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }() // the test is over
	for _, tt := range []struct{ statement, step string }{
		{`SELECT id FROM certificate WHERE county = $1 AND issuer = $2`, "(county=?)"},
		{`SELECT id FROM certificate WHERE /* a whole county */ county = $1 AND issuer = $2`, ""},
		{`SELECT id FROM certificate WHERE county = $1 AND person = $2 ORDER BY id DESC`, ""},
		{`SELECT id FROM application WHERE county = $1 AND no = $2 ORDER BY id DESC LIMIT 5`, ""},
	} {
		before, err := db.Walks(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Send(t.Context(), tt.statement, string(testbed.County), "x"); err != nil {
			t.Fatal(err)
		}
		after, err := db.Walks(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if named := len(after) > len(before); named != (tt.step != "") || named && !strings.Contains(strings.Join(after, "\n"), tt.step) {
			t.Errorf("%s: %q", tt.statement, after)
		}
	}
	err = db.View(t.Context(), access.Program(), func(tx *store.Tx) error {
		_, err := tx.CountiesWithCertificates()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := db.PlanOf(t.Context(), "EXISTS (SELECT 1 FROM certificate c")
	if err != nil || !strings.Contains(strings.Join(plan, "\n"), "(county=?)") || strings.Contains(strings.Join(plan, "\n"), "county>?") {
		t.Errorf("whether a county has certificates: %q %v", plan, err)
	}
}
