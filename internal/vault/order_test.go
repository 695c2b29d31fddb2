package vault_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"hefa/internal/vault"
)

// TestADamagedManifestStaysTheNewest damages the newest backup's manifest in several ways: neither is the one before taken for it, nor is it removed.
func TestADamagedManifestStaysTheNewest(t *testing.T) {
	t.Parallel()
	for what, harm := range map[string]func([]byte) []byte{
		"it is empty":         func([]byte) []byte { return nil },
		"it breaks off early": func(text []byte) []byte { return text[:20] },
		"it begins otherwise": func(text []byte) []byte { text[0] ^= 1; return text },
		"all is nought":       func(text []byte) []byte { return make([]byte, len(text)) },
	} {
		k := &kept{T: t, root: t.TempDir(), now: noon, key: "one"}
		first, _ := k.backup([]string{"a"})
		second, _ := k.backup([]string{"b"})
		k.now = k.now.Add(-365 * 24 * time.Hour) // the clock goes back
		third, _ := k.backup([]string{"c"})
		k.now = k.now.Add(366 * 24 * time.Hour)
		fourth, _ := k.backup([]string{"d"})
		name := filepath.Join(k.root, fourth.Name, "manifest.json")
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, harm(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if b, err := vault.Open(k.root); err == nil {
			t.Errorf("%s: %s is taken for the newest: %v", what, b.Manifest.Name, b.Close())
		} else if _, ok := errors.AsType[*vault.Damaged](err); !ok {
			t.Errorf("%s: %v", what, err)
		}
		if key, ok := vault.LastKey(k.root); ok {
			t.Errorf("%s: %+v is the newest key", what, key)
		}
		if err := vault.Prune(k.root, 2); err == nil {
			t.Errorf("%s: it is not noticed", what)
		}
		fifth, _ := k.backup([]string{"e"})
		all := []string{third.Name, first.Name, second.Name, fourth.Name, fifth.Name}
		for _, m := range all {
			if _, err := os.Stat(filepath.Join(k.root, m, "manifest.json")); err != nil {
				t.Errorf("%s: %v", what, err)
			}
		}
		b, err := vault.Open(k.root)
		if err != nil || b.Manifest.Name != fifth.Name {
			t.Errorf("%s: %+v %v", what, b, err)
		}
	}
}

// TestFoldersThatArePutTogetherKeepTheNewest copies the backups of an older machine, which took many, beside those of a fresh one.
func TestFoldersThatArePutTogetherKeepTheNewest(t *testing.T) {
	t.Parallel()
	old := &kept{T: t, root: t.TempDir(), now: noon, key: "one"}
	var want []string
	for range 4 {
		m, _ := old.backup([]string{"old"})
		want = append(want, m.Name)
	}
	fresh := &kept{T: t, root: t.TempDir(), now: noon.Add(48 * time.Hour), key: "two"}
	for range 2 {
		m, _ := fresh.backup([]string{"new"})
		want = append(want, m.Name)
	}
	if err := os.CopyFS(fresh.root, os.DirFS(old.root)); err != nil {
		t.Fatal(err)
	}
	if names, err := vault.Names(fresh.root); err != nil || !slices.Equal(names, want) {
		t.Errorf("%q, want %q: %v", names, want, err)
	}
	if err := vault.Prune(fresh.root, 2); err != nil {
		t.Fatal(err)
	}
	if names, err := vault.Names(fresh.root); err != nil || !slices.Equal(names, want[4:]) {
		t.Errorf("%q, want %q: %v", names, want[4:], err)
	}
}

// TestANumberThatIsNoneIsDamage leaves what older versions wrote without a number the oldest, and not what is damaged.
func TestANumberThatIsNoneIsDamage(t *testing.T) {
	t.Parallel()
	k := &kept{T: t, root: t.TempDir(), now: noon, key: "one"}
	first, _ := k.backup([]string{"a"})
	k.now = k.now.Add(time.Hour)
	second, _ := k.backup([]string{"b"})
	for number, want := range map[any][]string{nil: {second.Name, first.Name}, "2": {first.Name, second.Name}} {
		m := map[string]any{}
		text, err := json.Marshal(second)
		if err == nil {
			err = json.Unmarshal(text, &m)
		}
		if err != nil {
			t.Fatal(err)
		}
		if m["number"] = number; number == nil {
			delete(m, "number")
		}
		if text, err = json.Marshal(m); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(k.root, second.Name, "manifest.json"), text, 0o600); err != nil {
			t.Fatal(err)
		}
		if names, err := vault.Names(k.root); err != nil || !slices.Equal(names, want) {
			t.Errorf("number %v: %q, want %q: %v", number, names, want, err)
		}
	}
}
