package records_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/fault"
	"hefa/internal/records"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

const window = "1 号台"

// stocked takes ten green blanks into the county and hands the first n of them to the desk.
func stocked(t testing.TB, d *records.Desk, n int) {
	t.Helper()
	green := card.Run{Kind: card.BookGreen, First: "yn 0001", Count: 10}
	if err := d.ReceiveBlanks(t.Context(), clerk, card.Receipt{Run: green, Supplier: "云南省残联"}); err != nil {
		t.Fatal(err)
	}
	if err := d.IssueBlanks(t.Context(), clerk, "", card.Run{First: "YN0001", Count: n}, window); err != nil {
		t.Fatal(err)
	}
}

// stands is how many blanks of the county are in each state.
func stands(t testing.TB, d *records.Desk) map[card.BlankState]int {
	t.Helper()
	b, err := d.Book(t.Context(), clerk, "")
	if err != nil {
		t.Fatal(err)
	}
	return b.Tally[card.BookGreen]
}

func TestAGoodPrintConsumesItsBlankAndASpoiledOneMarksIt(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := records.New(o.DB, o.Files), t.Context()
		stocked(t, desk, 4)
		a, b := approved(t, o, o.Person(t), nil), approved(t, o, o.Person(t), nil)
		id, err := desk.PrepareBatch(ctx, clerk, testbed.Township, []application.ID{a.ID, b.ID})
		step(t, "prepare", err)
		wants := func(what string, err error, kind fault.Kind) {
			t.Helper()
			if fault.Of(err) != kind {
				t.Errorf("%s: %v, want %s", what, err, kind)
			}
		}
		wants("a print without a serial", desk.PrintApplication(ctx, clerk, a.ID, ""), fault.Invalid)
		wants("a blank that nobody received", desk.PrintApplication(ctx, clerk, a.ID, "YN0011"), fault.Refused)
		wants("a blank that lies in the store", desk.PrintApplication(ctx, clerk, a.ID, "YN0009"), fault.Refused)
		step(t, "spoil", desk.SpoilApplication(ctx, clerk, a.ID, "yn0001", "卡纸"))
		wants("a spoiled blank", desk.PrintApplication(ctx, clerk, a.ID, "YN0001"), fault.Refused)
		step(t, "print", desk.PrintApplication(ctx, clerk, a.ID, "YN0002"))
		wants("a used blank", desk.PrintApplication(ctx, clerk, b.ID, "YN0002"), fault.Refused)
		_, err = desk.PrintBatch(ctx, clerk, id, "2 号台")
		wants("a desk without blanks", err, fault.Refused)
		_, err = desk.PrintBatch(ctx, clerk, id, window)
		step(t, "the rest", err)
		_, k, _ := now(t, o, b.ID)
		if got := stands(t, desk); k.Serial != "YN0003" || got[card.Used] != 2 || got[card.Spoiled] != 1 || got[card.Issued] != 1 || got[card.Stock] != 6 {
			t.Errorf("the second card is %s, the book %v", k.Serial, got)
		}
	})
}

func TestAReprintStatesAReasonAndKeepsTheFace(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, a := records.New(o.DB, o.Files), t.Context(), approved(t, o, o.Person(t), nil)
		stocked(t, desk, 4)
		step(t, "print", desk.PrintApplication(ctx, clerk, a.ID, "YN0001"))
		_, before, _ := now(t, o, a.ID)
		if err := desk.ReprintApplication(ctx, clerk, a.ID, " "); fault.Of(err) != fault.Invalid {
			t.Errorf("reprinted without a reason: %v", err)
		}
		step(t, "reprint", desk.ReprintApplication(ctx, clerk, a.ID, "钢印压偏"))
		step(t, "print again", desk.PrintApplication(ctx, clerk, a.ID, "YN0002"))
		_, after, _ := now(t, o, a.ID)
		if fmt.Sprint(after.Face) != fmt.Sprint(before.Face) || after.Serial != "YN0002" || after.Spoiled != 1 {
			t.Errorf("printed again as %+v", after)
		}
		step(t, "dispatch", desk.DispatchApplication(ctx, clerk, a.ID))
		if err := desk.ReprintApplication(ctx, clerk, a.ID, "又压偏"); fault.Of(err) != fault.Refused {
			t.Errorf("reprinted what has left: %v", err)
		}
	})
}

