package vault

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The name of a chain is its place among the chains of the depot and the instant at which it was begun. The place counts, because clocks go back; the
// names of older versions are the instant alone, and come before.

// placeOf is a chain's place, 0 for a name without one.
func placeOf(chain string) int64 {
	place, _, _ := strings.Cut(chain, "-")
	n, err := strconv.ParseInt(place, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func compareChains(a, b string) int {
	return cmp.Or(cmp.Compare(placeOf(a), placeOf(b)), cmp.Compare(a, b))
}

// nextName is the name of a chain behind all that are there.
func (y Yard) nextName(ctx context.Context, at time.Time) (string, error) {
	names, err := y.Depot.Names(ctx, chains)
	last := int64(0)
	for _, name := range names {
		if part := strings.Split(name, "/"); len(part) > 1 {
			last = max(last, placeOf(part[1]))
		}
	}
	return fmt.Sprintf("%08d-%s", last+1, at.UTC().Format(instant)), err
}

// Apart is how far a piece may be ahead of a clock that goes right.
const Apart = 5 * time.Minute

// Ahead is the chains that hold a piece from the future: a clock went wrong, or goes wrong now.
func (y Yard) Ahead(ctx context.Context, now time.Time) (out []string, err error) {
	all, err := piecesOf(ctx, y.Depot, chains)
	for _, p := range all {
		if p.at.After(now.Add(Apart)) && !slices.Contains(out, p.chain) {
			out = append(out, p.chain)
		}
	}
	return out, err
}
