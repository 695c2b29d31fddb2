package assessing_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessing"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/org"
	"hefa/internal/paper"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/session"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// tourOrder is a tour of the townships at the hospital of the county.
func tourOrder(townships ...region.Code) assessing.TourOrder {
	return assessing.TourOrder{From: "2020-04-03", Hospitals: []org.ID{"hospital-533103"}, Capacity: 1, Townships: townships}
}

// ofTheCounty is a fault when what a stranger sees is not of the test county.
func ofTheCounty(t assessing.Tour, err error) error {
	if err == nil && t.County.Code == testbed.County || slices.ContainsFunc(t.Needs, func(n session.Need) bool { return testbed.County.Contains(n.Region) }) {
		return nil
	}
	return fault.New(fault.Missing, "record.missing")
}

func TestATourIsProposedAndKept(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		ctx, clerk := t.Context(), testbed.As(access.Clerk)
		for range 2 {
			c.wants(t, "1961-05-04", certificate.Physical)
		}
		c.planned(t, "2020-04-07", 3) // the hospital is busy on that day
		tour, err := c.Touring(ctx, clerk)
		if err != nil || len(tour.Needs) != 13 || tour.Needs[0].Region != testbed.Township || tour.Needs[0].Waiting != 2 || tour.Needs[0].Due == "" || tour.Needs[1].Waiting != 0 {
			t.Fatalf("needs: %+v %v", tour.Needs, err)
		}
		for name, x := range map[string]struct {
			spoil func(*assessing.TourOrder)
			key   string
		}{
			"no day":        {func(o *assessing.TourOrder) { o.From = "" }, "session.day.missing"},
			"past":          {func(o *assessing.TourOrder) { o.From = "2020-03-31" }, "session.day.past"},
			"no hospital":   {func(o *assessing.TourOrder) { o.Hospitals = nil }, "session.hospital.missing"},
			"the neighbour": {func(o *assessing.TourOrder) { o.Hospitals = []org.ID{"hospital-533102"} }, "session.hospital.missing"},
			"no seats":      {func(o *assessing.TourOrder) { o.Capacity = 0 }, "session.capacity.wrong"},
			"nowhere":       {func(o *assessing.TourOrder) { o.Townships = nil }, "tour.townships.missing"},
			"elsewhere":     {func(o *assessing.TourOrder) { o.Townships = []region.Code{"533102001"} }, "tour.townships.missing"},
		} {
			o := tourOrder(testbed.Township)
			x.spoil(&o)
			_, err := c.ProposeTour(ctx, clerk, o)
			want(t, name, err, fault.Invalid, x.key)
		}
		_, err = c.ProposeTour(ctx, clerk, tourOrder(testbed.Township, testbed.Township))
		want(t, "a township twice", err, fault.Refused, "tour.twice")
		o := tourOrder("533103101", testbed.Township)
		if tour, err = c.ProposeTour(ctx, clerk, o); err != nil || len(tour.Stops) != 2 || tour.Days() != 3 {
			t.Fatalf("proposed: %+v %v", tour.Stops, err)
		}
		// 4–6 April are 清明, on the 7th the hospital is busy.
		if first, second := tour.Stops[0].Days, tour.Stops[1].Days; first[0] != "2020-04-03" || second[0] != "2020-04-08" || second[1] != "2020-04-09" {
			t.Errorf("days: %v %v", first, second)
		}
		_, err = c.PlanTour(ctx, testbed.As(access.Township), o)
		want(t, "a township", err, fault.Forbidden, "")
		if kept, err := c.PlanTour(ctx, clerk, o); err != nil || kept.Days() != 3 {
			t.Fatalf("%+v, %v", kept, err)
		}
		l, err := c.Sessions(ctx, clerk, assessing.Filter{From: "2020-04-01", Limit: 9})
		if err != nil || len(l.Lines) != 4 || l.Lines[3].Region != testbed.Township || l.Lines[3].Day != "2020-04-09" || l.Lines[3].Capacity != 1 || l.Lines[3].Kind != session.Central {
			t.Errorf("kept: %+v %v", l.Lines, err)
		}
		if tour, err = c.ProposeTour(ctx, clerk, o); err != nil || tour.Stops[0].Days[0] != "2020-04-10" {
			t.Errorf("a second one begins where the first ends: %+v %v", tour.Stops, err)
		}
		far := tourOrder(testbed.Township)
		far.From = "2099-12-31" // a Thursday, the last day of the tests' agreement; the second day of the tour lies after it
		if _, err := c.PlanTour(ctx, clerk, far); fault.Of(err) != fault.Refused {
			t.Errorf("without an agreement: %v", err)
		}
		if l, err = c.Sessions(ctx, clerk, assessing.Filter{From: "2099-01-01", Limit: 9}); err != nil || len(l.Lines) != 0 {
			t.Errorf("half a tour was kept: %+v %v", l.Lines, err)
		}
	})
}

