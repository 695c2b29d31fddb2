package lapse_test

import (
	"testing"

	"hefa/internal/lapse"
)

func TestForecastRoundsUpAndSaysNothingOfTooFew(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ expiring, lost, base, want int }{{100, 1, 20, 5}, {3, 1, 20, 1}, {0, 20, 20, 0}, {50, 0, 40, 0}, {100, 10, 19, -1}, {7, 20, 20, 7}} {
		if got := lapse.Forecast(c.expiring, c.lost, c.base); got != c.want {
			t.Errorf("of %d at %d of %d: %d, want %d", c.expiring, c.lost, c.base, got, c.want)
		}
	}
}
