package assessing_test

import (
	"fmt"
	"sync"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/org"
	"hefa/internal/staff"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestSeatsAreGivenAllOrNone(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		clerk, id := testbed.As(access.Township), c.planned(t, morrow, 2)
		var all []application.ID
		for range 3 {
			all = append(all, c.wants(t, "1961-05-04", certificate.Physical))
		}
		want(t, "nobody chosen", c.ScheduleApplications(t.Context(), clerk, id, nil), fault.Invalid, "session.pick.missing")
		err := c.ScheduleApplications(t.Context(), clerk, id, all)
		want(t, "three on two seats", err, fault.Refused, "session.taken")
		if f, ok := err.(*fault.Fault); ok && fmt.Sprint(f.Args) != "[2 3]" {
			t.Errorf("seats left are named as %v", f.Args)
		}
		if c.left(t, id) != 2 || c.found(t, all[0]).State != application.Accepted {
			t.Error("a refused choice left something behind")
		}
		if err := c.ScheduleApplications(t.Context(), clerk, id, append(all[:2:2], all[0])); err != nil {
			t.Fatal(err)
		}
		if got := c.found(t, all[0]); got.State != application.Scheduled || got.Due != morrow || got.Session != string(id) {
			t.Errorf("seated as %+v", got)
		}
		want(t, "a full day", c.ScheduleApplications(t.Context(), clerk, id, all[2:]), fault.Refused, "session.full")
		want(t, "seated again", c.ScheduleApplications(t.Context(), clerk, id, all[:1]), fault.Refused, "session.already")
		waiting, err := c.Waiting(t.Context(), clerk, id, "", 9)
		if err != nil || len(waiting.Cases) != 1 || waiting.Cases[0].Application.ID != all[2] {
			t.Errorf("waiting: %+v %v", waiting.Cases, err)
		}
		want(t, "seated by a doctor", c.ScheduleApplications(t.Context(), testbed.As(access.Doctor), id, all[2:]), fault.Forbidden, "")
	})
}

func TestMovedCaseGivesItsSeatBack(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		clerk := testbed.As(access.Township)
		first, second := c.planned(t, morrow, 1), c.planned(t, "2020-04-03", 1)
		a := c.seated(t, first, "1961-05-04", certificate.Physical)
		if err := c.ScheduleApplications(t.Context(), clerk, second, []application.ID{a}); err != nil {
			t.Fatal(err)
		}
		if c.left(t, first) != 1 || c.left(t, second) != 0 || c.found(t, a).Due != "2020-04-03" {
			t.Errorf("%d and %d seats left, due %s", c.left(t, first), c.left(t, second), c.found(t, a).Due)
		}
		c.Until("2020-04-07")
		want(t, "a day that is over", c.ScheduleApplications(t.Context(), clerk, first, []application.ID{a}), fault.Refused, "session.over")
		third := c.planned(t, "2020-04-08", 1)
		if err := c.ScheduleApplications(t.Context(), clerk, third, []application.ID{a}); err != nil {
			t.Errorf("whoever did not come cannot come later: %v", err)
		}
	})
}

func TestSessionTakesPeopleOfItsTownshipOnly(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		s := plan(morrow, 5)
		s.Region = "533103102"
		id, err := c.PlanSession(t.Context(), testbed.As(access.Clerk), s)
		if err != nil {
			t.Fatal(err)
		}
		a := c.wants(t, "1961-05-04", certificate.Physical)
		want(t, "from elsewhere", c.ScheduleApplications(t.Context(), testbed.As(access.Clerk), id, []application.ID{a}), fault.Refused, "session.elsewhere")
	})
}

