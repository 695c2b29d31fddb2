package outreach_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/outreach"
	"hefa/internal/policy"
	"hefa/internal/store"
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
		ofTownship := func(value string, since day.Day) {
			t.Helper()
			o.Update(t, access.Sysadmin, func(tx *store.Tx) error {
				return tx.SavePolicy(policy.Value{Key: policy.MessageOn, Region: testbed.Township, Effective: since, Value: value, Basis: "test"})
			})
		}
		ofTownship("no", "2018-01-01")
		round(0) // the township has none, which stops nobody else
		ofTownship("yes", "2018-01-02")
		round(1) // the county has none, which stops no township
		on(t, o)
		round(0)
		if told(t, o, reached) != 1 || told(t, o, silent) != 0 {
			t.Errorf("told %d and %d times", told(t, o, reached), told(t, o, silent))
		}
		o.Wait(30)
		round(0) // it is brought home
	})
}
