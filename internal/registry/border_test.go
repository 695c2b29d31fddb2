package registry_test

import (
	"reflect"
	"testing"

	"hefa/internal/fault"
	"hefa/internal/registry"
	"hefa/internal/testbed"
)

func TestNoMethodLetsAStrangerIn(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := registry.New(o.DB)
		o.Certificate(t, o.Person(t), "2030-01-01")
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
