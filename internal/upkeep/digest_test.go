package upkeep_test

import (
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/policy"
	"hefa/internal/seal"
	"hefa/internal/store"
	"hefa/internal/testbed"
	"hefa/internal/upkeep"
)

// TestTheReadingTakesTheHashBySuiteAndComparesIt: contents of an older version get their SM3 beside their share, and one that does not fit it is found though its name fits.
func TestTheReadingTakesTheHashBySuiteAndComparesIt(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		d, ctx, by := desk(t, o), t.Context(), access.Program()
		o.Policy(t, policy.FixityDays, "3")
		a := o.Case(t, o.Person(t), application.Draft)
		for i := range 6 {
			attach(t, o, a, fmt.Sprintf("content %d", i))
		}
		hashes, err := o.DB.Contents(ctx)
		if err != nil || len(hashes) != 6 {
			t.Fatal(hashes, err)
		}
		o.Update(t, access.Sysadmin, func(tx *store.Tx) error { // read by an older version
			for _, hash := range hashes {
				if err := tx.NoteFixity(hash, "good"); err != nil {
					return err
				}
			}
			return nil
		})
		wrong := strings.Repeat("f", 64)
		o.Update(t, access.Sysadmin, func(tx *store.Tx) error { return tx.KeepDigest(store.Digest{Hash: hashes[0], Suite: "sm", Sum: wrong}) })
		bad := 0
		for day := range 3 {
			r, err := d.CheckFixity(ctx, by)
			if err != nil || day == 0 && r.Read < 5 {
				t.Fatalf("%+v %v", r, err)
			}
			bad = max(bad, r.Bad)
			o.Pass(24 * time.Hour)
		}
		if bad != 1 {
			t.Errorf("%d files were found changed, want the one whose SM3 is another", bad)
		}
		if r, err := d.CheckFiles(ctx, by); err != nil || r.Whole != 5 || len(r.Findings) != 1 || r.Findings[0].Hash != hashes[0] || r.Findings[0].State != upkeep.FileChanged {
			t.Errorf("on the command line: %+v %v", r, err)
		}
		want := map[string]bool{wrong: true}
		for i := range 6 {
			want[hex.EncodeToString(seal.National.Sum(fmt.Appendf(nil, "content %d", i)))] = true
		}
		o.Update(t, access.Sysadmin, func(tx *store.Tx) error {
			all, err := tx.Digests()
			for _, g := range all {
				if g.Suite != "sm" || !want[g.Sum] {
					t.Errorf("%+v", g)
				}
			}
			if len(all) != 6 {
				t.Errorf("%d hashes", len(all))
			}
			return err
		})
	})
}

// TestWhatPointsAtAFileIsNamedInWords: whatever kind of row points at a damaged file, an administrator reads a name of it.
func TestWhatPointsAtAFileIsNamedInWords(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"application", "roster", "reminder", "bundle", "dossier", "pile", "statement", "register", "agreement", "designation", "specimen"} {
		f := upkeep.FileFinding{Hash: "h", State: upkeep.FileMissing, Uses: []store.FileUse{{Kind: kind, County: "533103", ID: "an-id"}}}
		if s := f.Words(); !strings.Contains(s, "an-id（533103）") {
			t.Errorf("%s: %q", kind, s)
		}
	}
}
