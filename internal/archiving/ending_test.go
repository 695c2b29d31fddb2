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
	"hefa/internal/departure"
	"hefa/internal/fault"
	"hefa/internal/lapse"
	"hefa/internal/person"
	"hefa/internal/reminder"
	"hefa/internal/sheet"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// lettered is a case that ended with a decision letter.
func lettered(t *testing.T, o *testbed.Office, s application.State, k application.LetterKind) application.Application {
	t.Helper()
	a := o.Case(t, o.Person(t), s)
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		_, err := tx.SendLetter(a, store.Letter{Kind: k, Reason: "不符合条件"})
		return err
	})
	return a
}

// outside is a cancelled lapse, a death by a list, and a letter whose slip was scanned, of one person each.
func outside(t *testing.T, o *testbed.Office) []archive.End {
	t.Helper()
	var people []person.Person
	for range 3 {
		people = append(people, o.Person(t))
	}
	held, gone := o.Certificate(t, people[0], "2020-01-31"), o.Certificate(t, people[1], "2025-01-31")
	kept, err := o.Files.Put(strings.NewReader("a slip"), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		p := lapse.Posting{ID: "posting", Region: testbed.Township, No: "533103-2020-Z0001", Starts: o.Today(), Ends: o.Today(), People: 1}
		if err := tx.AddPosting(p); err != nil {
			return err
		}
		l := lapse.Lapse{ID: "lapse", Region: held.Region, Certificate: held.ID, Person: held.Person, Cause: lapse.Expired, State: lapse.Announced, Posting: p.ID, Ends: p.Ends, Version: 1}
		if err := tx.AddLapse(l); err != nil {
			return err
		}
		l.State, l.Decided = lapse.Cancelled, o.Today()
		if err := tx.SaveLapse(access.LapseCancel, l); err != nil {
			return err
		}
		if err := tx.AddDepartureList(departure.List{ID: "deaths", Region: testbed.County, Kind: departure.Death, Source: "公安局", Name: "死亡名单.xlsx", Author: "测试", On: o.Today()}); err != nil {
			return err
		}
		d := departure.Departure{ID: "departure", Region: gone.Region, List: "deaths", Kind: departure.Death, Person: gone.Person, Certificate: gone.ID, Named: "测试", State: departure.Proposed, Version: 1}
		if err := tx.AddDeparture(d); err != nil {
			return err
		}
		d.State, d.Decided = departure.Cancelled, o.Today()
		if err := tx.SaveDeparture(access.DepartureApply, d); err != nil {
			return err
		}
		r := reminder.Reminder{ID: "letter", Region: testbed.Village, No: "533103-2020-T0000001", Kind: reminder.Flow, Person: people[2].ID, State: reminder.Made, Made: o.Today(), Version: 1}
		if err := tx.AddReminder(r); err != nil {
			return err
		}
		r.State, r.Received, r.Signer, r.Proof, r.ProofType = reminder.Received, o.Today(), reminder.Self, kept.Hash, "application/pdf"
		return tx.SaveReminder(access.ReminderReceive, r)
	})
	return []archive.End{{Kind: archive.LapseEnd, ID: "lapse", Person: people[0].ID}, {Kind: archive.DepartureEnd, ID: "departure", Person: people[1].ID}, {Kind: archive.LetterEnd, ID: "letter", Person: people[2].ID}}
}

// TestEveryEndIsFiled: whatever came to an end gets into its person's file, with papers, days, origins and hashes; until then it waits, and is overdue after its days.
func TestEveryEndIsFiled(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := archiving.New(o.DB, o.Files), t.Context()
		refused, declined := lettered(t, o, application.Refused, application.RefusalLetter), lettered(t, o, application.Declined, application.RejectionLetter)
		withdrawn := lettered(t, o, application.Withdrawn, application.CorrectionLetter)
		o.Case(t, o.Person(t), application.Withdrawn) // nobody took it: it left no papers here
		ends := outside(t, o)
		all, _, err := desk.Ends(ctx, clerk, archiving.EndFilter{Limit: 20})
		if err != nil || len(all) != 6 || all[0].Due == "" || all[0].Late || all[0].Place == "" {
			t.Fatalf("%d wait: %+v %v", len(all), all, err)
		}
		overdue(t, o, desk, 0)
		o.Wait(30)
		overdue(t, o, desk, 6)
		if err := desk.FileApplication(ctx, clerk, refused.ID, archive.Filing{}); fault.Of(err) != fault.Invalid {
			t.Errorf("filed without its form: %v", err)
		}
		for _, a := range []application.Application{refused, declined, withdrawn} {
			if err := desk.FileApplication(ctx, clerk, a.ID, lacking); err != nil {
				t.Fatal(a.State, err)
			}
			if err := desk.FileApplication(ctx, clerk, a.ID, lacking); fault.Of(err) != fault.Refused {
				t.Errorf("%s filed twice: %v", a.State, err)
			}
			d, err := desk.Dossier(ctx, clerk, a.Person)
			if err != nil || len(d.Items) == 0 || d.Items[len(d.Items)-1].Kind != archive.Decision {
				t.Errorf("%s: %+v %v", a.State, d.Items, err)
			}
		}
		overdue(t, o, desk, 3)
		if err := desk.FileEnds(ctx, clerk, ends, archive.Filing{}); err != nil {
			t.Fatal(err)
		}
		if err := desk.FileEnds(ctx, clerk, ends[:1], archive.Filing{}); fault.Of(err) != fault.Refused {
			t.Errorf("filed twice: %v", err)
		}
		overdue(t, o, desk, 0)
		for i, want := range []int{2, 2, 2} {
			d, err := desk.Dossier(ctx, clerk, ends[i].Person)
			if err != nil || len(d.Items) != want || d.No == "" || d.Items[0].Day == "" || d.Items[0].Title == "" {
				t.Errorf("%s: %+v %v", ends[i].Kind, d, err)
			}
		}
		d, _ := desk.Dossier(ctx, clerk, ends[2].Person)
		if !slices.ContainsFunc(d.Items, func(i archive.Item) bool { return i.Origin == archive.Scan && i.Digest != "" && i.Suite == "sm" }) {
			t.Errorf("the slip has no SM3: %+v", d.Items)
		}
	})
}

