package store_test

import (
	"database/sql"
	"os"
	"runtime"
	"testing"

	"hefa/internal/store"
	"hefa/internal/testbed"
)

// TestALongLogIsReadInPieces reads a log of 240 MB, as after an outage, and 80 MB of it in one transaction: no more than a piece lies in memory, and nothing
// is missing. It measures memory, so nothing runs beside it.
func TestALongLogIsReadInPieces(t *testing.T) {
	o := testbed.Open(t, "sqlite")
	tail, _, err := o.DB.Follow(t.Context(), store.LogPlace{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tail.Close() }()
	file, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	c := copied{t, file}
	base, last, err := tail.Base(t.Context())
	c.take(last, err)
	if err := base.Each(t.Context(), c.page(base.At.Page)); err != nil {
		t.Fatal(err)
	}
	if err := base.Close(); err != nil {
		t.Fatal(err)
	}
	other, err := sql.Open("sqlite", o.DB.Path()+"?_pragma=busy_timeout(10000)")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	do := func(text string, args ...any) {
		t.Helper()
		if _, err := other.ExecContext(t.Context(), text, args...); err != nil {
			t.Fatal(err)
		}
	}
	do(`CREATE TABLE junk (x BLOB)`)
	for range 20 {
		do(`INSERT INTO junk (x) VALUES (zeroblob(8000000))`)
	}
	do(`INSERT INTO junk (x) VALUES (zeroblob(80000000))`)
	do(`DROP TABLE junk`)
	pieces, largest := 0, int64(0)
	for more := true; more; pieces++ {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		change, err := tail.Read()
		if err == nil {
			err = change.Load()
		}
		if err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		took := int64(after.TotalAlloc - before.TotalAlloc)
		t.Logf("%d MB of pages, %d MB of memory", change.Bytes()>>20, took>>20)
		if largest = max(largest, change.Bytes()); took > store.Piece+store.Piece/2 {
			t.Errorf("%d MB of memory for a piece of %d MB", took>>20, change.Bytes()>>20)
		}
		c.take(change, nil)
		more = change.More
		if err := change.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if pieces < 4 || largest < 80_000_000 {
		t.Errorf("%d pieces, the largest of %d", pieces, largest)
	}
	c.same(o)
}
