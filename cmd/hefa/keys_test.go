package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestKeysOnTheCommandLine(t *testing.T) {
	t.Parallel()
	lists, err := filepath.Abs("../../internal/sheet/testdata")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{Dir: "testdata/keys", Setup: func(e *testscript.Env) error {
		e.Setenv("LISTS", lists)
		return nil
	}})
}

func TestTheFirstStartMakesAMasterKeyThatOnlyItsOwnerMayRead(t *testing.T) {
	t.Parallel()
	p := place{Data: filepath.Join(t.TempDir(), "data"), keyring: keyring{Suite: "sm"}}
	for range 2 { // the second start takes the same key
		h, err := p.open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := h.db.Close(); err != nil {
			t.Fatal(err)
		}
		at, err := os.Stat(filepath.Join(p.Data, "master.key"))
		if err != nil || at.Mode().Perm() != 0o600 || at.Size() != 65 {
			t.Errorf("the master key: %v, %v", at, err)
		}
	}
}
