package demo_test

import (
	"path/filepath"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/demo"
	"hefa/internal/region"
	"hefa/internal/seal"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// TestTheCountyIsThePlans counts what 芒政办发〔2020〕23号 states: 9675 holders, 2708 of them lapsing by 2020-12-31, 1754 of poor households.
func TestTheCountyIsThePlans(t *testing.T) {
	t.Parallel()
	for name, today := range map[string]day.Day{"on the plan's day": demo.Plan, "six years later": "2026-11-22"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := open(t, today)
			horizon := today.AddMonths(9).Add(-1)
			all, lapsing, poor := 0, 0, 0
			by := access.Actor{Role: access.Clerk, Region: demo.County}
			err := db.View(t.Context(), by, func(tx *store.Tx) error {
				list, err := tx.Certificates(store.CertificateFilter{Limit: 100000})
				for _, h := range list {
					all++
					if h.Certificate.Number.Check() != "" || h.Certificate.State != certificate.Valid {
						t.Errorf("unsound: %+v", h.Certificate)
					}
					if h.Certificate.Expires <= horizon {
						lapsing++
					}
					if h.Person.Poor {
						poor++
					}
				}
				return err
			})
			if err != nil || all != 9675 || lapsing != 2708 || poor != 1754 {
				t.Errorf("holders %d, lapsing by %s %d, poor %d: %v", all, horizon, lapsing, poor, err)
			}
			if filled, err := demo.Fill(t.Context(), db); filled || err != nil {
				t.Errorf("filled again: %v %v", filled, err)
			}
		})
	}
}

// TestTheThirteenDaysAreThePlans compares the sessions with section 五（三） of the plan: the townships' days, at the three hospitals it names.
func TestTheThirteenDaysAreThePlans(t *testing.T) {
	t.Parallel()
	days := map[string]day.Day{"芒海镇": "2020-05-07", "中山乡": "2020-05-08", "勐戛镇": "2020-05-11", "遮放镇": "2020-05-12", "芒市镇": "2020-05-13",
		"西山乡": "2020-05-14", "五岔路乡": "2020-05-15", "江东乡": "2020-05-18", "轩岗乡": "2020-05-19", "三台山德昂族乡": "2020-05-20", "风平镇": "2020-05-21",
		"芒市遮放农场": "2020-05-22", "芒市勐焕街道": "2020-05-25"}
	db, hospitals := open(t, demo.Plan), map[string]int{}
	err := db.View(t.Context(), access.Actor{Role: access.Clerk, Region: demo.County}, func(tx *store.Tx) error {
		all, err := tx.Sessions(store.SessionFilter{Limit: 100})
		if err != nil {
			return err
		}
		for _, s := range all {
			place, err := tx.Region(s.Region)
			if err != nil {
				return err
			}
			if days[place.Name] != s.Day {
				t.Errorf("%s goes on %s, want %s", place.Name, s.Day, days[place.Name])
			}
			delete(days, place.Name)
			hospital, err := tx.Org(s.Hospital)
			if err != nil {
				return err
			}
			hospitals[hospital.Name]++
		}
		return nil
	})
	if err != nil || len(days) > 0 || len(hospitals) != 3 || hospitals["德宏州医院"]*hospitals["德宏州中医院"]*hospitals["芒市人民医院"] == 0 {
		t.Errorf("left over: %v, hospitals %v: %v", days, hospitals, err)
	}
}

func open(t *testing.T, today day.Day) *store.DB {
	t.Helper()
	return keyed(t, today, testbed.Keys())
}

// keyed is the county with keys that its files use too.
func keyed(t *testing.T, today day.Day, keys *seal.Ring) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "hefa.db"), store.Options{Now: func() time.Time { return today.Time().Add(time.Hour) }, Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Furnish(t.Context(), region.Within("5331")); err != nil {
		t.Fatal(err)
	}
	if filled, err := demo.Fill(t.Context(), db); !filled || err != nil {
		t.Fatalf("not filled: %v", err)
	}
	return db
}
