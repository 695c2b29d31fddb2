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
	"hefa/internal/reminder"
	"hefa/internal/sheet"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// TestWhatWasFiledIncompleteIsListed is N52: what was filed for a reason stands in the list of what files lack, with the reason, until the paper is in the file; when the
// paper is taken out again it stands there again.
func TestWhatWasFiledIncompleteIsListed(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := archiving.New(o.DB, o.Files), t.Context()
		a := lettered(t, o, application.Refused, application.RefusalLetter)
		if err := desk.FileApplication(ctx, clerk, a.ID, lacking); err != nil {
			t.Fatal(err)
		}
		want := filedLacking(t, desk, 1)[0]
		if want.Application != string(a.ID) || want.Why != lacking.Reason || want.Filed != o.Today() || want.Late || len(want.Wanting) == 0 || want.Said() == "" || want.Place == "" {
			t.Errorf("the line says %+v", want)
		}
		if all, _, err := desk.Lackers(ctx, stranger, archiving.LackFilter{Filed: true, Limit: 5}); err != nil || len(all) != 0 {
			t.Errorf("a stranger sees %+v %v", all, err)
		}
		d, err := desk.Dossier(ctx, clerk, a.Person)
		if err != nil || len(d.Lacks) != 1 || d.Lacks[0].Reason != lacking.Reason || !slices.Equal(d.Lacks[0].Wanting, want.Wanting) {
			t.Fatalf("the file says %+v %v", d.Lacks, err)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			return tx.AddReminder(reminder.Reminder{ID: "letter", Region: testbed.Village, No: "TX1", Kind: reminder.Review, Person: a.Person, State: reminder.Made, Made: o.Today(), Version: 1})
		})
		for _, l := range want.Wanting {
			if err := desk.AddPaper(ctx, clerk, a.Person, archive.Item{Kind: archive.Kind(l), Title: "回执", Number: "TX1", Day: "2020-03-01", Pages: 1}); err != nil {
				t.Fatal(err)
			}
			filedLacking(t, desk, 1)
			if err := desk.AddPaper(ctx, clerk, a.Person, archive.Item{Kind: archive.Kind(l), Title: "补交的材料", Day: "2020-03-01", Pages: 1}); err != nil {
				t.Fatal(err)
			}
		}
		filedLacking(t, desk, 0)
		d, err = desk.Dossier(ctx, clerk, a.Person)
		if err != nil || len(d.Lacks) != 1 || len(d.Lacks[0].Wanting) != 0 || len(d.Lacks[0].Lacking) == 0 {
			t.Fatalf("the file says %+v %v", d.Lacks, err)
		}
		last := d.Items[slices.IndexFunc(d.Items, func(i archive.Item) bool { return i.Title == "补交的材料" })]
		o.Update(t, access.Clerk, func(tx *store.Tx) error { return tx.TakeOutItem(access.PileBack, d.Kept.Dossier, last, "归错了") })
		filedLacking(t, desk, 1)
	})
}

// filedLacking asks the list and what is taken out of it for what was filed though papers were lacking.
func filedLacking(t *testing.T, desk *archiving.Desk, want int) []archiving.Lacker {
	t.Helper()
	var all []archiving.Lacker
	for _, f := range []archiving.LackFilter{{Limit: 5}, {Filed: true, Limit: 5}} {
		got, _, err := desk.Lackers(t.Context(), clerk, f)
		if all = got; err != nil || len(got) != want {
			t.Fatalf("%+v: %d of %d: %+v %v", f, len(got), want, got, err)
		}
	}
	for _, f := range []archiving.LackFilter{{Late: true, Limit: 5}, {Flaw: archive.Wrong, Limit: 5}} {
		if got, _, err := desk.Lackers(t.Context(), clerk, f); err != nil || len(got) != 0 {
			t.Errorf("%+v: %+v %v", f, got, err)
		}
	}
	var b bytes.Buffer
	if err := desk.ExportLackers(t.Context(), clerk, archiving.LackFilter{Filed: true}, sheet.Out{To: &b, As: sheet.UTF8}); err != nil || strings.Count(b.String(), lacking.Reason) != want {
		t.Errorf("%s %v", b.String(), err)
	}
	return all
}

// TestAnEndOutsideOfACaseIsListedToo pages through one of each.
func TestAnEndOutsideOfACaseIsListedToo(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := archiving.New(o.DB, o.Files), t.Context()
		ends := outside(t, o)
		d := archive.Dossier{}
		if err := desk.FileEnds(ctx, clerk, ends, archive.Filing{}); err != nil {
			t.Fatal(err)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) (err error) {
			for _, e := range ends {
				if d, _, err = tx.Dossier(testbed.County, e.Person); err != nil {
					return err
				}
				if err = tx.DropFiled(testbed.County, e.Kind, e.ID); err != nil {
					return err
				}
				if err = tx.AddFiled(e, d, []archive.Lack{archive.Lack(archive.Form), "notice:unsigned"}, "原件遗失"); err != nil {
					return err
				}
			}
			return nil
		})
		seen := map[archive.EndKind]string{}
		for after, n := "", 0; n < 5; n++ {
			all, next, err := desk.Lackers(ctx, clerk, archiving.LackFilter{Filed: true, After: after, Limit: 1})
			if err != nil || len(all) != 1 || !slices.Equal(all[0].Wanting, []archive.Lack{archive.Lack(archive.Form)}) || all[0].Why != "原件遗失" {
				t.Fatalf("%+v %v", all, err)
			}
			seen[all[0].End] = all[0].CaseNo
			if after = next; next == "" {
				break
			}
		}
		if len(seen) != 3 || seen[archive.LetterEnd] == "" || seen[archive.LapseEnd] == "" {
			t.Errorf("on the list: %v", seen)
		}
	})
}
