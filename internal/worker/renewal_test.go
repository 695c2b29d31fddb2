package worker

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/departure"
	"hefa/internal/fault"
	"hefa/internal/lapse"
	"hefa/internal/message"
	"hefa/internal/outreach"
	"hefa/internal/paper"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/registry"
	"hefa/internal/reminder"
	"hefa/internal/renewing"
	"hefa/internal/sms"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// post takes every message.
type post struct {
	mu    sync.Mutex
	taken []string // the phones
}

func (p *post) Send(_ context.Context, m sms.Message) (sms.Answer, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.taken = append(p.taken, m.Phone)
	return sms.Answer{}, nil
}

// holder is somebody whose certificate ends on the day, whose letter was handed over and whose text waits.
type holder struct {
	person.Person
	held certificate.Certificate
	note reminder.ID
}

// holders are four of them, and the clerk sends texts by p.
func holders(t *testing.T, o *testbed.Office, text *outreach.Desk, expires day.Day) (out [4]holder) {
	t.Helper()
	o.Policy(t, policy.MessageOn, "yes")
	for i := range out {
		out[i].Person = o.Person(t)
		out[i].held = o.Certificate(t, out[i].Person, expires)
	}
	desk, program := renewing.New(o.DB, o.Files), access.Program()
	if _, err := desk.RemindAll(t.Context(), program, ""); err != nil {
		t.Fatal(err)
	}
	if n, err := text.TextReminders(t.Context(), program, ""); err != nil || n != len(out) {
		t.Fatal(n, err)
	}
	l, err := desk.Reminders(t.Context(), testbed.As(access.Clerk), renewing.Filter{Limit: 9})
	if err != nil {
		t.Fatal(err)
	}
	for i := range out {
		for _, r := range l.Reminders {
			if r.Reminder.Person == out[i].ID {
				out[i].note = r.Reminder.ID
			}
		}
		if err := desk.SendReminders(t.Context(), testbed.As(access.Village), []reminder.ID{out[i].note}, reminder.Hand, o.Today()); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// listed is a list of one line, as public security sends it, and what it proposes.
func listed(t *testing.T, desk *registry.Desk, kind departure.Kind, h holder, on string) departure.ID {
	t.Helper()
	head := map[departure.Kind]string{departure.Death: "姓名,身份证号,死亡日期\n", departure.Move: "姓名,身份证号,迁出日期\n"}[kind]
	text := head + h.Name + "," + string(h.Number) + "," + on + "\n"
	if _, err := desk.TakeDepartures(t.Context(), testbed.As(access.Clerk), registry.DepartureFile{Region: testbed.County, Kind: kind, Source: "公安局", Name: "名单.csv",
		File: strings.NewReader(text), Size: int64(len(text))}); err != nil {
		t.Fatal(err)
	}
	l, err := desk.Departures(t.Context(), testbed.As(access.Clerk), registry.DepartureFilter{Region: testbed.County, Kind: kind, Limit: 9})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range l.Departed {
		if d.Departure.Person == h.ID {
			return d.Departure.ID
		}
	}
	t.Fatalf("nothing is proposed for %s", h.Name)
	return ""
}

// applied does what a list asks for.
func applied(t *testing.T, desk *registry.Desk, of departure.ID) {
	t.Helper()
	done, err := desk.ApplyDepartures(t.Context(), testbed.As(access.Approver), []departure.ID{of})
	if err != nil || len(done) != 1 || done[0].Err != nil {
		t.Fatal(done, err)
	}
}

// open opens a case of h at the counter.
func open(t *testing.T, o *testbed.Office, h holder, r application.Request) (application.ID, error) {
	t.Helper()
	o.Update(t, access.Clerk, func(tx *store.Tx) (err error) { h.Person, err = tx.Person(h.ID); return err })
	r.Origin = application.Counter
	return casework.New(o.DB, o.Files).OpenApplication(t.Context(), testbed.As(access.Township), casework.Opening{Person: h.Person, Whole: true, Request: r})
}

// opened is a renewal from the counter.
func opened(t *testing.T, o *testbed.Office, h holder) {
	t.Helper()
	if _, err := open(t, o, h, application.Request{Matter: application.Renew}); err != nil {
		t.Fatal(err)
	}
}

// cancelled brings a cancellation by own wish through its course.
func cancelled(t *testing.T, o *testbed.Office, h holder) {
	t.Helper()
	of, err := open(t, o, h, application.Request{Matter: application.Cancel, Cause: certificate.Wish, Stated: "本人不再需要"})
	if err != nil {
		t.Fatal(err)
	}
	desk, town := casework.New(o.DB, o.Files), testbed.As(access.Township)
	for _, do := range []func() error{
		func() error { return desk.SubmitApplication(t.Context(), town, of) },
		func() error {
			return desk.AcceptApplication(t.Context(), town, of, casework.Acceptance{Sighted: policy.Papers})
		},
		func() error { return desk.ReviewApplication(t.Context(), testbed.As(access.Reviewer), of, "") },
		func() error { return desk.ApproveApplication(t.Context(), testbed.As(access.Approver), of) },
	} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
	}
}

// letter is where the letter of h stands.
func letter(t *testing.T, o *testbed.Office, h holder) (r reminder.Reminder) {
	t.Helper()
	o.Update(t, access.Clerk, func(tx *store.Tx) (err error) { r, err = tx.Reminder(h.note); return err })
	return r
}

// N40: an application, a death and a freeze end the letter without waiting for the next day, and the text does not go out. A list that nobody has
// decided about holds the text and the next letter.
func TestWhatEndsACertificateEndsItsLetterAndTextAtOnce(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		out := &post{}
		desk, text := registry.New(o.DB, o.Files), outreach.New(o.DB, out)
		all := holders(t, o, text, o.Today().AddMonths(5))
		came, died, moved, doubted := all[0], all[1], all[2], all[3]
		stop := running(t, at(t, o))
		opened(t, o, came)
		applied(t, desk, listed(t, desk, departure.Death, died, "2020-03-01"))
		applied(t, desk, listed(t, desk, departure.Move, moved, "2019-06-01"))
		waits := listed(t, desk, departure.Death, doubted, "2020-03-02")
		for h, want := range map[*holder]reminder.State{&came: reminder.Kept, &died: reminder.Stopped, &moved: reminder.Stopped} {
			until(t, func() bool { return letter(t, o, *h).State == want })
		}
		send := func(want int) {
			t.Helper()
			if _, err := text.SendMessages(t.Context(), access.Program(), 9); err != nil || len(out.taken) != want {
				t.Errorf("%d texts went out, want %d: %v", len(out.taken), want, err)
			}
		}
		send(0)
		l, err := text.Messages(t.Context(), testbed.As(access.Clerk), outreach.Filter{Limit: 9})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range l.Messages {
			want := map[person.ID]string{came.ID: "本人已来办理", died.ID: "残疾人证已注销、冻结或迁出，不再提醒", moved.ID: "残疾人证已注销、冻结或迁出，不再提醒"}[m.Person]
			if m.Fault != want || (m.State == message.Dropped) != (want != "") {
				t.Errorf("%s is %s: %q", m.Person, m.State, m.Fault)
			}
		}
		round := func(want int) {
			t.Helper()
			if did, err := renewing.New(o.DB, o.Files).RemindAll(t.Context(), access.Program(), ""); err != nil || did.Made != want {
				t.Errorf("made %d letters, want %d: %v", did.Made, want, err)
			}
		}
		stop()
		var printed bytes.Buffer
		if n, err := renewing.New(o.DB, o.Files).WriteReminders(t.Context(), testbed.As(access.Clerk), renewing.Filter{}, paper.Ordinary, &printed); n != 0 {
			t.Errorf("%d letters are printed: %v", n, err)
		}
		o.Wait(70)
		round(0)
		if err := desk.DismissDepartures(t.Context(), testbed.As(access.Clerk), []departure.ID{waits}, "经入户核实本人健在"); err != nil {
			t.Fatal(err)
		}
		round(1)
		send(1)
		if n, err := renewing.New(o.DB, o.Files).WriteReminders(t.Context(), testbed.As(access.Clerk), renewing.Filter{}, paper.Ordinary, &printed); n != 2 {
			t.Errorf("%d letters are printed: %v", n, err)
		}
	})
}

