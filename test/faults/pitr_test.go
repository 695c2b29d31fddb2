package faults_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// pitr runs scripts/pitr.sh as the server's user.
func pitr(t *testing.T, script string, args ...string) (string, error) {
	t.Helper()
	c := exec.Command("bash", append([]string{script}, args...)...)
	if os.Geteuid() == 0 {
		c = exec.Command("runuser", append([]string{"-u", "postgres", "--", "bash", script}, args...)...)
	}
	c.Dir = "/"
	out, err := c.CombinedOutput()
	return string(out), err
}

// TestPostgreSQLGoesBackToASecondByItsOwnMeans archives the log of a server, takes a base while clerks work, destroys the server, and brings another one
// to a second: with what was promised before it, without what came after.
func TestPostgreSQLGoesBackToASecondByItsOwnMeans(t *testing.T) {
	place := t.TempDir()
	own(t, place)
	script, archive := filepath.Join(place, "pitr.sh"), filepath.Join(place, "archive")
	text, err := os.ReadFile("../../scripts/pitr.sh")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(script, text, 0o755); err != nil {
		t.Fatal(err)
	}
	o, c := furnishedIn(t, t.TempDir())
	settings := "archive_mode = on\narchive_command = 'bash " + script + " push %p %f " + archive + "'\nwal_level = replica\n"
	conf, err := os.OpenFile(filepath.Join(c.folder, "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conf.WriteString(settings); err != nil {
		t.Fatal(err)
	}
	if err := conf.Close(); err != nil {
		t.Fatal(err)
	}
	c.start(t)
	o.start(t)
	l := newLoad(o)
	stop := l.run(8)
	l.more(t)
	tool(t, "chmod", "-R", "a+rX", o.data)
	if out, err := pitr(t, script, "base", c.address("postgres"), archive, o.data); err != nil {
		t.Fatalf("base: %v\n%s", err, out)
	}
	l.more(t)
	time.Sleep(time.Until(time.Now().Truncate(time.Second).Add(2 * time.Second)))
	to := time.Now().Truncate(time.Second)
	time.Sleep(1500 * time.Millisecond)
	l.more(t)
	stop()
	o.kill()
	last, err := asServer(t, "psql", c.address("postgres"), "-Atc", "SELECT pg_walfile_name(pg_switch_wal())")
	if err != nil {
		t.Fatal(err)
	}
	c.await(t, "SELECT last_archived_wal >= '"+strings.TrimSpace(last)+"' FROM pg_stat_archiver", "t")
	c.kill(t)
	if out, err := pitr(t, script, "restore", archive, filepath.Join(place, "early"), "2020-01-01 00:00:00Z"); err == nil || !strings.Contains(out, "no base backup") {
		t.Errorf("a second before the first base: %v\n%s", err, out)
	}
	back := &cluster{folder: filepath.Join(place, "back"), port: freePort(t)}
	began := time.Now()
	if out, err := pitr(t, script, "restore", archive, back.folder, to.UTC().Format("2006-01-02 15:04:05Z"), filepath.Join(place, "data")); err != nil {
		t.Fatalf("restore: %v\n%s", err, out)
	}
	back.start(t)
	back.await(t, "SELECT pg_is_in_recovery()", "f")
	t.Logf("back at %s in %s", to.Format(time.TimeOnly), time.Since(began).Round(10*time.Millisecond))
	o.restoredFrom(t, l, back, filepath.Join(place, "data"), to)
}

// restoredFrom reads what a server that went back to a second holds, with the attachments that came back and the master key.
func (o *office) restoredFrom(t *testing.T, l *load, c *cluster, data string, to time.Time) {
	t.Helper()
	key, err := os.ReadFile(filepath.Join(o.data, "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(data, "master.key"), key, 0o600); err != nil {
		t.Fatal(err)
	}
	o.data, o.database = data, c.address("postgres")
	o.command(t, "audit", "verify")
	if out := o.command(t, "files", "check"); !strings.Contains(out, "，0 个缺失") {
		t.Error(out)
	}
	has, before := texts(t, o), 0
	for name, id := range l.snapshot() {
		when := l.times[name]
		if when.done.Before(to) {
			before++
		}
		if !has[id] && when.done.Before(to) {
			t.Errorf("%s was promised %s before and is not there", name, to.Sub(when.done))
		}
		if has[id] && when.begun.After(to) {
			t.Errorf("%s was asked for %s later and is there", name, when.begun.Sub(to))
		}
	}
	t.Logf("%d promised before, %d in all", before, len(l.promised))
}
