package store_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// copied is a database that is made of the pages that a Tail gives.
type copied struct {
	t    testing.TB
	file *os.File
}

func (c copied) page(size int64) func(uint32, []byte) error {
	return func(no uint32, page []byte) error {
		_, err := c.file.WriteAt(page, int64(no-1)*size)
		return err
	}
}

func (c copied) take(change *store.Change, err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
	if err := change.Each(c.page(change.At.Page)); err != nil {
		c.t.Fatal(err)
	}
}

// same compares what lies in the copy with the database.
func (c copied) same(o *testbed.Office) {
	c.t.Helper()
	name := filepath.Join(c.t.TempDir(), "hefa.db")
	text, err := os.ReadFile(c.file.Name())
	if err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(name, text, 0o600); err != nil {
		c.t.Fatal(err)
	}
	db, err := store.Open(c.t.Context(), name, store.Options{Keys: testbed.Keys(), Look: true})
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if want, got := dump(c.t, o.DB), dump(c.t, db); !bytes.Equal(want, got) {
		c.t.Errorf("the copy holds something else: %d bytes, not %d", len(got), len(want))
	}
	if wrong, err := db.Sound(c.t.Context()); err != nil || len(wrong) > 0 {
		c.t.Error(wrong, err)
	}
}

func TestATailFollowsEveryTransactionThroughFoldsAndRestarts(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		if o.DB.Engine() != "SQLite" {
			return
		}
		tail, found, err := o.DB.Follow(t.Context(), store.LogPlace{})
		if err != nil || found {
			t.Fatal(found, err)
		}
		file, err := os.CreateTemp(t.TempDir(), "")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = file.Close() }()
		c := copied{t, file}
		o.Person(t)
		base, last, err := tail.Base(t.Context())
		c.take(last, err)
		o.Person(t) // the base does not hold this one
		if err := base.Each(t.Context(), c.page(base.At.Page)); err != nil {
			t.Fatal(err)
		}
		if err := base.Close(); err != nil {
			t.Fatal(err)
		}
		for i := range 12 {
			o.Certificate(t, o.Person(t), "2020-12-31")
			if i%3 == 2 {
				before := tail.At()
				c.take(tail.Fold(t.Context()))
				if after := tail.At(); after.Salt == before.Salt {
					t.Errorf("the log did not begin anew: %+v", after)
				}
			} else {
				c.take(tail.Read())
			}
		}
		c.take(tail.Read())
		c.same(o)
		stood := tail.At()
		if err := tail.Close(); err != nil {
			t.Fatal(err)
		}
		o.Person(t)
		if tail, found, err = o.DB.Follow(t.Context(), stood); err != nil || !found {
			t.Fatal(found, err)
		}
		c.take(tail.Read())
		c.same(o)
		if err := tail.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

func TestALogThatIsReadByOthersGrowsOnAndIsFoldedLater(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		if o.DB.Engine() != "SQLite" {
			return
		}
		tail, _, err := o.DB.Follow(t.Context(), store.LogPlace{})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tail.Close() }()
		before := tail.At()
		err = o.DB.View(t.Context(), access.Program(), func(tx *store.Tx) error {
			if _, err := tx.LastDeed(); err != nil {
				return err
			}
			o.Person(t)
			_, err := tail.Fold(t.Context())
			return err
		})
		if err != nil || tail.At().Salt != before.Salt {
			t.Fatal(tail.At(), before, err)
		}
		if _, err := tail.Fold(t.Context()); err != nil || tail.At().Salt == before.Salt {
			t.Error(tail.At(), before, err)
		}
		if tail.Long(time.Now()) {
			t.Error("a short log is long")
		}
	})
}

// dump is every row of a database, in the order in which they lie.
func dump(t testing.TB, db *store.DB) []byte {
	t.Helper()
	var out bytes.Buffer
	err := db.Snapshot(t.Context(), func(int64, []store.Table) error { return nil }, func(n int, values []any) error {
		for _, v := range values {
			if s, ok := v.(string); ok {
				out.WriteString(s)
			}
		}
		out.WriteByte('\n')
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
