package archiving_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/archiving"
	"hefa/internal/attachment"
	"hefa/internal/fault"
	"hefa/internal/policy"
	"hefa/internal/seal"
	"hefa/internal/sheet"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

var (
	clerk    = testbed.As(access.Clerk)
	approver = testbed.As(access.Approver)
	stranger = testbed.Stranger(access.Clerk)
	loan     = archive.Loan{Borrower: "测试借阅人", Unit: "市残联", Reason: "抽查档案"}
	paper    = archive.Item{Kind: archive.Supplement, Title: "病历复印件", Day: "2020-03-01", Pages: 4}
	lacking  = archive.Filing{Reason: "原件在乡镇"}
)

// stored is one case on the shelf.
func stored(t *testing.T, o *testbed.Office, desk *archiving.Desk) shelf {
	t.Helper()
	p := o.Person(t)
	a := o.Case(t, p, application.Delivered)
	if err := desk.FileApplication(t.Context(), clerk, a.ID, lacking); err != nil {
		t.Fatal(err)
	}
	d, err := desk.Dossier(t.Context(), clerk, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	return shelf{application: o.Case(t, o.Person(t), application.Delivered).ID, person: p.ID, box: d.Box}
}

// TestOneFileAPerson is N48–N52: the first case opens the file, the next ones join it; a case that is not whole is filed for a reason only.
func TestOneFileAPerson(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, p := archiving.New(o.DB, o.Files), t.Context(), o.Person(t)
		a := o.Case(t, p, application.Delivered)
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			return tx.Sight(a, []string{"identity", "form"})
		})
		f, err := desk.Filing(ctx, clerk, a.ID)
		if err != nil || !slices.Equal(f.Lacking, []archive.Lack{archive.Lack(archive.Decision)}) || len(f.Items) != 2 || f.Items[0].Kind != archive.Form || f.Items[0].Origin != archive.Paper || f.No != "" {
			t.Fatalf("before: %+v %v", f, err)
		}
		if err := desk.FileApplication(ctx, clerk, a.ID, archive.Filing{}); fault.Of(err) != fault.Invalid {
			t.Errorf("filed though a decision is lacking: %v", err)
		}
		if err := desk.FileApplication(ctx, clerk, a.ID, lacking); err != nil {
			t.Fatal(err)
		}
		if err := desk.FileApplication(ctx, clerk, a.ID, lacking); fault.Of(err) != fault.Refused {
			t.Errorf("filed twice: %v", err)
		}
		o.Wait(3)
		b := o.Case(t, p, application.Delivered)
		if err := desk.FileApplication(ctx, clerk, b.ID, lacking); err != nil {
			t.Fatal(err)
		}
		d, err := desk.Dossier(ctx, clerk, p.ID)
		if err != nil || d.No != "533103-CJ·2020-D30-0001" || d.InBox != "533103-H·2020-D30-001" || d.Order != 1 || d.Opened != o.Today().Add(-3) || d.Closed != o.Today() || len(d.Items) != 2 {
			t.Errorf("the file: %+v %v", d, err)
		}
		all, _, err := desk.Dossiers(ctx, clerk, archiving.DossierFilter{Limit: 10})
		if err != nil || len(all) != 1 {
			t.Errorf("%d files of one person, %v", len(all), err)
		}
	})
}

// TestABoxIsFilledInOrder is 按序装盒: a full box is followed by the next one.
func TestABoxIsFilledInOrder(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := archiving.New(o.DB, o.Files), t.Context()
		o.Policy(t, policy.FileBox, "2")
		for range 5 {
			stored(t, o, desk)
		}
		boxes, _, err := desk.Boxes(ctx, clerk, archiving.BoxFilter{Limit: 10})
		if err != nil || len(boxes) != 3 || boxes[0].Filled != 2 || boxes[2].Filled != 1 || boxes[2].No != "533103-H·2020-D30-003" {
			t.Fatalf("%+v %v", boxes, err)
		}
		b, err := desk.Box(ctx, clerk, boxes[1].ID)
		if err != nil || len(b.Files) != 2 || b.Files[0].No != "533103-CJ·2020-D30-0003" || b.Files[1].Order != 2 {
			t.Errorf("%+v %v", b, err)
		}
		if err := desk.MoveDossier(ctx, clerk, b.Files[0].Person, boxes[0].No); fault.Of(err) != fault.Refused {
			t.Errorf("into a full box: %v", err)
		}
		if err := desk.MoveDossier(ctx, clerk, b.Files[0].Person, "nothing"); fault.Of(err) != fault.Invalid {
			t.Errorf("into no box: %v", err)
		}
		if err := desk.MoveDossier(ctx, clerk, b.Files[0].Person, ""); err != nil {
			t.Fatal(err)
		}
		if d, _ := desk.Dossier(ctx, clerk, b.Files[0].Person); d.InBox != boxes[2].No || d.Order != 2 {
			t.Errorf("moved to %s, %d", d.InBox, d.Order)
		}
	})
}

