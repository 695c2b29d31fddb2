package card_test

import (
	"math/rand/v2"
	"testing"

	"hefa/internal/card"
	"hefa/internal/day"
	"hefa/internal/policy"
)

// TestThePaceOfATownshipIsSummedFromItsCards follows 宛残联〔2022〕24号 (不得拖延、扣押): 15 working days are left, whatever order the ways come in.
func TestThePaceOfATownshipIsSummedFromItsCards(t *testing.T) {
	t.Parallel()
	working, rules := day.NewCalendar(nil), policy.Book{}.At("533103105", "2020-06-30")
	cases := map[string]struct {
		ways []card.Walked
		want card.Pace
	}{
		"nothing": {nil, card.Pace{}},
		"one":     {[]card.Walked{{"2020-06-01", "2020-06-05", 1}}, card.Pace{Delivered: 1, Median: 4, Longest: 4}},
		"of two in the middle the longer": {[]card.Walked{{"2020-06-01", "2020-06-03", 2}, {"2020-06-01", "2020-06-05", 2}},
			card.Pace{Delivered: 4, Median: 4, Longest: 4}},
		"the edge of the time": {[]card.Walked{{"2020-06-01", "2020-06-22", 3}, {"2020-06-01", "2020-06-23", 2}, {"2020-06-01", "2020-06-02", 4}},
			card.Pace{Delivered: 9, Late: 2, Median: 21, Longest: 22}},
		"what waits does not count as delivered": {[]card.Walked{{"2020-06-01", "", 2}, {"2020-06-29", "", 5}, {"2020-06-10", "2020-06-11", 1}},
			card.Pace{Delivered: 1, Median: 1, Longest: 1, Waiting: 7, WaitingLate: 2, WaitingMost: 29}},
	}
	for name, c := range cases {
		rand.Shuffle(len(c.ways), func(i, k int) { c.ways[i], c.ways[k] = c.ways[k], c.ways[i] })
		if got := card.PaceOf(c.ways, "2020-06-30", working, rules); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
