package upkeep_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/attachment"
	"hefa/internal/store"
	"hefa/internal/testbed"
	"hefa/internal/upkeep"
)

// furnished is an office with people, certificates, a case and attachments, and the desk that looks after it.
func furnished(t testing.TB, o *testbed.Office) *upkeep.Desk {
	t.Helper()
	for range 30 {
		o.Certificate(t, o.Person(t), "2020-12-31")
	}
	a := o.Case(t, o.Person(t), application.Draft)
	attach(t, o, a, "the invented paper of somebody")
	attach(t, o, a, strings.Repeat("a long paper ", 20_000))
	attach(t, o, a, "")
	return desk(t, o)
}

func desk(t testing.TB, o *testbed.Office) *upkeep.Desk {
	t.Helper()
	return upkeep.New(o.DB, o.Files, o.Keys, upkeep.Place{Data: t.TempDir(), Backups: filepath.Join(t.TempDir(), "backups"), Program: "test"})
}

func attach(t testing.TB, o *testbed.Office, a application.Application, text string) {
	t.Helper()
	kept, err := o.Files.Put(strings.NewReader(text), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	o.Update(t, access.Township, func(tx *store.Tx) error {
		return tx.AddAttachment(attachment.Attachment{ID: attachment.ID("paper-" + kept.Hash[:8]), Region: a.Region, Application: string(a.ID), Paper: "identity",
			Name: "身份证.pdf", Type: "application/pdf", Size: kept.Size, Hash: kept.Hash})
	})
}

// taken takes a backup into a fresh folder or file.
func taken(t testing.TB, o *testbed.Office, d *upkeep.Desk, file bool) string {
	t.Helper()
	o.Pass(time.Second)
	to := filepath.Join(t.TempDir(), "backup.hefa")
	if _, err := d.TakeBackup(t.Context(), access.Program(), to, file); err != nil {
		t.Fatal(err)
	}
	return to
}

// everything is how often each row stands in a database, whatever the order, without what a backup itself notes.
func everything(t testing.TB, db *store.DB) map[string]int {
	t.Helper()
	out, tables := map[string]int{}, []store.Table(nil)
	err := db.Snapshot(t.Context(), func(version int64, all []store.Table) error {
		out[fmt.Sprint("version ", version)]++
		tables = all
		return nil
	}, func(n int, values []any) error {
		if line := fmt.Sprint(tables[n].Name, values); !strings.Contains(line, "backup") {
			out[line]++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// target is an empty place on an engine.
func target(t testing.TB, engine, from string) upkeep.RestoreOrder {
	t.Helper()
	o := upkeep.RestoreOrder{From: from, Data: filepath.Join(t.TempDir(), "data"), Keys: testbed.Keys()}
	if engine == "postgres" {
		o.Database = testbed.Vacant(t, engine)
	}
	return o
}

// reopened is the database that a restore made.
func reopened(t testing.TB, o upkeep.RestoreOrder) *store.DB {
	t.Helper()
	address := o.Database
	if address == "" {
		address = filepath.Join(o.Data, "hefa.db")
	}
	db, err := store.Open(t.Context(), address, store.Options{Keys: testbed.Keys()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestABackupComesBackWholeOnEitherEngine(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		d := furnished(t, o)
		before := everything(t, o.DB)
		for _, file := range []bool{false, true} {
			from := taken(t, o, d, file)
			for _, engine := range []string{"sqlite", "postgres"} {
				to := target(t, engine, from)
				m, err := upkeep.Restore(t.Context(), to)
				if err != nil {
					t.Fatal(err)
				}
				if m.Count() == 0 || len(m.Files) != 3 || m.Engine != o.DB.Engine() {
					t.Errorf("the manifest: %d rows, %d files, %s", m.Count(), len(m.Files), m.Engine)
				}
				if after := everything(t, reopened(t, to)); !maps.Equal(before, after) {
					t.Errorf("%s, one file %v: the rows differ: %d, %d", engine, file, len(before), len(after))
				}
				if left, err := filepath.Glob(filepath.Join(to.Data, ".*")); err != nil || len(left) > 0 {
					t.Errorf("left behind: %v, %v", left, err)
				}
				if _, err := upkeep.Restore(t.Context(), to); err == nil || !strings.Contains(err.Error(), "restore.taken") {
					t.Errorf("restored over a full place: %v", err)
				}
			}
		}
	})
}

func TestABackupHoldsNothingClear(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		d := furnished(t, o)
		for _, file := range []bool{false, true} {
			root := filepath.Dir(taken(t, o, d, file))
			err := filepath.WalkDir(root, func(path string, e os.DirEntry, err error) error {
				if err != nil || e.IsDir() {
					return err
				}
				text, err := os.ReadFile(path)
				for _, clear := range []string{"测试人", "533199", "13900000000", "测试监护", "invented paper", "身份证"} {
					if bytes.Contains(text, []byte(clear)) {
						t.Errorf("%s holds %s", filepath.Base(path), clear)
					}
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestALaterBackupCopiesOnlyNewAttachments(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		d, to := furnished(t, o), filepath.Join(t.TempDir(), "backups")
		take := func() upkeep.Backup {
			o.Pass(time.Second)
			b, err := d.TakeBackup(t.Context(), access.Program(), to, false)
			if err != nil {
				t.Fatal(err)
			}
			return b
		}
		first := take()
		attach(t, o, o.Case(t, o.Person(t), application.Draft), "one more")
		second := take()
		if first.Fresh != 3 || first.Files != 3 || second.Fresh != 1 || second.Files != 4 {
			t.Errorf("copied %d of %d, then %d of %d", first.Fresh, first.Files, second.Fresh, second.Files)
		}
		for name, files := range map[string]int{first.ID: 3, second.ID: 4} {
			if m, err := upkeep.CheckBackup(t.Context(), filepath.Join(to, name), testbed.Keys()); err != nil || len(m.Files) != files {
				t.Errorf("%s: %d files, %v", name, len(m.Files), err)
			}
		}
	})
}

func TestWhileABackupIsTakenWorkGoesOnAndIsNotInIt(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		d := furnished(t, o)
		before := everything(t, o.DB)
		ctx, stop := context.WithCancel(t.Context())
		worked := make(chan int)
		go func() {
			n := 0
			for ctx.Err() == nil {
				o.Person(t)
				n++
			}
			worked <- n
		}()
		from := taken(t, o, d, false)
		stop()
		if n := <-worked; n == 0 {
			t.Error("nobody could work meanwhile")
		}
		to := target(t, "sqlite", from)
		if _, err := upkeep.Restore(t.Context(), to); err != nil {
			t.Fatal(err)
		}
		// Each row of before is there, and every person that came in meanwhile has all rows or none.
		after := everything(t, reopened(t, to))
		for row, n := range before {
			if after[row] != n {
				t.Errorf("lost: %.80s", row)
			}
		}
		count := func(head string) (n int) {
			for row := range after {
				if strings.HasPrefix(row, head+"[") {
					n++
				}
			}
			return n
		}
		if people, numbers := count("person"), count("identity"); people != numbers {
			t.Errorf("%d people with %d numbers", people, numbers)
		}
	})
}