// overdue asks every list and count of what should have been filed, and what a stranger and a whole other county see of it.
func overdue(t *testing.T, o *testbed.Office, desk *archiving.Desk, want int) {
	t.Helper()
	ctx := t.Context()
	late, _, err := desk.Ends(ctx, clerk, archiving.EndFilter{Late: true, Limit: 20})
	if err != nil || len(late) != want {
		t.Errorf("%d of %d late: %+v %v", len(late), want, late, err)
	}
	for _, f := range []archiving.LackFilter{{Late: true, Limit: 20}, {Limit: 20}} {
		lacks, _, err := desk.Lackers(ctx, clerk, f)
		lacks = slices.DeleteFunc(lacks, func(l archiving.Lacker) bool { return l.Filed != "" })
		if err != nil || len(lacks) != want || slices.ContainsFunc(lacks, func(l archiving.Lacker) bool {
			return !l.Late || l.CaseDue >= o.Today() || l.CaseDue == "" || l.Place == ""
		}) {
			t.Errorf("%d of %d on the list: %+v %v", len(lacks), want, lacks, err)
		}
	}
	if n, err := desk.Late(ctx, clerk, ""); err != nil || n != want {
		t.Errorf("the tray counts %d of %d: %v", n, want, err)
	}
	if all, _, err := desk.Ends(ctx, stranger, archiving.EndFilter{Limit: 20}); err != nil || len(all) != 0 {
		t.Errorf("a stranger sees %+v %v", all, err)
	}
	if n, err := desk.Late(ctx, stranger, ""); err != nil || n != 0 {
		t.Errorf("a stranger counts %d, %v", n, err)
	}
	var b bytes.Buffer
	if err := desk.ExportEnds(ctx, clerk, archiving.EndFilter{Late: true}, sheet.Out{To: &b, As: sheet.UTF8}); err != nil || strings.Count(b.String(), "逾期未归档") != want {
		t.Errorf("%s %v", b.String(), err)
	}
}

// TestACaseThatWasTakenUpAgainIsFiledAnew: what was filed when it was refused stands in the file once.
func TestACaseThatWasTakenUpAgainIsFiledAnew(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := archiving.New(o.DB, o.Files), t.Context()
		a := lettered(t, o, application.Refused, application.RefusalLetter)
		if err := desk.FileApplication(ctx, clerk, a.ID, lacking); err != nil {
			t.Fatal(err)
		}
		o.Wait(9)
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			b, err := tx.Application(a.ID)
			if err != nil {
				return err
			}
			b.State, b.Since, b.Approved = application.Delivered, o.Today(), o.Today()
			return tx.SaveApplication(access.ApplicationApprove, application.Refused, b, "")
		})
		if err := desk.FileApplication(ctx, clerk, a.ID, lacking); err != nil {
			t.Fatal(err)
		}
		d, err := desk.Dossier(ctx, clerk, a.Person)
		if err != nil || len(d.Items) != 2 {
			t.Errorf("%+v %v", d.Items, err)
		}
	})
}

// TestEndsAreFiledTogetherOrNot: one that lacks a paper keeps all back, and says which it is.
func TestEndsAreFiledTogetherOrNot(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := archiving.New(o.DB, o.Files), t.Context()
		a := lettered(t, o, application.Declined, application.RejectionLetter)
		ends := append(outside(t, o), archive.End{Kind: archive.CaseEnd, ID: string(a.ID)})
		if err := desk.FileEnds(ctx, clerk, nil, lacking); fault.Of(err) != fault.Invalid {
			t.Errorf("nothing was filed: %v", err)
		}
		if err := desk.FileEnds(ctx, testbed.As(access.Reviewer), ends, lacking); fault.Of(err) != fault.Forbidden {
			t.Errorf("by a reviewer: %v", err)
		}
		if err := desk.FileEnds(ctx, clerk, ends, archive.Filing{}); fault.Of(err) != fault.Invalid {
			t.Errorf("without a reason: %v", err)
		}
		if _, err := desk.Dossier(ctx, clerk, ends[0].Person); fault.Of(err) != fault.Missing {
			t.Errorf("half of it was filed: %v", err)
		}
		if err := desk.FileEnds(ctx, clerk, ends, lacking); err != nil {
			t.Fatal(err)
		}
		if all, _, err := desk.Ends(ctx, clerk, archiving.EndFilter{Limit: 9}); err != nil || len(all) != 0 {
			t.Errorf("%+v %v", all, err)
		}
	})
}
