package casework_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/fault"
	"hefa/internal/org"
	"hefa/internal/session"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestHospitalSeesOnlyWhomItsOwnSessionsCall(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := casework.New(o.DB, o.Files)
		waiting := o.Case(t, o.Person(t), application.Accepted)
		ours, theirs := o.Case(t, o.Person(t), application.Scheduled), o.Case(t, o.Person(t), application.Scheduled)
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			hospitals := map[session.ID]string{"ours": testbed.As(access.Doctor).Org, "theirs": "another"}
			for id, hospital := range hospitals {
				s := session.Session{ID: id, Region: testbed.Township, Hospital: org.ID(hospital), Kind: session.Central, Day: o.Today(), Capacity: 9, Taken: 1}
				if err := tx.AddSession(s); err != nil {
					return err
				}
			}
			for id, a := range map[session.ID]application.Application{"ours": ours, "theirs": theirs} {
				a.Session = string(id)
				if err := tx.SaveApplication(access.ApplicationSchedule, a.State, a, ""); err != nil {
					return err
				}
			}
			return nil
		})
		for _, role := range []access.Role{access.Doctor, access.Hospital} {
			by := testbed.As(role)
			if _, err := desk.Application(t.Context(), by, ours.ID); err != nil {
				t.Errorf("%s cannot read a case of the own session: %v", role, err)
			}
			for name, a := range map[string]application.Application{"another hospital's": theirs, "an unscheduled": waiting} {
				if _, err := desk.Application(t.Context(), by, a.ID); fault.Of(err) != fault.Missing {
					t.Errorf("%s reads %s case: %v", role, name, err)
				}
			}
			if tray, err := desk.Tray(t.Context(), by, casework.TrayFilter{Limit: 9}); err != nil || len(tray.Stacks)+len(tray.Cases) > 0 {
				t.Errorf("%s has a tray of the county: %+v %v", role, tray, err)
			}
			err := o.DB.View(t.Context(), by, func(tx *store.Tx) error {
				all, err := tx.Cases(store.CaseFilter{Limit: 9})
				if len(all) != 1 || all[0].Application.ID != ours.ID {
					t.Errorf("%s finds %d cases", role, len(all))
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		}
	})
}
