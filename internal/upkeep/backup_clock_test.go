package upkeep_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/testbed"
	"hefa/internal/upkeep"
	"hefa/internal/vault"
)

// TestABackupFromTheFutureHidesNone takes backups while the clock is a year ahead, and when it is right again: those stay the newest, and are kept.
func TestABackupFromTheFutureHidesNone(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		at := upkeep.Place{Data: t.TempDir(), Backups: filepath.Join(t.TempDir(), "backups"), Program: "test", Keep: 2}
		d := upkeep.New(o.DB, o.Files, o.Keys, at)
		night := func() string {
			t.Helper()
			o.Pass(time.Minute)
			b, err := d.TakeBackup(t.Context(), access.Program(), at.Backups, false)
			if err == nil {
				err = d.RehearseBackup(t.Context(), access.Program(), b.ID)
			}
			if err != nil {
				t.Fatal(err)
			}
			return b.ID
		}
		o.Wait(365)
		night()
		early := night()
		o.Wait(-365)
		first := night()
		if names, err := vault.Names(at.Backups); err != nil || strings.Join(names, " ") != early+" "+first {
			t.Errorf("%q, want %s and %s: %v", names, early, first, err)
		}
		second := night()
		if names, err := vault.Names(at.Backups); err != nil || strings.Join(names, " ") != first+" "+second {
			t.Errorf("%q, want %s and %s: %v", names, first, second, err)
		}
		b, err := vault.Open(at.Backups)
		if err != nil || b.Manifest.Name != second {
			t.Fatal(b, err)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		if l := noted(t, d); l.Proved.ID != second || l.Late {
			t.Errorf("%+v", l)
		}
		o.Wait(3)
		if l := noted(t, d); !l.Late {
			t.Errorf("%+v", l)
		}
	})
}
