package upkeep_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/testbed"
	"hefa/internal/upkeep"
	"hefa/internal/vault"
)

// parts is every file of a backup.
func parts(t testing.TB, root string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(root, func(path string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			out = append(out, path)
		}
		return err
	})
	if err != nil || len(out) == 0 {
		t.Fatal(out, err)
	}
	return out
}

// flip turns bits of one byte.
func flip(t testing.TB, name string, at int64, bits byte) {
	t.Helper()
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	var b [1]byte
	_, err = f.ReadAt(b[:], at)
	b[0] ^= bits
	_, err2 := f.WriteAt(b[:], at)
	if err := errors.Join(err, err2, f.Close()); err != nil {
		t.Fatal(err)
	}
}

// detected says whether a damaged backup is refused with the name of a part.
func detected(t testing.TB, from string) (part string, ok bool) {
	t.Helper()
	_, err := upkeep.CheckBackup(t.Context(), from, testbed.Keys())
	d, is := errors.AsType[*vault.Damaged](err)
	if is {
		return d.Part, fault.Of(err) == fault.Refused
	}
	return "", err != nil && fault.Of(err) == fault.Refused // a wrapped key that does not open
}

func TestOneFlippedByteOfABackupIsFoundAndNamed(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		d, chance := furnished(t, o), rand.New(rand.NewPCG(1, 2))
		for _, file := range []bool{false, true} {
			from := taken(t, o, d, file)
			for _, name := range parts(t, from) {
				at, err := os.Stat(name)
				if err != nil {
					t.Fatal(err)
				}
				for range 40 {
					where, bits := chance.Int64N(at.Size()), byte(1+chance.IntN(255))
					flip(t, name, where, bits)
					part, ok := detected(t, from)
					if !ok {
						_, err := upkeep.CheckBackup(t.Context(), from, testbed.Keys())
						t.Errorf("%s: the byte at %d of %d was changed by %02x and nobody saw: %v", filepath.Base(name), where, at.Size(), bits, err)
					}
					if !file && part != "" && filepath.Base(part) != filepath.Base(name) && filepath.Base(part) != "manifest.json" {
						t.Errorf("%s was changed and %s is blamed", filepath.Base(name), part)
					}
					flip(t, name, where, bits)
				}
			}
			if _, err := upkeep.CheckBackup(t.Context(), from, testbed.Keys()); err != nil {
				t.Errorf("put back, it is refused: %v", err)
			}
		}
	})
}

func TestWhatIsMissingCutOffOrAddedIsFound(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		d := furnished(t, o)
		for name, spoil := range map[string]func(string) error{
			"cut off": func(name string) error { return os.Truncate(name, 40) },
			"missing": os.Remove,
			"lengthened": func(name string) error {
				f, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
				if err != nil {
					return err
				}
				_, err = f.WriteString("x")
				return errors.Join(err, f.Close())
			},
		} {
			for i := range parts(t, taken(t, o, d, false)) {
				from := taken(t, o, d, false)
				part := parts(t, from)[i]
				if err := spoil(part); err != nil {
					t.Fatal(err)
				}
				if _, err := upkeep.Restore(t.Context(), target(t, "sqlite", from)); fault.Of(err) != fault.Refused {
					t.Errorf("%s %s: %v", filepath.Base(part), name, err)
				}
			}
			from := taken(t, o, d, true)
			if err := spoil(from); err != nil {
				t.Fatal(err)
			}
			if _, err := upkeep.Restore(t.Context(), target(t, "sqlite", from)); fault.Of(err) != fault.Refused {
				t.Errorf("one file %s: %v", name, err)
			}
		}
	})
}

func TestAnotherMasterKeyOpensNoBackup(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		to := target(t, "sqlite", taken(t, o, furnished(t, o), false))
		to.Keys = testbed.OtherKeys()
		if _, err := upkeep.Restore(t.Context(), to); err == nil || !strings.Contains(err.Error(), "seal.master.wrong") {
			t.Errorf("with another master key: %v", err)
		}
		if _, err := os.Stat(to.Data); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("it left something: %v", err)
		}
	})
}

