package casework

import (
	"slices"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/store"
)

// hands fills in who has the case in hand, and into whose it can go when the actor may hand it over.
func (f *File) hands(tx *store.Tx) error {
	a := f.Case.Application
	names, err := tx.HandlerNames(a.Handler)
	if err != nil {
		return err
	}
	f.HandlerName = names[a.Handler]
	if !slices.Contains(f.Steps, access.ApplicationHandover) {
		return nil
	}
	f.Colleagues, err = colleagues(tx, a)
	return err
}

// colleagues is everybody who can take the case as it stands now, but who has it.
func colleagues(tx *store.Tx, a application.Application) ([]Colleague, error) {
	all, err := tx.Colleagues(a.Region, a.State.Stage().Turn)
	var out []Colleague
	for _, c := range all {
		if string(c.ID) != a.Handler {
			out = append(out, Colleague{c.ID, c.Name, c.Role})
		}
	}
	return out, err
}
