package scanning_test

import (
	"io"
	"slices"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/archiving"
	"hefa/internal/card"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/pile"
	"hefa/internal/records"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// bag is a batch of cards at its township with the register in which people sign for them.
type bag struct {
	site
	cards *records.Desk
	id    card.BatchID
	cases []application.ID // in the order of the register
	no    string
}

func bagged(t *testing.T, s site, n int) bag {
	t.Helper()
	b := bag{site: s, cards: records.New(s.DB, s.files)}
	ctx, clerk := t.Context(), testbed.As(access.Clerk)
	for range n {
		a := s.Case(t, s.Person(t), application.Approved)
		s.Update(t, access.Approver, func(tx *store.Tx) error {
			a.Approved, a.Category, a.Level, a.Assessed = s.Today(), certificate.Physical, certificate.Third, s.Today()
			return tx.SaveApplication(access.ApplicationApprove, a.State, a, "")
		})
		b.cases = append(b.cases, a.ID)
	}
	var err error
	if b.id, err = b.cards.PrepareBatch(ctx, clerk, testbed.Township, b.cases); err != nil {
		t.Fatal(err)
	}
	if _, err := b.cards.PrintBatch(ctx, clerk, b.id, ""); err != nil {
		t.Fatal(err)
	}
	if err := b.cards.DispatchBatch(ctx, clerk, b.id, card.Parcel{}); err != nil {
		t.Fatal(err)
	}
	if err := b.cards.WriteDeliveryRegister(ctx, testbed.As(access.Township), b.id, io.Discard); err != nil {
		t.Fatal(err)
	}
	all := b.sheaf(t)
	b.cases = nil
	for _, l := range all.Lines {
		b.cases = append(b.cases, l.Case.Application.ID)
	}
	b.no = all.Signed[0].No
	return b
}

func (b bag) sheaf(t *testing.T) records.Sheaf {
	t.Helper()
	all, err := b.cards.Batch(t.Context(), testbed.As(access.Township), b.id)
	if err != nil || len(all.Signed) == 0 {
		t.Fatal(all.Signed, err)
	}
	return all
}

func (b bag) deliver(t *testing.T, which int) {
	t.Helper()
	how := card.Delivery{Receiver: "代领", Relation: "父女", Papers: "委托书"}
	if err := b.cards.DeliverApplication(t.Context(), testbed.As(access.Township), b.cases[which], how); err != nil {
		t.Fatal(err)
	}
}

// signed is where the signature for a card is seen: its page and line, 0 when nowhere.
func (b bag) signed(t *testing.T, which int) (page, line int) {
	t.Helper()
	f, err := casework.New(b.DB, b.files).Application(t.Context(), testbed.As(access.Township), b.cases[which])
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Signed) == 0 {
		return 0, 0
	}
	return f.Signed[0].Page, f.Signed[0].Line
}

// note is what the file of a case says beside the receipt of its card.
func (b bag) note(t *testing.T, which int) string {
	t.Helper()
	out := "no receipt"
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
				out = i.Note
			}
		}
		return err
	})
	return out
}

// TestASheetOfSignaturesFilesItself scans a register whose pages lie in the wrong order among other forms: each page comes to its batch, and whoever was handed a card
// until then is told where the signature is seen.
func TestASheetOfSignaturesFilesItself(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		s := open(t, o)
		b := bagged(t, s, 14)
		last := len(b.cases) - 1
		b.deliver(t, 0)
		b.deliver(t, last)
		filed := archiving.New(o.DB, s.files)
		if err := filed.FileApplication(t.Context(), testbed.As(access.Clerk), b.cases[0], archive.Filing{Reason: "原件在乡镇"}); err != nil || b.note(t, 0) != "" {
			t.Fatal(b.note(t, 0), err)
		}
		p := s.apart(t, s.take(t, book(t,
			page(t, pile.Page(b.no, 2), 1, 90), page(t, "", 2, 0), page(t, s.letter.Reminder.No, 3, 0), page(t, pile.Page(b.no, 1), 4, 180),
			page(t, pile.Page(b.no, 9), 5, 0), page(t, b.no, 6, 0), page(t, pile.Page("533123-QS-2020-0001", 1), 7, 0))))
		for i, want := range []string{"", "", "", "没有这一页", "认不出是第几页", "不是本地区"} {
			if k := p.Pieces[i]; (k.State == pile.Filed) != (want == "") || !strings.Contains(k.Why, want) {
				t.Errorf("paper %d: %+v, want %q", i, k, want)
			}
		}
		if p.Filed != 3 || p.Pieces[0].Kind != pile.Register || p.Pieces[0].Subject != string(b.id) {
			t.Errorf("%+v", p.Pieces)
		}
		r := b.sheaf(t).Signed[0]
		if r.Pages != 2 || r.Back() != 2 || r.Leaves[0].Scans[0].Hash != p.Pieces[2].Hash || r.Leaves[1].Scans[0].Hash != p.Pieces[0].Hash || r.Leaves[1].Scans[0].Pages != 2 ||
			r.Leaves[0].First != 1 || r.Leaves[1].Last != 14 {
			t.Errorf("%+v", r)
		}
		for which, want := range map[int][2]int{0: {1, 1}, 1: {}, last: {2, 14}} {
			if on, line := b.signed(t, which); [2]int{on, line} != want {
				t.Errorf("card %d is signed for on page %d in line %d, want %v", which, on, line, want)
			}
		}
		if n := b.note(t, 0); !strings.Contains(n, b.no) {
			t.Errorf("the file says %q", n)
		}
		got, err := filed.Filing(t.Context(), testbed.As(access.Clerk), b.cases[last])
		if i := slices.IndexFunc(got.Items, func(i archive.Item) bool { return i.Kind == archive.Receipt }); err != nil || i < 0 || !strings.Contains(got.Items[i].Note, b.no) {
			t.Errorf("%+v %v", got.Items, err)
		}
		b.later(t)
	})
}

