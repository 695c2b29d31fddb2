package upkeep_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"hefa/internal/files"
	"hefa/internal/testbed"
	"hefa/internal/upkeep"
	"hefa/internal/vault"
)

// spoilt turns bits of a byte of an attachment in a depot.
func (s *shipping) spoilt(hash string) {
	s.t.Helper()
	var text bytes.Buffer
	if err := s.depot.Fetch(s.t.Context(), vault.FilePart(hash), &text); err != nil {
		s.t.Fatal(err)
	}
	text.Bytes()[60] ^= 1
	name := filepath.Join(s.t.TempDir(), hash)
	write(s.t, name, text.Bytes())
	f, err := os.Open(name)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if err := s.depot.Store(s.t.Context(), vault.FilePart(hash), f); err != nil {
		s.t.Fatal(err)
	}
}

// TestADamagedAttachmentInTheDepotIsShippedAnew damages attachments in the depot: those that are whole here are written anew, the one that is not is named.
func TestADamagedAttachmentInTheDepotIsShippedAnew(t *testing.T) {
	t.Parallel()
	b, err := files.NewBucket(testbed.OpenObjectStore(t).Config)
	if err != nil {
		t.Fatal(err)
	}
	for name, d := range map[string]vault.Depot{"a folder": vault.Shelf(t.TempDir()), "an object store": b} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := shipsTo(t, d)
			for _, text := range []string{"one", "two", "three"} {
				attach(t, s.Office, s.Case(t, s.Person(t), "draft"), "the invented paper number "+text)
			}
			s.until("rehearsed", func(st upkeep.Shipped) bool { return !st.Rehearsed.IsZero() })
			s.caughtUp()
			s.end()
			kept, err := vault.Kept(t.Context(), d)
			if err != nil || len(kept) != 3 {
				t.Fatal(kept, err)
			}
			var all []string
			for hash := range kept {
				all = append(all, hash)
				s.spoilt(hash)
			}
			flip(t, filepath.Join(s.Folder, all[0][:2], all[0]), 60, 1)
			s.ahead = 25 * time.Hour // a new base is due, and with it a rehearsal
			s.begin()
			s.until("rehearsed", func(st upkeep.Shipped) bool { return !st.Rehearsed.IsZero() })
			st := s.ship.State()
			slices.Sort(st.Mended)
			want := slices.Sorted(slices.Values(all[1:]))
			if !slices.Equal(st.Mended, want) || !slices.Equal(st.Lost, all[:1]) || st.Lesson != "" {
				t.Errorf("mended %q, lost %q, %s", st.Mended, st.Lost, st.Lesson)
			}
			flip(t, filepath.Join(s.Folder, all[0][:2], all[0]), 60, 1) // mended from elsewhere
			s.end()
			s.ahead *= 2
			s.begin()
			s.until("rehearsed", func(st upkeep.Shipped) bool { return !st.Rehearsed.IsZero() })
			if st := s.ship.State(); !slices.Equal(st.Mended, all[:1]) || len(st.Lost) > 0 || st.Lesson != "" {
				t.Errorf("mended %q, lost %q, %s", st.Mended, st.Lost, st.Lesson)
			}
			if _, done, err := s.restored(time.Time{}); err != nil || len(done.Bad) > 0 || done.Files != 3 {
				t.Error(done, err)
			}
		})
	}
}
