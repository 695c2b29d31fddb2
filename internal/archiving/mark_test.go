package archiving_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/archiving"
	"hefa/internal/fault"
	"hefa/internal/sheet"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

var unsigned = archive.Mark{Flaw: archive.Unsigned, Reason: "监护人未签字"}

// TestAMarkedPaperIsLacking is N52: a paper that is there and does not count makes the file incomplete until it is replaced or the mark is lifted.
func TestAMarkedPaperIsLacking(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, p := archiving.New(o.DB, o.Files), t.Context(), o.Person(t)
		a := o.Case(t, p, application.Delivered)
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			if err := tx.Sight(a, []string{"identity", "form"}); err != nil {
				return err
			}
			_, err := tx.SendLetter(a, store.Letter{Kind: application.CorrectionLetter, Reason: "照片不清楚"})
			return err
		})
		f, err := desk.Filing(ctx, clerk, a.ID)
		if err != nil || len(f.Lacking) != 0 {
			t.Fatalf("whole before: %+v %v", f, err)
		}
		m := unsigned
		m.Paper = archive.Names(f.Items)[0]
		if err := desk.MarkFiling(ctx, testbed.As(access.Reviewer), a.ID, m); fault.Of(err) != fault.Forbidden {
			t.Errorf("by a reviewer: %v", err)
		}
		if err := desk.MarkFiling(ctx, clerk, a.ID, m); err != nil {
			t.Fatal(err)
		}
		if err := desk.MarkFiling(ctx, clerk, a.ID, m); fault.Of(err) != fault.Refused {
			t.Errorf("marked twice: %v", err)
		}
		if f, err = desk.Filing(ctx, clerk, a.ID); err != nil || !slices.Equal(f.Lacking, []archive.Lack{"form:unsigned"}) || len(f.Marks) != 1 {
			t.Fatalf("with a mark: %+v %v", f, err)
		}
		o.Wait(30)
		late(t, desk, a, archive.Unsigned)
		if err := desk.FileApplication(ctx, clerk, a.ID, archive.Filing{}); fault.Of(err) != fault.Invalid {
			t.Errorf("closed without a reason: %v", err)
		}
		if err := desk.FileApplication(ctx, clerk, a.ID, archive.Filing{Reason: "监护人外出"}); err != nil {
			t.Fatal(err)
		}
		d, err := desk.Dossier(ctx, clerk, p.ID)
		if err != nil || d.Items[0].Flaw != archive.Unsigned || len(d.Marks) != 1 {
			t.Fatalf("in the file: %+v %v", d, err)
		}
		lifted(t, desk, d)
	})
}

// late finds a case that should have been filed, with what is wrong in it, on the list and in what is taken out.
func late(t *testing.T, desk *archiving.Desk, a application.Application, flaw archive.Flaw) {
	t.Helper()
	for _, f := range []archiving.LackFilter{{Limit: 5}, {Late: true, Limit: 5}, {Flaw: flaw, Limit: 5}} {
		all, next, err := desk.Lackers(t.Context(), clerk, f)
		if err != nil || len(all) != 1 || next != "" || all[0].Flaw != flaw || !all[0].Late || all[0].Application != string(a.ID) || all[0].Place == "" {
			t.Errorf("%+v: %+v %v", f, all, err)
		}
	}
	if all, _, err := desk.Lackers(t.Context(), clerk, archiving.LackFilter{Flaw: archive.Wrong, Limit: 5}); err != nil || len(all) != 0 {
		t.Errorf("of another flaw: %+v %v", all, err)
	}
	var b bytes.Buffer
	if err := desk.ExportLackers(t.Context(), clerk, archiving.LackFilter{}, sheet.Out{To: &b, As: sheet.UTF8}); err != nil || !strings.Contains(b.String(), "未签名") {
		t.Errorf("%s %v", b.String(), err)
	}
}

// lifted ends one mark with a reason and another by a paper that takes its place.
func lifted(t *testing.T, desk *archiving.Desk, d archiving.Dossier) {
	t.Helper()
	ctx := t.Context()
	if err := desk.LiftMark(ctx, clerk, d.Person, d.Marks[0].ID, " "); fault.Of(err) != fault.Invalid {
		t.Errorf("lifted without a reason: %v", err)
	}
	if err := desk.LiftMark(ctx, clerk, d.Person, d.Marks[0].ID, "已补签"); err != nil {
		t.Fatal(err)
	}
	if err := desk.LiftMark(ctx, clerk, d.Person, d.Marks[0].ID, "已补签"); fault.Of(err) != fault.Invalid {
		t.Errorf("lifted twice: %v", err)
	}
	i := d.Items[1]
	m := archive.Mark{Application: i.Application, Paper: archive.Names(d.Items)[1], Flaw: archive.Wrong, Reason: "是其弟的身份证"}
	if err := desk.MarkPaper(ctx, clerk, d.Person, m); err != nil {
		t.Fatal(err)
	}
	if err := desk.AddPaper(ctx, clerk, d.Person, archive.Item{Kind: i.Kind, Title: i.Title, Day: "2020-04-20", Pages: 1}); err != nil {
		t.Fatal(err)
	}
	got, err := desk.Dossier(ctx, clerk, d.Person)
	if err != nil || len(got.Marks) != 0 {
		t.Errorf("replaced: %+v %v", got.Marks, err)
	}
	if all, _, err := desk.Lackers(ctx, clerk, archiving.LackFilter{Limit: 5}); err != nil || len(all) != 0 {
		t.Errorf("nothing is wrong any more: %+v %v", all, err)
	}
}
