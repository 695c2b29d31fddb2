package registry_test

import (
	"reflect"
	"testing"

	"hefa/internal/access"
	"hefa/internal/departure"
	"hefa/internal/fault"
	"hefa/internal/registry"
	"hefa/internal/testbed"
)

func TestNoMethodLetsAStrangerIn(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := registry.New(o.DB, o.Files)
		p := o.Person(t)
		o.Certificate(t, p, "2030-01-01")
		if _, err := desk.TakeDepartures(t.Context(), testbed.As(access.Clerk), departures(departure.Death, line(p, "2020-01-05"))); err != nil {
			t.Fatal(err)
		}
		if _, err := desk.AskDisclosure(t.Context(), testbed.As(access.Clerk), wanted()); err != nil {
			t.Fatal(err)
		}
		sendOff(t, o, testbed.Elsewhere)
		for m := range reflect.TypeFor[*registry.Desk]().Methods() {
			try, ok := borders[m.Name]
			if !ok {
				t.Errorf("%s is not tried as a stranger", m.Name)
			} else if err := try(t.Context(), desk, o); fault.Of(err) != fault.Missing {
				t.Errorf("%s let a stranger in: %v", m.Name, err)
			}
		}
	})
}
