package vault

import (
	"context"
	"errors"
	"strings"
	"time"
)

// PruneChains removes what is not needed to have every second from an instant on: what lies before the newest base that is older. The chain that is
// being written keeps its key and its head whatever is left of it.
func PruneChains(ctx context.Context, d Depot, writing string, from time.Time) error {
	all, err := piecesOf(ctx, d, chains)
	if err != nil {
		return err
	}
	var base piece
	for _, p := range all {
		if p.base && !p.at.After(from) && p.at.After(base.at) {
			base = p
		}
	}
	left := map[string]bool{writing: true}
	for _, p := range all {
		old := p.at.Before(base.at) || p.chain == base.chain && !p.base && p.number <= base.number
		if !old {
			left[p.chain] = true
		} else if err := d.Discard(ctx, p.name); err != nil {
			return err
		}
	}
	for _, p := range all {
		if !left[p.chain] {
			left[p.chain] = true
			err = errors.Join(err, d.Discard(ctx, chains+p.chain+chainHead), d.Discard(ctx, chains+p.chain+chainKey))
		}
	}
	return err
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
		noted[part[2]] = true
		switch {
		case s.Has[part[2]]:
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
