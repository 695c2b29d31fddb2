package faults_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// cluster is a PostgreSQL server of a test's own, which is careful with its disk as a real one is.
type cluster struct {
	folder string // of the data; its parent is the server's too
	port   int
}

// programs is the folder of Debian's PostgreSQL programs, which stand outside PATH.
func programs(t *testing.T) string {
	t.Helper()
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil || len(found) == 0 {
		t.Fatal("PostgreSQL is not installed; run scripts/setup.sh")
	}
	return found[len(found)-1]
}

// asServer runs a program of PostgreSQL, as its own user when we are root, whom it refuses.
func asServer(t *testing.T, name string, args ...string) (string, error) {
	t.Helper()
	c := exec.Command(filepath.Join(programs(t), name), args...)
	if os.Geteuid() == 0 {
		c = exec.Command("runuser", append([]string{"-u", "postgres", "--", filepath.Join(programs(t), name)}, args...)...)
	}
	c.Dir = "/"
	out, err := c.CombinedOutput()
	return string(out), err
}

// clustered is the model of an office on a server of its own; server is the folder of the server's data.
var clustered struct {
	model
	server string
}

// furnishedIn is a copy of that model, its server in the folder; neither runs yet.
func furnishedIn(t *testing.T, folder string) (*office, *cluster) {
	t.Helper()
	m := &clustered
	m.once.Do(func() {
		m.data = filepath.Join(filepath.Dir(program), "clustered")
		place := filepath.Join(filepath.Dir(program), "cluster")
		if err := os.Mkdir(place, 0o755); err != nil {
			t.Fatal(err)
		}
		c := newCluster(t, place)
		c.start(t, "fsync=off")
		o := newOffice(t, m.data)
		o.database, m.server = c.address("postgres"), c.folder
		m.token = o.furnish(t)
		c.stop(t)
	})
	o := m.copy(t)
	own(t, folder)
	tool(t, "cp", "-a", m.server, folder)
	tool(t, "sync", "-f", folder)
	c := &cluster{folder: filepath.Join(folder, "data"), port: freePort(t)}
	o.database = c.address("postgres")
	return o, c
}

// newCluster makes a server's data in a folder of its own.
func newCluster(t *testing.T, folder string) *cluster {
	t.Helper()
	own(t, folder)
	c := &cluster{folder: filepath.Join(folder, "data"), port: freePort(t)}
	if out, err := asServer(t, "initdb", "-D", c.folder, "-U", "postgres", "--auth=trust", "--locale=C.UTF-8", "--encoding=UTF8", "--data-checksums"); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	return c
}

// own gives a folder to the user that the server runs as, and lets that user walk to it.
func own(t *testing.T, folder string) {
	t.Helper()
	if os.Geteuid() == 0 {
		tool(t, "chown", "postgres", folder)
		for up := filepath.Dir(folder); strings.HasPrefix(up, os.TempDir()) && up != os.TempDir(); up = filepath.Dir(up) {
			tool(t, "chmod", "a+x", up)
		}
	}
}

// start starts the server and waits until it answers.
func (c *cluster) start(t *testing.T, settings ...string) {
	t.Helper()
	options := fmt.Sprintf("-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c shared_buffers=64MB -c timezone=UTC", c.port)
	for _, s := range settings {
		options += " -c " + s
	}
	if out, err := asServer(t, "pg_ctl", "-D", c.folder, "-l", c.folder+".log", "-o", options, "-w", "start"); err != nil {
		log, _ := os.ReadFile(c.folder + ".log")
		t.Fatalf("starting PostgreSQL: %v\n%s\n%s", err, out, log)
	}
	t.Cleanup(func() { c.kill(t) })
}

// standby copies a running server into one that follows it, under the name "standby".
func (c *cluster) standby(t *testing.T) *cluster {
	t.Helper()
	place := t.TempDir()
	own(t, place)
	s := &cluster{folder: filepath.Join(place, "data"), port: freePort(t)}
	from := fmt.Sprintf("host=127.0.0.1 port=%d user=postgres application_name=standby", c.port)
	if out, err := asServer(t, "pg_basebackup", "-D", s.folder, "-d", from, "-R", "-X", "stream", "-c", "fast"); err != nil {
		t.Fatalf("copying the server: %v\n%s", err, out)
	}
	return s
}

// await asks the server until it answers so.
func (c *cluster) await(t *testing.T, query, want string) {
	t.Helper()
	var said string
	for began := time.Now(); time.Since(began) < patience; time.Sleep(20 * time.Millisecond) {
		if said, _ = asServer(t, "psql", c.address("postgres"), "-Atc", query); strings.TrimSpace(said) == want {
			return
		}
	}
	t.Fatalf("%s: %q, never %q", query, said, want)
}

// stop ends the server in good order.
func (c *cluster) stop(t *testing.T) {
	t.Helper()
	if out, err := asServer(t, "pg_ctl", "-D", c.folder, "-m", "fast", "-w", "stop"); err != nil {
		t.Fatalf("stopping PostgreSQL: %v\n%s", err, out)
	}
}

// kill ends the server at once, without a checkpoint; it is nothing for one that has ended.
func (c *cluster) kill(t *testing.T) {
	t.Helper()
	_, _ = asServer(t, "pg_ctl", "-D", c.folder, "-m", "immediate", "-w", "stop") // fails when it has ended
}

func (c *cluster) address(database string) string {
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/%s?sslmode=disable", c.port, database)
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}
