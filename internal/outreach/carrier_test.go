package outreach_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/message"
	"hefa/internal/outreach"
	"hefa/internal/policy"
	"hefa/internal/sms"
	"hefa/internal/testbed"
)

// gateway is a simulated one of a carrier, in a process of its own, with a count of what was submitted to it by phone.
func gateway(t *testing.T) (addr string, submitted func(phone string) int) {
	t.Helper()
	addr, events := simulator(t)
	return addr, func(phone string) int { return len(events(phone)) }
}

// handed is a part as a gateway read it.
type handed struct {
	Event, Phone, Text string
	Fields             map[string]string
}

// simulator is tools/carrier in a process of its own, and what was submitted to it for a phone, "" for all, in order.
func simulator(t *testing.T, args ...string) (addr string, submitted func(phone string) []handed) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "carrier")
	if out, err := exec.Command("go", "build", "-o", file, "hefa/tools/carrier").CombinedOutput(); err != nil {
		t.Fatal(string(out))
	}
	c := exec.Command(file, args...)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.Process.Kill()
		_ = c.Wait()
	})
	var mu sync.Mutex
	var all []handed
	up := make(chan string, 1)
	go func() {
		for d := json.NewDecoder(bufio.NewReader(out)); ; {
			var e handed
			if d.Decode(&e) != nil {
				return
			}
			if e.Event == "listening" {
				up <- e.Text
			}
			if e.Event == "submit" {
				mu.Lock()
				all = append(all, e)
				mu.Unlock()
			}
		}
	}()
	return <-up, func(phone string) (out []handed) {
		mu.Lock()
		defer mu.Unlock()
		for _, e := range all {
			if phone == "" || e.Phone == phone {
				out = append(out, e)
			}
		}
		return out
	}
}

// until waits for something that happens by itself.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for late := time.Now().Add(20 * time.Second); !is(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(late) {
			t.Fatal(what)
		}
	}
}

func TestACarrierTakesMessagesAndReports(t *testing.T) {
	t.Parallel()
	addr, submitted := gateway(t)
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		config := sms.Config{Lines: []sms.LineConfig{{Name: "yd", Protocol: "cmpp", Address: addr, Account: "901234", Secret: "secret", Source: "10690000"}}, Default: "yd"}
		desk, program := outreach.New(o.DB, sms.NewNetwork(config, slog.New(slog.NewTextHandler(io.Discard, nil)))), access.Program()
		ctx, stop := context.WithCancel(t.Context())
		var hearing sync.WaitGroup
		hearing.Go(func() {
			if err := desk.HearCarriers(ctx, program); err != nil {
				t.Error(err)
			}
		})
		defer hearing.Wait()
		defer stop()
		on(t, o)
		head := "138" + map[bool]string{true: "1", false: "2"}[strings.Contains(t.Name(), "ostgres")] + "000"
		want := map[string]message.State{"1000": message.Delivered, "0001": message.Queued, "0002": message.Queued, "0003": message.Failed, "0004": message.Failed, "0006": message.Delivered,
			"0008": message.Sent, "0009": message.Sent}
		// One after the other: what is under way when a line breaks, or when its carrier is busy, shares the lot.
		for _, deed := range []string{"1000", "0001", "0004", "0006", "0008", "0009", "0003", "0002"} {
			withPhone(t, o, head+deed, "")
			if n, err := desk.TextCampaign(ctx, program, outreach.Audience{Region: testbed.County}, "spring"); err != nil || n != 1 {
				t.Fatal(deed, n, err)
			}
			if n, err := desk.SendMessages(ctx, program, 100); err != nil || n != 1 {
				t.Fatal(deed, n, err)
			}
		}
		until(t, "the states of the messages", func() bool {
			for _, m := range all(t, desk).Messages {
				if m.State != want[m.Phone[7:]] {
					return false
				}
			}
			return true
		})
		until(t, "somebody who wants no more", func() bool {
			list, _, err := desk.Unwanted(ctx, testbed.As(access.Village), "", outreach.Page{Limit: 50})
			return err == nil && len(list) == 1 && list[0].Phone == head+"0009"
		})
		until(t, "what was refused and put off goes out again", func() bool { // the line rests a second
			o.Pass(24 * time.Hour)
			if _, err := desk.SendMessages(ctx, program, 100); err != nil {
				t.Fatal(err)
			}
			return submitted(head+"0001") > 1 && submitted(head+"0002") > 1
		})
		for deed, n := range map[string]int{"1000": 1, "0003": 1, "0004": 1, "0008": 1} {
			if got := submitted(head + deed); got != n {
				t.Errorf("%s was submitted %d times, want %d", deed, got, n)
			}
		}
	})
}