// later hands a card over after its page came back: that scan does not show it, the next one does.
func (b bag) later(t *testing.T) {
	t.Helper()
	b.Wait(2)
	b.deliver(t, 1)
	if on, _ := b.signed(t, 1); on != 0 {
		t.Error("a scan shows a signature of a later day")
	}
	p := b.apart(t, b.take(t, page(t, pile.Page(b.no, 1), 8, 0)))
	if on, line := b.signed(t, 1); p.Filed != 1 || on != 1 || line != 2 {
		t.Errorf("page %d, line %d, %+v", on, line, p.Pieces)
	}
	if scans := b.sheaf(t).Signed[0].Leaves[0].Scans; len(scans) != 2 || scans[0].Hash != p.Pieces[0].Hash {
		t.Errorf("%+v", scans)
	}
}

// TestAPageOfASheetIsReadForAReasonAndTakenBack reads a page, and takes one back that was filed wrongly: the file no longer points at it; filed by hand it does again.
func TestAPageOfASheetIsReadForAReasonAndTakenBack(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		s, ctx, by := open(t, o), t.Context(), testbed.As(access.Township)
		b := bagged(t, s, 2)
		b.deliver(t, 0)
		if err := archiving.New(o.DB, s.files).FileApplication(ctx, testbed.As(access.Clerk), b.cases[0], archive.Filing{Reason: "原件在乡镇"}); err != nil {
			t.Fatal(err)
		}
		id := s.take(t, page(t, pile.Page(b.no, 1), 1, 0))
		p := s.apart(t, id)
		scan := b.sheaf(t).Signed[0].Leaves[0].Scans[0]
		if _, _, err := b.cards.SignedPage(ctx, by, b.id, scan.ID, " "); fault.Of(err) != fault.Invalid {
			t.Errorf("read without a reason: %v", err)
		}
		if _, _, err := b.cards.SignedPage(ctx, testbed.Stranger(access.Clerk), b.id, scan.ID, "核对领取人签字"); fault.Of(err) != fault.Missing {
			t.Errorf("read by a stranger: %v", err)
		}
		kind, content, err := b.cards.SignedPage(ctx, by, b.id, scan.ID, "核对领取人签字")
		if err != nil || kind != "image/jpeg" {
			t.Fatal(kind, err)
		}
		_ = content.Close() // it was only opened
		s.Update(t, access.Clerk, func(tx *store.Tx) error {
			lines, err := tx.Lines(store.AuditFilter{County: testbed.County, Act: access.CertificateRead, Limit: 9})
			if len(lines) != 1 || !strings.Contains(lines[0].Note, "核对领取人签字") {
				t.Errorf("the audit says %+v", lines)
			}
			return err
		})
		seen := b.note(t, 0)
		if err := s.desk.TakeBackPiece(ctx, by, id, p.Pieces[0].ID, "是另一批的"); err != nil {
			t.Fatal(err)
		}
		on, _ := b.signed(t, 0)
		if all := b.sheaf(t).Signed[0]; all.Back() != 0 || on != 0 || seen == "" || b.note(t, 0) != "" {
			t.Errorf("%+v, the file says %q and said %q", all, b.note(t, 0), seen)
		}
		if back := s.read(t, id).Backs; len(back) != 1 || back[0].Kind != pile.Register || back[0].Hash != scan.Hash || back[0].No != b.no {
			t.Errorf("%+v", back)
		}
		if err := s.desk.FilePiece(ctx, by, id, p.Pieces[0].ID, pile.Order{No: b.no}); len(fault.Fields(err)) != 1 {
			t.Errorf("filed without its page: %v", err)
		}
		if err := s.desk.FilePiece(ctx, by, id, p.Pieces[0].ID, pile.Order{No: pile.Page(b.no, 1)}); err != nil || b.note(t, 0) != seen {
			t.Errorf("%v, the file says %q", err, b.note(t, 0))
		}
		twice := s.apart(t, s.take(t, page(t, pile.Page(b.no, 1), 1, 0), page(t, s.letter.Reminder.No, 2, 0)))
		if k := twice.Pieces[0]; k.State != pile.Waiting || !strings.Contains(k.Why, "已经归入") || twice.Pieces[1].State != pile.Filed {
			t.Errorf("%+v", twice.Pieces)
		}
	})
}