func TestARoundIsPrintedAsRouteAndSummons(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		s := plan(c.Today(), 3)
		s.Kind, s.Round = session.Home, session.Round{Starts: " 9:00 村委会 ", Team: "测试医师甲", Vehicle: "救护车", Gear: strings.Repeat("长", session.RoundMost+1)}
		_, err := c.PlanSession(t.Context(), testbed.As(access.Clerk), s)
		want(t, "too much gear", err, fault.Invalid, "session.round.long")
		s.Round.Gear = "视力表"
		id, err := c.PlanSession(t.Context(), testbed.As(access.Clerk), s)
		if err != nil {
			t.Fatal(err)
		}
		c.seated(t, id, "1961-05-04", certificate.Physical)
		day, err := c.Session(t.Context(), testbed.As(access.Township), id)
		if err != nil || day.Round != (session.Round{Starts: "9:00 村委会", Team: "测试医师甲", Vehicle: "救护车", Gear: "视力表"}) {
			t.Errorf("%+v %v", day.Round, err)
		}
		to := day.Session
		to.Round.Vehicle = ""
		if err := c.ChangeSession(t.Context(), testbed.As(access.Clerk), to); err != nil {
			t.Fatal(err)
		}
		if day, err = c.Session(t.Context(), testbed.As(access.Township), id); err != nil || day.Round.Vehicle != "" || day.Round.Team == "" {
			t.Errorf("changed: %+v %v", day.Round, err)
		}
		c.Update(t, access.Township, func(tx *store.Tx) error {
			r, err := assessing.Route(tx, day)
			if err != nil {
				return err
			}
			stops := r.(paper.Route).Stops
			if len(stops) != 1 || len(stops[0].People) != 1 || stops[0].Village == "" || stops[0].People[0].Phone != "13900000000" || !strings.Contains(stops[0].People[0].Guardian, "测试监护") {
				t.Errorf("the route: %+v", stops)
			}
			l, err := assessing.Summons(tx, day)
			if err != nil {
				return err
			}
			if s := l.(paper.Summons); !s.Home || len(s.People) != 1 || !strings.Contains(s.People[0].Papers, "、") || s.Phone == "" {
				t.Errorf("the summons: %+v", l)
			}
			return nil
		})
		c.Update(t, access.Reviewer, func(tx *store.Tx) error {
			r, err := assessing.Route(tx, day)
			if err == nil && r.(paper.Route).Stops[0].People[0].Phone != "139****0000" {
				t.Errorf("a reviewer reads %+v", r)
			}
			return err
		})
		for name, write := range map[string]func(context.Context, access.Actor, session.ID, io.Writer) error{"route": c.WriteRoute, "summons": c.summons(paper.Ordinary),
			"large": c.summons(paper.Large), "easy": c.summons(paper.Easy), "list": c.WriteDayList, "calls": c.WriteCallList} {
			var b bytes.Buffer
			if err := write(t.Context(), testbed.As(access.Township), id, &b); err != nil || !bytes.HasPrefix(b.Bytes(), []byte("%PDF")) {
				t.Errorf("%s: %v", name, err)
			}
			want(t, name+" for the health commission", write(t.Context(), testbed.As(access.Health), id, io.Discard), fault.Forbidden, "")
		}
	})
}

