// Package faults breaks an office while it works and counts what was lost: the program as it is shipped, on a real database, killed, cut off,
// filled up and damaged. `make faults` runs the long forms and prints their figures; `make test` runs a short form of each.
package faults_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// long says whether the long forms are wanted, and times chooses between the counts of the two forms.
var long = os.Getenv("HEFA_FAULTS") == "long"

func times(short, longer int) int {
	if long {
		return longer
	}
	return short
}

// patience is how long a server may take until it is ready, on a machine that tests other things too.
const patience = 90 * time.Second

// program is the shipped program, built once.
var program string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "hefa-faults-")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		program = filepath.Join(dir, "hefa")
		build := exec.Command("go", "build", "-trimpath", "-o", program, "hefa/cmd/hefa")
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "building: %v\n%s", err, out)
			return 1
		}
		return m.Run()
	}())
}

// office is one installation with the demonstration county, served by a process that can be ended in any way.
type office struct {
	data, database string // the folder, and the postgres:// address or ""
	today          string // the day on which it stands, "" for the machine's
	s3             string // configuration of the object store that keeps its files, "" for the folder
	ship           string // folder that the database is shipped to, "" for none
	token          string
	address        string
	process        *exec.Cmd
	said           *tail
	client         *http.Client
}

// engines runs a test on both engines, one after the other, each with an office that is served.
func engines(t *testing.T, test func(t *testing.T, o *office)) {
	t.Run("sqlite", func(t *testing.T) {
		o := furnished(t)
		o.start(t)
		test(t, o)
	})
	t.Run("postgres", func(t *testing.T) {
		o, c := furnishedIn(t, t.TempDir())
		c.start(t)
		o.start(t)
		test(t, o)
	})
}

// model is the folder of an office with the demonstration county and the token of a township's clerk, made once and copied for each test.
type model struct {
	once        sync.Once
	data, token string
}

var plain model

// furnished is a copy of the office on SQLite; it is not served yet.
func furnished(t *testing.T) *office {
	t.Helper()
	plain.once.Do(func() {
		plain.data = filepath.Join(filepath.Dir(program), "plain")
		plain.token = newOffice(t, plain.data).furnish(t)
	})
	return plain.copy(t)
}

// copy is an office like the model.
func (m *model) copy(t *testing.T) *office {
	t.Helper()
	if m.token == "" {
		t.Fatal("the model could not be made")
	}
	o := newOffice(t, t.TempDir())
	o.token = m.token
	if err := os.CopyFS(o.data, os.DirFS(m.data)); err != nil {
		t.Fatal(err)
	}
	return o
}

// furnish lets an empty office have its first start and gives the token of a township's clerk.
func (o *office) furnish(t *testing.T) string {
	t.Helper()
	o.start(t)
	o.end(t)
	return strings.TrimSpace(o.command(t, "token", "create", "--user", "fengping", "--name", "faults"))
}

// newOffice is an office in the folder; its server ends with the test.
func newOffice(t *testing.T, data string) *office {
	o := &office{data: data, client: &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}}
	t.Cleanup(o.kill)
	return o
}

// at is the flags that say where the office keeps its data.
func (o *office) at() []string {
	all := []string{"--data", o.data}
	if o.database != "" {
		all = append(all, "--database", o.database)
	}
	if o.s3 != "" {
		all = append(all, "--s3", o.s3)
	}
	return all
}

// command runs the program beside the server and gives what it printed.
func (o *office) command(t *testing.T, words ...string) string {
	t.Helper()
	c := exec.CommandContext(t.Context(), program, append(words, o.at()...)...)
	var out, complaint bytes.Buffer
	c.Stdout, c.Stderr = &out, &complaint
	if err := c.Run(); err != nil {
		t.Fatalf("%s: %v\n%s%s", strings.Join(words, " "), err, out.String(), complaint.String())
	}
	return out.String()
}

// refused runs the program beside the server and wants it to refuse with the words.
func (o *office) refused(t *testing.T, words string, args ...string) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), program, append(args, o.at()...)...).CombinedOutput()
	if err == nil || !strings.Contains(string(out), words) {
		t.Errorf("%s is not refused with %q: %v\n%s", strings.Join(args, " "), words, err, out)
	}
}

// start serves the office and waits until it is ready; it gives how long that took.
func (o *office) start(t *testing.T) time.Duration {
	t.Helper()
	began := time.Now()
	o.said = &tail{}
	args := append([]string{"serve", "--demo", "--addr", "127.0.0.1:0", "--metrics", "", "--witness", filepath.Join(o.data, "heads.jsonl"), "--address-rate", "1e6", "--account-rate", "1e6"}, o.at()...)
	if o.ship != "" {
		args = append(args, "--ship", o.ship)
	}
	if o.today != "" {
		args = append(args, "--today", o.today)
	}
	o.process = exec.Command(program, args...)
	o.process.Stderr = o.said
	out, err := o.process.StdoutPipe()
	if err == nil {
		err = o.process.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	told := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if at, ok := strings.CutPrefix(lines.Text(), "listening on http://"); ok {
				told <- at
			}
		}
	}()
	select {
	case o.address = <-told:
	case <-time.After(patience):
		t.Fatalf("not listening after %s:\n%s", patience, o.said)
	}
	o.await(t, "/readyz", http.StatusOK)
	return time.Since(began)
}

// await asks until the status is answered.
func (o *office) await(t *testing.T, path string, status int) {
	t.Helper()
	var last string
	for began := time.Now(); time.Since(began) < patience; time.Sleep(5 * time.Millisecond) {
		res, err := o.client.Get("http://" + o.address + path)
		if err != nil {
			last = err.Error()
			continue
		}
		_ = res.Body.Close()
		if last = res.Status; res.StatusCode == status {
			return
		}
	}
	t.Fatalf("%s: %s, never %d:\n%s", path, last, status, o.said)
}

// kill ends the server as a power failure of the process would: at once, without a word.
func (o *office) kill() {
	if o.process == nil || o.process.Process == nil {
		return
	}
	_ = o.process.Process.Kill()
	_ = o.process.Wait()
	o.process = nil
	o.client.CloseIdleConnections()
}

// end stops the server as an operator does and waits until it has ended.
func (o *office) end(t *testing.T) {
	t.Helper()
	if err := errors.Join(o.process.Process.Signal(os.Interrupt), o.process.Wait()); err != nil {
		t.Fatalf("ending: %v\n%s", err, o.said)
	}
	o.process = nil
}

// tail is the last of what a server complained about.
type tail struct {
	mu   sync.Mutex
	last []byte
}

func (b *tail) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last = append(b.last, p...)
	b.last = b.last[max(0, len(b.last)-4000):]
	return len(p), nil
}

func (b *tail) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return string(b.last)
}