// put is where the certificate of h stands that was put up for cancellation.
func put(t *testing.T, desk *renewing.Desk, h holder) renewing.Lapsed {
	t.Helper()
	l, err := desk.Lapses(t.Context(), testbed.As(access.Clerk), renewing.LapseFilter{Limit: 9})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range l.Lapses {
		if x.Person.ID == h.ID {
			return x
		}
	}
	t.Fatalf("%s is not on the list", h.Name)
	return renewing.Lapsed{}
}

// N42: only who has not come is cancelled. Whoever applies while the certificate is put up can, and comes off the list; whose certificate a move has frozen
// is told so and stays on it; who wants it cancelled stays on it until that is decided.
func TestWhoComesWhileTheListHangsIsTakenOffIt(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, letters := registry.New(o.DB, o.Files), renewing.New(o.DB, o.Files)
		all := holders(t, o, outreach.New(o.DB, &post{}), "2020-04-20")
		came, leaves, frozen, stays := all[0], all[1], all[2], all[3]
		applied(t, desk, listed(t, desk, departure.Move, frozen, "2019-06-01"))
		o.Until("2020-04-21")
		var ids []certificate.ID
		for _, h := range all {
			ids = append(ids, h.held.ID)
		}
		if _, err := letters.AnnounceLapses(t.Context(), testbed.As(access.Township), testbed.Township, ids); err != nil {
			t.Fatal(err)
		}
		running(t, at(t, o))
		opened(t, o, came)
		until(t, func() bool { return put(t, letters, came).Lapse.State == lapse.Dropped })
		if l := put(t, letters, came); l.Certificate.State != certificate.Valid || l.Lapse.Reason != "本人已来申请，自动撤下" {
			t.Errorf("who came: %+v %+v", l.Lapse, l.Certificate)
		}
		if _, err := open(t, o, frozen, application.Request{Matter: application.Renew}); fault.Of(err) != fault.Invalid {
			t.Errorf("a frozen certificate is renewed: %v", err)
		}
		cancelled(t, o, leaves)
		until(t, func() bool { return put(t, letters, leaves).Lapse.State == lapse.Dropped })
		if l := put(t, letters, leaves); l.Certificate.State != certificate.Cancelled || l.Certificate.Reason != certificate.Wish {
			t.Errorf("who wanted it: %+v %+v", l.Lapse, l.Certificate)
		}
		for _, h := range []holder{frozen, stays} {
			if l := put(t, letters, h); l.Lapse.State != lapse.Announced || l.Certificate.State != certificate.Announced {
				t.Errorf("%s: %+v %+v", h.Name, l.Lapse, l.Certificate)
			}
		}
	})
}

