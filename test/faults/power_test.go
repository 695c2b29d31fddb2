package faults_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestAPowerCutLosesNothingPromised cuts the power while 16 clerks open applications: a copy of the disk, made in one moment, is what a machine would
// find afterwards, with everything gone that was only in memory. What was promised before the copy began must stand on it.
func TestAPowerCutLosesNothingPromised(t *testing.T) {
	if !needsDisks(t) {
		return
	}
	t.Run("sqlite", func(t *testing.T) {
		place := cloning(t)
		o := furnished(t)
		o.moved(t, disk(t, filepath.Join(place, "disk.img"), "ext4", 1024))
		o.start(t)
		cut(t, o, place, times(2, 50), func(_ *testing.T, after *office, folder string) { after.data = filepath.Join(folder, "data") })
	})
	t.Run("postgres", func(t *testing.T) {
		place := cloning(t)
		o, c := furnishedIn(t, disk(t, filepath.Join(place, "disk.img"), "ext4", 1024))
		c.start(t)
		o.start(t)
		cut(t, o, place, times(1, 20), func(t *testing.T, after *office, folder string) {
			own(t, folder)
			survivor := &cluster{folder: filepath.Join(folder, "data"), port: freePort(t)}
			if err := os.Remove(filepath.Join(survivor.folder, "postmaster.pid")); err != nil {
				t.Fatal(err)
			}
			survivor.start(t)
			after.data, after.database = o.data, survivor.address("postgres")
		})
	})
}

// cut cuts the power of a working office so many times; revive lets an office live on the copy of the disk that is mounted at folder.
func cut(t *testing.T, o *office, place string, cuts int, revive func(t *testing.T, after *office, folder string)) {
	t.Helper()
	l, slowest := newLoad(o), time.Duration(0)
	stop := l.run(16)
	defer stop()
	read := map[string]bool{} // on the copies before; the last copy is read whole
	for i := range cuts {
		l.more(t)
		time.Sleep(rand.N(100 * time.Millisecond))
		promised := l.snapshot()
		copied := filepath.Join(place, fmt.Sprintf("cut%d.img", i))
		clone(t, filepath.Join(place, "disk.img"), copied)
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			after := newOffice(t, "")
			after.token = o.token
			revive(t, after, attach(t, copied))
			t.Cleanup(after.kill)
			slowest = max(slowest, after.start(t))
			found := newLoad(after)
			found.promised = promised
			if i < cuts-1 {
				found.checked = read
			}
			found.kept(t)
			read = found.checked
		})
		if err := os.Remove(copied); err != nil || t.Failed() {
			t.Fatal(err)
		}
	}
	report(t, fmt.Sprintf("%d cuts", cuts), l, slowest)
}
