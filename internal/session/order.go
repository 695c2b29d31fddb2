package session

import (
	"cmp"
	"slices"

	"hefa/internal/region"
)

// Guest is somebody with a seat, as far as the order of the day asks.
type Guest struct {
	Village region.Code
	Rolls   bool // in a wheelchair or on a stretcher
}

// Order is the places of guests in the order in which they are examined, as they are seen in guests: by village, within a village those who roll in front.
// With first those who roll come before everybody else, by village too. Who is alike keeps their order.
func Order(guests []Guest, first bool) []int {
	late := func(g Guest) int {
		if g.Rolls {
			return 0
		}
		return 1
	}
	out := make([]int, len(guests))
	for i := range out {
		out[i] = i
	}
	slices.SortStableFunc(out, func(i, j int) int {
		a, b := guests[i], guests[j]
		village := cmp.Compare(a.Village, b.Village)
		if first {
			return cmp.Or(cmp.Compare(late(a), late(b)), village)
		}
		return cmp.Or(village, cmp.Compare(late(a), late(b)))
	})
	return out
}