func TestABoxIsPlacedCountedAndLabelled(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := archiving.New(o.DB, o.Files), t.Context()
		s := stored(t, o, desk)
		at := archiving.Place{Room: "1 号库", Rack: "3 架", Shelf: "2 层"}
		b, err := desk.Box(ctx, clerk, s.box)
		if err != nil {
			t.Fatal(err)
		}
		if err := desk.PlaceBox(ctx, clerk, s.box, at, b.Version); err != nil {
			t.Fatal(err)
		}
		if err := desk.PlaceBox(ctx, clerk, s.box, at, b.Version); fault.Of(err) != fault.Stale {
			t.Errorf("placed over somebody else's change: %v", err)
		}
		if d, err := desk.Dossier(ctx, clerk, s.person); err != nil || d.Stands != "1 号库 3 架 2 层" {
			t.Errorf("the file stands at %q, %v", d.Stands, err)
		}
		count, err := desk.TakeStock(ctx, clerk, s.box, []string{"X"})
		if err != nil || count.Found != 0 || len(count.Missing) != 1 || !slices.Equal(count.Strange, []string{"X"}) {
			t.Errorf("%+v %v", count, err)
		}
		if _, err := desk.TakeStock(ctx, clerk, s.box, nil); fault.Of(err) != fault.Invalid {
			t.Errorf("counted nothing: %v", err)
		}
		if b, err = desk.Box(ctx, clerk, s.box); err != nil || len(b.Counts) != 1 || b.Counts[0].Clerk != clerk.Name {
			t.Errorf("%+v %v", b.Counts, err)
		}
		for name, write := range map[string]func(*bytes.Buffer) error{
			"file":    func(w *bytes.Buffer) error { return desk.WriteDossier(ctx, clerk, s.person, w) },
			"box":     func(w *bytes.Buffer) error { return desk.WriteBox(ctx, clerk, s.box, w) },
			"shelves": func(w *bytes.Buffer) error { return desk.WriteShelves(ctx, clerk, "", w) },
		} {
			var out bytes.Buffer
			if err := write(&out); err != nil || !bytes.HasPrefix(out.Bytes(), []byte("%PDF-")) {
				t.Errorf("%s: %d bytes, %v", name, out.Len(), err)
			}
		}
		var list bytes.Buffer
		if err := desk.ExportDossiers(ctx, clerk, archiving.DossierFilter{}, sheet.Out{To: &list, As: sheet.XLSX}); err != nil || list.Len() == 0 {
			t.Errorf("the list: %v", err)
		}
	})
}

func TestPapersArePutInAndCounted(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := archiving.New(o.DB, o.Files), t.Context()
		s := stored(t, o, desk)
		if err := desk.AddPaper(ctx, clerk, s.person, paper); err != nil {
			t.Fatal(err)
		}
		d, err := desk.Dossier(ctx, clerk, s.person)
		if err != nil || len(d.Items) != 1 || d.Pages != 4 || d.Items[0].Origin != archive.Paper {
			t.Fatalf("%+v %v", d, err)
		}
		id := d.Items[0].ID
		if err := desk.CountPages(ctx, clerk, s.person, map[string]archiving.Count{id: {Pages: 0}}); fault.Of(err) != fault.Invalid {
			t.Errorf("no pages: %v", err)
		}
		if err := desk.CountPages(ctx, clerk, s.person, map[string]archiving.Count{id: {Pages: 6, Note: "缺第 2 页"}, "unknown": {Pages: -1}}); err != nil {
			t.Fatal(err)
		}
		if d, _ = desk.Dossier(ctx, clerk, s.person); d.Pages != 6 || d.Items[0].Note != "缺第 2 页" {
			t.Errorf("%+v", d.Items)
		}
	})
}

