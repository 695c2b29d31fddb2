package outreach_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/message"
	"hefa/internal/outreach"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/renewing"
	"hefa/internal/sms"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// carrier is a gateway that does as it is told.
type carrier struct {
	mu    sync.Mutex
	taken []sms.Message
	fails []error // one a call, nil takes the message
}

func (c *carrier) Send(_ context.Context, m sms.Message) (sms.Answer, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var err error
	if len(c.fails) > 0 {
		err, c.fails = c.fails[0], c.fails[1:]
	}
	if err == nil {
		c.taken = append(c.taken, m)
	}
	return sms.Answer{Ref: "ref-" + m.ID}, err
}

// on turns messages on for the county.
func on(t *testing.T, o *testbed.Office) {
	t.Helper()
	o.Policy(t, policy.MessageOn, "yes")
}

func all(t *testing.T, desk *outreach.Desk) outreach.List {
	t.Helper()
	l, err := desk.Messages(t.Context(), testbed.As(access.Clerk), outreach.Filter{Limit: 50})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// withPhone is somebody with a phone of their own and a certificate that ends soon.
func withPhone(t *testing.T, o *testbed.Office, phone, guardian string) person.Person {
	t.Helper()
	p := o.Person(t)
	o.Certificate(t, p, o.Today().AddMonths(2))
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		now, err := tx.Person(p.ID)
		if err != nil {
			return err
		}
		was := now
		now.Phone, now.Guardian.Phone = phone, guardian
		p = now
		return tx.SavePerson(access.PersonEdit, was, now)
	})
	return p
}

func TestALetterOfExpiryHasItsMessageOnce(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		c := &carrier{}
		desk, ctx, program := outreach.New(o.DB, c), t.Context(), access.Program()
		own := withPhone(t, o, "13911111111", "")
		guardian := withPhone(t, o, "0692-2121234", "13922222222")
		withPhone(t, o, "", "")
		refuses, came := withPhone(t, o, "13933333333", ""), withPhone(t, o, "13944444444", "")
		if err := desk.RefuseMessages(ctx, testbed.As(access.Township), "139-3333-3333"); err != nil {
			t.Fatal(err)
		}
		if _, err := renewing.New(o.DB, o.Files).RemindAll(ctx, program, ""); err != nil {
			t.Fatal(err)
		}
		round := func() int {
			t.Helper()
			n, err := desk.TextReminders(ctx, program, "")
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if n := round(); n != 0 {
			t.Errorf("%d messages where policy wants none", n)
		}
		on(t, o)
		if n := round(); n != 3 {
			t.Errorf("%d messages, want 3", n)
		}
		if n := round(); n != 0 {
			t.Errorf("the second round makes %d", n)
		}
		o.Case(t, came, application.Submitted)
		if err := renewing.New(o.DB, o.Files).EndReminders(ctx, program, testbed.County, came.ID); err != nil {
			t.Fatal(err)
		}
		if n, err := desk.SendMessages(ctx, program, 10); err != nil || n != 2 {
			t.Fatal(n, err)
		}
		got := map[string]string{}
		for _, m := range c.taken {
			got[m.Phone] = m.Text
		}
		if len(got) != 2 || !strings.HasPrefix(got["13911111111"], "【残疾人联合会】"+own.Name+"同志") || !strings.Contains(got["13922222222"], guardian.Name) || strings.ContainsAny(got["13911111111"], "{}") {
			t.Errorf("taken: %v", got)
		}
		l := all(t, desk)
		if l.Counts[message.Sent] != 2 || l.Counts[message.Dropped] != 1 || l.Parts < 2 {
			t.Errorf("%v, %d parts", l.Counts, l.Parts)
		}
		for _, m := range l.Messages {
			if m.Person == refuses.ID || m.Person == came.ID && m.Fault != "本人已来办理" {
				t.Errorf("%+v", m)
			}
		}
		if n, err := desk.SendMessages(ctx, program, 10); err != nil || n != 0 {
			t.Errorf("sent again: %d, %v", n, err)
		}
	})
}

