package sms

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"hefa/internal/message"
)

const short = "【芒市残联】刀小妹同志，您的残疾人证将于3个月后到期。"

var long = short + strings.Repeat("请带上身份证和照片到乡镇残联办理换证，𠮷日也可以。", 6)

// fixed is what each protocol's frame must say of a message of the tests, read by the other program's tables.
var fixed = map[string]map[string]string{
	"cmpp": {"Msg_Id": "0", "Pk_total": "1", "Pk_number": "1", "Registered_Delivery": "1", "Msg_level": "0", "Service_Id": "HEFA", "Fee_UserType": "2", "Fee_terminal_Id": "",
		"Fee_terminal_type": "0", "TP_pId": "0", "TP_udhi": "0", "Msg_Fmt": "8", "Msg_src": "901234", "FeeType": "01", "FeeCode": "0", "ValId_Time": "", "At_Time": "",
		"Src_Id": "10690000", "DestUsr_tl": "1", "Dest_terminal_Id": "13800001000", "Dest_terminal_type": "0", "LinkID": ""},
	"sgip": {"SPNumber": "10690000", "ChargeNumber": "000000000000000000000", "UserCount": "1", "UserNumber": "8613800001000", "CorpId": "10001", "ServiceType": "HEFA",
		"FeeType": "0", "FeeValue": "0", "GivenValue": "0", "AgentFlag": "0", "MorelatetoMTFlag": "2", "Priority": "0", "ExpireTime": "", "ScheduleTime": "", "ReportFlag": "1",
		"TP_pid": "0", "TP_udhi": "0", "MessageCoding": "8", "MessageType": "0", "Reserve": ""},
	"smgp": {"MsgType": "6", "NeedReport": "1", "Priority": "1", "ServiceID": "HEFA", "FeeType": "00", "FeeCode": "0", "FixedFee": "0", "MsgFormat": "8", "ValidTime": "",
		"AtTime": "", "SrcTermID": "10690000", "ChargeTermID": "", "DestTermIDCount": "1", "DestTermID": "13800001000", "Reserve": ""},
}

func TestAMessageGoesOutAndIsReported(t *testing.T) {
	eachProtocol(t, func(t *testing.T, protocol string) {
		o := open(t, protocol, nil)
		a, err := o.send(t, "1000", short)
		if err != nil || len(a.Parts) != 1 || a.Parts[0].No != 1 || !strings.HasPrefix(a.Ref, "x:") {
			t.Fatal(a, err)
		}
		got := o.sim.wait(t, submits(phones+"1000"), 1)[0]
		if got.Text != short || got.Fields["whole"] != "true" {
			t.Errorf("%+v", got)
		}
		for name, want := range fixed[protocol] {
			if have, ok := got.Fields[name]; !ok || have != want {
				t.Errorf("%s is %q, want %q", name, have, want)
			}
		}
		reports, _ := o.heard.wait(t, 1)
		if reports[0] != (Report{Ref: a.Ref, Delivered: true}) {
			t.Errorf("%+v, want %s", reports, a.Ref)
		}
		o.sim.wait(t, event("answered"), 1)
		o.stop()
		o.sim.wait(t, event("end"), 1) // it says goodbye
	})
}

// TestThePageOfFieldsIsRight compares docs/carriers.md with what is sent.
func TestThePageOfFieldsIsRight(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/carriers.md")
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(string(page), "\n## ")
	own := map[string]string{"HEFA": "`service`", "901234": "`account`", "10690000": "`source`", "10001": "`corp`", "": "NUL"}
	for i, protocol := range []string{"cmpp", "sgip", "smgp"} {
		for field, value := range fixed[protocol] {
			if o, ok := own[value]; ok {
				value = o
			}
			if !regexp.MustCompile(`\| ` + field + ` \| \d+ \| ` + regexp.QuoteMeta(value) + ` \|`).MatchString(parts[i+1]) {
				t.Errorf("the page does not say that %s of %s is %s", field, protocol, value)
			}
		}
	}
}