// summons is the notices of a session in a reading.
func (c clinic) summons(reading paper.Reading) func(context.Context, access.Actor, session.ID, io.Writer) error {
	return func(ctx context.Context, by access.Actor, id session.ID, w io.Writer) error {
		return c.WriteSummons(ctx, by, id, reading, w)
	}
}

func TestAGroupIsCalledVillageByVillage(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		id := c.planned(t, morrow, 9)
		c.seated(t, id, "1961-05-04", certificate.Physical)
		c.seated(t, id, "1962-05-04", certificate.Vision)
		day, err := c.Session(t.Context(), testbed.As(access.Township), id)
		if err != nil || len(day.Cases) != 2 {
			t.Fatalf("%d people, %v", len(day.Cases), err)
		}
		here, there := day.Cases[0].Person.Region, region.Code(testbed.Township+"999")
		day.Villages[there] = "另一个村"
		other, missed := day.Cases[0], day.Cases[1]
		other.Person.Region, other.Person.Name = there, "测试另村"
		missed.Application.State, missed.Person.Name = application.Accepted, "测试未到"
		day.Cases = []assessing.Case{day.Cases[0], other, day.Cases[1], missed} // as the seats lie, villages apart
		read := func(role access.Role) paper.CallList {
			var p paper.Paper
			c.Update(t, role, func(tx *store.Tx) (err error) {
				p, err = assessing.CallList(tx, day)
				return err
			})
			return p.(paper.CallList)
		}
		l := read(access.Township)
		if len(l.Villages) != 2 || l.Villages[0].Village != day.Villages[here] || len(l.Villages[0].People) != 2 || l.Villages[1].Village != "另一个村" ||
			len(l.Villages[1].People) != 1 || l.Villages[1].People[0].Name != "测试另村" {
			t.Fatalf("%+v", l.Villages)
		}
		if p := l.Villages[0].People[0]; p.Phone != "13900000000" || !strings.Contains(p.Guardian, "测试监护") || l.Place == "" {
			t.Errorf("%+v", l)
		}
		if p := read(access.Reviewer).Villages[0].People[0]; p.Phone != "139****0000" {
			t.Errorf("a reviewer reads %+v", p)
		}
	})
}

func TestThoseWhoRollAreCalledFirstAndTheirSlipsSaySo(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		id := c.planned(t, morrow, 9)
		walks, rolls := c.seated(t, id, "1961-05-04", certificate.Physical), c.seated(t, id, "1962-05-04", certificate.Physical)
		c.Update(t, access.Village, func(tx *store.Tx) error {
			a, err := tx.Application(rolls)
			if err != nil {
				return err
			}
			return tx.SaveAids(a, application.Aids{All: []application.Aid{application.Wheelchair}})
		})
		c.Policy(t, policy.SeatTime, "9:00—10:00")
		day, err := c.Session(t.Context(), testbed.As(access.Township), id)
		if err != nil || len(day.Cases) != 2 || day.Cases[0].Application.ID != rolls || day.Cases[1].Application.ID != walks {
			t.Fatalf("the order: %+v %v", day.Cases, err)
		}
		const needs = "轮椅（9:00—10:00到场）"
		c.Update(t, access.Township, func(tx *store.Tx) error {
			for name, of := range map[string]func(*store.Tx, assessing.Day) (paper.Paper, error){"list": assessing.DayList, "slips": assessing.Summons, "route": assessing.Route} {
				p, err := of(tx, day)
				if err != nil {
					return err
				}
				if text := fmt.Sprintf("%+v", p); strings.Count(text, needs) != 1 {
					t.Errorf("the %s: %s", name, text)
				}
			}
			return nil
		})
	})
}
