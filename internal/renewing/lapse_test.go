package renewing_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/announcement"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/lapse"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/reminder"
	"hefa/internal/renewing"
	"hefa/internal/sheet"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// told is n certificates that end on 20 April 2020 and whose letters were handed over; a day later they have lapsed.
func told(t *testing.T, o *testbed.Office, desk *renewing.Desk, n int) []certificate.ID {
	t.Helper()
	var ids []certificate.ID
	for range n {
		ids = append(ids, o.Certificate(t, o.Person(t), "2020-04-20").ID)
	}
	round(t, desk)
	for _, r := range all(t, desk) {
		if slices.Contains(ids, r.Reminder.Certificate) {
			if err := desk.SendReminders(t.Context(), testbed.As(access.Village), []reminder.ID{r.Reminder.ID}, reminder.Hand, o.Today()); err != nil {
				t.Fatal(err)
			}
		}
	}
	o.Until("2020-04-21")
	return ids
}

// lapses puts n certificates up for cancellation and gives their list.
func lapses(t *testing.T, o *testbed.Office, desk *renewing.Desk, n int) string {
	t.Helper()
	posting, err := desk.AnnounceLapses(t.Context(), testbed.As(access.Township), testbed.Township, told(t, o, desk, n))
	if err != nil {
		t.Fatal(err)
	}
	return posting
}

// put is the lapses of 芒市 as the clerk sees them.
func put(t *testing.T, desk *renewing.Desk, f renewing.LapseFilter) []renewing.Lapsed {
	t.Helper()
	f.Limit = 100
	l, err := desk.Lapses(t.Context(), testbed.As(access.Clerk), f)
	if err != nil {
		t.Fatal(err)
	}
	return l.Lapses
}

func TestOverdueIsPutUpOnlyAfterALetterWentOut(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, town := renewing.New(o.DB, o.Files), testbed.As(access.Township)
		untold := o.Certificate(t, o.Person(t), "2020-04-20")
		o.Certificate(t, o.Person(t), "2020-06-20")
		ids := told(t, o, desk, 2)
		p, err := desk.ProposeLapses(t.Context(), town, "")
		if err != nil || len(p.Told) != 2 || len(p.Untold) != 1 || p.Untold[0].Certificate.ID != untold.ID || p.Days != 7 || p.Ends != "2020-04-28" {
			t.Fatalf("the proposal: %d told, %d untold, until %s, %v", len(p.Told), len(p.Untold), p.Ends, err)
		}
		if _, err := desk.AnnounceLapses(t.Context(), town, testbed.Township, []certificate.ID{untold.ID}); fault.Of(err) != fault.Refused {
			t.Errorf("put up without a letter: %v", err)
		}
		if _, err := desk.AnnounceLapses(t.Context(), town, testbed.Township, nil); fault.Of(err) != fault.Invalid {
			t.Errorf("a list of nobody: %v", err)
		}
		if _, err := desk.AnnounceLapses(t.Context(), testbed.As(access.Village), testbed.Township, ids); err == nil {
			t.Error("a village put somebody up")
		}
		if _, err := desk.AnnounceLapses(t.Context(), town, testbed.Township, ids); err != nil {
			t.Fatal(err)
		}
		if _, err := desk.AnnounceLapses(t.Context(), town, testbed.Township, ids); fault.Of(err) != fault.Refused {
			t.Errorf("put up twice: %v", err)
		}
		for _, l := range put(t, desk, renewing.LapseFilter{}) {
			if l.Certificate.State != certificate.Announced || l.Lapse.Cause != lapse.Expired {
				t.Errorf("%+v", l)
			}
		}
	})
}

