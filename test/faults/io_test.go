package faults_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestADiskThatFailsIsSaidAndPromisesNothing lets the disk fail under the running program: writing or syncing the log, the files on their way, reading the
// database, in each way that a disk may. Nothing is promised that is not on the disk, no certificate is shown otherwise than it is, every refusal says what is
// wrong in words, and when the disk is well again the office goes on by itself.
func TestADiskThatFailsIsSaidAndPromisesNothing(t *testing.T) {
	if !needsFuse(t) {
		return
	}
	o := furnished(t)
	data, l := mounted(t, o.data)
	o.data = data
	t.Cleanup(o.kill) // before the folder is taken away
	o.start(t)
	work := newLoad(o)
	work.bears = http.StatusServiceUnavailable
	for range 10 {
		work.next()
	}
	for _, a := range []ailment{{file: "hefa.db-wal", on: writing, errno: syscall.EIO}, {file: "hefa.db-wal", on: syncing, errno: syscall.EIO},
		{file: "hefa.db-wal", on: writing, errno: syscall.ENOSPC}} {
		work.writes(t, l, a)
	}
	for _, a := range []ailment{{file: "files/new/", on: writing, errno: syscall.EIO}, {file: "files/new/", on: syncing, errno: syscall.EIO},
		{file: "files/new/", on: reading, errno: syscall.EIO}, {file: "files/new/", on: writing, errno: syscall.ENOSPC}} {
		work.scans(t, l, a)
	}
	for _, a := range []ailment{{file: "hefa.db", on: reading, errno: syscall.EIO}, {file: "hefa.db", on: reading, short: true}} {
		work.reads(t, l, a)
	}
	work.forget()
	work.kept(t)
	o.end(t)
	o.command(t, "audit", "verify", "--witness", filepath.Join(o.data, "heads.jsonl"))
	o.command(t, "files", "check")
	report(t, fmt.Sprintf("%d operations on the disk failed", l.hits.Load()), work, 0)
}

// inWords says whether an answer refuses in words: of the disk, or of what is damaged on it.
func inWords(status int, answer []byte) bool {
	return (status == http.StatusServiceUnavailable || status == http.StatusInsufficientStorage) &&
		slices.ContainsFunc([]string{"磁盘", "损坏", "空间已满"}, func(w string) bool { return strings.Contains(string(answer), w) })
}

// strikes lets the disk fail while fn works, and wants it to have failed.
func (l *layer) strikes(t *testing.T, a ailment, fn func()) {
	t.Helper()
	before := l.hits.Load()
	l.ails.Store(&a)
	fn()
	l.ails.Store(nil)
	if l.hits.Load() == before {
		t.Errorf("nothing failed on %s %s, so that nothing was tried", a.file, a.on)
	}
}

// writes opens applications on a disk that fails, and again when it is well.
func (l *load) writes(t *testing.T, disk *layer, a ailment) {
	t.Helper()
	l.bears = http.StatusServiceUnavailable
	if a.errno == syscall.ENOSPC {
		l.bears = http.StatusInsufficientStorage
	}
	disk.strikes(t, a, func() {
		for range times(5, 100) {
			if status, answer := l.next(); !inWords(status, answer) {
				t.Errorf("%s %s fails with %v and a write is answered with %d %s", a.file, a.on, a.errno, status, answer)
			}
		}
	})
	l.well(t)
}

// well wants the office to go on by itself.
func (l *load) well(t *testing.T) {
	t.Helper()
	began := time.Now()
	for status := 0; status != http.StatusCreated; time.Sleep(10 * time.Millisecond) {
		if status, _ = l.next(); time.Since(began) > patience {
			t.Fatalf("the disk is well and nothing is written:\n%s", l.said)
		}
	}
	l.settle(t)
	l.kept(t)
}

// scans hands in scans on a disk that fails.
func (l *load) scans(t *testing.T, disk *layer, a ailment) {
	t.Helper()
	send := func() (int, []byte) {
		i := l.n.Add(1)
		return l.ask("POST", fmt.Sprintf("/api/v1/piles?name=%d.png", i), "", picture(i))
	}
	disk.strikes(t, a, func() {
		for range times(3, 50) {
			if status, answer := send(); !inWords(status, answer) {
				t.Errorf("%s %s fails with %v and a scan is answered with %d %s", a.file, a.on, a.errno, status, answer)
			}
		}
	})
	if status, answer := send(); status != http.StatusCreated {
		t.Errorf("the disk is well and a scan is answered with %d %s", status, answer)
	}
}

// reads reads all certificates of the county, of which a program just started has few in its memory, from a disk that fails: what it shows is what it showed before.
// Where noughts stand in place of half a page nothing is known to be wrong: the row of the token may be lost, so that nobody is let in, until the program
// starts again.
func (l *load) reads(t *testing.T, disk *layer, a ailment) {
	t.Helper()
	var was []string
	all := func(see func(i, status int, answer []byte)) {
		i := 0
		for _, state := range []string{"valid", "frozen", "cancelled"} {
			for _, kind := range "1234567" {
				status, answer := l.ask("GET", fmt.Sprintf("/api/v1/certificates?state=%s&category=%c&limit=200", state, kind), "", nil)
				see(i, status, answer)
				i++
			}
		}
	}
	all(func(_, status int, answer []byte) {
		if status != http.StatusOK {
			t.Fatalf("certificates: %d %s", status, answer)
		}
		was = append(was, string(answer))
	})
	same := func(i, status int, answer []byte) {
		if status == http.StatusOK && string(answer) != was[i] {
			t.Errorf("%s cannot be read and other certificates are shown: %s", a.file, answer)
		} else if status != http.StatusOK && !inWords(status, answer) && !(a.short && status == http.StatusUnauthorized) {
			t.Errorf("%s cannot be read and certificates are answered with %d %s", a.file, status, answer)
		}
	}
	l.kill()
	l.start(t)
	disk.strikes(t, a, func() { all(same) })
	if a.short {
		l.kill()
		l.start(t)
	}
	all(func(i, status int, answer []byte) {
		if status != http.StatusOK {
			t.Errorf("the disk is well and certificates are answered with %d %s", status, answer)
		}
		same(i, status, answer)
	})
}
