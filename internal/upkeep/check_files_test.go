package upkeep_test

import (
	"os"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/testbed"
	"hefa/internal/upkeep"
)

func TestEveryFileIsReadAndComparedWithTheRows(t *testing.T) {
	t.Parallel()
	t.Run("folder", func(t *testing.T) { testbed.Each(t, filesAreCompared) })
	t.Run("bucket", func(t *testing.T) {
		testbed.Each(t, func(t *testing.T, o *testbed.Office) {
			o.InBucket(t)
			filesAreCompared(t, o)
		})
	})
}

func filesAreCompared(t *testing.T, o *testbed.Office) {
	d := furnished(t, o)
	check := func() upkeep.FileReport {
		t.Helper()
		r, err := d.CheckFiles(t.Context(), access.Program())
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if r := check(); r.Whole != 3 || len(r.Findings) != 0 || r.Bad() != 0 {
		t.Fatalf("an installation in order: %+v", r)
	}
	kept, err := o.Files.Put(strings.NewReader("nobody asked for this"), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	all := parts(t, o.Folder)
	var own []string
	for _, name := range all {
		if !strings.HasSuffix(name, kept.Hash) {
			own = append(own, name)
		}
	}
	if err := os.Remove(own[0]); err != nil {
		t.Fatal(err)
	}
	flip(t, own[1], 40, 1)
	r := check()
	states := map[upkeep.FileState]upkeep.FileFinding{}
	for _, f := range r.Findings {
		states[f.State] = f
	}
	if r.Whole != 1 || len(r.Findings) != 3 || r.Bad() != 2 || states[upkeep.FileOrphaned].Hash != kept.Hash || len(states[upkeep.FileOrphaned].Uses) != 0 {
		t.Fatalf("found: %+v", r)
	}
	for state, name := range map[upkeep.FileState]string{upkeep.FileMissing: own[0], upkeep.FileChanged: own[1]} {
		f := states[state]
		if !strings.HasSuffix(name, f.Hash) || len(f.Uses) != 1 || f.Uses[0].Kind != "application" || f.Uses[0].County != string(testbed.County) || !strings.Contains(f.Words(), "办件 "+f.Uses[0].ID) {
			t.Errorf("%s: %+v", state, f)
		}
	}
}
