package records_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/fault"
	"hefa/internal/policy"
	"hefa/internal/records"
	"hefa/internal/testbed"
)

func TestABatchIsSealedAndCountedBeforeItsCardsAreHandedOut(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, clerk, township := records.New(o.DB, o.Files), t.Context(), testbed.As(access.Clerk), testbed.As(access.Township)
		o.Policy(t, policy.ReceiptFirst, "yes")
		a := approved(t, o, o.Person(t), nil)
		id, err := desk.PrepareBatch(ctx, clerk, testbed.Township, []application.ID{a.ID})
		if err != nil {
			t.Fatal(err)
		}
		step(t, "print", desk.PrintApplication(ctx, clerk, a.ID, "A0000001"))
		if err := desk.ReceiveBatch(ctx, township, id, card.Found{Count: 1, Whole: true}); fault.Of(err) != fault.Refused {
			t.Errorf("received before it left: %v", err)
		}
		step(t, "dispatch", desk.DispatchBatch(ctx, clerk, id, card.Parcel{Seal: "000123", Bearer: "县邮政"}))
		hand := card.Delivery{Receiver: "本人"}
		if err := desk.DeliverApplication(ctx, township, a.ID, hand); fault.Of(err) != fault.Refused {
			t.Errorf("handed out before it was counted: %v", err)
		}
		if err := desk.ReceiveBatch(ctx, township, id, card.Found{Count: 1, Whole: true, Serials: []string{"A0000002"}}); fault.Of(err) != fault.Invalid {
			t.Errorf("another serial without a word: %v", err)
		}
		step(t, "receive", desk.ReceiveBatch(ctx, township, id, card.Found{Count: 1, Whole: true, Serials: []string{"a0000001"}}))
		s, err := desk.Batch(ctx, township, id)
		if err != nil || s.Seal != "000123" || s.Received != o.Today() || s.Receiver != township.Name || s.Count != 1 || s.Read != 1 || s.Missing != nil {
			t.Errorf("%+v, %v", s.Batch, err)
		}
		if err := desk.DeliverApplication(ctx, township, a.ID, hand); fault.Of(err) == fault.Refused {
			t.Errorf("not handed out after it was counted: %v", err)
		}
	})
}
