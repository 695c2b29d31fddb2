package lapse_test

import (
	"fmt"
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

// TestTheHoldingRateOfMangshiFalls is rules.md §7.1 no. 9: of 23 900 estimated people 9 675 hold a certificate; 2 708 of these end by the end of the year.
func TestTheHoldingRateOfMangshiFalls(t *testing.T) {
	t.Parallel()
	o := lapse.Outlook{Estimated: 23900, Holders: 9675, Ending: 2708, Lost: lapse.Forecast(2708, 25, 100)}
	expected, known := o.Expected()
	if got := fmt.Sprintf("%.2f %.1f %.2f %t", o.Now(), o.Unrenewed(), expected, known); got != "40.48 29.2 37.65 true" {
		t.Errorf("the rates are %s", got)
	}
	o.Lost = lapse.Forecast(2708, 5, 10)
	if _, known := o.Expected(); known {
		t.Error("a rate is told of ten certificates")
	}
}