func TestAnotherHospitalBeginsAnew(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		id := c.planned(t, morrow, 5)
		a := c.seated(t, id, "1961-05-04", certificate.Physical)
		c.Until(morrow)
		if err := c.KeepFindings(t.Context(), testbed.As(access.Doctor), a, signed(met(certificate.Physical, certificate.Second))); err != nil {
			t.Fatal(err)
		}
		other := plan("2020-04-03", 5)
		other.Hospital = "second"
		c.Update(t, access.Sysadmin, func(tx *store.Tx) error {
			return tx.AddOrg(org.Org{ID: other.Hospital, Region: testbed.County, Kind: org.Hospital, Name: "测试第二医院", Categories: certificate.Categories[:6]})
		})
		_, err := c.PlanSession(t.Context(), testbed.As(access.Clerk), other)
		want(t, "planned without an agreement", err, fault.Refused, "agreement.none")
		c.Update(t, access.Clerk, func(tx *store.Tx) error { return tx.AddAgreement(testbed.Agreement(testbed.County, other.Hospital)) })
		next, err := c.PlanSession(t.Context(), testbed.As(access.Clerk), other)
		if err != nil {
			t.Fatal(err)
		}
		err = c.ScheduleApplications(t.Context(), testbed.As(access.Clerk), next, []application.ID{a})
		want(t, "where no doctor may assess the category", err, fault.Refused, "doctor.uncovered")
		c.employ(t, staff.Account{ID: "limbs", Login: "limbs", Name: "测试外科", Role: access.Doctor, Region: testbed.County, Org: other.Hospital,
			Categories: []certificate.Category{certificate.Physical}})
		if err := c.ScheduleApplications(t.Context(), testbed.As(access.Clerk), next, []application.ID{a}); err != nil {
			t.Fatal(err)
		}
		got := c.found(t, a)
		c.Update(t, access.Clerk, func(tx *store.Tx) error {
			kept, err := tx.Findings(got)
			if len(kept) > 0 {
				t.Errorf("the second hospital would sign for %d findings of the first", len(kept))
			}
			return err
		})
		if _, err := c.Examination(t.Context(), testbed.As(access.Doctor), a); fault.Of(err) != fault.Missing {
			t.Errorf("the first hospital still sees the case: %v", err)
		}
	})
}

func TestEightSchedulersNeverOverfillADay(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		const seats, people, hands = 5, 16, 8
		id := c.planned(t, morrow, seats)
		queue := make(chan application.ID, people)
		for range people {
			queue <- c.wants(t, "1961-05-04", certificate.Physical)
		}
		close(queue)
		var group sync.WaitGroup
		for range hands {
			group.Go(func() {
				for a := range queue {
					for {
						err := c.ScheduleApplications(t.Context(), testbed.As(access.Township), id, []application.ID{a})
						if k := fault.Of(err); err != nil && k != fault.Refused && k != fault.Busy {
							t.Error(err)
						} else if k == fault.Busy {
							continue
						}
						break
					}
				}
			})
		}
		group.Wait()
		s, err := c.Session(t.Context(), testbed.As(access.Clerk), id)
		if err != nil || s.Taken != seats || len(s.Cases) != seats {
			t.Errorf("%d taken, %d people on %d seats: %v", s.Taken, len(s.Cases), seats, err)
		}
	})
}

