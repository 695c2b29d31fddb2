package vault_test

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"hefa/internal/key"
	"hefa/internal/vault"
)

// hashed seals nothing and tells contents apart.
type hashed struct{ clear }

func (hashed) MAC(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// kept is a folder of backups of one table.
type kept struct {
	*testing.T
	root string
	now  time.Time
	key  string
}

func (k *kept) backup(rows []string) (m vault.Manifest, wrote int64) {
	k.Helper()
	k.now = k.now.Add(time.Hour)
	d, err := vault.Begin(vault.Order{To: k.root, At: k.now, Key: key.Key{ID: k.key}, Before: hashed{}}, hashed{})
	if err != nil {
		k.Fatal(err)
	}
	err = d.Rows(func(tables func(int64, []vault.Table) error, add func(int, []any) error) error {
		if err := tables(1, []vault.Table{{Name: "person", Columns: []string{"id", "name"}}}); err != nil {
			return err
		}
		for _, r := range rows {
			if err := add(0, []any{int64(len(r)), r}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		k.Fatal(err)
	}
	if m, err = d.Commit(); err != nil {
		k.Fatal(err)
	}
	return m, d.Wrote()
}

// read is the rows of one backup, once it is proved whole.
func (k *kept) read(name string) (rows []string) {
	k.Helper()
	b, err := vault.Open(filepath.Join(k.root, name))
	if err != nil {
		k.Fatal(err)
	}
	defer func() { _ = b.Close() }() // it was only read
	if err := b.Check(k.Context(), hashed{}); err != nil {
		k.Fatal(err)
	}
	all, err := b.Rows(hashed{})
	if err != nil {
		k.Fatal(err)
	}
	for {
		_, values, more, err := all.Next()
		if err != nil {
			k.Fatal(err)
		}
		if !more {
			return rows
		}
		rows = append(rows, values[1].(string))
	}
}

func (k *kept) files(under string) (n int) {
	k.Helper()
	names, err := filepath.Glob(filepath.Join(k.root, under, "*", "*"))
	if err != nil {
		k.Fatal(err)
	}
	return len(names)
}

// letters is a row that nothing packs, as sealed columns are.
func letters(r *rand.Rand) string {
	b := make([]byte, 100+r.IntN(300))
	for i := range b {
		b[i] = byte(r.IntN(256))
	}
	return hex.EncodeToString(b)
}

// TestABackupWritesTheRowsThatChanged changes rows in every way and counts what is written; what is read back is what was given.
func TestABackupWritesTheRowsThatChanged(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 1))
	rows := make([]string, 20_000)
	for i := range rows {
		rows[i] = letters(r)
	}
	k := &kept{T: t, root: t.TempDir(), now: noon, key: "one"}
	first, whole := k.backup(rows)
	for name, change := range map[string]func([]string) []string{
		"nothing":               func(all []string) []string { return all },
		"one in the middle":     func(all []string) []string { all[9000] = letters(r); return all },
		"one more at the front": func(all []string) []string { return slices.Insert(all, 0, letters(r)) },
		"one more at the end":   func(all []string) []string { return append(all, letters(r)) },
		"one less":              func(all []string) []string { return slices.Delete(all, 4000, 4001) },
	} {
		now := change(slices.Clone(rows))
		m, wrote := k.backup(now)
		if wrote > whole/4 {
			t.Errorf("%s: %d of %d bytes are written", name, wrote, whole)
		}
		if !slices.Equal(k.read(m.Name), now) {
			t.Errorf("%s: other rows come back", name)
		}
		k.backup(rows) // what the next one compares with
	}
	if !slices.Equal(k.read(first.Name), rows) {
		t.Error("the first one is not what it was")
	}
}

func TestAnotherKeySharesNoPieces(t *testing.T) {
	t.Parallel()
	k := &kept{T: t, root: t.TempDir(), now: noon, key: "one"}
	rows := []string{"a", "b"}
	_, whole := k.backup(rows)
	if _, wrote := k.backup(rows); wrote >= whole {
		t.Errorf("the same rows are written again: %d of %d bytes", wrote, whole)
	}
	k.key = "two"
	if _, wrote := k.backup(rows); wrote < whole {
		t.Errorf("under another key %d of %d bytes are written", wrote, whole)
	}
}

func TestADamagedPieceIsNotShared(t *testing.T) {
	t.Parallel()
	k := &kept{T: t, root: t.TempDir(), now: noon, key: "one"}
	k.backup([]string{"a", "b"})
	names, err := filepath.Glob(filepath.Join(k.root, "pieces", "*", "*"))
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	text, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	text[len(text)-1] ^= 1
	if err := os.WriteFile(names[0], text, 0o600); err != nil {
		t.Fatal(err)
	}
	m, _ := k.backup([]string{"a", "b"})
	if got := k.read(m.Name); fmt.Sprint(got) != "[a b]" {
		t.Errorf("read back: %q", got)
	}
}

func TestAForgedManifestIsNotBelieved(t *testing.T) {
	t.Parallel()
	k := &kept{T: t, root: t.TempDir(), now: noon, key: "one"}
	m, _ := k.backup([]string{"a"})
	wrong, _ := k.backup([]string{"b"})
	wrong.Pieces[0].Part = m.Pieces[0].Part // b is said to be where a lies
	text, err := json.Marshal(wrong)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(k.root, wrong.Name, "manifest.json"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	last, _ := k.backup([]string{"b"})
	if got := k.read(last.Name); fmt.Sprint(got) != "[b]" {
		t.Errorf("read back: %q", got)
	}
}

func TestAHalfBackupIsNone(t *testing.T) {
	t.Parallel()
	k := &kept{T: t, root: t.TempDir(), now: noon, key: "one"}
	m, _ := k.backup([]string{"a"})
	half := filepath.Join(k.root, vault.NameOf(noon.Add(48*time.Hour))+".unfinished")
	if err := os.Mkdir(half, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(half, "manifest.json"), []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	names, err := vault.Names(k.root)
	if err != nil || len(names) != 1 || names[0] != m.Name {
		t.Errorf("%v, %v", names, err)
	}
}

func TestPiecesThatNoKeptBackupNamesGo(t *testing.T) {
	t.Parallel()
	k := &kept{T: t, root: t.TempDir(), now: noon, key: "one"}
	k.backup([]string{"old"})
	m, _ := k.backup([]string{"new"})
	names, err := filepath.Glob(filepath.Join(k.root, "pieces", "*", "*"))
	if err != nil || len(names) != 2 {
		t.Fatal(names, err)
	}
	old := time.Now().Add(-48 * time.Hour)
	for _, name := range names {
		if err := os.Chtimes(name, old, old); err != nil {
			t.Fatal(err)
		}
	}
	if err := vault.Prune(k.root, 1); err != nil {
		t.Fatal(err)
	}
	if n := k.files("pieces"); n != 1 {
		t.Errorf("%d pieces stay", n)
	}
	if got := k.read(m.Name); len(got) != 1 || got[0] != "new" {
		t.Errorf("read back: %q", got)
	}
}

// TestABackupOfFormatOneIsRead writes one as it was before rows were cut into pieces.
func TestABackupOfFormatOneIsRead(t *testing.T) {
	t.Parallel()
	k := &kept{T: t, root: t.TempDir(), now: noon, key: "one"}
	m, _ := k.backup([]string{"a", "b"})
	piece := filepath.Join(k.root, "pieces", m.Pieces[0].Sum[:2], m.Pieces[0].Sum)
	packed, err := os.ReadFile(piece)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := flate.NewReader(bytes.NewReader(packed)).Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	m.Format, m.Rows, m.Pieces = 1, m.Pieces[0].Part, nil
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string]string{"rows": string(packed), "manifest.json": string(text), "manifest.mac": hashed{}.MAC(text) + "\n"} {
		if err := os.WriteFile(filepath.Join(k.root, m.Name, name), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(piece); err != nil {
		t.Fatal(err)
	}
	if got := k.read(m.Name); fmt.Sprint(got) != "[a b]" {
		t.Errorf("read back: %q", got)
	}
}
