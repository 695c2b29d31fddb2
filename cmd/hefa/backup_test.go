package main

import (
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestBackupOnTheCommandLine(t *testing.T) {
	t.Parallel()
	lists, err := filepath.Abs("../../internal/sheet/testdata")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{Dir: "testdata/backup", Setup: func(e *testscript.Env) error {
		e.Setenv("LISTS", lists)
		return nil
	}})
}
