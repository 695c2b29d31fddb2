package vault

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
)

// Keeping is what is to stay of the chains in a depot.
type Keeping struct {
	Writing string    // the chain that is being written: it keeps its key and its head whatever is left of it
	Now     time.Time // as the clock says
	From    time.Time // since when every second can be had
	Days    int       // that many bases of other days stay behind the oldest that is kept, so that a clock that leaps ahead ages nothing
}

// PruneChains removes what is not needed to have every second that is kept: what comes, in the order in which the pieces were written, before a base that is
// older and behind which nothing older follows that is. What a clock wrote that had gone back for years ages nothing either. since is the instant of the
// oldest piece that is left, so that no attachment goes which it may need; it is zero, which is before all, while a piece from the future is left: when that
// was written nobody knows.
func PruneChains(ctx context.Context, d Depot, k Keeping) (since time.Time, err error) {
	all, err := piecesOf(ctx, d, chains)
	if err != nil {
		return since, err
	}
	first := k.oldest(all)
	oldest, future := k.From, false
	left := map[string]bool{k.Writing: true}
	for i, p := range all {
		if i >= first {
			left[p.chain] = true
			future = future || p.at.After(k.Now.Add(Apart))
			if p.at.Before(oldest) {
				oldest = p.at
			}
		} else if err := d.Discard(ctx, p.name); err != nil {
			return since, err
		}
	}
	for _, p := range all {
		if !left[p.chain] {
			left[p.chain] = true
			err = errors.Join(err, d.Discard(ctx, chains+p.chain+chainHead), d.Discard(ctx, chains+p.chain+chainKey))
		}
	}
	if !future {
		since = oldest
	}
	return since, err
}

// aDay is how far bases of two days lie apart at least: one is taken each day, not at the same second.
const aDay = 23 * time.Hour

// oldest is the place of the base from which on all is kept, 0 for everything.
func (k Keeping) oldest(all []piece) int {
	young := slices.IndexFunc(all, func(p piece) bool { return p.at.After(k.From) && !p.at.After(k.Now.Add(Apart)) })
	if young < 0 {
		young = len(all)
	}
	var days []time.Time // of the bases behind
	for i := len(all) - 1; i >= 0; i-- {
		p := all[i]
		switch {
		case !p.base:
		case i < young && !p.at.After(k.From) && len(days) >= k.Days:
			return i
		case !slices.ContainsFunc(days, func(d time.Time) bool { return d.Sub(p.at).Abs() < aDay }):
			days = append(days, p.at)
		}
	}
	return 0
}

// Attachments lie beside the chains under their hashes, sealed as in the installation. One that the installation removed is noted below gone/ with the
// instant, and goes when no second that can be had needs it.
const (
	keptFiles = "files/"
	goneFiles = "gone/"
)

// FilePart is the name of an attachment in a depot.
func FilePart(hash string) string { return keptFiles + hash[:2] + "/" + hash }

// Kept is the hashes of the attachments in a depot.
func Kept(ctx context.Context, d Depot) (map[string]bool, error) {
	names, err := d.Names(ctx, keptFiles)
	out := map[string]bool{}
	for _, name := range names {
		if hash := name[strings.LastIndexByte(name, '/')+1:]; hexadecimal(hash) {
			out[hash] = true
		}
	}
	return out, err
}

// Sweep is what is known of the attachments in a depot.
type Sweep struct {
	Kept map[string]bool // those that lie there
	Has  map[string]bool // those that the installation has
	At   time.Time       // now
	From time.Time       // since when each second is kept
}

// Gone notes at an instant which attachments the installation has no more, forgets the note of those that came back, and removes those that were gone
// before from. note puts an empty piece.
func Gone(ctx context.Context, d Depot, s Sweep, note func(name string) error) error {
	names, err := d.Names(ctx, goneFiles)
	if err != nil {
		return err
	}
	noted := map[string]bool{}
	for _, name := range names {
		part := strings.Split(name, "/")
		since, wrong := time.Parse(instant, part[1])
		if len(part) != 3 || wrong != nil || !hexadecimal(part[2]) {
			continue
		}
		ahead := since.After(s.At.Add(Apart)) // a clock went wrong; it is noted anew
		noted[part[2]] = !ahead
		switch {
		case ahead, s.Has[part[2]]:
			err = d.Discard(ctx, name)
		case since.Before(s.From):
			err = errors.Join(d.Discard(ctx, FilePart(part[2])), d.Discard(ctx, name))
		}
		if err != nil {
			return err
		}
	}
	for hash := range s.Kept {
		if !s.Has[hash] && !noted[hash] {
			if err := note(goneFiles + s.At.UTC().Format(instant) + "/" + hash); err != nil {
				return err
			}
		}
	}
	return nil
}
