package records_test

import (
	"io"
	"strings"
	"sync"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/policy"
	"hefa/internal/records"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// TestNobodySignsForACardBeforeItLeftTheCounty enters the day of the print for a card that was sent off days later.
func TestNobodySignsForACardBeforeItLeftTheCounty(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := records.New(o.DB, o.Files), t.Context()
		a := approved(t, o, o.Person(t), nil)
		step(t, "print", desk.PrintApplication(ctx, clerk, a.ID, ""))
		printed := o.Today()
		o.Wait(5)
		for _, left := range []day.Day{printed.Add(-1), o.Today().Add(1), "4月3"} {
			if err := desk.DispatchApplication(ctx, clerk, a.ID, left); fault.Of(err) != fault.Invalid {
				t.Errorf("left on %q: %v", left, err)
			}
		}
		left := printed.Add(2) // entered three days later
		step(t, "dispatch", desk.DispatchApplication(ctx, clerk, a.ID, left))
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			c, err := tx.CardOf(a)
			b, _ := tx.Batch(c.Batch)
			if c.Left != left || b.Dispatched != left {
				t.Errorf("the card left on %q, its batch on %q", c.Left, b.Dispatched)
			}
			return err
		})
		how := card.Delivery{Receiver: "代领", Relation: "父女", Papers: "委托书", On: left.Add(-1)}
		if err := desk.DeliverApplication(ctx, township, a.ID, how); fault.Of(err) != fault.Invalid {
			t.Errorf("signed for before it left: %v", err)
		}
		how.On = left
		step(t, "deliver", desk.DeliverApplication(ctx, township, a.ID, how))
	})
}

// TestWhatIsEnteredLateCountsFromItsOwnDay: the bag left on a Monday and came in on that day, a card was handed over on Tuesday, and all of it is entered on Thursday.
func TestWhatIsEnteredLateCountsFromItsOwnDay(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := records.New(o.DB, o.Files), t.Context()
		o.Policy(t, policy.ReceiptFirst, "yes")
		ids := []application.ID{approved(t, o, o.Person(t), nil).ID, approved(t, o, o.Person(t), nil).ID}
		of, err := desk.PrepareBatch(ctx, clerk, testbed.Township, ids)
		step(t, "prepare", err)
		_, err = desk.PrintBatch(ctx, clerk, of, "")
		step(t, "print", err)
		printed := o.Today()
		o.Wait(2)
		left := o.Today()
		o.Wait(3)
		if err := desk.DispatchBatch(ctx, clerk, of, card.Parcel{Left: printed.Add(-1)}); fault.Of(err) != fault.Invalid {
			t.Errorf("left before it was printed: %v", err)
		}
		step(t, "dispatch", desk.DispatchBatch(ctx, clerk, of, card.Parcel{Left: left}))
		if err := desk.ReceiveBatch(ctx, township, of, card.Found{Count: 2, Whole: true, On: left.Add(-1)}); fault.Of(err) != fault.Invalid {
			t.Errorf("came in before it left: %v", err)
		}
		step(t, "receive", desk.ReceiveBatch(ctx, township, of, card.Found{Count: 2, Whole: true, On: left.Add(1)}))
		how := card.Delivery{Receiver: "代领", Relation: "父女", Papers: "委托书", On: left}
		if err := desk.DeliverApplication(ctx, township, ids[0], how); fault.Of(err) != fault.Invalid {
			t.Errorf("signed for before the bag came in: %v", err)
		}
		for i, id := range ids { // on the very day, and on the next
			how.On = left.Add(1 + i)
			step(t, "deliver", desk.DeliverApplication(ctx, township, id, how))
		}
		b, err := desk.Batch(ctx, township, of)
		if err != nil || b.Dispatched != left || b.Received != left.Add(1) {
			t.Errorf("%+v %v", b.Batch, err)
		}
	})
}

