package records_test

import (
	"bytes"
	"io"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/records"
	"hefa/internal/sheet"
	"hefa/internal/testbed"
)

func TestOldCardsAreKeptUntilTheyAreDestroyedTogether(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := records.New(o.DB, o.Files), t.Context()
		var cases []application.ID
		for range 3 {
			p := o.Person(t)
			a, _ := renewal(t, o, p, certificate.MakeNumber(p.Number, "4", "3"), nil)
			cases = append(cases, a.ID)
		}
		if _, err := desk.PrepareBatch(ctx, clerk, testbed.Township, cases); err != nil {
			t.Fatal(err)
		}
		for i, id := range cases {
			step(t, "print", desk.PrintApplication(ctx, clerk, id, ""))
			step(t, "dispatch", desk.DispatchApplication(ctx, clerk, id, ""))
			how := card.Delivery{Receiver: "亲属", Relation: "父女", Papers: "委托书", Recalled: i < 2, Note: "原证遗失"}
			step(t, "deliver", desk.DeliverApplication(ctx, township, id, how))
		}
		kept := func(f records.RecallFilter) records.Recalls {
			t.Helper()
			if f.Limit == 0 {
				f.Limit = 9
			}
			r, err := desk.Recalls(ctx, testbed.As(access.Discipline), f)
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		first := kept(records.RecallFilter{Limit: 1})
		if len(first.Cards) != 1 || first.Next == "" || first.Cards[0].Old.Person() == "" || first.Cards[0].Application == "" {
			t.Fatalf("the first page: %+v", first)
		}
		second := kept(records.RecallFilter{Limit: 1, After: first.Next})
		if len(second.Cards) != 1 || second.Next != "" || second.Cards[0].ID == first.Cards[0].ID {
			t.Fatalf("the second page: %+v", second)
		}
		ids := []card.ID{first.Cards[0].ID, second.Cards[0].ID}
		how := card.Destruction{Day: o.Today(), Way: "碎纸机粉碎", First: "监销人甲", Second: "监销人乙"}
		for name, x := range map[string]card.Destruction{"one witness": {Day: how.Day, Way: how.Way, First: "监销人甲"}, "the clerk": {Day: how.Day, Way: how.Way, First: clerk.Name, Second: "监销人乙"}} {
			if _, err := desk.DestroyRecalled(ctx, clerk, x, ids); fault.Of(err) != fault.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := desk.DestroyRecalled(ctx, testbed.As(access.Approver), how, ids); fault.Of(err) != fault.Forbidden {
			t.Errorf("an approver destroys: %v", err)
		}
		early := how
		early.Day = how.Day.Add(-1)
		if _, err := desk.DestroyRecalled(ctx, clerk, early, ids); fault.Of(err) != fault.Invalid {
			t.Errorf("destroyed before they came in: %v", err)
		}
		unreturned := card.ID("nobody handed this in")
		if _, err := desk.DestroyRecalled(ctx, clerk, how, []card.ID{ids[0], unreturned}); fault.Of(err) != fault.Stale || len(kept(records.RecallFilter{}).Cards) != 2 {
			t.Errorf("one that is not there: %v", err)
		}
		made, err := desk.DestroyRecalled(ctx, clerk, how, ids)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := desk.DestroyRecalled(ctx, clerk, how, ids[:1]); fault.Of(err) != fault.Stale {
			t.Errorf("destroyed twice: %v", err)
		}
		r := kept(records.RecallFilter{})
		if len(r.Cards) != 0 || len(r.Destructions) != 1 || r.Destructions[0].Cards != 2 || r.Destructions[0].No != "533103-2020-X0001" || r.Destructions[0].Clerk != clerk.Name {
			t.Errorf("afterwards: %+v", r)
		}
		if gone := kept(records.RecallFilter{Destruction: made}); len(gone.Cards) != 2 {
			t.Errorf("%d cards on the record", len(gone.Cards))
		}
		var b bytes.Buffer
		if err := desk.WriteDestruction(ctx, clerk, made, &b); err != nil || !bytes.HasPrefix(b.Bytes(), []byte("%PDF")) {
			t.Errorf("the record: %v", err)
		}
		if err := desk.WriteDestruction(ctx, stranger, made, io.Discard); fault.Of(err) != fault.Missing {
			t.Errorf("a stranger reads the record: %v", err)
		}
		if err := desk.ExportRecalls(ctx, clerk, records.RecallFilter{}, sheet.Out{To: io.Discard, As: sheet.XLSX}); err != nil {
			t.Error(err)
		}
	})
}

func TestHoldersAreToldToFetchTheirCards(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := records.New(o.DB, o.Files), t.Context()
		a, _ := renewal(t, o, o.Person(t), certificate.MakeNumber(o.Person(t).Number, "4", "3"), nil)
		ids := []application.ID{a.ID}
		if err := desk.NotifyHolders(ctx, township, ids, "电话"); fault.Of(err) != fault.Refused {
			t.Errorf("before it is printed: %v", err)
		}
		if _, err := desk.PrepareBatch(ctx, clerk, testbed.Township, ids); err != nil {
			t.Fatal(err)
		}
		step(t, "print", desk.PrintApplication(ctx, clerk, a.ID, ""))
		step(t, "dispatch", desk.DispatchApplication(ctx, clerk, a.ID, ""))
		for name, err := range map[string]error{"nobody": desk.NotifyHolders(ctx, township, nil, "电话"), "without words": desk.NotifyHolders(ctx, township, ids, " ")} {
			if fault.Of(err) != fault.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := desk.NotifyHolders(ctx, testbed.As(access.Reviewer), ids, "电话"); fault.Of(err) != fault.Forbidden {
			t.Errorf("a reviewer: %v", err)
		}
		step(t, "notify", desk.NotifyHolders(ctx, township, ids, " 电话通知本人 "))
		if err := desk.NotifyHolders(ctx, township, ids, "电话"); fault.Of(err) != fault.Refused {
			t.Errorf("twice on a day: %v", err)
		}
		late := func() int {
			t.Helper()
			h, err := desk.Handouts(ctx, township, records.HandoutFilter{Late: true, Limit: 9})
			if err != nil {
				t.Fatal(err)
			}
			return len(h.Rows)
		}
		if n := late(); n != 0 {
			t.Errorf("%d are late on the first day", n)
		}
		o.Wait(40)
		if n := late(); n != 1 {
			t.Errorf("%d are late after forty days", n)
		}
		h, err := desk.Handouts(ctx, township, records.HandoutFilter{Limit: 9})
		if err != nil || len(h.Rows) != 1 || h.Rows[0].Card.Notices != 1 || h.Rows[0].Card.Notified == "" {
			t.Errorf("%+v %v", h, err)
		}
		step(t, "deliver", desk.DeliverApplication(ctx, township, a.ID, card.Delivery{Means: card.Post, Receiver: h.Rows[0].Card.Face.Name, Tracking: "EA123456789CN", Recalled: true}))
		if err := desk.NotifyHolders(ctx, township, ids, "电话"); fault.Of(err) != fault.Refused {
			t.Errorf("after it was fetched: %v", err)
		}
	})
}