func TestThoseWhoLapsedBeforeAreToldAllAtOnce(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, town := renewing.New(o.DB, o.Files), testbed.As(access.Township)
		var last certificate.Certificate // of the list
		for range 503 {                  // more than one transaction makes
			if c := o.Certificate(t, o.Person(t), "2019-12-31"); c.ID > last.ID {
				last = c
			}
		}
		if p, err := desk.ProposeLapses(t.Context(), town, testbed.Township); err != nil || !p.None || !p.Rest || p.More {
			t.Errorf("before the letters: %v %v %v, %v", p.None, p.Rest, p.More, err)
		}
		o.Certificate(t, o.Person(t), "2020-12-31")
		came := o.Person(t)
		o.Certificate(t, came, "2019-12-31")
		o.Case(t, came, application.Accepted)
		if _, err := desk.TellLapsed(t.Context(), testbed.As(access.Clerk), testbed.County); fault.Of(err) != fault.Refused {
			t.Errorf("a whole county: %v", err)
		}
		if _, err := desk.TellLapsed(t.Context(), testbed.As(access.Reviewer), testbed.Township); fault.Of(err) != fault.Forbidden {
			t.Errorf("by who makes no letters: %v", err)
		}
		for _, want := range []int{503, 0} {
			if n, err := desk.TellLapsed(t.Context(), town, testbed.Township); err != nil || n != want {
				t.Errorf("%d letters, want %d, %v", n, want, err)
			}
		}
		l, err := desk.Reminders(t.Context(), town, renewing.Filter{Kind: reminder.Review, Limit: 9})
		if err != nil || len(l.Reminders) != 9 || l.Reminders[0].Reminder.State != reminder.Made {
			t.Fatalf("%d letters, %v", len(l.Reminders), err)
		}
		p, err := desk.ProposeLapses(t.Context(), town, testbed.Township)
		if err != nil || len(p.Told) != 0 || len(p.Untold) != 200 || p.Untold[0].Reminder == "" || p.None {
			t.Errorf("%d told, %d untold, %v, %v", len(p.Told), len(p.Untold), p.None, err)
		}
		o.Update(t, access.Township, func(tx *store.Tx) error {
			all, err := tx.RemindersOf(testbed.County, last.Person)
			if err != nil {
				return err
			}
			if err := all[0].Send(reminder.Hand, tx.Today(), tx.Today()); err != nil {
				return err
			}
			return tx.SaveReminder(access.ReminderSend, all[0])
		})
		p, err = desk.ProposeLapses(t.Context(), town, testbed.Township)
		if err != nil || len(p.Told) != 1 || p.Told[0].Certificate.ID != last.ID || len(p.Untold) != 200 || !p.Rest || p.More {
			t.Errorf("who was told stands behind 502 who were not: %d told, %d untold, %v %v, %v", len(p.Told), len(p.Untold), p.Rest, p.More, err)
		}
	})
}

func TestReviewThatWasNotKeptIsPutUpToo(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, town := renewing.New(o.DB, o.Files), testbed.As(access.Township)
		p := o.Person(t)
		c := o.Certificate(t, p, "2025-01-01")
		id, err := desk.MakeReminder(t.Context(), town, p.ID, reminder.Review)
		if err != nil {
			t.Fatal(err)
		}
		if err := desk.ReceiveReminder(t.Context(), town, id, renewing.Slip{Receipt: reminder.Receipt{On: o.Today(), Signer: reminder.Self}}); err != nil {
			t.Fatal(err)
		}
		o.Wait(15)
		if p, err := desk.ProposeLapses(t.Context(), town, ""); err != nil || len(p.Told) != 0 {
			t.Errorf("on the last day: %d, %v", len(p.Told), err)
		}
		o.Wait(1)
		if _, err := desk.AnnounceLapses(t.Context(), town, testbed.Township, []certificate.ID{c.ID}); err != nil {
			t.Fatal(err)
		}
		if l := put(t, desk, renewing.LapseFilter{}); len(l) != 1 || l[0].Lapse.Cause != lapse.Review {
			t.Errorf("%+v", l)
		}
	})
}

