package registry_test

import (
	"context"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/person"
	"hefa/internal/registry"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// anybody is the first holder of 芒市, whom the border test enters.
func anybody(ctx context.Context, o *testbed.Office) person.ID { return first(ctx, o).Person.ID }

func held(ctx context.Context, o *testbed.Office) certificate.ID { return first(ctx, o).Certificate.ID }

// first is the first holder; an office without one ends the test.
func first(ctx context.Context, o *testbed.Office) (h store.Holder) {
	err := o.DB.View(ctx, testbed.As(access.Clerk), func(tx *store.Tx) error {
		all, err := tx.Certificates(store.CertificateFilter{Limit: 1})
		if err == nil {
			h = all[0]
		}
		return err
	})
	if err != nil {
		panic(err)
	}
	return h
}

// named enters a person of the test village under a name.
func named(t *testing.T, o *testbed.Office, name string, sequence int) person.Person {
	t.Helper()
	p := person.Person{ID: person.ID(id.New()), Region: testbed.Village, Name: name, Number: person.MakeNumber("533199", day.Day("1970-01-01"), sequence)}
	p.Fill()
	o.Update(t, access.Township, func(tx *store.Tx) error { return tx.AddPerson(access.ApplicationOpen, p) })
	return p
}

func TestPeopleAreFoundByNameInitialsAndNumber(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := registry.New(o.DB, o.Files)
		shan := named(t, o, "单小花", 1)
		named(t, o, "欧阳小花", 2)
		for q, want := range map[string]int{
			"单": 1, "单小花": 1, " 单 小花 ": 1, "小花": 2, "sxh": 1, "SXH": 1, "oyxh": 1, string(shan.Number): 1, strings.ToLower(string(shan.Number)): 1,
			string(shan.Number[:17]): 0, "": 0, "无此人": 0, "%": 0,
		} {
			got, err := desk.SearchPeople(t.Context(), testbed.As(access.Township), registry.PeopleFilter{Q: q, Limit: 9})
			if err != nil || len(got.People) != want {
				t.Errorf("%q found %d, want %d: %v", q, len(got.People), want, err)
			}
		}
		seen, after := map[person.ID]bool{}, person.ID("")
		for {
			got, err := desk.SearchPeople(t.Context(), testbed.As(access.Clerk), registry.PeopleFilter{Q: "小花", After: after, Limit: 1})
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range got.People {
				seen[p.ID] = true
			}
			if after = got.Next; after == "" {
				break
			}
		}
		if len(seen) != 2 {
			t.Errorf("%d people on all pages", len(seen))
		}
		for _, role := range []access.Role{access.Doctor, access.Poverty} {
			got, err := desk.SearchPeople(t.Context(), testbed.As(role), registry.PeopleFilter{Q: "单", Limit: 9})
			if err != nil || len(got.People) != 0 {
				t.Errorf("%s found somebody who is none of theirs: %v", role, err)
			}
		}
		for _, role := range []access.Role{access.Sysadmin, access.Secadmin, access.Auditor, access.Health} {
			if _, err := desk.SearchPeople(t.Context(), testbed.As(role), registry.PeopleFilter{Q: "单", Limit: 9}); fault.Of(err) != fault.Forbidden {
				t.Errorf("%s searches people: %v", role, err)
			}
		}
	})
}

func TestAFullNumberIsShownForAReasonThatTheAuditKeeps(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, clerk := registry.New(o.DB, o.Files), testbed.As(access.Clerk)
		p := o.Person(t)
		o.Certificate(t, p, "2030-01-01")
		for _, reason := range []string{"", "  看  ", strings.Repeat("长", 201), "核对" + string(p.Number)} {
			if _, err := desk.RevealPerson(t.Context(), clerk, p.ID, reason); fault.Of(err) != fault.Invalid {
				t.Errorf("%q is a reason: %v", reason, err)
			}
		}
		n, err := desk.RevealPerson(t.Context(), clerk, p.ID, "与 户口簿 核对")
		if err != nil || n.Person.Number != p.Number || len(n.Certificates) != 1 {
			t.Fatalf("revealed %+v %v", n, err)
		}
		f, err := desk.Person(t.Context(), clerk, p.ID)
		if err != nil || len(f.Lines) != 2 || f.Lines[1].Act != access.PersonReveal || f.Lines[1].Note != "与 户口簿 核对" {
			t.Errorf("history: %+v %v", f.Lines, err)
		}
		if _, err := desk.RevealPerson(t.Context(), testbed.As(access.Village), p.ID, "核对身份信息"); fault.Of(err) != fault.Forbidden {
			t.Errorf("a village worker saw it: %v", err)
		}
	})
}

func TestAPersonsContactIsCorrectedOnce(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, clerk := registry.New(o.DB, o.Files), testbed.As(access.Township)
		p := o.Person(t)
		o.Case(t, p, application.Submitted)
		edit := registry.PersonEdit{ID: p.ID, Version: 1, Phone: "0692-2123456", Address: "三组 5 号", Guardian: person.Guardian{Name: "测试监护", Phone: "12"}, Poor: true}
		if err := desk.EditPerson(t.Context(), clerk, edit); fault.Of(err) != fault.Invalid {
			t.Errorf("a guardian's telephone of two digits: %v", err)
		}
		edit.Guardian.Phone = ""
		if err := desk.EditPerson(t.Context(), clerk, edit); err != nil {
			t.Fatal(err)
		}
		changed, err := desk.Person(t.Context(), clerk, edit.ID)
		if err != nil || len(changed.Changes) == 0 || changed.Changes[0].Name != clerk.Name || changed.Changes[0].Before == changed.Changes[0].After {
			t.Errorf("what became what: %+v %v", changed.Changes, err)
		}
		if err := desk.EditPerson(t.Context(), clerk, edit); fault.Of(err) != fault.Stale {
			t.Errorf("an old form: %v", err)
		}
		f, err := desk.Person(t.Context(), testbed.As(access.Poverty), p.ID)
		if err != nil || f.Phone != edit.Phone || f.Number != p.Number || f.Name != p.Name || len(f.Cases) != 0 {
			t.Errorf("person: %+v %v", f, err)
		}
		if f, err = desk.Person(t.Context(), clerk, p.ID); err != nil || len(f.Cases) != 1 {
			t.Errorf("cases: %+v %v", f.Cases, err)
		}
	})
}