func TestARestoreNeverWritesOverAnything(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		from := taken(t, o, furnished(t, o), false)
		to := target(t, "sqlite", from)
		if err := os.MkdirAll(to.Data, 0o700); err != nil {
			t.Fatal(err)
		}
		mine := filepath.Join(to.Data, "mine")
		if err := os.WriteFile(mine, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := upkeep.Restore(t.Context(), to); fault.Of(err) != fault.Refused {
			t.Errorf("into a folder with a file: %v", err)
		}
		if err := os.Rename(mine, filepath.Join(to.Data, "master.key")); err != nil {
			t.Fatal(err)
		}
		if _, err := upkeep.Restore(t.Context(), to); err != nil {
			t.Errorf("into a folder with the master key: %v", err)
		}
		live := target(t, "sqlite", from)
		if o.DB.Engine() == "PostgreSQL" {
			live.Database = o.Address
			if _, err := upkeep.Restore(t.Context(), live); fault.Of(err) != fault.Refused {
				t.Errorf("into a database that is in use: %v", err)
			}
		}
	})
}

func TestARestoreThatBreaksOffIsBegunAnew(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		from, before := taken(t, o, furnished(t, o), false), everything(t, o.DB)
		for _, engine := range []string{"sqlite", "postgres"} {
			to := target(t, engine, from)
			for n := range 12 { // cut off a little later each time
				ctx := &mortal{Context: t.Context()}
				ctx.left.Store(4 << n)
				if _, err := upkeep.Restore(ctx, to); err == nil {
					break
				}
				half, err := upkeep.Unfinished(to.Data)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := os.Stat(filepath.Join(to.Data, "hefa.db")); engine == "sqlite" && !errors.Is(err, os.ErrNotExist) {
					t.Errorf("half a database is there: %v, %v", half, err)
				}
			}
			if half, err := upkeep.Unfinished(to.Data); err != nil || half {
				if _, err := upkeep.Restore(t.Context(), to); err != nil {
					t.Fatal(err)
				}
			}
			after := everything(t, reopened(t, to))
			for row, n := range before {
				if after[row] != n {
					t.Fatalf("%s: lost %.80s", engine, row)
				}
			}
		}
	})
}

// mortal is a context that ends after it was asked so often.
type mortal struct {
	context.Context
	left atomic.Int64
}

// Err counts down.
func (m *mortal) Err() error {
	if m.left.Add(-1) < 0 {
		return context.Canceled
	}
	return m.Context.Err()
}

func TestABackupThatFailsLeavesNothingAndIsNoted(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		d := furnished(t, o)
		if err := os.RemoveAll(o.Folder); err != nil {
			t.Fatal(err)
		}
		// A folder that points nowhere cannot be read.
		if err := os.MkdirAll(filepath.Join(o.Folder, "ab"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink("nowhere", filepath.Join(o.Folder, "ab", strings.Repeat("ab", 32))); err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(t.TempDir(), "backups")
		for _, file := range []bool{false, true} {
			to += "x"
			if _, err := d.TakeBackup(t.Context(), access.Program(), to, file); err == nil {
				t.Fatal("an attachment that cannot be read was backed up")
			}
			if names, err := vault.Names(to); err != nil || len(names) != 0 {
				t.Errorf("left behind: %v, %v", names, err)
			}
			if left, err := filepath.Glob(to + "*/*unfinished"); err != nil || len(left) != 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
			o.Pass(time.Second)
		}
		l, err := d.Backups(t.Context(), testbed.As(access.Sysadmin), "failed", "", 9)
		if err != nil || len(l.Backups) != 2 || l.Backups[0].Good || l.Backups[0].Trouble == "" {
			t.Errorf("noted: %+v, %v", l.Backups, err)
		}
	})
}