// masked looks that the paper that hangs out names everybody by a part of their name only, and nobody's number.
func masked(t *testing.T, desk *renewing.Desk, posting string) {
	t.Helper()
	var b bytes.Buffer
	if err := desk.WritePosting(t.Context(), access.Anybody("192.0.2.1"), posting, &b); err != nil {
		t.Fatal(err)
	}
	paper := text(t, b.Bytes())
	for _, l := range put(t, desk, renewing.LapseFilter{}) {
		if short := person.MaskedName(l.Person.Name); !strings.Contains(paper, short) {
			t.Errorf("the paper does not name %s:\n%s", short, paper)
		}
		for _, whole := range []string{l.Person.Name, string(l.Person.Number), string(l.Certificate.Number), l.Person.Phone} {
			if strings.Contains(paper, whole) {
				t.Errorf("the paper says %s:\n%s", whole, paper)
			}
		}
	}
}

func TestCancellationWaitsSevenDaysAndAnObjectionStopsIt(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, anybody, approver := renewing.New(o.DB, o.Files), access.Anybody("192.0.2.1"), testbed.As(access.Approver)
		posting := lapses(t, o, desk, 3)
		p, err := desk.PublicPosting(t.Context(), anybody, posting)
		if err != nil || len(p.Rows) != 3 || p.Ends != "2020-04-28" || !strings.Contains(p.Rows[0].Name, "*") {
			t.Fatalf("the public list: %+v, %v", p, err)
		}
		masked(t, desk, posting)
		if _, err := desk.ObjectPosting(t.Context(), anybody, posting, "", announcement.Objection{Text: "短"}); len(fault.Fields(err)) != 2 {
			t.Errorf("an empty objection: %v", err)
		}
		no, err := desk.ObjectPosting(t.Context(), anybody, posting, p.Rows[1].Key, objection)
		if err != nil || no != "533103-2020-Y0001" {
			t.Fatalf("%s, %v", no, err)
		}
		disputed := put(t, desk, renewing.LapseFilter{State: lapse.Disputed})
		if len(disputed) != 1 {
			t.Fatalf("%d are disputed", len(disputed))
		}
		ids := func() (out []lapse.ID) {
			for _, l := range put(t, desk, renewing.LapseFilter{}) {
				out = append(out, l.Lapse.ID)
			}
			return out
		}
		o.Until("2020-04-28")
		outcomes, err := desk.CancelLapses(t.Context(), approver, ids())
		if err != nil || len(outcomes) != 3 {
			t.Fatal(outcomes, err)
		}
		for _, out := range outcomes {
			if fault.Of(out.Err) != fault.Refused || out.Name == "" {
				t.Errorf("cancelled on the last day: %+v", out)
			}
		}
		o.Until("2020-04-29")
		if _, err := desk.PublicPosting(t.Context(), anybody, posting); fault.Of(err) != fault.Missing {
			t.Errorf("the list is still public: %v", err)
		}
		if err := desk.WritePosting(t.Context(), anybody, posting, &bytes.Buffer{}); fault.Of(err) != fault.Missing {
			t.Errorf("the paper is still public: %v", err)
		}
		if n, err := desk.LapseLoad(t.Context(), approver, ""); err != nil || n != 2 {
			t.Errorf("%d wait: %v", n, err)
		}
		if outcomes, err = desk.CancelLapses(t.Context(), approver, ids()); err != nil {
			t.Fatal(err)
		}
		refused := 0
		for _, out := range outcomes {
			if out.Err != nil {
				refused++
			}
		}
		if refused != 1 {
			t.Errorf("%d were refused, want the disputed one", refused)
		}
		for _, l := range put(t, desk, renewing.LapseFilter{State: lapse.Cancelled}) {
			c := l.Certificate
			if c.State != certificate.Cancelled || c.Reason != certificate.Unrenewed || c.Barred(12) != "2021-04-29" {
				t.Errorf("%+v", c)
			}
		}
		if err := desk.ResolveLapse(t.Context(), testbed.As(access.Reviewer), disputed[0].Lapse.ID, lapse.Uphold, ""); len(fault.Fields(err)) != 1 {
			t.Errorf("decided without a reason: %v", err)
		}
		if err := desk.ResolveLapse(t.Context(), testbed.As(access.Reviewer), disputed[0].Lapse.ID, lapse.Uphold, "本人卧床，已安排上门"); err != nil {
			t.Fatal(err)
		}
		f, err := desk.Lapse(t.Context(), approver, disputed[0].Lapse.ID)
		if err != nil || f.Certificate.State != certificate.Valid || f.Lapse.State != lapse.Dropped || len(f.Objections) != 1 || f.Objections[0].Decision != "upheld" {
			t.Errorf("%+v %v", f, err)
		}
	})
}

