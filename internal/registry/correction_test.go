package registry_test

import (
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/correction"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/person"
	"hefa/internal/registry"
	"hefa/internal/staff"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// right is a correction of p's number as it is asked for.
func right(p person.Person, n person.Number) correction.Correction {
	return correction.Correction{Person: p.ID, Number: n, Cause: correction.Typed, Reason: "录入时看错一位", Evidence: "居民身份证原件"}
}

// TestAWrongNumberIsCorrectedByTwo asks and grants: the number leads to its holder, the old one to nobody, sex and birth follow, and the card in hand is named.
func TestAWrongNumberIsCorrectedByTwo(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, clerk, approver := registry.New(o.DB, o.Files), t.Context(), testbed.As(access.Clerk), testbed.As(access.Approver)
		p, n := o.Person(t), person.MakeNumber("533199", "1962-06-05", 901)
		c := o.Certificate(t, p, "2030-01-01")
		if err := desk.AskCorrection(ctx, testbed.As(access.Township), right(p, n)); fault.Of(err) != fault.Forbidden {
			t.Errorf("a township asks: %v", err)
		}
		if err := desk.AskCorrection(ctx, clerk, right(p, n)); err != nil {
			t.Fatal(err)
		}
		if err := desk.AskCorrection(ctx, clerk, right(p, n)); fault.Of(err) != fault.Refused {
			t.Errorf("asked twice: %v", err)
		}
		if err := desk.JudgeCorrection(ctx, approver, p.ID, correction.Verdict{ID: waiting(t, desk, p), Grant: true, Number: p.Number}); fault.Of(err) != fault.Invalid {
			t.Errorf("granted without the papers: %v", err)
		}
		if w, err := desk.Undecided(ctx, approver, ""); err != nil || w.Corrections != 1 {
			t.Errorf("%d wait: %v", w.Corrections, err)
		}
		if err := desk.JudgeCorrection(ctx, approver, p.ID, correction.Verdict{ID: waiting(t, desk, p), Grant: true, Number: n}); err != nil {
			t.Fatal(err)
		}
		f, err := desk.Person(ctx, approver, p.ID)
		held, making := f.Misfits()
		if err != nil || f.Number != n || f.Birth != "1962-06-05" || f.Sex != n.Sex() || len(held) != 1 || held[0].Number != c.Number || len(making) != 0 {
			t.Errorf("%+v %v %v", f.Person, held, err)
		}
		if len(f.Changes) != 1 || f.Changes[0].Field != "number" || f.Changes[0].After != n.Masked() {
			t.Errorf("history: %+v", f.Changes)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			_, now, err := tx.Identity(n)
			if err != nil {
				return err
			}
			_, before, err := tx.Identity(p.Number)
			if now != p.ID || before != "" {
				t.Errorf("the numbers lead to %q and %q", now, before)
			}
			return err
		})
		if l, err := desk.SearchPeople(ctx, clerk, registry.PeopleFilter{Q: string(n), Limit: 9}); err != nil || len(l.People) != 1 {
			t.Errorf("found %d by the new number: %v", len(l.People), err)
		}
	})
}

