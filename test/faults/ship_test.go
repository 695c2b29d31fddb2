package faults_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hefa/internal/seal"
	"hefa/internal/store"
)

// mostLost is how old a promise may be at most that is lost with the disk: about a second until it is on its way, and what a busy machine adds.
const mostLost = 3 * time.Second

// TestALostDiskLosesTheLastSecondAtMost ships an office under load, kills it at random moments and starts it again, and then loses its disk. What comes
// back from the depot is compared with what was promised: all but the last second, and at random seconds neither less nor more.
func TestALostDiskLosesTheLastSecondAtMost(t *testing.T) {
	o := furnished(t)
	o.ship = t.TempDir()
	o.start(t)
	o.based(t)
	l, rounds := newLoad(o), times(2, 50)
	began := time.Now()
	for i := range rounds {
		stop := l.run(16)
		l.more(t)
		time.Sleep(1500*time.Millisecond + rand.N(time.Second))
		o.kill()
		stop()
		if i < rounds-1 {
			o.start(t)
			l.settle(t)
		}
	}
	killed := time.Now()
	ids, said := o.back(t, "latest")
	lost, oldest := 0, time.Duration(0)
	for name, id := range l.snapshot() {
		if ids[id] {
			continue
		}
		lost++
		if oldest = max(oldest, killed.Sub(l.times[name].done)); oldest > mostLost {
			t.Errorf("lost: %s was promised %s before the end", name, oldest)
		}
	}
	if n, _ := filepath.Glob(filepath.Join(o.ship, "chains", "*")); len(n) != 1 {
		t.Errorf("%d chains after %d kills; the last said:\n%s", len(n), rounds, o.said)
	}
	t.Logf("%d kills, the disk lost: %d promised, %d of them lost, the oldest %s before the end; %s", rounds, len(l.promised), lost, oldest.Round(time.Millisecond), said)
	tried := 0
	for range times(3, 40) {
		if o.second(t, l, began.Add(rand.N(killed.Sub(began)-time.Second)).Truncate(time.Second)) {
			tried++
		}
	}
	if tried == 0 {
		t.Error("no second could be had")
	}
	report(t, fmt.Sprintf("%d seconds", tried), l, 0)
}

// based waits until the first base lies in the depot.
func (o *office) based(t *testing.T) {
	t.Helper()
	for began := time.Now(); time.Since(began) < patience; time.Sleep(20 * time.Millisecond) {
		if all, _ := filepath.Glob(filepath.Join(o.ship, "chains", "*", "*", "b-*")); len(all) > 0 {
			return
		}
	}
	t.Fatalf("no base came:\n%s", o.said)
}

// rebuilt runs a restore into a fresh folder with the master key.
func (o *office) rebuilt(t *testing.T, to string) (data, said string, err error) {
	t.Helper()
	data = t.TempDir()
	text, err := os.ReadFile(filepath.Join(o.data, "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(data, "master.key"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), program, "restore", "--data", data, "--ship", o.ship, "--to", to).CombinedOutput()
	return data, strings.TrimSpace(string(out)), err
}

// back restores and is every text in the database that came back.
func (o *office) back(t *testing.T, to string) (has map[string]bool, said string) {
	t.Helper()
	data, said, err := o.rebuilt(t, to)
	if err != nil {
		t.Fatalf("%s: %v\n%s", to, err, said)
	}
	return texts(t, &office{data: data}), said
}

// texts is every text in the database of an office.
func texts(t *testing.T, o *office) map[string]bool {
	t.Helper()
	keys, err := seal.NewRing(seal.MasterFile(filepath.Join(o.data, "master.key")), "sm")
	if err != nil {
		t.Fatal(err)
	}
	address := o.database
	if address == "" {
		address = filepath.Join(o.data, "hefa.db")
	}
	db, err := store.Open(t.Context(), address, store.Options{Keys: keys, Look: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	has := map[string]bool{}
	err = db.Snapshot(t.Context(), func(int64, []store.Table) error { return nil }, func(_ int, values []any) error {
		for _, v := range values {
			if s, ok := v.(string); ok {
				has[s] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return has
}

// second restores one second and compares it; false is one that was not recorded, which only a time without the program may be.
func (o *office) second(t *testing.T, l *load, to time.Time) bool {
	t.Helper()
	data, said, err := o.rebuilt(t, to.UTC().Format(time.RFC3339))
	if err != nil {
		if !strings.Contains(said, "一次写入") {
			t.Errorf("%s: %s", to.Format(time.TimeOnly), said)
		}
		return false
	}
	has := texts(t, &office{data: data})
	for name, id := range l.snapshot() {
		switch when := l.times[name]; {
		case !has[id] && when.done.Before(to):
			t.Errorf("%s: what was promised %s before is not there", to.Format(time.TimeOnly), to.Sub(when.done))
		case has[id] && when.begun.After(to.Add(time.Second)):
			t.Errorf("%s: what was asked for %s later is there", to.Format(time.TimeOnly), when.begun.Sub(to))
		}
	}
	return true
}