// silent is a carrier that cannot tell a second message from the first.
type silent struct{ carrier }

func (*silent) Once(string) bool                    { return true }
func (*silent) Run(context.Context, sms.Ears) error { return nil }

// TestAMessageWhoseProgramDiedIsNotSentTwice: with a carrier that knows no ids an officer decides.
func TestAMessageWhoseProgramDiedIsNotSentTwice(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		ctx, program := t.Context(), access.Program()
		withPhone(t, o, "13911111111", "")
		on(t, o)
		c := &silent{}
		desk := outreach.New(o.DB, c)
		if _, err := desk.TextCampaign(ctx, program, outreach.Audience{Region: testbed.County}, "spring"); err != nil {
			t.Fatal(err)
		}
		if _, err := outreach.New(o.DB, dead{}).SendMessages(ctx, program, 10); err != nil {
			t.Fatal(err)
		}
		o.Pass(10 * time.Minute)
		if n, err := desk.SendMessages(ctx, program, 10); err != nil || n != 0 || len(c.taken) != 0 {
			t.Errorf("%d, %v: sent again", n, err)
		}
		m := all(t, desk).Messages[0]
		if m.State != message.Failed || !strings.HasPrefix(m.Fault, "已交给运营商") {
			t.Errorf("%+v", m)
		}
		if err := desk.RetryMessages(ctx, testbed.As(access.Clerk), []message.ID{m.ID}); err != nil {
			t.Fatal(err)
		}
		if n, err := desk.SendMessages(ctx, program, 10); err != nil || n != 1 || len(c.taken) != 1 {
			t.Errorf("%d, %v", n, err)
		}
	})
}

func TestAReportMayDecideWhatNobodyKnew(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		ctx, program := t.Context(), access.Program()
		withPhone(t, o, "13911111111", "")
		on(t, o)
		o.Policy(t, policy.MessageTries, "1")
		c := &answering{sms.Answer{Parts: []sms.Part{{No: 1, Ref: "lt:01"}}}, &sms.Unsure{Text: "the line broke"}}
		desk := outreach.New(o.DB, c)
		if _, err := desk.TextCampaign(ctx, program, outreach.Audience{Region: testbed.County}, "spring"); err != nil {
			t.Fatal(err)
		}
		if _, err := desk.SendMessages(ctx, program, 10); err != nil {
			t.Fatal(err)
		}
		if m := all(t, desk).Messages[0]; m.State != message.Failed {
			t.Errorf("%+v", m)
		}
		if err := desk.ReportPart(ctx, program, sms.Report{Ref: "lt:02", Delivered: true}); fault.Of(err) != fault.Missing {
			t.Errorf("a part that nobody knows: %v", err)
		}
		for range 2 { // a gateway that was not answered says it again
			if err := desk.ReportPart(ctx, program, sms.Report{Ref: "lt:01", Delivered: true}); err != nil {
				t.Fatal(err)
			}
		}
		if m := all(t, desk).Messages[0]; m.State != message.Delivered {
			t.Errorf("%+v", m)
		}
	})
}

// answering is a carrier that always says the same.
type answering struct {
	answer sms.Answer
	err    error
}

func (a *answering) Send(context.Context, sms.Message) (sms.Answer, error) { return a.answer, a.err }
