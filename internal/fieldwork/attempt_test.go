package fieldwork_test

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/attempt"
	"hefa/internal/fault"
	"hefa/internal/fieldwork"
	"hefa/internal/household"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/reminder"
	"hefa/internal/renewing"
	"hefa/internal/roster"
	"hefa/internal/statement"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// tried is an attempt on the day by the way, with who went.
func tried(o *testbed.Office, of person.Person, way attempt.Way, why attempt.Result, went ...attempt.Goer) attempt.Attempt {
	return attempt.Attempt{Person: of.ID, Day: o.Today(), Way: way, Party: went, Result: why, Note: "家里说再看看"}
}

// printedText is the words of a printing.
func printedText(t *testing.T, desk *fieldwork.Desk, of statement.ID) string {
	t.Helper()
	var b bytes.Buffer
	if err := desk.WriteStatements(t.Context(), testbed.As(access.Township), of, &b); err != nil {
		t.Fatal(err)
	}
	c := exec.Command("pdftotext", "-raw", "-", "-")
	c.Stdin = &b
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(out), "\n", "")
}

// TestMobilisingIsRecordedBeforeAWaiver is N37: who went, when and by which way is kept; a statement of giving up wants two visits on different days, and names
// who went.
func TestMobilisingIsRecordedBeforeAWaiver(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, village, town := fieldwork.New(o.DB, o.Files), t.Context(), testbed.As(access.Village), testbed.As(access.Township)
		p, refuses := o.Person(t), attempt.Result(reminder.Refuses)
		o.Listed(t, p, "")
		issue := func() (statement.ID, error) {
			return desk.IssueStatements(ctx, town, statement.Order{Kind: statement.Waiver, Person: p.ID})
		}
		delegate, cadre := attempt.Goer{Name: "岩旺", Post: attempt.Delegate}, attempt.Goer{Name: "李四", Post: attempt.Cadre}
		if _, err := issue(); fault.Of(err) != fault.Refused {
			t.Errorf("without any attempt: %v", err)
		}
		for _, a := range []attempt.Attempt{tried(o, p, attempt.Phone, refuses, delegate), tried(o, p, attempt.Visit, refuses, delegate)} {
			if err := desk.RecordAttempt(ctx, village, a); err != nil {
				t.Fatal(err)
			}
		}
		if err := desk.RecordAttempt(ctx, village, tried(o, p, attempt.Visit, refuses, cadre)); len(fault.Fields(err)) != 1 || fault.Fields(err)[0].Name != "day" {
			t.Errorf("twice on one day: %v", err)
		}
		if _, err := issue(); fault.Of(err) != fault.Refused {
			t.Errorf("after one visit and a call: %v", err)
		}
		o.Wait(1)
		if err := desk.RecordAttempt(ctx, village, tried(o, p, attempt.Visit, refuses, cadre, delegate, attempt.Goer{})); err != nil {
			t.Fatal(err)
		}
		id, err := issue()
		if err != nil {
			t.Fatal(err)
		}
		o.Wait(1)
		if err := desk.RecordAttempt(ctx, village, tried(o, p, attempt.Visit, attempt.Agreed, attempt.Goer{Name: "玉香", Post: attempt.Doctor})); err != nil {
			t.Fatal(err)
		}
		if text := printedText(t, desk, id); !strings.Contains(text, "镇、村委入户动员人：岩旺（专职委员）、李四（包村干部），2020年4月1日、2020年4月2日") {
			t.Errorf("the paper says %s", text)
		}
		m, err := desk.Attempts(ctx, village, p.ID)
		if err != nil || len(m.Attempts) != 4 || m.Visits != 3 || m.Wanted != 2 || !m.CanAdd || m.Attempts[0].Note != "家里说再看看" || m.Attempts[0].Author != village.Name {
			t.Errorf("%+v %v", m, err)
		}
		l, err := desk.Listed(ctx, town, fieldwork.ListedFilter{Kind: roster.Suspected, Region: testbed.Township, Limit: 9})
		if err != nil || len(l.People) != 1 || l.People[0].Attempts != 4 || l.People[0].Attempted != o.Today() {
			t.Errorf("%+v %v", l.People, err)
		}
		if err := desk.RecordAttempt(ctx, testbed.As(access.Reviewer), tried(o, p, attempt.Phone, refuses, cadre)); fault.Of(err) != fault.Forbidden {
			t.Errorf("a reviewer: %v", err)
		}
	})
}

