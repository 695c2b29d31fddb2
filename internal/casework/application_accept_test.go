package casework_test

import (
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/registry"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// everything is the whole checklist of a first certificate of an adult (rules.md §1.2).
var everything = []string{"identity", "household", "photo", "form", "records"}

func TestAcceptWantsEveryPaperAndGivesANumber(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, clerk := casework.New(o.DB, o.Files), testbed.As(access.Township)
		a := o.Case(t, o.Person(t), application.Submitted)
		if err := desk.AcceptApplication(t.Context(), clerk, a.ID, casework.Acceptance{Sighted: everything[1:]}); fault.Of(err) != fault.Refused {
			t.Errorf("accepted without the identity card: %v", err)
		}
		if err := desk.AcceptApplication(t.Context(), clerk, a.ID, casework.Acceptance{Sighted: everything}); err != nil {
			t.Fatal(err)
		}
		o.Update(t, access.Township, func(tx *store.Tx) error {
			got, err := tx.Application(a.ID)
			if got.State != application.Accepted || got.No != "533103-2020-000001" {
				t.Errorf("accepted as %s, number %s", got.State, got.No)
			}
			if got.Due != "2020-04-29" { // 20 working days after 1 April, with 清明 (4–6 April) off and 26 April made up
				t.Errorf("due %s", got.Due)
			}
			return err
		})
		if err := desk.AcceptApplication(t.Context(), clerk, a.ID, casework.Acceptance{Sighted: everything}); fault.Of(err) != fault.Refused {
			t.Errorf("accepted twice: %v", err)
		}
	})
}

func TestWhoLooksAlikeIsToldApartOnce(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, clerk := casework.New(o.DB, o.Files), testbed.As(access.Township)
		p, other := o.Person(t), o.Person(t)
		o.Update(t, access.Township, func(tx *store.Tx) error {
			q, err := tx.Person(other.ID)
			if err != nil {
				return err
			}
			q.Name = p.Name
			return tx.SavePerson(access.PersonEdit, q, q)
		})
		a := o.Case(t, p, application.Submitted)
		f, err := desk.Application(t.Context(), clerk, a.ID)
		if err != nil || len(f.Alike) != 1 || f.Alike[0].ID != other.ID {
			t.Fatalf("alike: %+v %v", f.Alike, err)
		}
		if f, err = desk.Application(t.Context(), testbed.As(access.Reviewer), a.ID); err != nil || len(f.Alike) != 0 {
			t.Errorf("who cannot accept is asked: %+v %v", f.Alike, err)
		}
		for _, how := range []string{" ", strings.Repeat("长", application.TextMost+1)} {
			err := desk.AcceptApplication(t.Context(), clerk, a.ID, casework.Acceptance{Sighted: everything, Distinct: how})
			if got := fault.Fields(err); len(got) != 1 || got[0].Name != "distinct" {
				t.Errorf("%.9q: %v", how, err)
			}
		}
		if err := desk.AcceptApplication(t.Context(), clerk, a.ID, casework.Acceptance{Sighted: everything, Distinct: "双胞胎，户口簿已核对"}); err != nil {
			t.Fatal(err)
		}
		if f, err = desk.Application(t.Context(), clerk, a.ID); err != nil || len(f.Alike) != 0 || len(f.Apart) != 1 || f.Apart[0] != "双胞胎，户口簿已核对" {
			t.Errorf("afterwards: %+v %q %v", f.Alike, f.Apart, err)
		}
		back := o.Case(t, other, application.Submitted)
		if err := desk.AcceptApplication(t.Context(), clerk, back.ID, casework.Acceptance{Sighted: everything}); err != nil {
			t.Errorf("asked a second time, from the other side: %v", err)
		}
	})
}

// twin gives other the name of p, so that they look alike.
func twin(t *testing.T, o *testbed.Office, p, other person.Person) {
	t.Helper()
	o.Update(t, access.Township, func(tx *store.Tx) error {
		q, err := tx.Person(other.ID)
		if err != nil {
			return err
		}
		q.Name = p.Name
		return tx.SavePerson(access.PersonEdit, q, q)
	})
}

func TestThatTwoEntriesAreOnePersonIsKeptForBoth(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, register, clerk := casework.New(o.DB, o.Files), registry.New(o.DB, o.Files), testbed.As(access.Township)
		p, other, stranger := o.Person(t), o.Person(t), o.Person(t)
		twin(t, o, p, other)
		a := o.Case(t, p, application.Submitted)
		if err := desk.DeclineApplication(t.Context(), clerk, a.ID, casework.Declining{Reason: "x", Same: stranger.ID}); len(fault.Fields(err)) != 1 {
			t.Errorf("somebody who does not look alike: %v", err)
		}
		if err := desk.DeclineApplication(t.Context(), clerk, a.ID, casework.Declining{Reason: "旧号的同一个人", Same: other.ID}); err != nil {
			t.Fatal(err)
		}
		found := func(of, with person.Person, same bool, how string) {
			t.Helper()
			f, err := register.Person(t.Context(), clerk, of.ID)
			if err != nil || len(f.Likenesses) != 1 {
				t.Fatalf("%+v %v", f.Likenesses, err)
			}
			if k := f.Likenesses[0]; k.Other.ID != with.ID || k.Same != same || k.Reason != how || k.Name != clerk.Name || k.On != o.Today() {
				t.Errorf("%+v", k)
			}
		}
		found(p, other, true, "旧号的同一个人")
		found(other, p, true, "旧号的同一个人")
		again := o.Case(t, p, application.Submitted)
		if err := desk.AcceptApplication(t.Context(), clerk, again.ID, casework.Acceptance{Sighted: everything}); len(fault.Fields(err)) != 1 {
			t.Errorf("one person is accepted under the other number: %v", err)
		}
		if err := desk.AcceptApplication(t.Context(), clerk, again.ID, casework.Acceptance{Sighted: everything, Distinct: "公安证明是双胞胎"}); err != nil {
			t.Fatal(err)
		}
		found(p, other, false, "公安证明是双胞胎")
		found(other, p, false, "公安证明是双胞胎")
	})
}
