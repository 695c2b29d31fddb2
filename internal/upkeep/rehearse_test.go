package upkeep_test

import (
	"cmp"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/files"
	"hefa/internal/store"
	"hefa/internal/testbed"
	"hefa/internal/upkeep"
	"hefa/internal/vault"
)

// nightly takes the night's backup and rehearses it, and gives what was noted.
func nightly(t testing.TB, o *testbed.Office, d *upkeep.Desk) upkeep.Backup {
	t.Helper()
	o.Wait(1)
	if err := d.TakeNightly(t.Context(), access.Program()); err != nil {
		t.Fatal(err)
	}
	l := noted(t, d)
	if err := d.RehearseBackup(t.Context(), access.Program(), l.Backups[0].ID); err != nil {
		t.Fatal(err)
	}
	return noted(t, d).Backups[0]
}

func noted(t testing.TB, d *upkeep.Desk) upkeep.List {
	t.Helper()
	l, err := d.Backups(t.Context(), testbed.As(access.Sysadmin), "", "", 50)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// rehearsing is a desk whose places the test knows.
func rehearsing(t testing.TB, o *testbed.Office, keep int) (*upkeep.Desk, upkeep.Place) {
	t.Helper()
	furnished(t, o)
	at := upkeep.Place{Data: t.TempDir(), Backups: filepath.Join(t.TempDir(), "backups"), Keep: keep, Program: "test"}
	return upkeep.New(o.DB, o.Files, o.Keys, at), at
}

func TestTheNightlyBackupIsRestoredOnTrialAndShown(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		d, at := rehearsing(t, o, 0)
		if l := noted(t, d); !l.Late || l.Proved.ID != "" {
			t.Errorf("before the first: %+v", l)
		}
		b := nightly(t, o, d)
		if !b.Good || !b.Proved || b.Lesson != "" || b.Opened < 100 || b.Files != 3 {
			t.Errorf("noted: %+v", b)
		}
		if l := noted(t, d); l.Late || l.Proved.ID != b.ID {
			t.Errorf("after the first: %+v", l)
		}
		if left, err := os.ReadDir(at.Data); err != nil || len(left) != 0 {
			t.Errorf("the scratch place stays: %v, %v", left, err)
		}
		o.Wait(3)
		if l := noted(t, d); !l.Late {
			t.Error("three days without a backup are not late")
		}
	})
}

func TestARehearsalFindsWhatIsWrongWithABackup(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		d, at := rehearsing(t, o, 0)
		nightly(t, o, d)
		object := parts(t, filepath.Join(at.Backups, "objects"))[0]
		flip(t, object, 40, 1)
		good := nightly(t, o, d)
		if !good.Proved || good.Fresh != 1 {
			t.Errorf("the next one does not heal a damaged attachment: %+v", good)
		}
		spoil := func(part string) {
			t.Helper()
			o.Wait(1)
			if err := d.TakeNightly(t.Context(), access.Program()); err != nil {
				t.Fatal(err)
			}
			if part == "" {
				part = newest(t, parts(t, filepath.Join(at.Backups, "pieces")))
			}
			flip(t, part, 40, 1)
			if err := d.RehearseBackup(t.Context(), access.Program(), noted(t, d).Backups[0].ID); err != nil {
				t.Fatal(err)
			}
			l := noted(t, d)
			if b := l.Backups[0]; b.Proved || !strings.Contains(b.Lesson, filepath.Base(part)) || l.Proved.ID != good.ID {
				t.Errorf("%s is damaged: %+v, the last proved one is %s", part, b, l.Proved.ID)
			}
		}
		spoil(object)
		if good = nightly(t, o, d); !good.Proved || good.Fresh != 1 {
			t.Errorf("the next one does not heal it: %+v", good)
		}
		spoil("")
		if b := nightly(t, o, d); !b.Proved {
			t.Errorf("the next one does not write them anew: %+v", b)
		}
	})
}

// newest is the file that was written last.
func newest(t *testing.T, names []string) string {
	t.Helper()
	age := func(name string) time.Duration {
		at, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		return time.Since(at.ModTime())
	}
	return slices.MinFunc(names, func(a, b string) int { return cmp.Compare(age(a), age(b)) })
}