// TestABlankWaiverIsHeldToTheSameVisits: a form that was filled in by hand names nobody whom nobody visited; a place may ask for none.
func TestABlankWaiverIsHeldToTheSameVisits(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, town, p := fieldwork.New(o.DB, o.Files), t.Context(), testbed.As(access.Township), o.Person(t)
		id, err := desk.IssueStatements(ctx, town, statement.Order{Kind: statement.Waiver, Region: testbed.Village, Count: 1})
		if err != nil {
			t.Fatal(err)
		}
		if err := desk.NameOnStatement(ctx, town, id, p.Number); fault.Of(err) != fault.Refused {
			t.Errorf("named without a visit: %v", err)
		}
		o.Policy(t, policy.WaiverVisits, "0")
		if err := desk.NameOnStatement(ctx, town, id, p.Number); err != nil {
			t.Error(err)
		}
		o.Update(t, access.Township, func(tx *store.Tx) error {
			if err := tx.SaveLife(household.Life{}, household.Life{Person: p.ID, Region: p.Region, Household: "home"}, ""); err != nil {
				return err
			}
			h := household.Helper{ID: "helper", Region: p.Region, Household: "home", Role: household.Team, Name: "测试队员", Span: household.Span{From: o.Today()}}
			return tx.AddHelper(h, p)
		})
		if m, err := desk.Attempts(ctx, town, p.ID); err != nil || len(m.Helpers) != 1 || m.Wanted != 0 {
			t.Errorf("%+v %v", m, err)
		}
	})
}

// TestAnAttemptUrgesTheLetters: there is one idea of asking again; a letter counts the attempts after it and says the latest reason.
func TestAnAttemptUrgesTheLetters(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, letters, ctx, town, p := fieldwork.New(o.DB, o.Files), renewing.New(o.DB, o.Files), t.Context(), testbed.As(access.Township), o.Person(t)
		id, err := letters.MakeReminder(ctx, town, p.ID, reminder.Flow)
		if err != nil {
			t.Fatal(err)
		}
		goer := attempt.Goer{Name: "岩旺", Post: attempt.Delegate}
		record := func(back int, why attempt.Result) {
			a := tried(o, p, attempt.Visit, why, goer)
			a.Day = o.Today().Add(-back)
			if err := desk.RecordAttempt(ctx, town, a); err != nil {
				t.Fatal(err)
			}
		}
		want := func(urges int, why reminder.Reason, remark string) {
			t.Helper()
			f, err := letters.Reminder(ctx, town, id)
			if n := f.Reminder; err != nil || n.Urges != urges || n.Reason != why || n.Remark != remark {
				t.Errorf("%d times, %s %q, want %d %s %q: %v", n.Urges, n.Reason, n.Remark, urges, why, remark, err)
			}
		}
		record(3, attempt.Result(reminder.Refuses))
		want(0, "", "")
		o.Wait(5)
		record(0, attempt.Result(reminder.Refuses))
		want(1, reminder.Refuses, "家里说再看看")
		record(1, attempt.Result(reminder.Away))
		want(2, reminder.Refuses, "家里说再看看")
		o.Wait(1)
		record(0, attempt.Agreed)
		want(3, "", "")
		o.Update(t, access.Township, func(tx *store.Tx) error {
			r, err := tx.Reminder(id)
			if err != nil {
				return err
			}
			if err := r.End(reminder.Kept); err != nil {
				return err
			}
			return tx.SaveReminder(access.ReminderEnd, r)
		})
		o.Wait(1)
		record(0, attempt.Result(reminder.Refuses))
		want(3, "", "")
	})
}
