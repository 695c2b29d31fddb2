package upkeep

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/policy"
	"hefa/internal/seal"
	"hefa/internal/store"
)

// FixityReport is what came of one day's share.
type FixityReport struct {
	Read int // files that were read to their ends
	Bad  int // of these, missing or changed
}

// CheckFixity reads a day's share of the kept files to their ends, those that nobody looked at for longest first, so that each is read within the days that policy says; after
// days on which the program did not run it reads up to four shares. What it finds stays until the file is well again or nothing points at it.
func (d *Desk) CheckFixity(ctx context.Context, by access.Actor) (r FixityReport, err error) {
	if err := itself(by); err != nil {
		return r, err
	}
	due, gone, err := d.dueFiles(ctx, by)
	if err != nil {
		return r, err
	}
	known, suite, err := d.digests(ctx, by)
	if err != nil {
		return r, err
	}
	for _, hash := range due {
		if err := ctx.Err(); err != nil {
			return r, err
		}
		state, sum, err := d.read(hash, cmp.Or(known[hash], store.Digest{Hash: hash, Suite: suite}))
		if err != nil {
			return r, err
		}
		err = d.db.Update(ctx, by, func(tx *store.Tx) error {
			if state == fixityGood && known[hash].Sum == "" {
				if err := tx.KeepDigest(sum); err != nil {
					return err
				}
			}
			return tx.NoteFixity(hash, state)
		})
		if err != nil {
			return r, err
		}
		r.Read++
		if state != fixityGood {
			r.Bad++
		}
	}
	return r, d.db.Update(ctx, by, func(tx *store.Tx) error {
		for _, hash := range gone {
			if err := tx.ForgetFixity(hash); err != nil {
				return err
			}
		}
		return nil
	})
}

const (
	fixityGood = "good"
	sharesMost = 4 // in one day, after days on which nobody read
)

// fixityOf is how the reading stands.
func fixityOf(tx *store.Tx) (f Fixity, err error) {
	if f.Bad, err = tx.Unsound(namedAtMost); err != nil {
		return f, err
	}
	if f.Days, err = fixityDays(tx); err != nil {
		return f, err
	}
	f.FixityStand, err = tx.FixityStand()
	return f, err
}

// digests is the hashes of contents by the suite of their time, and the suite of today.
func (d *Desk) digests(ctx context.Context, by access.Actor) (known map[string]store.Digest, suite string, err error) {
	known = map[string]store.Digest{}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		all, err := tx.Digests()
		for _, g := range all {
			known[g.Hash] = g
		}
		suite = tx.Suite()
		return err
	})
	return known, suite, err
}

// read reads one file to its end and compares it with its name, and with its hash by the suite of the time when one was taken; the answer has that hash.
// While the place of the files does not answer it is fault.Away, and nothing is known of the file.
func (d *Desk) read(hash string, known store.Digest) (string, store.Digest, error) {
	sum := seal.Suite(known.Suite).Hash()
	switch err := d.files.Check(hash, sum); {
	case fault.Of(err) == fault.Away:
		return "", known, err
	case fault.Of(err) == fault.Missing:
		return string(FileMissing), known, nil
	case err != nil:
		return string(FileChanged), known, nil
	}
	was := known.Sum
	known.Sum = hex.EncodeToString(sum.Sum(nil))
	if was != "" && was != known.Sum {
		return string(FileChanged), known, nil
	}
	return fixityGood, known, nil
}

// dueFiles is the day's share, and the files that were looked at once and that nothing points at any more.
func (d *Desk) dueFiles(ctx context.Context, by access.Actor) (due, gone []string, err error) {
	wanted, err := d.db.Contents(ctx)
	if err != nil {
		return nil, nil, err
	}
	known, _, err := d.digests(ctx, by)
	if err != nil {
		return nil, nil, err
	}
	var seen []store.Fixity
	var days int
	var now time.Time
	err = d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		if seen, err = tx.Fixities(); err == nil {
			days, err = fixityDays(tx)
		}
		now = tx.Now()
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	last := map[string]store.Fixity{}
	for _, f := range seen {
		last[f.Hash] = f
	}
	var all []store.Fixity
	for _, hash := range wanted {
		if len(hash) == hex.EncodedLen(sha256.Size) { // a row of an older version has none
			all = append(all, cmp.Or(last[hash], store.Fixity{Hash: hash}))
		}
		delete(last, hash)
	}
	for hash := range last {
		gone = append(gone, hash)
	}
	slices.SortFunc(all, func(a, b store.Fixity) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Hash, b.Hash)) })
	share := (len(all) + days - 1) / days
	late := now.Add(-time.Duration(days) * 24 * time.Hour)
	for i, f := range all {
		if i >= share && (i >= sharesMost*share || f.At.IsZero() || f.At.After(late)) && f.State != string(FileMissing) && f.State != string(FileChanged) {
			continue
		}
		due = append(due, f.Hash)
	}
	return append(due, undigested(all, due, known)...), gone, nil
}

// undigestedMost is how many files of which no hash by the suite was taken yet are read in one day beside its share.
const undigestedMost = 2000

// undigested is files of an older version, of which no hash by the suite was taken, beside those that are due; those that were not sound wait until they are.
func undigested(all []store.Fixity, due []string, known map[string]store.Digest) (out []string) {
	taken := map[string]bool{}
	for _, hash := range due {
		taken[hash] = true
	}
	for _, f := range all {
		if len(out) < undigestedMost && known[f.Hash].Sum == "" && !taken[f.Hash] && f.State == fixityGood {
			out = append(out, f.Hash)
		}
	}
	return out
}

// fixityDays is within how many days each file is read: the strictest county's.
func fixityDays(tx *store.Tx) (int, error) {
	days := 0
	counties, err := tx.Counties()
	if err != nil {
		return 0, err
	}
	for _, c := range append(counties, "") {
		office, err := tx.Office(c)
		if err != nil {
			return 0, err
		}
		if n := office.Policy.Count(policy.FixityDays); n > 0 && (days == 0 || n < days) {
			days = n
		}
	}
	return max(1, days), nil
}
