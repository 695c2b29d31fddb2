//go:build clamd

package files_test

import (
	"context"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hefa/internal/files"
)

// realClamd runs Debian's clamd (clamav-daemon) with one signature of our own, EICAR's text, so that nothing is downloaded. The daemon is no part of what
// the tests install: go test -tags clamd ./internal/files -run RealClamd.
func realClamd(t *testing.T, most int) *files.Clamd {
	t.Helper()
	program, err := exec.LookPath("clamd")
	if err != nil {
		t.Fatal("clamd is not installed (Debian: clamav-daemon)")
	}
	root, err := os.MkdirTemp("", "clamd") // a socket's path is short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(root) })
	at := filepath.Join(root, "ctl")
	for name, text := range map[string]string{
		"db/own.ndb": "Eicar-Own-Signature:0:*:" + hex.EncodeToString([]byte(eicar)) + "\n",
		"clamd.conf": fmt.Sprintf("LocalSocket %s\nDatabaseDirectory %s\nForeground yes\nStreamMaxLength %d\nMaxThreads 2\nTemporaryDirectory %s\n", at, filepath.Join(root, "db"), most, root),
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(root, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	ctx, stop := context.WithCancel(context.Background())
	said := &strings.Builder{}
	daemon := exec.CommandContext(ctx, program, "--config-file", filepath.Join(root, "clamd.conf"))
	daemon.Stdout, daemon.Stderr = said, said
	if err := daemon.Start(); err != nil {
		stop()
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- daemon.Wait() }()
	t.Cleanup(func() { stop(); <-ended })
	c, err := files.NewClamd("unix:" + at)
	if err != nil {
		t.Fatal(err)
	}
	c.Wait = 20 * time.Second
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for late := time.After(time.Minute); c.Ping() != nil; {
		select {
		case err := <-ended:
			ended <- err
			t.Fatalf("clamd ended: %v\n%s", err, said)
		case <-late:
			t.Fatal("clamd does not answer after a minute")
		case <-tick.C:
		}
	}
	return c
}

// TestARealClamdIsUnderstood is what the tests with a scanner of our own say, against ClamAV itself.
func TestARealClamdIsUnderstood(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	f, err := files.Open(root, keys(t))
	if err != nil {
		t.Fatal(err)
	}
	f.Clamd = realClamd(t, 1<<20)
	for name, c := range map[string]struct{ text, want string }{
		"the test virus": {eicar, "file files.infected"},
		"too much":       {strings.Repeat("x", 3<<20), "file files.clamd.large"},
	} {
		if _, err := f.Put(strings.NewReader(c.text), 10<<20); field(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	nothing(t, root)
	kept, err := f.Put(strings.NewReader("清白"), 100)
	if err != nil {
		t.Fatal(err)
	}
	if there, err := f.Has(kept.Hash); err != nil || !there {
		t.Errorf("a clean one is not kept: %v, %v", there, err)
	}
}
