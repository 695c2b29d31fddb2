package testbed

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"hefa/internal/files"
)

// ObjectStore is an S3 server of a test's own, in a process of its own that stands on this machine only.
type ObjectStore struct {
	Config files.BucketConfig // of its bucket "hefa"
	Folder string             // where the server keeps the objects of that bucket, as files of the same names
	Root   string             // the folder of its buckets

	program string
	address string   // its host and port
	server  []string // flags of its own, and those of how it keeps files
	flags   []string
	run     *exec.Cmd
	said    bytes.Buffer
}

// s3Program is the S3 server.
var s3Program = sync.OnceValues(func() (string, error) { return beside("s3.sh") })

// beside is a program of the tests that a script builds where it is missing.
func beside(script string) (program string, err error) {
	root, err := os.Getwd()
	for ; err == nil; root = filepath.Dir(root) {
		if _, missing := os.Stat(filepath.Join(root, "go.mod")); missing == nil {
			break
		}
		if root == filepath.Dir(root) {
			return "", fmt.Errorf("no go.mod above the test")
		}
	}
	var said bytes.Buffer
	c := exec.Command("bash", filepath.Join(root, "scripts", script))
	c.Stderr = &said
	out, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, said.String())
	}
	return strings.TrimSpace(string(out)), nil
}

// OpenObjectStore starts an S3 server with an empty bucket; flags are its own, before the folder.
func OpenObjectStore(t testing.TB, flags ...string) *ObjectStore {
	t.Helper()
	program, err := s3Program()
	if err != nil {
		t.Fatal(err)
	}
	place := t.TempDir()
	s := &ObjectStore{Root: filepath.Join(place, "buckets"), program: program, flags: flags}
	s.Folder = filepath.Join(s.Root, "hefa")
	secret := filepath.Join(place, "secret")
	for _, folder := range []string{s.Folder, s.side(), filepath.Join(place, "accounts")} {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(secret, []byte("the secret of a test\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.address = l.Addr().String()
	s.Config = files.BucketConfig{Endpoint: "http://" + s.address, Bucket: "hefa", Prefix: "mangshi", Access: "tester", Secret: secret}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	s.Start(t)
	t.Cleanup(func() { s.Stop(t) })
	return s
}

func (s *ObjectStore) side() string { return filepath.Join(filepath.Dir(s.Root), "side") }

// Start starts the server and waits until it answers.
func (s *ObjectStore) Start(t testing.TB) {
	t.Helper()
	s.said.Reset()
	args := append([]string{"--port", s.address, "--iam-dir", filepath.Join(filepath.Dir(s.Root), "accounts"), "--quiet"}, s.server...)
	args = append(append(args, "posix", "--sidecar", s.side()), s.flags...)
	s.run = exec.CommandContext(context.Background(), s.program, append(args, s.Root)...)
	s.run.Env = append(os.Environ(), "ROOT_ACCESS_KEY="+s.Config.Access, "ROOT_SECRET_KEY=the secret of a test")
	s.run.Stdout, s.run.Stderr = &s.said, &s.said
	if err := s.run.Start(); err != nil {
		t.Fatal(err)
	}
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for range 2000 {
		if line, err := net.Dial("tcp", s.address); err == nil {
			_ = line.Close() // that it listens is enough
			return
		}
		<-tick.C
	}
	s.Stop(t)
	t.Fatalf("the S3 server does not answer: %s", s.said.String())
}

// Stop kills the server, at any moment and without a word.
func (s *ObjectStore) Stop(t testing.TB) {
	t.Helper()
	if s.run == nil {
		return
	}
	_ = s.run.Process.Kill() // it may have ended by itself
	_ = s.run.Wait()
	s.run = nil
}

// Admin asks the server's administration, such as for a second account.
func (s *ObjectStore) Admin(t testing.TB, args ...string) {
	t.Helper()
	c := exec.CommandContext(t.Context(), s.program, append([]string{"admin", "--endpoint-url", "http://" + s.address}, args...)...)
	c.Env = append(os.Environ(), "ADMIN_ACCESS_KEY="+s.Config.Access, "ADMIN_SECRET_KEY=the secret of a test")
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %v\n%s", args, err, out)
	}
}

// Bucket is the server's bucket as the program sees it.
func (s *ObjectStore) Bucket(t testing.TB) *files.Bucket {
	t.Helper()
	b, err := files.NewBucket(s.Config)
	if err != nil {
		t.Fatal(err)
	}
	b.Wait = 2 * time.Second
	return b
}
