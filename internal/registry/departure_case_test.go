package registry_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/departure"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/records"
	"hefa/internal/registry"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// granted is an approved case of p, about the certificate in hand when there is one.
func granted(t *testing.T, o *testbed.Office, p person.Person) application.Application {
	t.Helper()
	a := o.Case(t, p, application.Approved)
	o.Update(t, access.Approver, func(tx *store.Tx) error {
		a.Approved, a.Category, a.Level = tx.Today(), certificate.Physical, certificate.Third
		return tx.SaveApplication(access.ApplicationApprove, a.State, a, "")
	})
	return a
}

// TestTheDeadOfAListGetNoCard has a list name people whose cards are on their way: nobody hands one of them over or prints another, the approver's decision
// ends the case with the certificate, and who has neither certificate nor number yet is kept with the case.
func TestTheDeadOfAListGetNoCard(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		ctx, clerk, approver := t.Context(), testbed.As(access.Clerk), testbed.As(access.Approver)
		desk, printer := registry.New(o.DB, o.Files), records.New(o.DB, o.Files)
		first, waits, alive := named(t, o, "测试首办", 1), named(t, o, "测试未印", 2), named(t, o, "测试健在", 3)
		sent, approved, other := granted(t, o, first), granted(t, o, waits), granted(t, o, alive)
		for _, a := range []application.Application{sent, other} {
			if err := printer.PrintApplication(ctx, clerk, a.ID, ""); err != nil {
				t.Fatal(err)
			}
			if err := printer.DispatchApplication(ctx, clerk, a.ID, ""); err != nil {
				t.Fatal(err)
			}
		}
		r, err := desk.TakeDepartures(ctx, clerk, departures(departure.Death, line(first, "2020-01-05"), line(waits, ""), line(alive, "2020-01-06")))
		if err != nil || r.Matched != 3 || r.Idle != 0 || len(r.Cases) != 1 || r.Cases[0].Application.ID != approved.ID {
			t.Fatalf("taken: %+v %v", r, err)
		}
		receive := card.Delivery{Receiver: "家属", Relation: "儿子", Papers: "户口簿"}
		if err := printer.DeliverApplication(ctx, testbed.As(access.Township), sent.ID, receive); fault.Of(err) != fault.Refused {
			t.Errorf("the card of somebody dead was handed over: %v", err)
		}
		ids := map[string]departure.ID{}
		for _, x := range proposed(t, desk, registry.DepartureFilter{Kind: departure.Death}).Departed {
			ids[x.Person.Name] = x.Departure.ID
		}
		out, err := desk.ApplyDepartures(ctx, approver, []departure.ID{ids[first.Name]})
		if err != nil || len(out) != 1 || out[0].Err != nil || out[0].Remedy != departure.Cancel || out[0].Case != sent.ID {
			t.Fatalf("decided: %+v %v", out, err)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			a, err := tx.Application(sent.ID)
			if err != nil {
				return err
			}
			k, err := tx.CardOf(a)
			if err != nil {
				return err
			}
			c, err := tx.Certificate(k.Certificate)
			if a.State != application.Withdrawn || k.State != card.Void || c.State != certificate.Cancelled || c.Reason != certificate.Voided {
				t.Errorf("the case is %s, the card %s, the certificate %s for %s", a.State, k.State, c.State, c.Reason)
			}
			return err
		})
		if err := desk.DismissDepartures(ctx, clerk, []departure.ID{ids[alive.Name]}, "经入户核实本人健在"); err != nil {
			t.Fatal(err)
		}
		if err := printer.DeliverApplication(ctx, testbed.As(access.Township), other.ID, receive); err != nil {
			t.Errorf("who is alive gets no card: %v", err)
		}
	})
}

// TestTheDeadGetNoCardThoughTheirsLeftTheBatch takes the card with which a death was matched out of its batch: nobody makes another one, and the list still ends the
// case.
func TestTheDeadGetNoCardThoughTheirsLeftTheBatch(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		ctx, clerk := t.Context(), testbed.As(access.Clerk)
		desk, printer := registry.New(o.DB, o.Files), records.New(o.DB, o.Files)
		who, waits := named(t, o, "测试首办", 1), named(t, o, "测试候领", 2)
		a, sent := granted(t, o, who), granted(t, o, waits)
		if _, err := printer.PrepareBatch(ctx, clerk, testbed.Township, []application.ID{a.ID}); err != nil {
			t.Fatal(err)
		}
		if err := printer.PrintApplication(ctx, clerk, sent.ID, ""); err != nil {
			t.Fatal(err)
		}
		if err := printer.DispatchApplication(ctx, clerk, sent.ID, ""); err != nil {
			t.Fatal(err)
		}
		if r, err := desk.TakeDepartures(ctx, clerk, departures(departure.Death, line(who, "2020-01-05"), line(waits, "2020-01-06"))); err != nil || r.Matched != 2 {
			t.Fatalf("taken: %+v %v", r, err)
		}
		if l, err := printer.Handouts(ctx, testbed.As(access.Township), records.HandoutFilter{Limit: 9}); err != nil || len(l.Rows) != 0 {
			t.Errorf("%d are to fetch their cards, one of them dead: %v", len(l.Rows), err)
		}
		if err := printer.UnbatchApplication(ctx, clerk, a.ID, "住址登记有误"); err != nil {
			t.Fatal(err)
		}
		if err := printer.PrintApplication(ctx, clerk, a.ID, ""); fault.Of(err) != fault.Refused {
			t.Errorf("somebody dead gets another card: %v", err)
		}
		var ids []departure.ID
		for _, x := range proposed(t, desk, registry.DepartureFilter{Kind: departure.Death}).Departed {
			ids = append(ids, x.Departure.ID)
		}
		out, err := desk.ApplyDepartures(ctx, testbed.As(access.Approver), ids)
		if err != nil || len(out) != 2 || out[0].Err != nil || out[1].Err != nil {
			t.Fatalf("decided: %+v %v", out, err)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			now, err := tx.Application(a.ID)
			if now.State != application.Withdrawn {
				t.Errorf("the case is %s", now.State)
			}
			return err
		})
	})
}