// TestABatchLeavesOnNoDayBeforeItWasMade: a card that was printed once before keeps the day of its first print in the batch that it is in now.
func TestABatchLeavesOnNoDayBeforeItWasMade(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := records.New(o.DB, o.Files), t.Context()
		of, err := desk.PrepareBatch(ctx, clerk, testbed.Township, []application.ID{approved(t, o, o.Person(t), nil).ID})
		step(t, "prepare", err)
		_, err = desk.PrintBatch(ctx, clerk, of, "")
		step(t, "print", err)
		made := o.Today()
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			b, err := tx.Batch(of)
			if err != nil {
				return err
			}
			cards, err := tx.Cards(b)
			if err != nil {
				return err
			}
			cards[0].Printed = made.Add(-7)
			return tx.SaveCard(access.ApplicationPrint, cards[0], "")
		})
		if err := desk.DispatchBatch(ctx, clerk, of, card.Parcel{Left: made.Add(-1)}); fault.Of(err) != fault.Invalid {
			t.Errorf("left before it was made: %v", err)
		}
		step(t, "dispatch", desk.DispatchBatch(ctx, clerk, of, card.Parcel{Left: made}))
	})
}

// TestNoSerialStandsOnTwoCards: what no desk refused, the index does.
func TestNoSerialStandsOnTwoCards(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := records.New(o.DB, o.Files), t.Context()
		of, err := desk.PrepareBatch(ctx, clerk, testbed.Township, []application.ID{approved(t, o, o.Person(t), nil).ID, approved(t, o, o.Person(t), nil).ID})
		step(t, "prepare", err)
		err = o.DB.Update(ctx, clerk, func(tx *store.Tx) error {
			b, err := tx.Batch(of)
			if err != nil {
				return err
			}
			cards, err := tx.Cards(b)
			for _, c := range cards {
				c.Serial = "A0000001"
				if err == nil {
					err = tx.SaveCard(access.ApplicationPrint, c, "")
				}
			}
			return err
		})
		if fault.Of(err) != fault.Refused || !strings.Contains(err.Error(), "A0000001") && !strings.Contains(err.Error(), "card.serial.used") {
			t.Errorf("two cards with one serial: %v", err)
		}
	})
}

// TestEveryListOfNamesIsWrittenDown takes the two lists of a batch, which name its people.
func TestEveryListOfNamesIsWrittenDown(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := records.New(o.DB, o.Files), t.Context()
		sent := sentOff(t, o, desk, approved(t, o, o.Person(t), nil))
		l, err := desk.Handout(ctx, township, sent)
		step(t, "read", err)
		step(t, "list", desk.WriteDispatchList(ctx, clerk, l.Card.Batch, io.Discard))
		step(t, "register", desk.WriteDeliveryRegister(ctx, township, l.Card.Batch, io.Discard))
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			lines, err := tx.Lines(store.AuditFilter{County: testbed.County, Act: access.ListExport, Limit: 9})
			if len(lines) != 2 {
				t.Errorf("%d lines in the audit", len(lines))
			}
			return err
		})
	})
}

// TestTheLastCardsOfABatchLeaveAtOnce sends the last two cards of a batch at the same time, each ahead of the other: the batch has left all the same.
func TestTheLastCardsOfABatchLeaveAtOnce(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := records.New(o.DB, o.Files), t.Context()
		for range 4 {
			ids := []application.ID{approved(t, o, o.Person(t), nil).ID, approved(t, o, o.Person(t), nil).ID}
			of, err := desk.PrepareBatch(ctx, clerk, testbed.Township, ids)
			step(t, "prepare", err)
			for _, id := range ids {
				step(t, "print", desk.PrintApplication(ctx, clerk, id, ""))
			}
			errs := make([]error, len(ids))
			var all sync.WaitGroup
			for i, id := range ids {
				all.Go(func() { errs[i] = desk.DispatchApplication(ctx, clerk, id, "") })
			}
			all.Wait()
			for _, err := range errs {
				step(t, "dispatch", err)
			}
			o.Update(t, access.Clerk, func(tx *store.Tx) error {
				b, err := tx.Batch(of)
				if b.Dispatched == "" {
					t.Error("the batch never left")
				}
				return err
			})
		}
	})
}
