package scanning_test

import (
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/archiving"
	"hefa/internal/card"
	"hefa/internal/casework"
	"hefa/internal/pile"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// again is the number of another register of the batch that is printed today, its cards the other way round.
func (b bag) again(t *testing.T) string {
	t.Helper()
	no := "533103-QS-2020-0099"
	b.Update(t, access.Township, func(tx *store.Tx) error {
		r, err := tx.RegisterByNo(testbed.County, b.no)
		if err != nil {
			return err
		}
		lines, err := tx.RegisterLines(r)
		if err != nil {
			return err
		}
		for i := range lines {
			lines[i].Line = len(lines) - i
		}
		r.ID, r.No, r.Printed = "zz-again", no, b.Today()
		return tx.AddRegister(r, lines)
	})
	return no
}

// writes puts a note beside the receipt of a case that lies in a file.
func (b bag) writes(t *testing.T, which int, note string) {
	t.Helper()
	b.Update(t, access.Clerk, func(tx *store.Tx) error {
		a, err := tx.Application(b.cases[which])
		if err != nil {
			return err
		}
		d, _, err := tx.Dossier(a.County(), a.Person)
		if err != nil {
			return err
		}
		items, err := tx.Items(d)
		for _, i := range items {
			if i.Kind == archive.Receipt {
				i.Note = note
				err = tx.SaveItem(access.ArchiveKeep, d, i)
			}
		}
		return err
	})
}

// TestASheetPrintedAfterTheHandOverShowsNoSignature: a card that was handed over stands on the sheet that is printed anew, and its line there is empty. Of two sheets that
// were both printed before, each may bear the signature.
func TestASheetPrintedAfterTheHandOverShowsNoSignature(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		s := open(t, o)
		b := bagged(t, s, 2)
		b.deliver(t, 0)
		if err := archiving.New(o.DB, s.files).FileApplication(t.Context(), testbed.As(access.Clerk), b.cases[0], archive.Filing{Reason: "原件在乡镇"}); err != nil {
			t.Fatal(err)
		}
		b.apart(t, b.take(t, page(t, pile.Page(b.no, 1), 1, 0)))
		first := b.note(t, 0)
		if !strings.Contains(first, b.no) {
			t.Fatalf("the file says %q", first)
		}
		b.Wait(2)
		other := b.again(t)
		b.deliver(t, 1)
		if p := b.apart(t, b.take(t, book(t, page(t, pile.Page(other, 1), 2, 0), page(t, pile.Page(b.no, 1), 3, 0)))); p.Filed != 2 {
			t.Fatalf("%+v", p.Pieces)
		}
		if got := b.note(t, 0); got != first {
			t.Errorf("the file says %q and said %q", got, first)
		}
		for which, want := range [][]string{{b.no}, {other, b.no}} {
			f, err := casework.New(b.DB, b.files).Application(t.Context(), testbed.As(access.Township), b.cases[which])
			if err != nil || len(f.Signed) != len(want) {
				t.Fatalf("%+v %v", f.Signed, err)
			}
			for i, no := range want {
				if f.Signed[i].No != no {
					t.Errorf("card %d: %+v, want %v", which, f.Signed, want)
				}
			}
		}
	})
}

// TestNobodySignsOnASheetForACardThatCameByPost.
func TestNobodySignsOnASheetForACardThatCameByPost(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		b := bagged(t, open(t, o), 2)
		for which, how := range []card.Delivery{{Means: card.Post, Tracking: "EA123456789CN"}, {Means: card.Home}} {
			how.Receiver, how.Relation, how.Papers = "代领", "父女", "委托书"
			if err := b.cards.DeliverApplication(t.Context(), testbed.As(access.Township), b.cases[which], how); err != nil {
				t.Fatal(err)
			}
		}
		b.apart(t, b.take(t, page(t, pile.Page(b.no, 1), 1, 0)))
		for which, want := range []int{0, 1} {
			if on, _ := b.signed(t, which); on != want {
				t.Errorf("card %d is signed for on page %d, want %d", which, on, want)
			}
		}
	})
}

// TestAWrongNoteOnASignatureIsPutRight when the next scan comes; what somebody else wrote stays.
func TestAWrongNoteOnASignatureIsPutRight(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		s := open(t, o)
		b := bagged(t, s, 1)
		b.deliver(t, 0)
		if err := archiving.New(o.DB, s.files).FileApplication(t.Context(), testbed.As(access.Clerk), b.cases[0], archive.Filing{Reason: "原件在乡镇"}); err != nil {
			t.Fatal(err)
		}
		right := card.Seen([]card.Signature{{No: b.no, Page: 1, Line: 1}})
		for i, x := range []struct{ was, want string }{{"", right}, {card.Seen([]card.Signature{{No: "533103-QS-2020-0099", Page: 3, Line: 30}}), right}, {"", right}, {"复印件", "复印件"}} {
			b.writes(t, 0, x.was)
			if p := b.apart(t, b.take(t, page(t, pile.Page(b.no, 1), i+1, 0))); p.Filed != 1 || b.note(t, 0) != x.want {
				t.Errorf("%q became %q, want %q", x.was, b.note(t, 0), x.want)
			}
		}
	})
}