func TestALongTextGoesInPartsThatJoin(t *testing.T) {
	eachProtocol(t, func(t *testing.T, protocol string) {
		o := open(t, protocol, nil)
		a, err := o.send(t, "1001", long)
		n := message.Parts(long)
		if err != nil || n < 3 || len(a.Parts) != n {
			t.Fatal(a, err, n)
		}
		whole := ""
		for i, e := range o.sim.wait(t, submits(phones+"1001"), n) {
			whole += e.Text
			if e.Fields["part"] != fmt.Sprint(i+1) || e.Fields["of"] != fmt.Sprint(n) || strings.ContainsRune(e.Text, '�') {
				t.Errorf("%+v", e)
			}
			if total := e.Fields["Pk_total"] + e.Fields["PkTotal"]; protocol != "sgip" && total != fmt.Sprint(n) {
				t.Errorf("%s: %q parts", protocol, total)
			}
		}
		if whole != long {
			t.Errorf("%s", whole)
		}
		reports, _ := o.heard.wait(t, n)
		for i, r := range reports {
			if r.Ref != a.Parts[i].Ref || !r.Delivered {
				t.Errorf("%+v, want %+v", r, a.Parts[i])
			}
		}
	})
}

func TestWhatACarrierRefuses(t *testing.T) {
	codes := map[string]string{"cmpp": "13", "sgip": "6", "smgp": "47"}
	busy := map[string]string{"cmpp": "8", "sgip": "11", "smgp": "1"}
	eachProtocol(t, func(t *testing.T, protocol string) {
		o := open(t, protocol, nil)
		_, err := o.send(t, "0001", short)
		if r, ok := errors.AsType[*Refusal](err); !ok || r.Text != codes[protocol] {
			t.Errorf("%v", err)
		}
		_, err = o.send(t, "0002", short)
		b, ok := errors.AsType[*Busy](err)
		if !ok || b.Text != busy[protocol] || b.Wait <= 0 || b.Wait > quick.most {
			t.Fatalf("%v", err)
		}
		if _, err = o.send(t, "1002", short); err == nil {
			t.Error("the line does not rest")
		}
		for errors.As(err, &b) { // it rests for the time that it says
			time.Sleep(b.Wait)
			_, err = o.send(t, "0002", short)
		}
		if err != nil {
			t.Error(err)
		}
		if got := o.sim.wait(t, submits(phones+"0002"), 2); len(got) != 2 {
			t.Errorf("submitted %d times", len(got))
		}
	})
}

// TestWhatWasHandedOverIsNotSentAgain: a part whose answer never came may be with the carrier. It comes back as Unsure, and nobody sends it again by itself.
func TestWhatWasHandedOverIsNotSentAgain(t *testing.T) {
	eachProtocol(t, func(t *testing.T, protocol string) {
		o := open(t, protocol, nil)
		for _, deed := range []string{"0003", "0005", "0012"} {
			a, err := o.send(t, deed, short)
			if _, ok := errors.AsType[*Unsure](err); !ok {
				t.Errorf("%s: %v", deed, err)
			}
			if (len(a.Parts) == 1) != (protocol == "sgip") { // its name is our own, so that a report can still decide
				t.Errorf("%s: %+v", deed, a)
			}
			if a, err = o.send(t, "1003", short); err != nil { // the line came back
				t.Errorf("after %s: %v", deed, err)
			}
			if got := o.sim.wait(t, submits(phones+deed), 1); len(got) != 1 {
				t.Errorf("%s: submitted %d times", deed, len(got))
			}
		}
	})
}

// TestALineThatBreaksBetweenPartsSendsOnlyTheRest: what was taken is told, and left out the next time.
func TestALineThatBreaksBetweenPartsSendsOnlyTheRest(t *testing.T) {
	eachProtocol(t, func(t *testing.T, protocol string) {
		o := open(t, protocol, nil)
		a, err := o.send(t, "0007", long)
		if _, ok := errors.AsType[*Unsure](err); !ok || len(a.Parts) == 0 || a.Parts[0].No != 1 {
			t.Fatal(a, err)
		}
		rest, err := o.Send(t.Context(), Message{ID: "m-0007", Phone: phones + "0007", Text: long, Taken: map[int]bool{1: true}}) // as an officer decides
		if err != nil || rest.Parts[0].No != 2 {
			t.Fatal(rest, err)
		}
		n := map[string]int{}
		for _, e := range o.sim.wait(t, submits(phones+"0007"), message.Parts(long)+1) {
			n[e.Fields["part"]]++
		}
		if n["1"] != 1 || n["2"] != 2 || n["3"] != 1 {
			t.Errorf("%v", n)
		}
	})
}

