package upkeep_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/policy"
	"hefa/internal/store"
	"hefa/internal/testbed"
	"hefa/internal/upkeep"
)

// TestEachFileIsReadWithinItsDays: with nine files and three days a third is read each day, what is damaged is found and read again daily, a gap is caught up, and what
// nothing points at is forgotten.
func TestEachFileIsReadWithinItsDays(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		d, ctx, by := desk(t, o), t.Context(), access.Program()
		o.Policy(t, policy.FixityDays, "3")
		a := o.Case(t, o.Person(t), application.Draft)
		for i := range 9 {
			attach(t, o, a, fmt.Sprintf("content %d", i))
		}
		hashes, err := o.DB.Contents(ctx)
		if err != nil || len(hashes) != 9 {
			t.Fatalf("%d files, %v", len(hashes), err)
		}
		round := func(read, bad int) {
			t.Helper()
			if r, err := d.CheckFixity(ctx, by); err != nil || r != (upkeep.FixityReport{Read: read, Bad: bad}) {
				t.Fatalf("%+v, %v; want %d, %d", r, err, read, bad)
			}
			o.Pass(24 * time.Hour)
		}
		for range 3 {
			round(3, 0)
		}
		stand := func() (l upkeep.List) {
			t.Helper()
			l, err := d.Backups(ctx, testbed.As(access.Sysadmin), "", "", 5)
			if err != nil {
				t.Fatal(err)
			}
			return l
		}
		if f := stand().Fixity; f.Seen != 9 || f.Days != 3 || len(f.Bad) != 0 || f.Last.Sub(f.First) != 48*time.Hour {
			t.Errorf("after three days: %+v", f)
		}
		flip(t, filepath.Join(o.Folder, hashes[0][:2], hashes[0]), 40, 1)
		if err := os.Remove(filepath.Join(o.Folder, hashes[1][:2], hashes[1])); err != nil {
			t.Fatal(err)
		}
		for bad := 0; bad < 2; {
			r, err := d.CheckFixity(ctx, by)
			if err != nil || r.Read < 3 {
				t.Fatalf("%+v %v", r, err)
			}
			bad = r.Bad
			o.Pass(24 * time.Hour)
		}
		states := map[string]string{}
		for _, f := range stand().Fixity.Bad {
			states[f.Hash] = f.State
		}
		if len(states) != 2 || states[hashes[0]] != string(upkeep.FileChanged) || states[hashes[1]] != string(upkeep.FileMissing) {
			t.Errorf("what is wrong: %v", states)
		}
		o.Pass(10 * 24 * time.Hour) // the program did not run
		round(9, 2)
		o.Update(t, access.Sysadmin, func(tx *store.Tx) error { return tx.NoteFixity("nothing", "changed") })
		if _, err := d.CheckFixity(ctx, by); err != nil {
			t.Fatal(err)
		}
		if f := stand().Fixity; f.Seen != 9 || len(f.Bad) != 2 {
			t.Errorf("what nothing points at is not forgotten: %+v", f)
		}
	})
}
