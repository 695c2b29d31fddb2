package main

import (
	"os"
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
	}, Cmds: map[string]func(*testscript.TestScript, bool, []string){"lose": loseFiles}})
}

// loseFiles is "lose FOLDER": every kept file is gone.
func loseFiles(ts *testscript.TestScript, _ bool, args []string) {
	names, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), "??", "*"))
	ts.Check(err)
	for _, name := range names {
		ts.Check(os.Remove(name))
	}
}
