package records_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/records"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// TestALostCardIsPrintedAgainWithTheSameFace loses one card on its way and gets another one back: both bear their faces once more, in batches of their own,
// and are handed over.
func TestALostCardIsPrintedAgainWithTheSameFace(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := records.New(o.DB, o.Files), t.Context()
		stocked(t, desk, 5)
		a, b, c := approved(t, o, o.Person(t), nil), approved(t, o, o.Person(t), nil), approved(t, o, o.Person(t), nil)
		first, err := desk.PrepareBatch(ctx, clerk, testbed.Township, []application.ID{a.ID, b.ID, c.ID})
		step(t, "prepare", err)
		_, err = desk.PrintBatch(ctx, clerk, first, window)
		step(t, "print", err)
		step(t, "dispatch", desk.DispatchBatch(ctx, clerk, first, card.Parcel{Seal: "F1"}))
		_, lost, _ := now(t, o, a.ID)
		if err := desk.ReprintApplication(ctx, clerk, a.ID, records.Remake{Reason: "路上丢失", Lost: true}); fault.Of(err) != fault.Invalid {
			t.Errorf("lost with one name: %v", err)
		}
		step(t, "lost", desk.ReprintApplication(ctx, clerk, a.ID, records.Remake{Reason: "路上丢失", Lost: true, Witness: "测试见证"}))
		step(t, "came back", desk.ReprintApplication(ctx, clerk, b.ID, records.Remake{Reason: "邮件退回，证件折损"}))
		if got := stands(t, desk); got[card.Lost] != 1 || got[card.Spoiled] != 1 || got[card.Used] != 1 || got[card.Issued] != 2 {
			t.Errorf("the book %v", got)
		}
		if s, err := desk.Batch(ctx, clerk, first); err != nil || s.Cards != 1 || len(s.Lines) != 1 {
			t.Errorf("the first batch holds %d of %d: %v", len(s.Lines), s.Cards, err)
		}
		step(t, "receive what came", desk.ReceiveBatch(ctx, township, first, card.Found{Count: 1, Whole: true}))
		for _, id := range []application.ID{a.ID, b.ID} {
			_, k, _ := now(t, o, id)
			_, err := desk.PrintBatch(ctx, clerk, k.Batch, window)
			step(t, "print again", err)
			step(t, "dispatch again", desk.DispatchBatch(ctx, clerk, k.Batch, card.Parcel{}))
			step(t, "deliver", desk.DeliverApplication(ctx, township, id, card.Delivery{Receiver: k.Face.Name}))
		}
		_, again, held := now(t, o, a.ID)
		if fmt.Sprint(again.Face) != fmt.Sprint(lost.Face) || again.Serial == lost.Serial || again.Batch == lost.Batch || held.State != certificate.Valid {
			t.Errorf("printed again as %+v, the certificate is %s", again, held.State)
		}
		if err := desk.ReprintApplication(ctx, clerk, a.ID, records.Remake{Reason: "又丢"}); fault.Of(err) != fault.Refused {
			t.Errorf("reprinted what is in the hand: %v", err)
		}
	})
}

// TestOneFaceDoesNotBlockABatch has an address that fits no page: it is refused before anything is fixed, with the name and the field; a case whose face is
// fixed leaves its batch with a reason and is frozen anew as the register has it then.
func TestOneFaceDoesNotBlockABatch(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, p := records.New(o.DB, o.Files), t.Context(), o.Person(t)
		a, b := approved(t, o, p, nil), approved(t, o, o.Person(t), nil)
		live := func(address string) {
			t.Helper()
			o.Update(t, access.Clerk, func(tx *store.Tx) error {
				now, err := tx.Person(p.ID)
				if err != nil {
					return err
				}
				was := now
				now.Address = address
				return tx.SavePerson(access.PersonEdit, was, now)
			})
		}
		live(strings.Repeat("很长的地址", 80))
		for what, err := range map[string]error{"in a batch": second(desk.PrepareBatch(ctx, clerk, testbed.Township, []application.ID{a.ID, b.ID})), "alone": desk.PrintApplication(ctx, clerk, a.ID, "")} {
			if text := said(err); fault.Of(err) != fault.Refused || !strings.Contains(text, p.Name) || !strings.Contains(text, "住址") {
				t.Errorf("%s: %v (%s)", what, err, text)
			}
		}
		live("那目村 12 号")
		batch, err := desk.PrepareBatch(ctx, clerk, testbed.Township, []application.ID{a.ID, b.ID})
		step(t, "prepare", err)
		_, before, was := now(t, o, a.ID)
		if err := desk.UnbatchApplication(ctx, clerk, a.ID, " "); fault.Of(err) != fault.Invalid {
			t.Errorf("without a reason: %v", err)
		}
		live("那目村 21 号")
		step(t, "take out", desk.UnbatchApplication(ctx, clerk, a.ID, "住址登记有误"))
		waiting, k, ended := now(t, o, a.ID)
		if waiting.State != application.Approved || waiting.Batch != "" || waiting.Due != a.Due || k.State != card.Void || ended.Reason != certificate.Voided {
			t.Errorf("the case is %s in %q, due %s; the card %s, the certificate %s", waiting.State, waiting.Batch, waiting.Due, k.State, ended.State)
		}
		_, err = desk.PrintBatch(ctx, clerk, batch, "")
		step(t, "print the rest", err)
		step(t, "dispatch the rest", desk.DispatchBatch(ctx, clerk, batch, card.Parcel{}))
		step(t, "print it", desk.PrintApplication(ctx, clerk, a.ID, ""))
		_, k, made := now(t, o, a.ID)
		if k.ID == before.ID || made.ID == was.ID || !strings.HasSuffix(k.Face.Address, "21 号") || k.State != card.Good {
			t.Errorf("frozen anew as %+v", k)
		}
		if err := desk.UnbatchApplication(ctx, clerk, a.ID, "又错"); fault.Of(err) != fault.Refused {
			t.Errorf("taken out after it was printed: %v", err)
		}
	})
}

// said is a refusal as a clerk reads it.
func said(err error) string {
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		return lang.T(f.Key, f.Args...)
	}
	return ""
}

// second is the error of a method with a result.
func second[T any](_ T, err error) error { return err }
