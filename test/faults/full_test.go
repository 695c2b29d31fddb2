package faults_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestAFullDiskIsSaidAtOnceAndForgottenWhenThereIsRoom fills the disk under 8 clerks: writing answers 507 in Chinese within a second, reading goes
// on, and when there is room again the office works on by itself, with everything that it promised.
func TestAFullDiskIsSaidAtOnceAndForgottenWhenThereIsRoom(t *testing.T) {
	if !needsDisks(t) {
		return
	}
	t.Run("sqlite", func(t *testing.T) {
		folder := disk(t, filepath.Join(t.TempDir(), "disk.img"), "ext4", 512)
		o := furnished(t)
		o.moved(t, folder)
		o.start(t)
		fill(t, o, folder)
	})
	t.Run("postgres", func(t *testing.T) {
		folder := disk(t, filepath.Join(t.TempDir(), "disk.img"), "ext4", 1024)
		o, c := furnishedIn(t, folder)
		c.start(t)
		o.start(t)
		fill(t, o, folder)
	})
}

// fill fills the folder's disk under the office and makes room again.
func fill(t *testing.T, o *office, folder string) {
	l := newLoad(o)
	l.bears = http.StatusInsufficientStorage
	for range 5 {
		l.next()
	}
	filler := filepath.Join(folder, "filler")
	stuff(t, filler)
	var slowest time.Duration
	full := 0
	for began := time.Now(); full < times(5, 50); {
		sent := time.Now()
		status, answer := l.next()
		if status == http.StatusCreated && time.Since(began) < patience {
			continue // into what the database had set aside
		}
		full++
		slowest = max(slowest, time.Since(sent))
		if status != http.StatusInsufficientStorage || !strings.Contains(string(answer), "磁盘") {
			t.Fatalf("on a full disk a write answers %d %s\n%s", status, answer, o.said)
		}
		l.kept(t)
	}
	if slowest > time.Second {
		t.Errorf("it took %s to say that the disk is full", slowest)
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	l.settle(t)
	for range 5 {
		if status, answer := l.next(); status != http.StatusCreated {
			t.Errorf("with room again a write answers %d %s", status, answer)
		}
	}
	l.forget()
	l.kept(t)
	report(t, fmt.Sprintf("%d writes on a full disk, refused after at most %s", full, slowest.Round(time.Millisecond)), l, time.Since(began))
}

// stuff writes a file until its disk has no room left.
func stuff(t *testing.T, name string) {
	t.Helper()
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for size := 1 << 20; size >= 512; size /= 2 {
		for err = nil; err == nil; {
			_, err = f.Write(make([]byte, size))
		}
	}
}
