package registry_test

import (
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/correction"
	"hefa/internal/departure"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/registry"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// TestTheNumberBeforeFindsItsHolder searches, joins a household and reads lists of deaths with the number that somebody had before a correction.
func TestTheNumberBeforeFindsItsHolder(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, clerk, approver := registry.New(o.DB, o.Files), t.Context(), testbed.As(access.Clerk), testbed.As(access.Approver)
		p, other := o.Person(t), o.Person(t)
		o.Certificate(t, p, "2030-01-01")
		now := o.Renumber(t, p, person.MakeNumber("533199", "1961-05-04", 907))
		l, err := desk.SearchPeople(ctx, clerk, registry.PeopleFilter{Q: string(p.Number), Limit: 9})
		if err != nil || len(l.People) != 1 || l.People[0].ID != p.ID || !l.Formerly(l.People[0]) {
			t.Errorf("found %+v %v", l.People, err)
		}
		if l, err = desk.SearchPeople(ctx, clerk, registry.PeopleFilter{Q: string(now.Number), Limit: 9}); err != nil || len(l.People) != 1 || l.Formerly(l.People[0]) {
			t.Errorf("by the number now: %+v %v", l, err)
		}
		if f := fault.Fields(desk.JoinHousehold(ctx, clerk, other.ID, p.Number)); len(f) != 1 || f[0].Name != "member" || f[0].Key != "person.corrected" {
			t.Errorf("a household: %+v", f)
		}
		if f := fault.Fields(desk.AskCorrection(ctx, clerk, right(other, p.Number))); len(f) != 1 || f[0].Key != "person.corrected" {
			t.Errorf("corrected to it: %+v", f)
		}
		r, err := desk.TakeDepartures(ctx, clerk, departures(departure.Death, line(person.Person{Name: "别的名字", Number: p.Number}, "2020-01-05")))
		if err != nil || r.Matched != 0 || r.Rejected != 1 || len(r.Renumbered) != 1 || !strings.Contains(r.Renumbered[0].Message, "别的名字") || strings.Contains(r.Renumbered[0].Message, string(now.Number)) {
			t.Errorf("a death: %+v %v", r, err)
		}
		r, err = desk.TakeDepartures(ctx, clerk, departures(departure.Death, line(p, "2020-01-05"), line(now, "2020-01-06"))) // both numbers in one list: the name is the same
		if err != nil || r.Matched != 1 || r.Rejected != 1 || len(r.Renumbered) != 1 {
			t.Errorf("both numbers: %+v %v", r, err)
		}
		if d := proposed(t, desk, registry.DepartureFilter{}); len(d.Departed) != 1 || d.Departed[0].Person.ID != p.ID || d.Departed[0].Departure.On != "2020-01-06" {
			t.Errorf("proposed: %+v", d.Departed)
		}
		apart(t, desk, p, registry.Finding{Apart: true, Reason: "短"}, fault.Invalid)
		apart(t, desk, p, registry.Finding{Apart: true, Reason: "两人户口簿已核对"}, "")
		apart(t, desk, p, registry.Finding{Apart: true, Reason: "两人户口簿已核对"}, fault.Stale)
		if l, err = desk.SearchPeople(ctx, clerk, registry.PeopleFilter{Q: string(p.Number), Limit: 9}); err != nil || len(l.People) != 0 {
			t.Errorf("found by what is another's: %+v %v", l.People, err)
		}
		if err := desk.AskCorrection(ctx, clerk, right(other, p.Number)); err != nil {
			t.Errorf("corrected to what is truly theirs: %v", err)
		}
		o.Declare(t, approver, p.ID)
		if f, err := desk.Correction(ctx, approver, p.ID); err != nil || len(f.Formers) != 1 || !related(desk.FindApart(ctx, approver, p.ID, registry.Finding{Former: f.Formers[0].ID, Reason: "两人户口簿已核对"})) {
			t.Errorf("about a relative: %v", err)
		}
		seenFromBoth(t, o, desk, p, other)
	})
}

// apart finds x about the only number that p had before, and wants a fault of the kind.
func apart(t *testing.T, desk *registry.Desk, p person.Person, x registry.Finding, want fault.Kind) {
	t.Helper()
	f, err := desk.Correction(t.Context(), testbed.As(access.Clerk), p.ID)
	if err != nil || len(f.Formers) != 1 || !f.CanApart {
		t.Fatalf("%+v %v", f.Formers, err)
	}
	x.Former = f.Formers[0].ID
	if err := desk.FindApart(t.Context(), testbed.As(access.Clerk), p.ID, x); fault.Of(err) != want {
		t.Errorf("%+v: %v", x, err)
	}
}

// seenFromBoth gives other the number that p had, and reads the finding on the page of each; of another county nothing but the county and the days is told.
func seenFromBoth(t *testing.T, o *testbed.Office, desk *registry.Desk, p, other person.Person) {
	t.Helper()
	clerk, approver := testbed.As(access.Clerk), testbed.As(access.Approver)
	if f, err := desk.Correction(t.Context(), clerk, other.ID); err != nil || len(f.Holders) != 0 {
		t.Errorf("before the number is theirs: %+v %v", f.Holders, err)
	}
	v := correction.Verdict{ID: waiting(t, desk, other), Grant: true, Number: p.Number}
	if err := desk.JudgeCorrection(t.Context(), approver, other.ID, v); err != nil {
		t.Fatal(err)
	}
	f, err := desk.Correction(t.Context(), clerk, other.ID)
	if err != nil || len(f.Holders) != 1 || f.Holders[0].Known == nil || f.Holders[0].Known.ID != p.ID || f.Holders[0].Reason != "两人户口簿已核对" {
		t.Errorf("on the page of who has it: %+v %v", f.Holders, err)
	}
	if f, err = desk.Correction(t.Context(), clerk, p.ID); err != nil || len(f.Holders) != 0 || len(f.Formers) != 1 || !f.Formers[0].Apart {
		t.Errorf("on the page of who had it: %+v %+v %v", f.Holders, f.Formers, err)
	}
	away := f.Person
	away.ID, away.Region = "away", testbed.Elsewhere+"101201"
	o.Update(t, access.Clerk, func(tx *store.Tx) error { return tx.SettlePerson(access.TransferTake, f.Person, away) })
	f, err = desk.Correction(t.Context(), clerk, other.ID)
	if err != nil || len(f.Holders) != 1 || f.Holders[0].Known != nil || f.Holders[0].Place == "" || f.Holders[0].Reason+f.Holders[0].Name != "" || f.Holders[0].Person != "" {
		t.Errorf("of another county: %+v %v", f.Holders, err)
	}
}