func TestWhoDidNotComeWaitsAgain(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		clerk, id := testbed.As(access.Township), c.planned(t, morrow, 2)
		a, b := c.seated(t, id, "1961-05-04", certificate.Physical), c.seated(t, id, "1961-05-04", certificate.Physical)
		miss := func(by access.Actor, why application.Absence, note string, ids ...application.ID) error {
			return c.MissApplications(t.Context(), by, ids, why, note)
		}
		want(t, "nobody", miss(clerk, application.Ill, ""), fault.Invalid, "absence.pick")
		want(t, "before the day", miss(clerk, application.Ill, "", a), fault.Refused, "absence.ahead")
		c.Wait(1)
		want(t, "without a reason", miss(clerk, "", "", a), fault.Invalid, "absence.missing")
		want(t, "other without words", miss(clerk, application.Otherwise, " ", a), fault.Invalid, "absence.note.missing")
		want(t, "a village worker", miss(testbed.As(access.Village), application.Ill, "", a), fault.Forbidden, "")
		elsewhere := testbed.As(access.Hospital)
		elsewhere.Org = "another"
		want(t, "another hospital", miss(elsewhere, application.Ill, "", a), fault.Missing, "")
		if err := miss(testbed.As(access.Hospital), application.Immobile, "卧床", a); err != nil {
			t.Fatal(err)
		}
		got := c.found(t, a)
		if got.State != application.Accepted || got.Session != "" || got.Since != morrow || got.Due <= morrow {
			t.Errorf("afterwards: %+v", got)
		}
		want(t, "one of two waits already: none", miss(clerk, application.Away, "", b, a), fault.Refused, "application.step.wrong")
		s, err := c.Session(t.Context(), clerk, id)
		if err != nil || s.Left() != 1 || len(s.Expected()) != 1 || len(s.Absent) != 1 || s.Absent[0].Why != application.Immobile || s.Absent[0].Note != "卧床" || s.Absent[0].Person.ID != got.Person {
			t.Errorf("the day: %+v %v", s, err)
		}
		q, err := c.Waiting(t.Context(), clerk, c.planned(t, "2020-04-03", 2), "", 9)
		if err != nil || len(q.Cases) != 1 || len(q.Absences[a]) != 1 {
			t.Errorf("waiting: %+v %v", q, err)
		}
	})
}

// Clause N22: whoever has only relatives as doctors there gets no seat; a relative beside others keeps away.
func TestRelativesAreLookedAtWhenSeatsAreGiven(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		clerk, s, doctor := testbed.As(access.Township), c.planned(t, morrow, 9), testbed.As(access.Doctor)
		kin, rest, both := c.wants(t, "1961-05-04", certificate.Physical), c.wants(t, "1962-05-04", certificate.Physical), c.wants(t, "1963-05-04", certificate.Physical)
		c.Declare(t, doctor, c.found(t, kin).Person)
		want(t, "by the only doctor", c.ScheduleApplications(t.Context(), clerk, s, []application.ID{kin}), fault.Refused, "session.relative.block")
		if c.left(t, s) != 9 || c.found(t, kin).State != application.Accepted {
			t.Error("a refused seat left something behind")
		}
		got, err := c.Desk.ScheduleApplications(t.Context(), clerk, s, []application.ID{kin, rest})
		if err != nil || len(got.Seated) != 1 || got.Seated[0] != rest || len(got.Left) != 1 || got.Left[0].Application != kin || got.Left[0].Doctors[0].Name != doctor.Name || c.left(t, s) != 8 {
			t.Fatalf("two at once: %+v %v", got, err)
		}
		colleague := c.colleague(t)
		c.Declare(t, colleague, c.found(t, both).Person)
		got, err = c.Desk.ScheduleApplications(t.Context(), clerk, s, []application.ID{kin, both})
		if err != nil || len(got.Seated) != 2 || len(got.Left) > 0 || len(got.Recused) != 2 {
			t.Fatalf("with a colleague: %+v %v", got, err)
		}
		d, err := c.Session(t.Context(), clerk, s)
		if err != nil || len(d.Kin) != 2 || d.Kin[c.found(t, both).Person][0].Name != colleague.Name {
			t.Errorf("the day shows %+v: %v", d.Kin, err)
		}
		c.Declare(t, colleague, c.found(t, kin).Person)
		next := c.planned(t, "2020-04-03", 9)
		want(t, "moved to where all are relatives", c.ScheduleApplications(t.Context(), clerk, next, []application.ID{kin}), fault.Refused, "session.relative.block")
		if c.found(t, kin).Session != string(s) || c.left(t, s) != 6 {
			t.Error("a refused move took the old seat away")
		}
	})
}
