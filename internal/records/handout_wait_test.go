package records_test

import (
	"io"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/departure"
	"hefa/internal/fault"
	"hefa/internal/paper"
	"hefa/internal/policy"
	"hefa/internal/records"
	"hefa/internal/referral"
	"hefa/internal/region"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// sentOff is a case whose card lies at the township since today.
func sentOff(t testing.TB, o *testbed.Office, desk *records.Desk, a application.Application) application.ID {
	t.Helper()
	if err := desk.PrintApplication(t.Context(), clerk, a.ID, ""); err != nil {
		t.Fatal(err)
	}
	if err := desk.DispatchApplication(t.Context(), clerk, a.ID, ""); err != nil {
		t.Fatal(err)
	}
	return a.ID
}

// listed is the cases of a stage of the township's list.
func listed(t testing.TB, desk *records.Desk, stage card.Stage) (out []application.ID) {
	t.Helper()
	all, err := desk.Handouts(t.Context(), township, records.HandoutFilter{Stage: stage, Limit: 50})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range all.Rows {
		out = append(out, l.Case.Application.ID)
	}
	return out
}

func one[T comparable](all []T, x T) bool { return len(all) == 1 && all[0] == x }

// reported puts the holder of a certificate on a list of deaths.
func reported(t testing.TB, o *testbed.Office, c certificate.Certificate) {
	t.Helper()
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		l := departure.List{ID: departure.ListID("list-" + c.ID), Region: testbed.County, Kind: departure.Death, Source: "民政局", Name: "名单.xlsx", Author: "测试", On: tx.Today(), Rows: 1, Matched: 1}
		if err := tx.AddDepartureList(l); err != nil {
			return err
		}
		return tx.AddDeparture(departure.Departure{ID: departure.ID("departure-" + c.ID), Region: c.Region, List: l.ID, Kind: departure.Death, Person: c.Person, Certificate: c.ID, Named: "测试",
			On: tx.Today(), State: departure.Proposed})
	})
}

func TestNobodyIsToldOfACardThatIsNotTheirsToFetchHere(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := records.New(o.DB, o.Files), t.Context()
		waits := sentOff(t, o, desk, approved(t, o, o.Person(t), nil))
		p, q := o.Person(t), o.Person(t)
		a, old := renewal(t, o, p, certificate.MakeNumber(p.Number, "4", "3"), nil)
		dead := sentOff(t, o, desk, a)
		guest := application.Application{ID: "guest", Region: q.Region, Person: q.ID, Matter: application.New, Origin: application.Guest, State: application.Approved,
			Since: o.Today(), Due: o.Today(), Opened: o.Today()}
		o.Update(t, access.Clerk, func(tx *store.Tx) error { return tx.AddApplication(guest) })
		o.Update(t, access.Clerk, func(tx *store.Tx) (err error) {
			if guest, err = tx.Application(guest.ID); err != nil {
				return err
			}
			guest.Approved, guest.Category, guest.Level = o.Today(), certificate.Physical, certificate.Third
			return tx.SaveApplication(access.ApplicationApprove, guest.State, guest, "")
		})
		abroad := sentOff(t, o, desk, guest)
		reported(t, o, old)
		if got := listed(t, desk, ""); !one(got, waits) {
			t.Errorf("on the list: %v", got)
		}
		if got := listed(t, desk, card.Held); len(got) != 2 {
			t.Errorf("held back: %v", got)
		}
		bars, err := desk.Handouts(ctx, township, records.HandoutFilter{Stage: card.Held, Limit: 9})
		for _, l := range bars.Rows {
			if want := map[application.ID]card.Bar{dead: card.ByList, abroad: card.ByGuest}[l.Case.Application.ID]; err != nil || l.Bar != want {
				t.Errorf("%s is held back by %q, want %q (%v)", l.Case.Application.ID, l.Bar, want, err)
			}
		}
		if l, err := desk.Handout(ctx, township, waits); err != nil || l.Bar != "" {
			t.Errorf("nothing bars it: %q %v", l.Bar, err)
		}
		for _, id := range []application.ID{dead, abroad} {
			if _, err := desk.FetchLetter(ctx, clerk, id); fault.Of(err) != fault.Refused {
				t.Errorf("a letter to %s: %v", id, err)
			}
			if err := desk.NotifyHolders(ctx, township, []application.ID{id}, "电话"); fault.Of(err) != fault.Refused {
				t.Errorf("%s was told: %v", id, err)
			}
		}
		if err := desk.WriteFetchLetters(ctx, clerk, records.HandoutFilter{Stage: card.Held}, paper.Ordinary, io.Discard); fault.Of(err) != fault.Refused {
			t.Errorf("letters to those of whom nobody is to be told: %v", err)
		}
		step(t, "deliver", desk.DeliverApplication(ctx, township, waits, card.Delivery{Receiver: "代领", Relation: "父女", Papers: "委托书"}))
		if err := desk.WriteFetchLetters(ctx, clerk, records.HandoutFilter{}, paper.Ordinary, io.Discard); fault.Of(err) != fault.Refused {
			t.Errorf("letters to the dead: %v", err)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			d, err := tx.Departure(departure.ID("departure-" + old.ID))
			if err != nil {
				return err
			}
			d.State, d.Reason, d.Decided = departure.Dismissed, "名单有误", tx.Today()
			return tx.SaveDeparture(access.DepartureApply, d)
		})
		if got := listed(t, desk, ""); !one(got, dead) {
			t.Errorf("once the list was found wrong: %v", got)
		}
	})
}

