package records_test

import (
	"slices"
	"testing"

	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/records"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// cancelled is a certificate that was cancelled today for a reason.
func cancelled(t *testing.T, o *testbed.Office, why certificate.Reason) certificate.Certificate {
	t.Helper()
	c := o.Certificate(t, o.Person(t), "2020-12-31")
	o.Update(t, access.Reviewer, func(tx *store.Tx) (err error) {
		if c, err = tx.Certificate(c.ID); err != nil {
			return err
		}
		if err := c.End(why, tx.Today()); err != nil {
			return err
		}
		return tx.SaveCertificate(access.DepartureApply, c)
	})
	return c
}

func TestWhatWasRecordedByMistakeOfACardIsTakenBack(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := records.New(o.DB, o.Files), t.Context()
		wish, dead := cancelled(t, o, certificate.Wish), cancelled(t, o, certificate.Death)
		count := func(given bool) int {
			t.Helper()
			all, err := desk.Owings(ctx, clerk, records.OwedFilter{Given: given, Limit: 9})
			step(t, "owed", err)
			return len(all.Rows)
		}
		retract := func(obtained bool, of ...certificate.ID) error { return desk.RetractRecalled(ctx, clerk, obtained, of) }
		if err := retract(true); fault.Of(err) != fault.Invalid {
			t.Errorf("none: %v", err)
		}
		if err := retract(true, wish.ID); fault.Of(err) != fault.Stale {
			t.Errorf("one of which nothing is recorded: %v", err)
		}
		step(t, "take", desk.TakeRecalled(ctx, clerk, card.Surrender{Day: o.Today(), Obtained: true}, []certificate.ID{wish.ID}))
		step(t, "miss", desk.TakeRecalled(ctx, clerk, card.Surrender{Day: o.Today(), Reason: "已遗失"}, []certificate.ID{dead.ID}))
		if err := desk.RetractRecalled(ctx, testbed.As(access.Approver), true, []certificate.ID{wish.ID}); fault.Of(err) != fault.Forbidden {
			t.Errorf("an approver: %v", err)
		}
		if err := retract(true, wish.ID, dead.ID); fault.Of(err) != fault.Stale || count(false) != 0 {
			t.Errorf("one that is recorded as the other: %v", err)
		}
		step(t, "retract", retract(false, dead.ID))
		step(t, "retract", retract(true, wish.ID))
		if count(false) != 2 || count(true) != 0 {
			t.Errorf("%d are owed, %d not to be had", count(false), count(true))
		}
		step(t, "take", desk.TakeRecalled(ctx, clerk, card.Surrender{Day: o.Today(), Obtained: true}, []certificate.ID{wish.ID}))
		how := card.Destruction{Day: o.Today(), Way: "碎纸机粉碎", First: "监销人甲", Second: "监销人乙"}
		_, err := desk.DestroyRecalled(ctx, clerk, how, []card.ID{card.ID(wish.ID)})
		step(t, "destroy", err)
		if err := retract(true, wish.ID); fault.Of(err) != fault.Stale {
			t.Errorf("one that is destroyed: %v", err)
		}
	})
}