func TestADeskClosesItsDayOnlyWhenTheCountAgrees(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, a := records.New(o.DB, o.Files), t.Context(), approved(t, o, o.Person(t), nil)
		stocked(t, desk, 4)
		step(t, "print", desk.PrintApplication(ctx, clerk, a.ID, "YN0001"))
		closing := func(n int) error { return desk.CloseDesk(ctx, clerk, "", window, card.Count{card.BookGreen: n}) }
		loss := records.Loss{Serial: "YN0004", Reason: "清点时不见", Witness: clerk.Name}
		for what, err := range map[string]error{"a count that differs": closing(2), "a loss with one name": desk.LoseBlank(ctx, clerk, "", loss)} {
			if fault.Of(err) != fault.Invalid {
				t.Errorf("%s: %v", what, err)
			}
		}
		o.Wait(1)
		b := approved(t, o, o.Person(t), nil)
		if err := desk.PrintApplication(ctx, clerk, b.ID, "YN0002"); fault.Of(err) != fault.Refused {
			t.Errorf("printed before yesterday was closed: %v", err)
		}
		step(t, "close yesterday", closing(3))
		loss.Witness = "测试见证"
		step(t, "lose", desk.LoseBlank(ctx, clerk, "", loss))
		step(t, "close", closing(2))
		if err := desk.PrintApplication(ctx, clerk, b.ID, "YN0002"); fault.Of(err) != fault.Refused {
			t.Errorf("printed at a closed desk: %v", err)
		}
		o.Wait(1)
		step(t, "print", desk.PrintApplication(ctx, clerk, b.ID, "YN0002"))
		loss.Found = true
		step(t, "find", desk.LoseBlank(ctx, clerk, "", loss))
		book, err := desk.Book(ctx, clerk, "")
		if err != nil || len(book.Closed) != 2 || book.Closed[0].Gone != 1 || book.Closed[1].Used != 1 {
			t.Errorf("closed days %+v, %v", book.Closed, err)
		}
	})
}

func TestARunOfBlanksMovesWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := records.New(o.DB, o.Files), t.Context()
		stocked(t, desk, 4)
		again := card.Receipt{Run: card.Run{Kind: card.BookGreen, First: "YN0010", Count: 5}, Supplier: "云南省残联"}
		for what, err := range map[string]error{
			"a serial received twice":   desk.ReceiveBlanks(ctx, clerk, again),
			"a run that was not known":  desk.IssueBlanks(ctx, clerk, "", card.Run{First: "YN0008", Count: 9}, window),
			"a run partly at the desk":  desk.IssueBlanks(ctx, clerk, "", card.Run{First: "YN0003", Count: 4}, window),
			"a return of mixed blanks":  desk.ReturnBlanks(ctx, clerk, "", card.Run{First: "YN0003", Count: 4}, "多领"),
			"a close of no known desk":  desk.CloseDesk(ctx, clerk, "", "9 号台", card.Count{}),
			"the loss of no such blank": desk.LoseBlank(ctx, clerk, "", records.Loss{Serial: "X1", Reason: "不见", Witness: "测试见证"}),
		} {
			if fault.Of(err) != fault.Refused {
				t.Errorf("%s: %v", what, err)
			}
		}
		step(t, "back to the store", desk.ReturnBlanks(ctx, clerk, "", card.Run{First: "YN0003", Count: 2}, "多领"))
		step(t, "back to the province", desk.ReturnBlanks(ctx, clerk, "", card.Run{First: "YN0009", Count: 2}, "版式停用"))
		if got := stands(t, desk); got[card.Issued] != 2 || got[card.Stock] != 6 || got[card.Returned] != 2 {
			t.Errorf("the book %v", got)
		}
		page, more, err := desk.Blanks(ctx, clerk, records.BlankFilter{State: card.Stock, After: "YN0003", Limit: 3})
		if err != nil || !more || len(page) != 3 || page[0].Serial != "YN0004" {
			t.Errorf("page %v, more %v, %v", page, more, err)
		}
	})
}

// errCrash ends a transaction where a process would have died.
var errCrash = errors.New("the process died")

