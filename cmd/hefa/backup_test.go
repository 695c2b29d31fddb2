package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"hefa/internal/testbed"
)

func TestBackupOnTheCommandLine(t *testing.T) {
	t.Parallel()
	lists, err := filepath.Abs("../../internal/sheet/testdata")
	if err != nil {
		t.Fatal(err)
	}
	s3 := testbed.OpenObjectStore(t)
	testscript.Run(t, testscript.Params{Dir: "testdata/backup", Setup: func(e *testscript.Env) error {
		e.Setenv("LISTS", lists)
		name := filepath.Join(e.WorkDir, "s3.json")
		e.Setenv("S3", name)
		text, err := json.Marshal(s3.Config)
		if err != nil {
			return err
		}
		return os.WriteFile(name, text, 0o600)
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