func TestWhoeverIsCancelledGivesTheCardBack(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := records.New(o.DB, o.Files), t.Context()
		wish, dead := cancelled(t, o, certificate.Wish), cancelled(t, o, certificate.Death)
		valid := o.Certificate(t, o.Person(t), "2020-12-31")
		owed := func(f records.OwedFilter) records.Owings {
			t.Helper()
			f.Limit = max(f.Limit, 1)
			all, err := desk.Owings(ctx, testbed.As(access.Discipline), f)
			if err != nil {
				t.Fatal(err)
			}
			return all
		}
		first := owed(records.OwedFilter{})
		second := owed(records.OwedFilter{After: first.Next})
		if len(first.Rows) != 1 || len(second.Rows) != 1 || second.Next != "" || first.Rows[0].Certificate.ID != dead.ID || second.Rows[0].Certificate.ID != wish.ID {
			t.Fatalf("owed: %+v %+v", first, second)
		}
		take := func(s card.Surrender, of ...certificate.ID) error { return desk.TakeRecalled(ctx, clerk, s, of) }
		for name, err := range map[string]error{
			"none":                     take(card.Surrender{Day: o.Today(), Obtained: true}),
			"no day":                   take(card.Surrender{Obtained: true}, wish.ID),
			"a day to come":            take(card.Surrender{Day: o.Today().Add(1), Obtained: true}, wish.ID),
			"no reason":                take(card.Surrender{Day: o.Today()}, wish.ID),
			"a reason, yet given back": take(card.Surrender{Day: o.Today(), Obtained: true, Reason: " 家属称已随葬 "}, wish.ID),
			"before it was due":        take(card.Surrender{Day: o.Today().Add(-1), Reason: "已遗失"}, wish.ID),
		} {
			if fault.Of(err) != fault.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := take(card.Surrender{Day: o.Today(), Obtained: true}, wish.ID, valid.ID); fault.Of(err) != fault.Refused {
			t.Errorf("one that holds: %v", err)
		}
		if err := desk.TakeRecalled(ctx, testbed.As(access.Approver), card.Surrender{Day: o.Today(), Obtained: true}, []certificate.ID{wish.ID}); fault.Of(err) != fault.Forbidden {
			t.Errorf("an approver: %v", err)
		}
		step(t, "not to be had", take(card.Surrender{Day: o.Today(), Reason: " 家属称已随葬 "}, dead.ID))
		if gone := owed(records.OwedFilter{Given: true}); len(gone.Rows) != 1 || gone.Rows[0].Surrender.Reason != "家属称已随葬" || gone.Rows[0].Surrender.Clerk != clerk.Name {
			t.Errorf("not to be had: %+v", gone)
		}
		if err := take(card.Surrender{Day: o.Today(), Reason: "已遗失"}, dead.ID); fault.Of(err) != fault.Stale {
			t.Errorf("another reason over the first: %v", err)
		}
		step(t, "given back", take(card.Surrender{Day: o.Today(), Obtained: true}, wish.ID))
		if err := take(card.Surrender{Day: o.Today(), Reason: "已遗失"}, wish.ID); fault.Of(err) != fault.Stale {
			t.Errorf("one that came in is lost: %v", err)
		}
		step(t, "it turned up", take(card.Surrender{Day: o.Today(), Obtained: true}, dead.ID))
		if n := len(owed(records.OwedFilter{}).Rows) + len(owed(records.OwedFilter{Given: true}).Rows); n != 0 {
			t.Errorf("%d are still owed", n)
		}
		kept, err := desk.Recalls(ctx, clerk, records.RecallFilter{Limit: 1})
		if err != nil || len(kept.Cards) != 1 || kept.Cards[0].Old != wish.Number || kept.Next == "" {
			t.Fatalf("kept: %+v %v", kept, err)
		}
		kept, err = desk.Recalls(ctx, clerk, records.RecallFilter{Limit: 9, After: kept.Next})
		if err != nil || len(kept.Cards) != 1 || kept.Cards[0].Old != dead.Number {
			t.Fatalf("kept: %+v %v", kept, err)
		}
		how := card.Destruction{Day: o.Today(), Way: "碎纸机粉碎", First: "监销人甲", Second: "监销人乙"}
		ids := []card.ID{card.ID(wish.ID), card.ID(dead.ID)}
		made, err := desk.DestroyRecalled(ctx, clerk, how, ids)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := desk.DestroyRecalled(ctx, clerk, how, ids[:1]); fault.Of(err) != fault.Stale {
			t.Errorf("destroyed twice: %v", err)
		}
		if on, err := desk.Recalls(ctx, clerk, records.RecallFilter{Destruction: made, Limit: 9}); err != nil || len(on.Cards) != 2 {
			t.Errorf("on the record: %+v %v", on, err)
		}
	})
}

// TestWhatIsNotToBeHadIsPagedByTheDayOfTheFinding: each is on one page only, whatever the order in which they were cancelled.
func TestWhatIsNotToBeHadIsPagedByTheDayOfTheFinding(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := records.New(o.DB, o.Files), t.Context()
		early, late := cancelled(t, o, certificate.Wish), cancelled(t, o, certificate.Wish)
		third := cancelled(t, o, certificate.Death)
		var want []certificate.ID
		for _, c := range []certificate.Certificate{late, third, early} {
			o.Wait(1)
			step(t, "not to be had", desk.TakeRecalled(ctx, clerk, card.Surrender{Day: o.Today(), Reason: "已遗失"}, []certificate.ID{c.ID}))
			want = append([]certificate.ID{c.ID}, want...)
		}
		var got []certificate.ID
		f := records.OwedFilter{Given: true, Limit: 1}
		for range 4 {
			all, err := desk.Owings(ctx, clerk, f)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range all.Rows {
				got = append(got, r.Certificate.ID)
			}
			if f.After = all.Next; f.After == "" {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
	})
}
