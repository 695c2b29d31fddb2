package outreach_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/outreach"
	"hefa/internal/testbed"
)

func TestWhoeverDoesNotFetchTheirCardIsReminded(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := outreach.New(o.DB, nil)
		reached, silent := waiting(t, o, withPhone(t, o, "13911111111", "")), waiting(t, o, withPhone(t, o, "", ""))
		round := func(want int) {
			t.Helper()
			if n, err := desk.TextWaiting(t.Context(), access.Program(), ""); err != nil || n != want {
				t.Errorf("on %s: %d, %v, want %d", o.Today(), n, err, want)
			}
		}
		o.Wait(7)
		round(0) // messages are off
		on(t, o)
		round(1)
		round(0)
		if told(t, o, reached) != 1 || told(t, o, silent) != 0 {
			t.Errorf("told %d and %d times", told(t, o, reached), told(t, o, silent))
		}
		o.Wait(30)
		round(0) // it is brought home
	})
}