// TestNobodyEndsTheCaseOfARelativeByAList has the approver decide on the death of a child of theirs whose card is being made: another one decides.
func TestNobodyEndsTheCaseOfARelativeByAList(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		ctx, clerk, approver := t.Context(), testbed.As(access.Clerk), testbed.As(access.Approver)
		desk, who := registry.New(o.DB, o.Files), named(t, o, "测试首办", 1)
		a := granted(t, o, who)
		if err := records.New(o.DB, o.Files).PrintApplication(ctx, clerk, a.ID, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := desk.TakeDepartures(ctx, clerk, departures(departure.Death, line(who, "2020-01-05"))); err != nil {
			t.Fatal(err)
		}
		o.Declare(t, approver, who.ID)
		var ids []departure.ID
		for _, x := range proposed(t, desk, registry.DepartureFilter{Kind: departure.Death}).Departed {
			ids = append(ids, x.Departure.ID)
		}
		if out, err := desk.ApplyDepartures(ctx, approver, ids); err != nil || len(out) != 1 || !related(out[0].Err) {
			t.Errorf("decided about a relative: %+v %v", out, err)
		}
		if err := desk.DismissDepartures(ctx, approver, ids, "经核实健在"); !related(err) {
			t.Errorf("a relative's death is dismissed: %v", err)
		}
		approver.Account = "another-approver"
		if out, err := desk.ApplyDepartures(ctx, approver, ids); err != nil || len(out) != 1 || out[0].Err != nil {
			t.Errorf("another approver: %+v %v", out, err)
		}
	})
}

// TestTheDeadGetNoFirstCard names two people whose first case is under way: no card is made for them, a case that is not approved yet has to be withdrawn before the
// approver's decision, and the same list says nothing new.
func TestTheDeadGetNoFirstCard(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		ctx, clerk, approver := t.Context(), testbed.As(access.Clerk), testbed.As(access.Approver)
		desk, printer := registry.New(o.DB, o.Files), records.New(o.DB, o.Files)
		waits, early, elsewhere := named(t, o, "测试未印", 1), named(t, o, "测试待审", 2), named(t, o, "测试无关", 3)
		approved, asked, other := granted(t, o, waits), o.Case(t, early, application.Submitted), granted(t, o, elsewhere)
		list := departures(departure.Death, line(waits, "2020-01-05"), line(early, "2020-01-06"))
		if r, err := desk.TakeDepartures(ctx, clerk, list); err != nil || r.Matched != 2 || len(r.Cases) != 2 {
			t.Fatalf("taken: %+v %v", r, err)
		}
		if r, err := desk.TakeDepartures(ctx, clerk, list); err != nil || r.Matched != 0 || r.Idle != 2 {
			t.Errorf("taken again: %+v %v", r, err)
		}
		for name, err := range map[string]error{
			"print": printer.PrintApplication(ctx, clerk, approved.ID, ""),
			"batch": func() error {
				_, err := printer.PrepareBatch(ctx, clerk, testbed.Township, []application.ID{approved.ID})
				return err
			}(),
		} {
			if fault.Of(err) != fault.Refused && fault.Of(err) != fault.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := printer.PrintApplication(ctx, clerk, other.ID, ""); err != nil {
			t.Fatal(err)
		}
		if err := printer.DispatchApplication(ctx, clerk, other.ID, ""); err != nil {
			t.Fatal(err)
		}
		if l, err := printer.Handouts(ctx, clerk, records.HandoutFilter{Limit: 9}); err != nil || len(l.Rows) != 1 {
			t.Errorf("%d cards of others wait to be fetched: %v", len(l.Rows), err)
		}
		ids := map[string]departure.ID{}
		for _, x := range proposed(t, desk, registry.DepartureFilter{Kind: departure.Death}).Departed {
			ids[x.Person.Name] = x.Departure.ID
		}
		out, err := desk.ApplyDepartures(ctx, approver, []departure.ID{ids[waits.Name], ids[early.Name]})
		if err != nil || len(out) != 2 || out[0].Err != nil || out[0].Remedy != departure.End || fault.Of(out[1].Err) != fault.Refused || out[1].Case != asked.ID {
			t.Fatalf("decided: %+v %v", out, err)
		}
		if err := desk.DismissDepartures(ctx, clerk, []departure.ID{ids[early.Name]}, "经入户核实本人健在"); err != nil {
			t.Error(err)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			if now, err := tx.Application(approved.ID); err != nil || now.State != application.Withdrawn {
				t.Errorf("the case is %s: %v", now.State, err)
			}
			ends, err := tx.Ends(store.EndFilter{Region: testbed.County, Kind: "departure", Limit: 9})
			if len(ends) != 0 {
				t.Errorf("%d ends to file beside the case", len(ends))
			}
			return err
		})
		if f, err := desk.Person(ctx, clerk, waits.ID); err != nil || len(f.Departures) != 1 {
			t.Errorf("the person's page: %+v %v", f.Departures, err)
		}
	})
}
