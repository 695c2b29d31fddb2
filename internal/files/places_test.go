package files_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hefa/internal/fault"
	"hefa/internal/files"
	"hefa/internal/key"
	"hefa/internal/seal"
	"hefa/internal/testbed"
)

// site is a cabinet in one of the places, and where what it keeps lies on this machine's disk.
type site struct {
	*files.Cabinet
	keys  *seal.Ring
	root  string // of drafts
	lies  string // of what is kept, as files
	again func(t *testing.T) *files.Cabinet
}

// path is the file in which a content lies.
func (s site) path(hash string) string { return filepath.Join(s.lies, hash[:2], hash) }

// places makes an empty cabinet in each place.
var places = map[string]func(t *testing.T) site{
	"folder": func(t *testing.T) site {
		root, k := t.TempDir(), keys(t)
		return furnish(t, site{keys: k, root: root, lies: root}, func() (*files.Cabinet, error) { return files.Open(root, k) })
	},
	"bucket": func(t *testing.T) site {
		s, root, k := testbed.OpenObjectStore(t), t.TempDir(), keys(t)
		return furnish(t, site{keys: k, root: root, lies: filepath.Join(s.Folder, "mangshi")}, func() (*files.Cabinet, error) { return files.OpenBucket(root, s.Bucket(t), k) })
	},
}

func furnish(t *testing.T, s site, open func() (*files.Cabinet, error)) site {
	s.again = func(t *testing.T) *files.Cabinet {
		t.Helper()
		c, err := open()
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	s.Cabinet = s.again(t)
	return s
}

// everywhere runs fn with an empty cabinet in each place.
func everywhere(t *testing.T, fn func(t *testing.T, s site)) {
	t.Helper()
	for name, open := range places {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fn(t, open(t))
		})
	}
}

// kept is every content that lies in the place.
func (s site) kept(t *testing.T) (all []string) {
	t.Helper()
	if err := s.Each(t.Context(), func(hash string) error { all = append(all, hash); return nil }); err != nil {
		t.Fatal(err)
	}
	return all
}

// drafts is how many files lie half written.
func (s site) drafts(t *testing.T) int {
	t.Helper()
	half, err := os.ReadDir(filepath.Join(s.root, "new"))
	if err != nil {
		t.Fatal(err)
	}
	return len(half)
}

func put(t *testing.T, c *files.Cabinet, text string) files.Kept {
	t.Helper()
	kept, err := c.Put(strings.NewReader(text), 64<<20)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

// noise is n bytes that no compression makes fewer.
func noise(n int, seed uint64) string {
	b := make([]byte, n)
	r := rand.New(rand.NewPCG(seed, 1))
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return string(b)
}

// TestAContentComesBackFromEveryPlace: every length around the pieces, whole and in parts, and nothing of it lies clear.
func TestAContentComesBackFromEveryPlace(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s site) {
		const piece = 64 << 10
		for _, n := range []int{0, 1, 511, piece - 1, piece, piece + 1, 3*piece + 7, 5 << 20} {
			text := noise(n, uint64(n))
			kept := put(t, s.Cabinet, text)
			if kept.Size != int64(n) {
				t.Errorf("%d bytes are kept as %d", n, kept.Size)
			}
			in, err := s.Open(kept.Hash)
			if err != nil {
				t.Fatal(err)
			}
			back, err := io.ReadAll(in)
			if err != nil || string(back) != text || in.Size() != int64(n) {
				t.Errorf("%d bytes come back as %d, %v", n, len(back), err)
			}
			for _, from := range []int64{int64(n) / 2, 0, max(0, int64(n)-3)} { // back and forth, as a player of videos does
				part := make([]byte, min(n-int(from), 70_000))
				if _, err := in.Seek(from, io.SeekStart); err != nil {
					t.Fatal(err)
				}
				if _, err := io.ReadFull(in, part); err != nil || string(part) != text[from:int(from)+len(part)] {
					t.Errorf("%d bytes from %d on: %v", len(part), from, err)
				}
			}
			if err := errors.Join(in.Close(), s.Check(kept.Hash)); err != nil {
				t.Error(err)
			}
			if lies, err := os.ReadFile(s.path(kept.Hash)); err != nil || n > 100 && bytes.Contains(lies, []byte(text[:100])) {
				t.Errorf("%d bytes lie clear, or not where they should: %v", n, err)
			}
		}
		if n := s.drafts(t); n != 0 {
			t.Errorf("%d drafts are left", n)
		}
	})
}

