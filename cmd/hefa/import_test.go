package main

import (
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the scripts call this program as hefa.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"hefa": main})
}

func TestImportOnTheCommandLine(t *testing.T) {
	t.Parallel()
	lists, err := filepath.Abs("../../internal/sheet/testdata")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{Dir: "testdata/import", Setup: func(e *testscript.Env) error {
		e.Setenv("LISTS", lists)
		return nil
	}})
}
