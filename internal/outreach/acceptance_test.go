package outreach_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf16"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/message"
	"hefa/internal/outreach"
	"hefa/internal/policy"
	"hefa/internal/sms"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// carriers are the three protocols with the first digits of their numbers.
var carriers = map[string]string{"cmpp": "1380000", "sgip": "1300000", "smgp": "1330000"}

// deeds is what the simulator does by the last digits, and what becomes of a message then.
var deeds = map[string]message.State{
	"1000": message.Delivered,
	"0001": message.Failed,    // refused, as often as policy tries
	"0002": message.Delivered, // busy at first
	"0004": message.Failed,    // reported as not delivered
	"0009": message.Sent,      // the person answers TD, nothing is reported
}

// threeLines is an office with a line to each carrier, whose gateways are processes of their own.
type threeLines struct {
	*testbed.Office
	desk *outreach.Desk
	took map[string]func(phone string) []handed
	log  *lockedLog
}

// lockedLog is a log that many write to.
type lockedLog struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedLog) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

// dialled opens the lines; they end with the test.
func dialled(t *testing.T, o *testbed.Office) threeLines {
	t.Helper()
	out := threeLines{Office: o, took: map[string]func(string) []handed{}, log: &lockedLog{}}
	var config sms.Config
	for protocol := range carriers {
		c := sms.LineConfig{Name: protocol, Protocol: protocol, Account: "901234", Secret: "secret", Source: "10690000", Service: "HEFA", Corp: "10001", Node: 3053100001}
		args := []string{"-protocol", protocol}
		if protocol == "sgip" {
			free, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			c.Listen, c.PeerAccount, c.PeerSecret = free.Addr().String(), "smg", "word"
			_ = free.Close() // the line listens there
			args = append(args, "-peer", c.Listen)
		}
		c.Address, out.took[protocol] = simulator(t, args...)
		config.Lines = append(config.Lines, c)
	}
	out.desk = outreach.New(o.DB, sms.NewNetwork(config, slog.New(slog.NewTextHandler(out.log, nil))))
	ctx, stop := context.WithCancel(context.Background())
	var hearing sync.WaitGroup
	hearing.Go(func() {
		if err := out.desk.HearCarriers(ctx, access.Program()); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() {
		stop()
		hearing.Wait()
		logged := out.log.b.String()
		if n := strings.Count(logged, "the line to the carrier stands"); n < len(carriers) {
			t.Errorf("the log tells of %d lines: %s", n, logged)
		}
		for _, head := range carriers {
			for deed := range deeds {
				if strings.Contains(logged, head+deed) {
					t.Errorf("the log tells the number %s%s: %s", head, deed, logged)
				}
			}
		}
		if strings.Contains(logged, "secret") {
			t.Errorf("the log tells the word of a line: %s", logged)
		}
	})
	return out
}

// submitted is how many parts the three gateways were given.
func (o threeLines) submitted() (n int) {
	for _, took := range o.took {
		n += len(took(""))
	}
	return n
}

// campaign makes a message of so many characters to everybody and says to how many.
func (o threeLines) campaign(t *testing.T, about string, characters int) int {
	t.Helper()
	wording := strings.Repeat("证", characters-len([]rune("【残疾人联合会】")))
	o.Update(t, access.Sysadmin, func(tx *store.Tx) error {
		return tx.SavePolicy(policy.Value{Key: policy.MessageCampaign, Region: testbed.County, Effective: day.Day("2018-01-01").Add(characters), Value: wording, Basis: "test"})
	})
	n, err := o.desk.TextCampaign(t.Context(), access.Program(), outreach.Audience{Region: testbed.County}, about)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// send hands over what is due, at most limit.
func (o threeLines) send(t *testing.T, limit int) int {
	t.Helper()
	n, err := o.desk.SendMessages(t.Context(), access.Program(), limit)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// settle lets time pass until every message stands as the deeds say.
func (o threeLines) settle(t *testing.T) {
	t.Helper()
	var open []string
	defer func() {
		if t.Failed() {
			t.Errorf("still on their way: %q", open)
		}
	}()
	until(t, "every message comes to its end", func() bool {
		o.Pass(5 * time.Second)
		o.send(t, 100)
		open = nil
		for _, m := range all(t, o.desk).Messages {
			if m.State != deeds[m.Phone[7:]] {
				open = append(open, m.Phone+" "+string(m.State)+" "+m.Fault)
			}
		}
		return len(open) == 0
	})
}

// TestAnOfficeWithTheThreeCarriers is what issue 5 asks of the lines: the queue keeps its rate and the quiet hours, what is refused is tried as often as policy
// says and what is busy waits, reports decide, who answers TD hears no more, 70 characters are one part and 71 are parts of 67.
func TestAnOfficeWithTheThreeCarriers(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, office *testbed.Office) {
		o := dialled(t, office)
		people := len(carriers) * len(deeds)
		for _, head := range carriers {
			for deed := range deeds {
				withPhone(t, office, head+deed, "")
			}
		}
		on(t, office)
		o.Policy(t, policy.MessageTries, "2")
		o.Pass(12 * time.Hour) // nine in the evening
		if n := o.campaign(t, "one part", message.OnePart); n != people {
			t.Fatalf("%d messages for %d people", n, people)
		}
		if n := o.send(t, 100); n != 0 || o.submitted() != 0 {
			t.Fatalf("%d went out at night", n)
		}
		o.Pass(11 * time.Hour)
		if n := o.send(t, 4); n != 4 || o.submitted() > 4 {
			t.Fatalf("%d of 4 went out in the first second, %d reached a gateway", n, o.submitted())
		}
		o.settle(t)
		for protocol, head := range carriers {
			for deed, times := range map[string]int{"1000": 1, "0001": 2, "0002": 2, "0004": 1, "0009": 1} {
				if got := o.took[protocol](head + deed); len(got) != times || got[0].Fields["of"] != "1" {
					t.Errorf("%s: %s was submitted %d times, want %d", protocol, deed, len(got), times)
				}
			}
			for other, took := range o.took {
				if other != protocol && len(took(head+"1000")) != 0 {
					t.Errorf("a number of %s went to %s", protocol, other)
				}
			}
		}
		until(t, "three want no more", func() bool {
			list, _, err := o.desk.Unwanted(t.Context(), testbed.As(access.Village), "", outreach.Page{Limit: 50})
			return err == nil && len(list) == len(carriers)
		})
		if n := o.campaign(t, "two parts", message.OnePart+1); n != people-len(carriers) {
			t.Errorf("%d messages though three want none", n)
		}
		o.settle(t)
		for protocol, head := range carriers {
			got := o.took[protocol](head + "1000")
			if len(got) != 3 || len(utf16.Encode([]rune(got[0].Text))) != message.OnePart || len([]rune(got[1].Text)) != message.EachPart || len([]rune(got[2].Text)) != message.OnePart+1-message.EachPart ||
				got[1].Fields["of"] != "2" || got[2].Fields["part"] != "2" || strings.ReplaceAll(got[1].Text+got[2].Text, "证", "") != "【残疾人联合会】" {
				t.Errorf("%s: %+v", protocol, got)
			}
		}
	})
}

// TestPartsReportedAtOnceAreAllNoted: a gateway may bring the reports of two parts over two connections in the same moment, and neither may hide the other.
func TestPartsReportedAtOnceAreAllNoted(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		ctx, program := t.Context(), access.Program()
		withPhone(t, o, "13911111111", "")
		on(t, o)
		o.Policy(t, policy.MessageCampaign, strings.Repeat("证", message.OnePart))
		c := &answering{sms.Answer{}, nil}
		desk := outreach.New(o.DB, c)
		for i := range 12 {
			about := fmt.Sprintf("campaign %d", i)
			c.answer.Parts = []sms.Part{{No: 1, Ref: about + ":1"}, {No: 2, Ref: about + ":2"}}
			if n, err := desk.TextCampaign(ctx, program, outreach.Audience{Region: testbed.County}, about); err != nil || n != 1 {
				t.Fatal(n, err)
			}
			if _, err := desk.SendMessages(ctx, program, 10); err != nil {
				t.Fatal(err)
			}
			var both sync.WaitGroup
			for _, p := range c.answer.Parts {
				both.Go(func() {
					if err := desk.ReportPart(ctx, program, sms.Report{Ref: p.Ref, Delivered: true}); err != nil {
						t.Error(err)
					}
				})
			}
			both.Wait()
		}
		for _, m := range all(t, desk).Messages {
			if m.State != message.Delivered {
				t.Errorf("%s is %s", m.About, m.State)
			}
		}
	})
}
