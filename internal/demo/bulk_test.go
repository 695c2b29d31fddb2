package demo_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/demo"
	"hefa/internal/store"
)

// TestTheBulkStandsAsItsTallySays counts a small bulk case by case against the counts that trays show.
func TestTheBulkStandsAsItsTallySays(t *testing.T) {
	t.Parallel()
	const cases = 1300
	db := open(t, demo.Plan)
	if err := demo.Bulk(t.Context(), db, cases); err != nil {
		t.Fatal(err)
	}
	by := access.Actor{Role: access.Clerk, Region: demo.County}
	err := db.View(t.Context(), by, func(tx *store.Tx) error {
		tally, err := tx.Tally("")
		if err != nil {
			return err
		}
		all, over := 0, 0
		for _, g := range application.Course {
			found, err := tx.Cases(store.CaseFilter{State: g.State, Limit: cases + 1})
			if err != nil {
				return err
			}
			if len(found) != tally[g.State] {
				t.Errorf("%s: %d cases, the tally says %d", g.State, len(found), tally[g.State])
			}
			if len(found) == 0 {
				continue // a state with few cases has none in a small bulk
			}
			all += len(found)
			if !g.State.Open() {
				over += len(found)
			}
			lines, err := tx.Timeline(demo.County, "application", string(found[0].Application.ID))
			if err != nil || len(lines) == 0 {
				t.Errorf("%s: no timeline: %v", g.State, err)
			}
		}
		if all != cases || over != cases*85/100 {
			t.Errorf("%d cases, %d over", all, over)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