// TestAFileIsLentOnceAndComesBack walks the whole loan; a second person decides, and one file is not promised twice.
func TestAFileIsLentOnceAndComesBack(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := archiving.New(o.DB, o.Files), t.Context()
		s := stored(t, o, desk)
		if err := desk.AskLoan(ctx, clerk, s.person, archive.Loan{}); fault.Of(err) != fault.Invalid {
			t.Errorf("asked by nobody for nothing: %v", err)
		}
		if err := desk.AskLoan(ctx, approver, s.person, loan); err != nil {
			t.Fatal(err)
		}
		if err := desk.AskLoan(ctx, clerk, s.person, loan); fault.Of(err) != fault.Refused {
			t.Errorf("asked for twice: %v", err)
		}
		l, err := desk.Loans(ctx, clerk, archiving.LoanFilter{State: archive.Asked, Limit: 5})
		if err != nil || len(l.Rows) != 1 || l.Rows[0].Borrower != loan.Borrower || l.Rows[0].No == "" {
			t.Fatalf("%+v %v", l, err)
		}
		id := l.Rows[0].ID
		for name, err := range map[string]error{"by whoever asked": desk.DecideLoan(ctx, approver, id, true, ""), "taken before": desk.TakeLoan(ctx, clerk, id)} {
			if fault.Of(err) != fault.Refused {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := desk.DecideLoan(ctx, testbed.As(access.Reviewer), id, true, ""); err != nil {
			t.Fatal(err)
		}
		if err := desk.TakeLoan(ctx, clerk, id); err != nil {
			t.Fatal(err)
		}
		lateLoans(t, desk, 0)
		if d, _ := desk.Dossier(ctx, clerk, s.person); d.State != archive.Out || d.Loans[0].Due != "2020-04-16" { // ten working days, 清明 on 4 to 6 April
			t.Errorf("out: %s, due %s", d.State, d.Loans[0].Due)
		}
		if err := desk.MoveDossier(ctx, clerk, s.person, ""); fault.Of(err) != fault.Refused {
			t.Errorf("moved while it is out: %v", err)
		}
		o.Wait(30)
		if l, _ = desk.Loans(ctx, clerk, archiving.LoanFilter{Limit: 5}); !l.Rows[0].Late(l.Today) {
			t.Error("not late after a month")
		}
		lateLoans(t, desk, 1)
		if err := desk.ReturnLoan(ctx, clerk, id); err != nil {
			t.Fatal(err)
		}
		if d, _ := desk.Dossier(ctx, clerk, s.person); d.State != archive.Shelved {
			t.Errorf("back: %s", d.State)
		}
		lateLoans(t, desk, 0)
		if err := desk.AskLoan(ctx, clerk, s.person, loan); err != nil {
			t.Errorf("asked for again: %v", err)
		}
	})
}

// TestTwoClerksFileAtOnce files eight people from two sides: numbers and places in the box stay apart.
func TestTwoClerksFileAtOnce(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := archiving.New(o.DB, o.Files)
		var cases []application.ID
		for range 8 {
			cases = append(cases, o.Case(t, o.Person(t), application.Delivered).ID)
		}
		errs := make(chan error, len(cases))
		for _, id := range cases {
			go func() { errs <- desk.FileApplication(t.Context(), clerk, id, lacking) }()
		}
		for range cases {
			if err := <-errs; err != nil {
				t.Error(err)
			}
		}
		all, _, err := desk.Dossiers(t.Context(), clerk, archiving.DossierFilter{Limit: 20})
		if err != nil || len(all) != len(cases) {
			t.Fatalf("%d files, %v", len(all), err)
		}
		for i, k := range all {
			if k.No != fmt.Sprintf("533103-CJ·2020-D30-%04d", i+1) {
				t.Errorf("the %d. is %s", i, k.No)
			}
		}
	})
}

// TestEachScanOfAFileHasItsSM3: it is taken when the case is filed, and stands in the list of the papers.
func TestEachScanOfAFileHasItsSM3(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, p := archiving.New(o.DB, o.Files), t.Context(), o.Person(t)
		a := o.Case(t, p, application.Delivered)
		kept, err := o.Files.Put(strings.NewReader("a scan"), 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			return tx.AddAttachment(attachment.Attachment{ID: "scan", Region: a.Region, Application: string(a.ID), Paper: "identity", Name: "证件.pdf", Type: "application/pdf", Size: kept.Size, Hash: kept.Hash})
		})
		if err := desk.FileApplication(ctx, clerk, a.ID, lacking); err != nil {
			t.Fatal(err)
		}
		d, err := desk.Dossier(ctx, clerk, p.ID)
		want := hex.EncodeToString(seal.National.Sum([]byte("a scan")))
		if err != nil || !slices.ContainsFunc(d.Items, func(i archive.Item) bool { return i.Hash == kept.Hash && i.Digest == want && i.Suite == "sm" }) {
			t.Errorf("want %s: %+v %v", want, d.Items, err)
		}
		var b bytes.Buffer
		if err := desk.WriteDossier(ctx, clerk, p.ID, &b); err != nil || b.Len() == 0 {
			t.Error(err)
		}
	})
}

// lateLoans asks for the files that are out past their last day, here and in another county.
func lateLoans(t *testing.T, desk *archiving.Desk, want int) {
	t.Helper()
	for by, n := range map[*access.Actor]int{&clerk: want, &stranger: 0} {
		l, err := desk.Loans(t.Context(), *by, archiving.LoanFilter{Late: true, Limit: 5})
		if err != nil || len(l.Rows) != n {
			t.Errorf("%s of %s: %d of %d late: %v", by.Role, by.Region, len(l.Rows), n, err)
		}
	}
}
