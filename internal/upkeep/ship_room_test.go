package upkeep_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"hefa/internal/store"
	"hefa/internal/testbed"
	"hefa/internal/upkeep"
	"hefa/internal/vault"
)

// TestNoTrialFillsTheDisk: without room nothing is restored on trial, and it is said how much is wanted; what a killed trial left is gone.
func TestNoTrialFillsTheDisk(t *testing.T) {
	t.Parallel()
	asked := make(chan struct{}, 9)
	s := &shipping{Office: testbed.Open(t, "sqlite"), t: t, depot: vault.Shelf(t.TempDir()), data: t.TempDir()}
	stage := filepath.Join(s.data, ".ship-rehearsal")
	s.space = func(string) (upkeep.Space, error) {
		if _, err := os.Stat(stage); !errors.Is(err, fs.ErrNotExist) {
			t.Error("it was restored before the room was measured", err)
		}
		asked <- struct{}{}
		return upkeep.Space{Free: 1<<30 + 4096, Total: 8 << 30}, nil
	}
	if err := os.MkdirAll(filepath.Join(stage, "files"), 0o700); err != nil {
		t.Fatal(err)
	}
	s.begin()
	s.until("rehearsed", func(st upkeep.Shipped) bool { return !st.Rehearsed.IsZero() })
	if st := s.ship.State(); !strings.Contains(st.Lesson, "需要 10") || !strings.Contains(st.Lesson, "只剩 1024 MB") || st.Trouble != "" || st.Rebuilt.Bytes != 0 {
		t.Errorf("%+v", st)
	}
	<-asked
	s.caughtUp() // the seconds go on
	if _, err := os.Stat(stage); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the place of the trial is there", err)
	}
}

// asked is a depot that says when it is asked for the first time.
type asked struct {
	vault.Shelf
	first func()
}

func (d asked) Names(ctx context.Context, prefix string) ([]string, error) {
	d.first()
	return d.Shelf.Names(ctx, prefix)
}

// TestWhatAKilledTrialLeftGoesAtTheStart, before the depot is asked for anything: it may be away for days.
func TestWhatAKilledTrialLeftGoesAtTheStart(t *testing.T) {
	t.Parallel()
	s := &shipping{Office: testbed.Open(t, "sqlite"), t: t, data: t.TempDir()}
	stage := filepath.Join(s.data, ".ship-rehearsal")
	s.depot = asked{vault.Shelf(t.TempDir()), sync.OnceFunc(func() {
		if _, err := os.Stat(stage); !errors.Is(err, fs.ErrNotExist) {
			t.Error("the place of the trial is there", err)
		}
	})}
	if err := os.MkdirAll(filepath.Join(stage, "files"), 0o700); err != nil {
		t.Fatal(err)
	}
	s.begin()
	s.until("based", func(st upkeep.Shipped) bool { return !st.Based.IsZero() })
}

// TestASlowDepotIsBorneLongerThanADeadOne: a depot that takes gets half as much again before a new chain is begun.
func TestASlowDepotIsBorneLongerThanADeadOne(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		log  int64
		idle time.Duration
		want bool
	}{
		{store.LogMost, time.Hour, false}, {store.LogMost + 1, time.Second, false}, {store.LogMost + 1, time.Minute, false}, {store.LogMost + 1, time.Minute + 1, true},
		{store.LogMost * 3 / 2, time.Second, false}, {store.LogMost*3/2 + 1, time.Second, true},
	} {
		if got := upkeep.TooLong(tt.log, tt.idle); got != tt.want {
			t.Errorf("%d bytes, nothing taken for %s: %v", tt.log, tt.idle, got)
		}
	}
	if idle := upkeep.IdleAfter(); idle > time.Minute {
		t.Errorf("idle for %s, and it has just taken a parcel", idle)
	}
}
