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
		if err := desk.ReprintApplication(ctx, clerk, a.ID, records.Remake{Reason: " "}); fault.Of(err) != fault.Invalid {
			t.Errorf("reprinted without a reason: %v", err)
		}
		step(t, "reprint", desk.ReprintApplication(ctx, clerk, a.ID, records.Remake{Reason: "钢印压偏"}))
		step(t, "print again", desk.PrintApplication(ctx, clerk, a.ID, "YN0002"))
		_, after, _ := now(t, o, a.ID)
		if fmt.Sprint(after.Face) != fmt.Sprint(before.Face) || after.Serial != "YN0002" || after.Spoiled != 1 {
			t.Errorf("printed again as %+v", after)
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

// TestBlanksAlwaysAddUp interleaves receipt, issue, print, spoil, reprint, dispatch, a card lost after it left, a case taken out of its batch or ended, loss, find, return and
// deaths in the middle of them: at every point what was
// received is used, spoiled, lost, sent back or left, no serial is two cards, and each card that was delivered bears the face that was frozen.
func TestBlanksAlwaysAddUp(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := records.New(o.DB, o.Files)
		received, run := 0, 0
		rapid.Check(t, func(r *rapid.T) {
			run++
			m := mill{t: t, r: r, o: o, desk: desk, received: &received, run: run}
			m.receive()
			step(t, "issue", desk.IssueBlanks(t.Context(), clerk, "", card.Run{First: m.serials[0], Count: 3}, window))
			m.prepare(2)
			for range rapid.IntRange(1, 12).Draw(r, "steps") {
				m.turn()
				m.addUp()
			}
			m.deliver()
		})
	})
}

// mill is one run of the property: some cases in a batch, the blanks received so far, and the faces that were frozen.
type mill struct {
	t        *testing.T
	r        *rapid.T
	o        *testbed.Office
	desk     *records.Desk
	received *int // by all runs before
	run      int
	serials  []string
	cases    []application.ID
	frozen   map[card.ID]string
}

// receive takes four more blanks into the county.
func (m *mill) receive() {
	blanks := card.Run{Kind: card.BookGreen, First: fmt.Sprintf("R%04d%02d", m.run, len(m.serials)), Count: 4}
	step(m.t, "receive", m.desk.ReceiveBlanks(m.t.Context(), clerk, card.Receipt{Run: blanks, Supplier: "云南省残联"}))
	m.serials = append(m.serials, blanks.Serials()...)
	*m.received += blanks.Count
}

// prepare freezes n faces.
func (m *mill) prepare(n int) {
	for range n {
		m.cases = append(m.cases, approved(m.t, m.o, m.o.Person(m.t), nil).ID)
	}
	_, err := m.desk.PrepareBatch(m.t.Context(), clerk, testbed.Township, m.cases)
	step(m.t, "freeze", err)
	m.frozen = map[card.ID]string{}
	for _, id := range m.cases {
		_, k, _ := now(m.t, m.o, id)
		m.same(k)
	}
}

// same checks that a card bears the face with which it was first seen.
func (m *mill) same(k card.Card) {
	face, known := m.frozen[k.ID]
	if m.frozen[k.ID] = fmt.Sprint(k.Face); known && face != m.frozen[k.ID] {
		m.r.Fatalf("the face became %+v", k.Face)
	}
}

// turn tries one step; a refusal is as good as success, as long as the book stays right.
func (m *mill) turn() {
	ctx, d := m.t.Context(), m.desk
	serial := rapid.SampledFrom(m.serials).Draw(m.r, "blank")
	id := rapid.SampledFrom(m.cases).Draw(m.r, "case")
	single := card.Run{First: serial, Count: 1}
	loss := records.Loss{Serial: serial, Reason: "不见", Witness: "测试见证"}
	switch rapid.SampledFrom([]string{"print", "print", "spoil", "reprint", "lose", "find", "crash", "receive", "issue", "return", "void", "missing", "send", "gone", "unbatch"}).Draw(m.r, "step") {
	case "print":
		_ = d.PrintApplication(ctx, clerk, id, serial)
	case "spoil":
		_ = d.SpoilApplication(ctx, clerk, id, serial, "卡纸")
	case "reprint":
		_ = d.ReprintApplication(ctx, clerk, id, records.Remake{Reason: "压偏"})
	case "void":
		_ = d.VoidApplication(ctx, approver, id, application.Void{Cause: application.VoidWish, Reason: "声明"})
	case "missing":
		_ = d.VoidApplication(ctx, approver, id, application.Void{Cause: application.VoidWish, Reason: "声明", Lost: true, Witness: "测试见证"})
	case "send":
		_ = d.DispatchApplication(ctx, clerk, id, "")
	case "gone":
		_ = d.ReprintApplication(ctx, clerk, id, records.Remake{Reason: "路上丢失", Lost: true, Witness: "测试见证"})
	case "unbatch":
		_ = d.UnbatchApplication(ctx, clerk, id, "住址有误")
	case "lose":
		_ = d.LoseBlank(ctx, clerk, "", loss)
	case "find":
		loss.Found = true
		_ = d.LoseBlank(ctx, clerk, "", loss)
	case "crash":
		crash(ctx, m.o.DB, serial)
	case "receive":
		m.receive()
	case "issue":
		_ = d.IssueBlanks(ctx, clerk, "", single, window)
	case "return":
		_ = d.ReturnBlanks(ctx, clerk, "", single, "多领")
	}
}

// addUp checks the book, and each card of the run against it.
func (m *mill) addUp() {
	got, total := stands(m.t, m.desk), 0
	for _, n := range got {
		total += n
	}
	if total != *m.received {
		m.r.Fatalf("received %d, the book holds %v", *m.received, got)
	}
	by := map[string]application.ID{}
	for _, id := range m.cases {
		used(m.t, m.r, m.o, id, got[card.Used])
		_, k, _ := now(m.t, m.o, id)
		if other, twice := by[k.Serial]; twice && k.Serial != "" {
			m.r.Fatalf("%s and %s are both made of %s", other, id, k.Serial)
		}
		by[k.Serial] = id
		m.same(k)
	}
}

// deliver hands out what is good and looks at the face in the hand.
func (m *mill) deliver() {
	for _, id := range m.cases {
		_, k, _ := now(m.t, m.o, id)
		if k.State == card.Good {
			step(m.t, "dispatch", m.desk.DispatchApplication(m.t.Context(), clerk, id, ""))
		}
		if k.State == card.Good || k.State == card.Dispatched {
			step(m.t, "deliver", m.desk.DeliverApplication(m.t.Context(), township, id, card.Delivery{Receiver: k.Face.Name}))
		}
		_, k, _ = now(m.t, m.o, id)
		m.same(k)
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

// used checks that the card of the case is good or sent exactly when a used blank bears its serial, and that no more are used than there are good cards.
func used(t *testing.T, r *rapid.T, o *testbed.Office, id application.ID, inBook int) {
	t.Helper()
	_, k, _ := now(t, o, id)
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		b, made, err := tx.BlankOf(k)
		if made != (k.State == card.Good || k.State == card.Dispatched) || made && b.Serial != k.Serial {
			r.Fatalf("card %s with serial %q, made of a blank: %v %+v", k.State, k.Serial, made, b)
		}
		all, listErr := tx.Blanks(store.BlankFilter{County: testbed.County, State: card.Used, Limit: 10000})
		if len(all) != inBook || slices.ContainsFunc(all, func(b card.Blank) bool { return b.Card == "" }) {
			r.Fatalf("%d used blanks in the book, %d in the list, or one without a card", inBook, len(all))
		}
		return errors.Join(err, listErr)
	})
}
