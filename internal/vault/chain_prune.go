package vault

import (
	"context"
	"errors"
	"strings"
	"time"
)

// PruneChains removes what is not needed to have every second from an instant on: what comes before the newest base that is older and behind which there
// are so many further ones, so that a clock that leaps ahead ages nothing. Pieces come in the order in which they were written, whatever their instants
// say. The chain that is being written keeps its key and its head whatever is left of it. since is the instant of the oldest piece that is left.
func PruneChains(ctx context.Context, d Depot, writing string, from time.Time, further int) (since time.Time, err error) {
	all, err := piecesOf(ctx, d, chains)
	if err != nil {
		return from, err
	}
	first := oldest(all, from, further)
	since = from
	left := map[string]bool{writing: true}
	for i, p := range all {
		if i >= first {
			left[p.chain] = true
			if p.at.Before(since) {
				since = p.at
			}
		} else if err := d.Discard(ctx, p.name); err != nil {
			return from, err
		}
	}
	for _, p := range all {
		if !left[p.chain] {
			left[p.chain] = true
			err = errors.Join(err, d.Discard(ctx, chains+p.chain+chainHead), d.Discard(ctx, chains+p.chain+chainKey))
		}
	}
	return since, err
}

// oldest is the place of the base from which on all is kept, 0 for everything.
func oldest(all []piece, from time.Time, further int) (first int) {
	until, behind := -1, 0 // the last piece that is not younger, and the bases behind
	for i, p := range all {
		if !p.at.After(from) {
			until = i
		}
	}
	for i := len(all) - 1; i >= 0; i-- {
		if !all[i].base {
			continue
		}
		if i <= until && behind >= further {
			return i
		}
		behind++
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