func TestWhoeverComesIsTakenOffTheList(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, town := renewing.New(o.DB, o.Files), testbed.As(access.Township)
		posting := lapses(t, o, desk, 2)
		l := put(t, desk, renewing.LapseFilter{})
		if err := desk.DropLapse(t.Context(), town, l[0].Lapse.ID, " "); len(fault.Fields(err)) != 1 {
			t.Errorf("taken off without a reason: %v", err)
		}
		if err := desk.DropLapse(t.Context(), town, l[0].Lapse.ID, "本人已来办理换证"); err != nil {
			t.Fatal(err)
		}
		if p, err := desk.PublicPosting(t.Context(), access.Anybody(""), posting); err != nil || len(p.Rows) != 1 {
			t.Errorf("%d stand on the public list: %v", len(p.Rows), err)
		}
		if p, err := desk.ProposeLapses(t.Context(), town, ""); err != nil || len(p.Told) != 1 || p.Told[0].Certificate.State != certificate.Valid {
			t.Errorf("the holder has it again: %+v %v", p.Told, err)
		}
	})
}

func TestStopListNamesWhoseCertificatesWereCancelled(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := renewing.New(o.DB, o.Files)
		lapses(t, o, desk, 2)
		all := put(t, desk, renewing.LapseFilter{})
		o.Until("2020-04-29")
		if _, err := desk.CancelLapses(t.Context(), testbed.As(access.Approver), []lapse.ID{all[0].Lapse.ID}); err != nil {
			t.Fatal(err)
		}
		o.Policy(t, policy.ReapplyMonths, "6") // the one that an application asks
		if f, err := desk.Lapse(t.Context(), testbed.As(access.Clerk), all[0].Lapse.ID); err != nil || f.Barred != "2020-10-29" {
			t.Errorf("barred until %s, %v", f.Barred, err)
		}
		var b bytes.Buffer
		if err := desk.ExportLapses(t.Context(), testbed.As(access.Township), renewing.LapseFilter{}, sheet.Out{To: &b, As: sheet.XLSX}); err != nil || b.Len() == 0 {
			t.Errorf("the list: %v", err)
		}
	})
}

// N42: the daily round takes off the list whose certificate has ended otherwise, however that came about.
func TestTheRoundTakesEndedCertificatesOffTheList(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := renewing.New(o.DB, o.Files)
		lapses(t, o, desk, 2)
		gone := put(t, desk, renewing.LapseFilter{})[0]
		o.Update(t, access.Approver, func(tx *store.Tx) error {
			if err := gone.Certificate.End(certificate.Twice, tx.Today()); err != nil {
				return err
			}
			return tx.SaveCertificate(access.DepartureApply, gone.Certificate)
		})
		round(t, desk)
		for _, l := range put(t, desk, renewing.LapseFilter{}) {
			want := lapse.Announced
			if l.Person.ID == gone.Person.ID {
				want = lapse.Dropped
			}
			if l.Lapse.State != want || want == lapse.Dropped && l.Certificate.Reason != certificate.Twice {
				t.Errorf("%s is %s, its certificate %s", l.Person.Name, l.Lapse.State, l.Certificate.State)
			}
		}
	})
}
