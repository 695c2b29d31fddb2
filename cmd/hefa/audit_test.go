package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"hefa/internal/access"
	"hefa/internal/ledger"
	"hefa/internal/office"
)

func TestTheAuditOnTheCommandLine(t *testing.T) {
	t.Parallel()
	lists, err := filepath.Abs("../../internal/sheet/testdata")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{Dir: "testdata/audit", Setup: func(e *testscript.Env) error {
		e.Setenv("LISTS", lists)
		return nil
	}, Cmds: map[string]func(*testscript.TestScript, bool, []string){"seal": sealOnce}})
}

// sealOnce is "seal DATA WITNESS": what the server does every second. $LINE becomes the id of a sealed line, $HEAD the newest
// head of 芒市 as its code holds it, and $OTHERHEAD one of another root.
func sealOnce(ts *testscript.TestScript, _ bool, args []string) {
	ctx := context.Background()
	h, err := place{Data: ts.MkAbs(args[0]), keyring: keyring{Suite: "sm"}}.open(ctx)
	ts.Check(err)
	defer func() { _ = h.db.Close() }()
	f, err := os.OpenFile(ts.MkAbs(args[1]), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	ts.Check(err)
	ts.Check(errors.Join(h.db.SealAll(ctx, func(l ledger.Head) error { return json.NewEncoder(f).Encode(l) }), f.Close()))
	kept, err := readHeads(ts.MkAbs(args[1]))
	ts.Check(err)
	for _, l := range kept {
		if text, err := json.Marshal(l); err == nil && l.County == "533103" {
			ts.Setenv("HEAD", string(text))
			l.Root[0] ^= 1
			other, err := json.Marshal(l)
			ts.Check(err)
			ts.Setenv("OTHERHEAD", string(other))
		}
	}
	page, err := office.New(h.db).Audit(ctx, access.Actor{Account: "a", Name: "a", Role: access.Auditor, Region: "533103"}, office.AuditSearch{Limit: 1})
	ts.Check(err)
	ts.Setenv("LINE", page.Lines[0].ID)
}