func TestACardThatNobodyFetchesIsUrgedAndThenBroughtHome(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := records.New(o.DB, o.Files), t.Context()
		id := sentOff(t, o, desk, approved(t, o, o.Person(t), nil))
		stages := func(want records.Waits) {
			t.Helper()
			got, err := desk.Waits(ctx, township, "")
			if err != nil || got != want || len(listed(t, desk, card.Urge)) != want.Urge || len(listed(t, desk, card.Visit)) != want.Visit {
				t.Errorf("on %s: %+v, %v, want %+v", o.Today(), got, err, want)
			}
		}
		stages(records.Waits{})
		o.Wait(5) // two working days
		stages(records.Waits{})
		o.Wait(2)
		stages(records.Waits{Urge: 1})
		step(t, "tell", desk.NotifyHolders(ctx, township, []application.ID{id}, "电话通知本人"))
		stages(records.Waits{})
		o.Wait(6)
		stages(records.Waits{Visit: 1})
		o.Policy(t, policy.FetchVisit, "60")
		stages(records.Waits{Urge: 1})
		o.Wait(20)
		stages(records.Waits{Urge: 1, Late: 1})
		if late, err := desk.Alarms(ctx, testbed.As(access.City), ""); err != nil || late[testbed.County] != 1 {
			t.Errorf("the city sees %v, %v", late, err)
		}
		if err := desk.DeliverApplication(ctx, township, id, card.Delivery{Means: card.Home, Receiver: "家属", Relation: "父女", Papers: "户口簿"}); err != nil {
			t.Fatal(err)
		}
		stages(records.Waits{})
		if _, err := desk.Handouts(ctx, township, records.HandoutFilter{Stage: "x", Limit: 5}); fault.Of(err) != fault.Invalid {
			t.Errorf("an unknown stage: %v", err)
		}
	})
}

func TestTheListOfABatchAndItsReceiptAgree(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := records.New(o.DB, o.Files), t.Context()
		o.Policy(t, policy.ReceiptFirst, "yes")
		a, b, c := approved(t, o, o.Person(t), nil), approved(t, o, o.Person(t), nil), approved(t, o, o.Person(t), nil)
		id, err := desk.PrepareBatch(ctx, clerk, testbed.Township, []application.ID{a.ID, b.ID, c.ID})
		step(t, "prepare", err)
		for i, of := range []application.ID{a.ID, b.ID, c.ID} {
			step(t, "print", desk.PrintApplication(ctx, clerk, of, []string{"A1", "A2", "A3"}[i]))
		}
		step(t, "ahead", desk.DispatchApplication(ctx, clerk, a.ID, ""))
		step(t, "deliver what was in no bag", desk.DeliverApplication(ctx, township, a.ID, card.Delivery{Receiver: "家属", Relation: "父女", Papers: "户口簿"}))
		step(t, "dispatch", desk.DispatchBatch(ctx, clerk, id, card.Parcel{}))
		if err := desk.ReceiveBatch(ctx, township, id, card.Found{Count: 3, Whole: true}); fault.Of(err) != fault.Invalid {
			t.Errorf("three, though one went ahead: %v", err)
		}
		step(t, "receive", desk.ReceiveBatch(ctx, township, id, card.Found{Count: 2, Whole: true, Serials: []string{"A2", "A3"}}))
		step(t, "list", desk.WriteDispatchList(ctx, clerk, id, io.Discard))
		d := approved(t, o, o.Person(t), nil)
		alone := sentOff(t, o, desk, d)
		_, k, _ := now(t, o, alone)
		if k.Ahead {
			t.Error("the only card of a batch is its bag")
		}
		step(t, "receive it", desk.ReceiveBatch(ctx, township, k.Batch, card.Found{Count: 1, Whole: true}))
	})
}

func TestASignatureSheetThatComesBackLaterKeepsItsDay(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := records.New(o.DB, o.Files)
		id := sentOff(t, o, desk, approved(t, o, o.Person(t), nil))
		printed := o.Today()
		o.Wait(6)
		how := card.Delivery{Receiver: "家属", Relation: "父女", Papers: "户口簿"}
		for _, wrong := range []day.Day{printed.Add(-1), o.Today().Add(1), "6 月 8 日"} {
			how.On = wrong
			if err := desk.DeliverApplication(t.Context(), township, id, how); fault.Of(err) != fault.Invalid {
				t.Errorf("handed over on %s: %v", wrong, err)
			}
		}
		how.On = printed.Add(2)
		step(t, "deliver", desk.DeliverApplication(t.Context(), township, id, how))
		if _, k, _ := now(t, o, id); k.Delivered != how.On {
			t.Errorf("handed over on %s, kept as %s", how.On, k.Delivered)
		}
	})
}

// TestAGuestsCardThatNobodyFetchesIsSeen: the card of another county has no row among the cards here, and waits as long as any.
func TestAGuestsCardThatNobodyFetchesIsSeen(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := records.New(o.DB, o.Files), t.Context()
		r := referral.Referral{ID: "referral", Side: referral.Host, Region: testbed.Village, Abroad: testbed.Elsewhere, Twin: "twin", State: referral.Posted, Sent: o.Today(), Due: o.Today(),
			Parcel: referral.Parcel{Person: referral.Applicant{Name: "测试人"}}}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			if err := tx.SignReferral(&r); err != nil {
				return err
			}
			if err := tx.AddReferral(access.ReferralSend, r); err != nil {
				return err
			}
			r.Version = 1
			if err := r.Receive("测试", tx.Today()); err != nil {
				return err
			}
			return tx.SaveReferral(access.ReferralReceive, r)
		})
		for _, want := range []int{0, 1} {
			for place, n := range map[region.Code]int{testbed.Township: want, "533103101": 0} {
				if got, err := desk.Waits(ctx, clerk, place); err != nil || got.Guests != n {
					t.Errorf("on %s at %s: %+v, %v, want %d", o.Today(), place, got, err, n)
				}
			}
			o.Wait(7)
		}
	})
}