func TestARehearsalFindsWhatIsWrongWithTheInstallation(t *testing.T) {
	t.Parallel()
	for name, harm := range map[string]struct {
		do   func(t *testing.T, o *testbed.Office)
		says string
	}{
		"a sealed number that was changed": {func(t *testing.T, o *testbed.Office) {
			spoil(t, o, `UPDATE person SET phone = SUBSTR(phone, 1, 20) || CASE SUBSTR(phone, 21, 1) WHEN 'A' THEN 'B' ELSE 'A' END || SUBSTR(phone, 22)`)
		}, "person.phone"},
		"an attachment that is gone": {func(t *testing.T, o *testbed.Office) {
			if err := os.Remove(parts(t, o.Folder)[0]); err != nil {
				t.Fatal(err)
			}
		}, "缺失"},
		"an attachment that was damaged before": {func(t *testing.T, o *testbed.Office) {
			flip(t, parts(t, o.Folder)[0], 40, 1)
		}, "附件"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			testbed.Each(t, func(t *testing.T, o *testbed.Office) {
				d, _ := rehearsing(t, o, 0)
				harm.do(t, o)
				if b := nightly(t, o, d); !b.Good || b.Proved || !strings.Contains(b.Lesson, harm.says) {
					t.Errorf("noted: %+v", b)
				}
			})
		})
	}
}

// spoil changes the database from outside.
func spoil(t *testing.T, o *testbed.Office, statement string) {
	t.Helper()
	if err := store.Outside(t.Context(), o.Address, statement); err != nil {
		t.Fatal(err)
	}
}

func TestOldBackupsGoAndWhatTheOthersNeedStays(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		d, at := rehearsing(t, o, 2)
		nightly(t, o, d)
		lost := parts(t, filepath.Join(at.Backups, "objects"))[0]
		content := hashOf(t, at, filepath.Base(lost))
		if err := os.Remove(filepath.Join(o.Folder, content[:2], content)); err != nil {
			t.Fatal(err)
		}
		spoil(t, o, `DELETE FROM attachment WHERE hash = '`+content+`'`)
		for _, name := range parts(t, filepath.Join(at.Backups, "objects")) {
			if err := os.Chtimes(name, time.Time{}, time.Now().Add(-48*time.Hour)); err != nil {
				t.Fatal(err)
			}
		}
		nightly(t, o, d)
		if _, err := os.Stat(lost); err != nil {
			t.Errorf("an attachment that a kept backup needs: %v", err)
		}
		nightly(t, o, d)
		if names, err := vault.Names(at.Backups); err != nil || len(names) != 2 {
			t.Errorf("kept: %v, %v", names, err)
		}
		if _, err := os.Stat(lost); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("an attachment that no backup needs: %v", err)
		}
		if b := nightly(t, o, d); !b.Proved {
			t.Errorf("after removing: %+v", b)
		}
	})
}

// hashOf is the content whose sealed bytes have a sum.
func hashOf(t *testing.T, at upkeep.Place, sum string) string {
	t.Helper()
	b, err := vault.Open(at.Backups)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	for _, f := range b.Manifest.Files {
		if f.Sum == sum {
			return f.Content
		}
	}
	t.Fatal("no such file")
	return ""
}

func TestABackupAfterARotationStillOpensWhatIsOld(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		d, at := rehearsing(t, o, 0)
		first := nightly(t, o, d)
		k, err := o.Keys.Make("data")
		if err != nil {
			t.Fatal(err)
		}
		if err := o.DB.Update(t.Context(), access.Program(), func(tx *store.Tx) error { return tx.AddKey(k) }); err != nil {
			t.Fatal(err)
		}
		if err := o.DB.UseKeys(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := o.DB.Reseal(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if n, err := o.Files.Reseal(t.Context(), nil); err != nil || n != 3 {
			t.Fatal(n, err)
		}
		if b := nightly(t, o, d); !b.Proved {
			t.Errorf("after a rotation: %+v", b)
		}
		to := target(t, "sqlite", filepath.Join(at.Backups, first.ID))
		if _, err := upkeep.Restore(t.Context(), to); err != nil {
			t.Fatal(err)
		}
		keys := testbed.Keys()
		db, err := store.Open(t.Context(), filepath.Join(to.Data, "hefa.db"), store.Options{Keys: keys})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		folder, err := files.Open(filepath.Join(to.Data, "files"), keys)
		if err != nil {
			t.Fatal(err)
		}
		if err := folder.Each(t.Context(), func(hash string) error { return folder.Check(hash) }); err != nil {
			t.Errorf("the attachments of the backup before: %v", err)
		}
	})
}