func TestReportsOfEveryKind(t *testing.T) {
	whys := map[string]string{"cmpp": "UNDELIV", "sgip": "27", "smgp": "UNDELIV"}
	eachProtocol(t, func(t *testing.T, protocol string) {
		o := open(t, protocol, nil)
		o.heard.fails = 2 // as when a report comes before its part is noted
		var refs []string
		for _, deed := range []string{"0004", "0006", "0011", "0010", "0009"} {
			a, err := o.send(t, deed, short)
			if err != nil {
				t.Fatal(deed, err)
			}
			refs = append(refs, a.Ref)
		}
		reports, speech := o.heard.wait(t, 5)
		by := map[string]Report{}
		for _, r := range reports {
			by[r.Ref] = r
		}
		if r := by[refs[0]]; r.Delivered || r.Why != whys[protocol] {
			t.Errorf("%+v", r)
		}
		for _, ref := range refs[1:4] {
			if !by[ref].Delivered {
				t.Errorf("%s: %+v", ref, by[ref])
			}
		}
		if len(reports) != 4 || len(speech) != 1 || speech[0] != phones+"0009 TD" {
			t.Errorf("%+v %v", reports, speech)
		}
	})
}

// TestTheWindowSlides sends more than the window at once and breaks nothing.
func TestTheWindowSlides(t *testing.T) {
	eachProtocol(t, func(t *testing.T, protocol string) {
		o := open(t, protocol, func(c *LineConfig) { c.Window = 4 })
		var all sync.WaitGroup
		for i := range 100 {
			all.Go(func() {
				if _, err := o.send(t, fmt.Sprintf("2%03d", i), short); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		refs := map[string]bool{}
		reports, _ := o.heard.wait(t, 100)
		for _, r := range reports {
			refs[r.Ref] = true
		}
		if len(refs) != 100 {
			t.Errorf("%d names", len(refs))
		}
	})
}

func TestALineShowsSignsOfLife(t *testing.T) {
	eachProtocol(t, func(t *testing.T, protocol string) {
		o := open(t, protocol, nil)
		if _, err := o.send(t, "1004", short); err != nil {
			t.Fatal(err)
		}
		want := "active"
		if protocol == "sgip" {
			want = "end" // a line that is not needed is ended
		}
		o.sim.wait(t, event(want), 1)
		if _, err := o.send(t, "1005", short); err != nil { // and comes back
			t.Error(err)
		}
	})
}

func TestAnAccountThatIsRefusedSendsNothing(t *testing.T) {
	eachProtocol(t, func(t *testing.T, protocol string) {
		o := open(t, protocol, func(c *LineConfig) { c.Secret = "other" })
		ctx, stop := context.WithTimeout(t.Context(), time.Second)
		defer stop()
		if _, err := o.Send(ctx, Message{ID: "1", Phone: phones + "1006", Text: short}); !errors.Is(err, errDown) {
			t.Error(err)
		}
		for _, e := range o.sim.wait(t, event("bind"), 2) { // it tries again, and again
			if e.Deed != "false" {
				t.Errorf("%+v", e)
			}
		}
	})
}

func TestAGatewayThatIsNotTheRightOneIsNotTrusted(t *testing.T) {
	t.Parallel()
	for _, d := range []dialect{&cmpp{c: LineConfig{Account: "901234", Secret: "secret"}}, &smgp{c: LineConfig{Account: "901234", Secret: "secret"}}} {
		d.bind(time.Now())
		if err := d.bound(make([]byte, 21)); err == nil {
			t.Errorf("%T believes who does not know the secret", d)
		}
	}
	lax := &cmpp{c: LineConfig{Account: "901234", Secret: "secret", Unproved: true}}
	lax.bind(time.Now())
	if err := lax.bound(make([]byte, 21)); err != nil {
		t.Error(err)
	}
}
