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
	}, Cmds: map[string]func(*testscript.TestScript, bool, []string){"lose": loseFiles, "spoil": spoil(s3)}})
}

// spoil is "spoil": the last byte of every object in the bucket is another; the second time it is right again.
func spoil(s *testbed.ObjectStore) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, _ bool, _ []string) {
		names, err := filepath.Glob(filepath.Join(s.Folder, s.Config.Prefix, "??", "*"))
		ts.Check(err)
		for _, name := range names {
			text, err := os.ReadFile(name)
			ts.Check(err)
			text[len(text)-1] ^= 1
			ts.Check(os.WriteFile(name, text, 0o600))
		}
	}
}

// loseFiles is "lose FOLDER": every kept file is gone.
func loseFiles(ts *testscript.TestScript, _ bool, args []string) {
	names, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), "??", "*"))
	ts.Check(err)
	for _, name := range names {
		ts.Check(os.Remove(name))
	}
}