// TestBlanksAlwaysAddUp interleaves print, spoil, reprint, loss and deaths in the middle of them: at every point what was received is used, spoiled,
// lost or left, and each card that was delivered bears the face that was frozen.
func TestBlanksAlwaysAddUp(t *testing.T) {
	t.Parallel()
	o := testbed.Open(t, "sqlite")
	desk := records.New(o.DB, o.Files)
	received, run := 0, 0
	rapid.Check(t, func(r *rapid.T) {
		ctx, a := t.Context(), approved(t, o, o.Person(t), nil)
		run++
		first := fmt.Sprintf("R%04d00", run)
		blanks := card.Run{Kind: card.BookGreen, First: first, Count: 8}
		step(t, "receive", desk.ReceiveBlanks(ctx, clerk, card.Receipt{Run: blanks, Supplier: "云南省残联"}))
		step(t, "issue", desk.IssueBlanks(ctx, clerk, "", blanks, window))
		received += 8
		_, err := desk.PrepareBatch(ctx, clerk, testbed.Township, []application.ID{a.ID})
		step(t, "freeze", err)
		_, frozen, _ := now(t, o, a.ID)
		for range rapid.IntRange(1, 8).Draw(r, "steps") {
			serial := blanks.Serials()[rapid.IntRange(0, 7).Draw(r, "blank")]
			what := rapid.SampledFrom([]string{"print", "spoil", "reprint", "lose", "crash"}).Draw(r, "step")
			if what == "crash" {
				crash(ctx, o.DB, serial)
			} else {
				perform(ctx, desk, a.ID, what, serial)
			}
			total := 0
			got := stands(t, desk)
			for _, n := range got {
				total += n
			}
			if total != received {
				r.Fatalf("received %d, the book holds %v", received, got)
			}
			used(t, r, o, a.ID, got[card.Used])
		}
		if _, k, _ := now(t, o, a.ID); k.State == card.Good {
			step(t, "dispatch", desk.DispatchApplication(ctx, clerk, a.ID))
			step(t, "deliver", desk.DeliverApplication(ctx, township, a.ID, card.Delivery{Receiver: k.Face.Name}))
		}
		if _, k, _ := now(t, o, a.ID); fmt.Sprint(k.Face) != fmt.Sprint(frozen.Face) {
			r.Fatalf("the face became %+v", k.Face)
		}
	})
}

// perform tries one step; a refusal is as good as success, as long as the book stays right.
func perform(ctx context.Context, d *records.Desk, id application.ID, what, serial string) {
	switch what {
	case "print":
		_ = d.PrintApplication(ctx, clerk, id, serial)
	case "spoil":
		_ = d.SpoilApplication(ctx, clerk, id, serial, "卡纸")
	case "reprint":
		_ = d.ReprintApplication(ctx, clerk, id, "压偏")
	case "lose":
		_ = d.LoseBlank(ctx, clerk, "", records.Loss{Serial: serial, Reason: "不见", Witness: "测试见证"})
	}
}

// crash dies in the middle of spoiling a blank.
func crash(ctx context.Context, db *store.DB, serial string) {
	_ = db.Update(ctx, clerk, func(tx *store.Tx) error {
		b, err := tx.Blank(testbed.County, serial)
		if err == nil {
			b.State = card.Spoiled
			err = tx.SaveBlank(access.ApplicationSpoil, b)
		}
		return errors.Join(err, errCrash)
	})
}

// used checks that the card of the case is good exactly when a used blank bears its serial, and that no more are used than there are good cards.
func used(t *testing.T, r *rapid.T, o *testbed.Office, id application.ID, inBook int) {
	t.Helper()
	_, k, _ := now(t, o, id)
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		b, made, err := tx.BlankOf(k)
		if made != (k.State == card.Good) || made && b.Serial != k.Serial {
			r.Fatalf("card %s with serial %q, made of a blank: %v %+v", k.State, k.Serial, made, b)
		}
		all, listErr := tx.Blanks(store.BlankFilter{County: testbed.County, State: card.Used, Limit: 10000})
		if len(all) != inBook || slices.ContainsFunc(all, func(b card.Blank) bool { return b.Card == "" }) {
			r.Fatalf("%d used blanks in the book, %d in the list, or one without a card", inBook, len(all))
		}
		return errors.Join(err, listErr)
	})
}