func TestMessagesWaitForTheMorningAndAreTriedAgain(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		c := &carrier{fails: []error{&sms.Refusal{Text: "busy"}, errors.New("no route to 13911111111"), &sms.Refusal{Text: "no"}}}
		desk, ctx, program, clerk := outreach.New(o.DB, c), t.Context(), access.Program(), testbed.As(access.Clerk)
		withPhone(t, o, "13911111111", "")
		on(t, o)
		o.Policy(t, policy.MessageTries, "3")
		o.Pass(12 * time.Hour) // nine in the evening
		if err := desk.BeginCampaign(ctx, clerk, outreach.Audience{}); err != nil {
			t.Fatal(err)
		}
		for i, want := range []int{1, 0} {
			if n, err := desk.TextCampaign(ctx, program, outreach.Audience{Region: testbed.County}, "spring"); err != nil || n != want {
				t.Fatal(i, n, err)
			}
		}
		send := func(want int) message.Message {
			t.Helper()
			if n, err := desk.SendMessages(ctx, program, 10); err != nil || n != want {
				t.Errorf("%d handed over, %v, want %d", n, err, want)
			}
			return all(t, desk).Messages[0].Message
		}
		if m := send(0); m.State != message.Queued || m.Tries != 0 {
			t.Errorf("at night: %+v", m)
		}
		o.Pass(11 * time.Hour)
		if m := send(1); m.Tries != 1 || m.Fault != "busy" {
			t.Errorf("%+v", m)
		}
		send(0) // it waits a minute
		o.Pass(time.Minute)
		if m := send(1); m.Tries != 2 || m.Fault != "短信网关连接不上" {
			t.Errorf("%+v", m)
		}
		o.Pass(4 * time.Minute)
		m := send(1)
		if m.State != message.Failed {
			t.Errorf("%+v", m)
		}
		if err := desk.RetryMessages(ctx, clerk, []message.ID{m.ID}); err != nil {
			t.Fatal(err)
		}
		if m = send(1); m.State != message.Sent || m.Ref != "ref-"+string(m.ID) {
			t.Errorf("%+v", m)
		}
		if err := desk.ReportMessage(ctx, clerk, m.ID, true, ""); err != nil {
			t.Fatal(err)
		}
		if err := desk.ReportMessage(ctx, clerk, m.ID, false, "late"); fault.Of(err) != fault.Refused {
			t.Errorf("reported twice: %v", err)
		}
		if m = all(t, desk).Messages[0].Message; m.State != message.Delivered {
			t.Errorf("%+v", m)
		}
	})
}

// TestAMessageWhoseProgramDiedGoesOutUnderTheSameName stops between the marking and the carrier, as a kill does.
func TestAMessageWhoseProgramDiedGoesOutUnderTheSameName(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		dying := dead{}
		ctx, program := t.Context(), access.Program()
		withPhone(t, o, "13911111111", "")
		on(t, o)
		if _, err := outreach.New(o.DB, nil).TextCampaign(ctx, program, outreach.Audience{Region: testbed.County}, "spring"); err != nil {
			t.Fatal(err)
		}
		if _, err := outreach.New(o.DB, dying).SendMessages(ctx, program, 10); err != nil {
			t.Fatal(err)
		}
		c := &carrier{}
		desk := outreach.New(o.DB, c)
		if n, err := desk.SendMessages(ctx, program, 10); err != nil || n != 0 {
			t.Errorf("at once: %d, %v", n, err)
		}
		o.Pass(10 * time.Minute)
		if n, err := desk.SendMessages(ctx, program, 10); err != nil || n != 1 || c.taken[0].ID != string(all(t, desk).Messages[0].ID) {
			t.Errorf("later: %d, %v", n, err)
		}
	})
}

type dead struct{}

// Send ends whoever calls it, as a kill does: nothing after it is done.
func (dead) Send(context.Context, sms.Message) (sms.Answer, error) {
	runtime.Goexit()
	return sms.Answer{}, nil
}

// waiting is a case whose card lies here and waits for its holder.
func waiting(t *testing.T, o *testbed.Office, p person.Person) application.Application {
	t.Helper()
	a := o.Case(t, p, application.Dispatched)
	held := o.Certificate(t, o.Person(t), "2030-01-01")
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		a.No, a.Accepted, a.Approved, a.Batch = "533103-2020-"+string(a.ID[30:]), o.Today(), o.Today(), string(a.ID)
		a.Category, a.Level = certificate.Physical, certificate.Third
		if err := tx.SaveApplication(access.ApplicationPrint, a.State, a, ""); err != nil {
			return err
		}
		if err := tx.AddBatch(card.Batch{ID: card.BatchID(a.Batch), Region: testbed.Township, No: a.Batch, Cards: 1, Made: o.Today()}); err != nil {
			return err
		}
		face := card.Face{Name: p.Name, Number: "53319919610504001X43", Level: certificate.Third, Category: "肢体", Issued: o.Today(), Expires: o.Today()}
		return tx.AddCard(card.Card{ID: card.ID(a.ID), Region: a.Region, Batch: card.BatchID(a.Batch), Application: string(a.ID), Certificate: held.ID, Face: face, State: card.Dispatched})
	})
	return a
}

// told is how often the holder of a card was told to fetch it.
func told(t *testing.T, o *testbed.Office, a application.Application) (n int) {
	t.Helper()
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		c, err := tx.CardOf(a)
		n = c.Notices
		return err
	})
	return n
}