// N42: who dies while the certificate is put up for cancellation comes off the list by itself; the certificate stays ended for the death. Who is taken off
// while a move freezes the certificate gets it back frozen.
func TestADeathTakesACertificateOffTheListAndAFrozenOneStaysFrozen(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, letters := registry.New(o.DB, o.Files), renewing.New(o.DB, o.Files)
		all := holders(t, o, outreach.New(o.DB, &post{}), "2020-04-20")
		dies, frozen := all[0], all[1]
		applied(t, desk, listed(t, desk, departure.Move, frozen, "2019-06-01"))
		o.Until("2020-04-21")
		if _, err := letters.AnnounceLapses(t.Context(), testbed.As(access.Township), testbed.Township, []certificate.ID{dies.held.ID, frozen.held.ID}); err != nil {
			t.Fatal(err)
		}
		running(t, at(t, o))
		put := func(of holder) renewing.Lapsed { return put(t, letters, of) }
		applied(t, desk, listed(t, desk, departure.Death, dies, "2020-04-21"))
		until(t, func() bool { return put(dies).Lapse.State == lapse.Dropped })
		if l := put(dies); l.Certificate.State != certificate.Cancelled || l.Certificate.Reason != certificate.Death || l.Lapse.Reason != "残疾人证已是“已注销”，不必再公示，自动撤下" {
			t.Errorf("the dead: %+v %+v", l.Lapse, l.Certificate)
		}
		if err := letters.DropLapse(t.Context(), testbed.As(access.Clerk), put(frozen).Lapse.ID, "名单有误"); err != nil {
			t.Fatal(err)
		}
		if l := put(frozen); l.Certificate.State != certificate.Frozen || l.Lapse.State != lapse.Dropped {
			t.Errorf("the frozen: %+v %+v", l.Lapse, l.Certificate)
		}
	})
}
