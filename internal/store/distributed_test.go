package store_test

import (
	"slices"
	"strings"
	"testing"

	"hefa/internal/store"
	"hefa/internal/testbed"
)

// TestTheSchemaCanBeDistributed walks the schema for what Citus wants: the county leads the primary key of every table that has one, stands in every
// unique index, and in every foreign key on both sides; the other tables are few, known, and the same everywhere; nothing counts by a sequence.
func TestTheSchemaCanBeDistributed(t *testing.T) {
	t.Parallel()
	o := testbed.Open(t, "postgres")
	shape, err := o.DB.Shape(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	tenant := map[string]bool{}
	for _, table := range shape.Tables {
		has := slices.Contains(table.Columns, "county")
		tenant[table.Name] = has && !slices.Contains(store.Everywhere, table.Name)
		if !has && !slices.Contains(store.Everywhere, table.Name) {
			t.Errorf("%s has no county and is not the same everywhere", table.Name)
		}
	}
	for _, name := range store.Everywhere {
		if _, ok := tenant[name]; !ok {
			t.Errorf("%s is the same everywhere, but there is no such table", name)
		}
	}
	leads := 0
	for _, x := range shape.Indexes {
		if !tenant[x.Table] || !x.Unique {
			continue
		}
		if x.Primary {
			leads++
			if x.Columns[0] != "county" {
				t.Errorf("the key of %s begins with %s", x.Table, x.Columns[0])
			}
		} else if !slices.Contains(x.Columns, "county") {
			t.Errorf("the unique index %s of %s holds no county", x.Name, x.Table)
		}
	}
	if leads < 30 {
		t.Errorf("only %d keys were seen", leads)
	}
	for _, f := range shape.Foreign {
		if tenant[f.From] && tenant[f.To] && (!slices.Contains(f.Columns, "county") || !slices.Contains(f.Points, "county")) {
			t.Errorf("%s points at %s by %s alone", f.From, f.To, strings.Join(f.Columns, ", "))
		}
		if !tenant[f.From] && tenant[f.To] {
			t.Errorf("%s is the same everywhere and points at %s", f.From, f.To)
		}
	}
	if shape.Sequences != 0 {
		t.Errorf("%d sequences", shape.Sequences)
	}
	statements := store.Distribution(shape)
	for name, has := range tenant {
		want := "SELECT create_reference_table('" + name + "')"
		if has {
			want = "SELECT create_distributed_table('" + name + "', 'county')"
		}
		if !slices.ContainsFunc(statements, func(s string) bool { return strings.HasPrefix(s, want[:len(want)-1]) }) {
			t.Errorf("nothing distributes %s", name)
		}
	}
	if len(statements) != len(tenant) {
		t.Errorf("%d statements for %d tables", len(statements), len(tenant))
	}
	if err := o.DB.Distribute(t.Context()); err == nil || !strings.Contains(err.Error(), "citus") {
		t.Errorf("without Citus: %v", err)
	}
}