// TestTextingHoldersIsOneDecision: the message and the note on the case are there together or not at all, and nobody is noted as told who cannot be reached.
func TestTextingHoldersIsOneDecision(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, clerk := outreach.New(o.DB, nil), t.Context(), testbed.As(access.Clerk)
		on(t, o)
		reached, silent := waiting(t, o, withPhone(t, o, "13911111111", "")), waiting(t, o, withPhone(t, o, "", ""))
		elsewhere := o.Case(t, withPhone(t, o, "13922222222", ""), application.Review) // has no card
		if _, err := desk.TextHolders(ctx, clerk, []application.ID{reached.ID, elsewhere.ID}); fault.Of(err) != fault.Refused {
			t.Errorf("a case without a card: %v", err)
		}
		if n := told(t, o, reached); n != 0 || len(all(t, desk).Messages) != 0 {
			t.Errorf("half is done: told %d times, %d messages", n, len(all(t, desk).Messages))
		}
		if n, err := desk.TextHolders(ctx, clerk, []application.ID{reached.ID, silent.ID}); err != nil || n != 1 {
			t.Fatal(n, err)
		}
		if told(t, o, reached) != 1 || told(t, o, silent) != 0 {
			t.Errorf("told %d and %d times", told(t, o, reached), told(t, o, silent))
		}
		if _, err := desk.TextHolders(ctx, clerk, nil); fault.Of(err) != fault.Invalid {
			t.Errorf("nobody: %v", err)
		}
	})
}

func TestHoldersAreTextedOnceADay(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, clerk := outreach.New(o.DB, nil), t.Context(), testbed.As(access.Clerk)
		a := waiting(t, o, withPhone(t, o, "13911111111", ""))
		if _, err := desk.TextHolders(ctx, clerk, []application.ID{a.ID}); fault.Of(err) != fault.Refused {
			t.Errorf("where messages are off: %v", err)
		}
		on(t, o)
		for i, want := range []int{1, 0} {
			if n, err := desk.TextHolders(ctx, clerk, []application.ID{a.ID, a.ID}); err != nil || n != want {
				t.Errorf("time %d: %d, %v", i+1, n, err)
			}
		}
		o.Wait(1)
		if n, err := desk.TextHolders(ctx, clerk, []application.ID{a.ID}); err != nil || n != 1 {
			t.Errorf("the next day: %d, %v", n, err)
		}
	})
}

func TestAPhoneIsRefusedAndAllowedAgain(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, village := outreach.New(o.DB, nil), t.Context(), testbed.As(access.Village)
		for _, phone := range []string{"", "0692-2121234", "1391111111x"} {
			if err := desk.RefuseMessages(ctx, village, phone); fault.Of(err) != fault.Invalid {
				t.Errorf("%q: %v", phone, err)
			}
		}
		if err := desk.RefuseMessages(ctx, village, "13911111111"); err != nil {
			t.Fatal(err)
		}
		if err := desk.RefuseMessages(ctx, village, "13911111111"); fault.Of(err) != fault.Invalid {
			t.Errorf("twice: %v", err)
		}
		list, _, err := desk.Unwanted(ctx, village, "", outreach.Page{Limit: 50})
		if err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		if err := desk.AllowMessages(ctx, testbed.Stranger(access.Village), list[0].ID); fault.Of(err) != fault.Missing {
			t.Errorf("a stranger allows: %v", err)
		}
		next := village
		next.Region = "533103105202"
		if err := desk.AllowMessages(ctx, next, list[0].ID); fault.Of(err) != fault.Missing {
			t.Errorf("the next village allows: %v", err)
		}
		if theirs, _, err := desk.Unwanted(ctx, next, "", outreach.Page{Limit: 50}); err != nil || len(theirs) != 0 {
			t.Errorf("the next village reads %v, %v", theirs, err)
		}
		if err := desk.RefuseMessages(ctx, testbed.As(access.Clerk), "13933333333"); err != nil {
			t.Fatal(err)
		}
		if theirs, _, err := desk.Unwanted(ctx, next, "", outreach.Page{Limit: 50}); err != nil || len(theirs) != 1 || desk.AllowMessages(ctx, next, theirs[0].ID) != nil {
			t.Errorf("what the county noted: %v, %v", theirs, err)
		}
		if err := desk.AllowMessages(ctx, village, list[0].ID); err != nil {
			t.Fatal(err)
		}
		for i := range 5 {
			if err := desk.RefuseMessages(ctx, village, fmt.Sprintf("1392222222%d", i)); err != nil {
				t.Fatal(err)
			}
		}
		var pages []int
		for page := (outreach.Page{Limit: 2}); ; {
			part, next, err := desk.Unwanted(ctx, village, "", page)
			if err != nil {
				t.Fatal(err)
			}
			pages = append(pages, len(part))
			if page.After = next; next == "" {
				break
			}
		}
		if fmt.Sprint(pages) != "[2 2 1]" {
			t.Errorf("pages of %v", pages)
		}
		everybody, _, err := desk.Unwanted(ctx, village, "", outreach.Page{Limit: 50})
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range everybody {
			if err := desk.AllowMessages(ctx, village, u.ID); err != nil {
				t.Fatal(err)
			}
		}
		if list, _, err = desk.Unwanted(ctx, village, "", outreach.Page{Limit: 50}); err != nil || len(list) != 0 {
			t.Error(list, err)
		}
	})
}