// TestOneContentLiesOnce: the same bytes take the room of one, and say when they were last handed in.
func TestOneContentLiesOnce(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s site) {
		a, b := put(t, s.Cabinet, "一份材料"), put(t, s.Cabinet, "一份材料")
		other := put(t, s.Cabinet, "另一份材料")
		if all := s.kept(t); a != b || len(all) != 2 || all[0] > all[1] {
			t.Errorf("%v: %v and %v", all, a, b)
		}
		at, err := s.Written(a.Hash)
		if err != nil || time.Since(at).Abs() > time.Minute {
			t.Errorf("written at %v, %v", at, err)
		}
		for range 2 {
			if err := s.Remove(a.Hash); err != nil {
				t.Fatal(err)
			}
		}
		has, err := s.Has(a.Hash)
		if has || err != nil {
			t.Errorf("removed and there: %v, %v", has, err)
		}
		for what, err := range map[string]error{"open": second(s.Open(a.Hash)), "check": s.Check(a.Hash), "written": second(s.Written(a.Hash)),
			"a name": second(s.Open("../../etc/passwd")), "a name of the right length": second(s.Open(strings.Repeat("../", 21) + "x"))} {
			if fault.Of(err) != fault.Missing {
				t.Errorf("%s: %v", what, err)
			}
		}
		if err := s.Check(other.Hash); err != nil {
			t.Error(err)
		}
	})
}

func second[T any](_ T, err error) error { return err }

// TestWhatWasChangedIsRefused: whatever byte of a kept content changes, whatever is cut off or exchanged, it is not given out as whole.
func TestWhatWasChangedIsRefused(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s site) {
		one, two := put(t, s.Cabinet, noise(200_000, 1)), put(t, s.Cabinet, noise(200_000, 2))
		good, err := os.ReadFile(s.path(one.Hash))
		if err != nil {
			t.Fatal(err)
		}
		other, err := os.ReadFile(s.path(two.Hash))
		if err != nil {
			t.Fatal(err)
		}
		flipped := func(at int) []byte { b := bytes.Clone(good); b[at] ^= 1; return b }
		for name, b := range map[string][]byte{"its mark": flipped(3), "its head": flipped(15), "its first piece": flipped(100), "its last byte": flipped(len(good) - 1),
			"cut off": good[:len(good)-1], "cut off after a piece": good[:34+65536+16], "empty": {}, "another content": other} {
			if err := os.WriteFile(s.path(one.Hash), b, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := s.Check(one.Hash); fault.Of(err) != fault.Refused {
				t.Errorf("%s: %v", name, err)
			}
		}
		if put(t, s.Cabinet, noise(200_000, 1)) != one || s.Check(one.Hash) != nil {
			t.Error("handed in again it is not whole again")
		}
	})
}

// TestANewKeySealsEverythingAnew in every place, and once.
func TestANewKeySealsEverythingAnew(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s site) {
		var hashes []string
		for i := range 5 {
			hashes = append(hashes, put(t, s.Cabinet, fmt.Sprintf("第 %d 份", i)).Hash)
		}
		before, err := os.ReadFile(s.path(hashes[0]))
		if err != nil {
			t.Fatal(err)
		}
		fresh, err := s.keys.Make(key.Data)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.keys.Load([]key.Key{fresh}, nil); err != nil {
			t.Fatal(err)
		}
		for _, want := range []int{5, 0} {
			if n, err := s.Reseal(t.Context(), nil); err != nil || n != want {
				t.Errorf("%d were sealed anew, %v; want %d", n, err, want)
			}
		}
		after, err := os.ReadFile(s.path(hashes[0]))
		if err != nil || bytes.Equal(before, after) {
			t.Errorf("it lies as before: %v", err)
		}
		for _, h := range hashes {
			if err := s.Check(h); err != nil {
				t.Error(err)
			}
		}
	})
}

// flip changes a byte of a file.
func flip(t *testing.T, name string) {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)-1] ^= 1
	if err := os.WriteFile(name, b, 0o600); err != nil {
		t.Fatal(err)
	}
}
