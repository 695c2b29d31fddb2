package files_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hefa/internal/fault"
	"hefa/internal/files"
	"hefa/internal/seal"
)

// keys is a ring with its own keys, as an installation has.
func keys(t testing.TB) *seal.Ring {
	t.Helper()
	r, err := seal.NewRing(seal.MasterSecret([]byte("the master key of all the tests.")), seal.National)
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := r.Fresh()
	if err == nil {
		err = r.Load(fresh, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestOpeningClearsOnlyWhatNobodyWritesAnyMore(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	if _, err := files.Open(root, keys(t)); err != nil {
		t.Fatal(err)
	}
	for name, age := range map[string]time.Duration{"running": time.Hour, "left": 25 * time.Hour} {
		half := filepath.Join(root, "new", name)
		if err := os.WriteFile(half, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(half, time.Time{}, time.Now().Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := files.Open(root, keys(t)); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(filepath.Join(root, "new"))
	if err != nil || len(left) != 1 || left[0].Name() != "running" {
		t.Errorf("after opening again: %v, %v", left, err)
	}
}

func TestTooLargeAFileLeavesNothing(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	f, err := files.Open(root, keys(t))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Put(strings.NewReader("12345"), 4); fault.Of(err) != fault.Invalid {
		t.Errorf("five bytes into four: %v", err)
	}
	kept, err := f.Put(strings.NewReader("1234"), 4)
	if err != nil || kept.Size != 4 {
		t.Fatal(kept, err)
	}
	found, err := filepath.Glob(filepath.Join(root, "*", "*"))
	if err != nil || len(found) != 1 || filepath.Base(found[0]) != kept.Hash {
		t.Errorf("in the folder: %v, %v", found, err)
	}
}