// TestANumberOfSomebodyElseIsNoCorrection refuses the number of another, of one of another county without a name, a relative's approver, and a minor's.
func TestANumberOfSomebodyElseIsNoCorrection(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, clerk, approver := registry.New(o.DB, o.Files), t.Context(), testbed.As(access.Clerk), testbed.As(access.Approver)
		p, other, far := o.Person(t), o.Person(t), o.Person(t)
		far.ID, far.Region, far.Number = "far", testbed.Elsewhere+"101201", person.MakeNumber("533199", "1950-01-01", 1)
		if err := o.DB.Update(ctx, access.Program(), func(tx *store.Tx) error { return tx.AddPerson(access.ApplicationOpen, far) }); err != nil {
			t.Fatal(err)
		}
		for n, key := range map[person.Number]string{other.Number: "correction.taken", far.Number: "correction.elsewhere", p.Number: "correction.same"} {
			if f := fault.Fields(desk.AskCorrection(ctx, clerk, right(p, n))); len(f) != 1 || f[0].Key != key || f[0].Name != "number" {
				t.Errorf("%s: %+v", key, f)
			}
		}
		n := person.MakeNumber("533199", "1961-05-04", 902)
		if err := desk.AskCorrection(ctx, clerk, right(p, n)); err != nil {
			t.Fatal(err)
		}
		if err := desk.JudgeCorrection(ctx, approver, p.ID, correction.Verdict{ID: "another", Grant: true, Number: n}); fault.Of(err) != fault.Stale {
			t.Errorf("decided about one that was not read: %v", err)
		}
		o.Declare(t, approver, p.ID)
		o.Update(t, access.Township, func(tx *store.Tx) error { // of who truly has the number
			return tx.AddRelative(staff.Relative{ID: id.New(), Account: staff.ID(testbed.As(access.Township).Account), Name: "另一人", Number: p.Number, Relation: staff.Child, Declared: o.Today()})
		})
		if err := desk.JudgeCorrection(ctx, approver, p.ID, correction.Verdict{ID: waiting(t, desk, p), Grant: true, Number: n}); !related(err) {
			t.Errorf("decided about a relative: %v", err)
		}
		another := approver
		another.Account = "another-approver"
		if err := desk.JudgeCorrection(ctx, another, p.ID, correction.Verdict{ID: waiting(t, desk, p), Grant: true, Number: n}); err != nil {
			t.Fatal(err)
		}
		o.Update(t, access.Approver, func(tx *store.Tx) error {
			if err := tx.Unrelated(p.ID); !related(err) {
				t.Errorf("the relative is one no more: %v", err)
			}
			return nil
		})
		o.Update(t, access.Township, func(tx *store.Tx) error {
			return tx.Unrelated(p.ID) // the declaration named another
		})
		o.Update(t, access.Auditor, func(tx *store.Tx) error {
			lines, err := tx.Lines(store.AuditFilter{County: testbed.County, Act: access.CorrectionJudge, Kind: "relative", Limit: 9})
			if err != nil || len(lines) != 2 || lines[0].Subject == lines[1].Subject || !strings.Contains(lines[0].Note+lines[1].Note, "另一人") {
				t.Errorf("what became of the declarations: %+v, %v", lines, err)
			}
			return nil
		})
	})
}

func TestAReissueUnderACorrectedNumber(t *testing.T) {
	t.Parallel()
	was, n := person.MakeNumber("533199", "1961-05-04", 1), person.MakeNumber("533199", "1961-05-04", 2)
	if got := (certificate.MakeNumber(was, "4", "3") + "B1").Under(n).Reissue(); got != certificate.MakeNumber(n, "4", "3")+"B2" {
		t.Errorf("%s", got)
	}
}

// waiting is the id of the correction that waits for a decision.
func waiting(t *testing.T, desk *registry.Desk, p person.Person) string {
	t.Helper()
	f, err := desk.Correction(t.Context(), testbed.As(access.Clerk), p.ID)
	if err != nil || f.Waiting() == nil {
		t.Fatalf("none waits: %v", err)
	}
	return f.Waiting().ID
}

// TestANumberIsCorrectedWhereItLeads has somebody whose number leads to another record by now, as after a move away: nothing is written under it here.
func TestANumberIsCorrectedWhereItLeads(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, p, n := registry.New(o.DB, o.Files), o.Person(t), person.MakeNumber("533199", "1961-05-04", 904)
		if err := desk.AskCorrection(t.Context(), testbed.As(access.Clerk), right(p, n)); err != nil {
			t.Fatal(err)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error { return tx.ReleasePerson(p) })
		v := correction.Verdict{ID: waiting(t, desk, p), Grant: true, Number: n}
		if err := desk.JudgeCorrection(t.Context(), testbed.As(access.Approver), p.ID, v); fault.Of(err) != fault.Refused {
			t.Errorf("granted: %v", err)
		}
		other := o.Person(t)
		o.Update(t, access.Clerk, func(tx *store.Tx) error { return tx.ReleasePerson(other) })
		if f := fault.Fields(desk.AskCorrection(t.Context(), testbed.As(access.Clerk), right(other, n))); len(f) != 1 || f[0].Key != "correction.home" {
			t.Errorf("asked: %+v", f)
		}
	})
}
