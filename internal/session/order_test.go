package session_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hefa/internal/region"
	"hefa/internal/session"
)

func TestWheelchairsComeFirstAndVillagesStayTogether(t *testing.T) {
	t.Parallel()
	guests := []session.Guest{{"533103105201", false}, {"533103105202", true}, {"533103105201", true}, {"533103105202", false}, {"533103105201", false}}
	for first, want := range map[bool][]int{true: {2, 1, 0, 4, 3}, false: {2, 0, 4, 1, 3}} {
		if got := session.Order(guests, first); !slices.Equal(got, want) {
			t.Errorf("first %t: %v, want %v", first, got, want)
		}
	}
}

// Everybody is called once; a village is never parted, but for those of it who roll when they go first.
func TestNobodyIsLostInTheOrderOfTheDay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		guest := rapid.Custom(func(t *rapid.T) session.Guest {
			return session.Guest{Village: rapid.SampledFrom([]region.Code{"533103105201", "533103105202", "533103105203"}).Draw(t, "village"), Rolls: rapid.Bool().Draw(t, "rolls")}
		})
		guests, first := rapid.SliceOf(guest).Draw(t, "guests"), rapid.Bool().Draw(t, "first")
		order := session.Order(guests, first)
		all := slices.Sorted(slices.Values(order))
		seen := map[session.Guest]bool{}
		var last session.Guest
		for i, n := range order {
			if all[i] != i {
				t.Fatalf("the order %v", order)
			}
			g := guests[n]
			if !first {
				g.Rolls = false
			}
			if g != last && seen[g] {
				t.Fatalf("%v is parted in %v", g, order)
			}
			seen[g], last = true, g
		}
	})
}
