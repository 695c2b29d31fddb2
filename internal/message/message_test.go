package message

import (
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"hefa/internal/fault"
	"hefa/internal/lang"
)

func TestCarriersCountPartsOfSeventyAndSixtySeven(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]int{0: 1, 1: 1, 70: 1, 71: 2, 134: 2, 135: 3, 201: 3, 202: 4} {
		if got := Parts(strings.Repeat("证", n)); got != want {
			t.Errorf("%d characters are %d parts, want %d", n, got, want)
		}
	}
	if got := Parts(strings.Repeat("𠮷", 36)); got != 2 { // two units each
		t.Errorf("36 rare characters are %d parts", got)
	}
}

func TestAPartCutsNoCharacter(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("证", 66) + strings.Repeat("𠮷", 70)
	parts := Split(text)
	if strings.Join(parts, "") != text || len(parts) != 4 {
		t.Errorf("%q", parts)
	}
	for _, p := range parts {
		if n := len(utf16.Encode([]rune(p))); n > EachPart || n == 0 {
			t.Errorf("a part of %d units", n)
		}
	}
}

func TestWhatNobodyKnowsWaitsForAReportOrAnOfficer(t *testing.T) {
	t.Parallel()
	now := time.Date(2020, 4, 1, 9, 0, 0, 0, time.UTC)
	m := Message{State: Queued}
	if err := m.Unsure("x"); err == nil {
		t.Error("unsure before it was given away")
	}
	if err := m.Give(now); err != nil {
		t.Fatal(err)
	}
	put := m
	if err := put.Postpone("busy", now.Add(time.Second)); err != nil || put.Tries != 0 || !put.Given.IsZero() {
		t.Errorf("%+v, %v", put, err)
	}
	if err := m.Unsure("x"); err != nil || m.State != Failed {
		t.Errorf("%+v, %v", m, err)
	}
	again := m
	if err := again.Again(now); err != nil || !again.Given.IsZero() {
		t.Errorf("%+v, %v", again, err)
	}
	if err := m.Report(true, ""); err != nil || m.State != Delivered {
		t.Errorf("%+v, %v", m, err)
	}
}

func TestAWordingIsFilledWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	got, err := Compose("芒市残联", "{name}同志，请于{day}前换证。", map[string]string{"name": "刀小妹", "day": "2020年9月17日"})
	if err != nil || got != "【芒市残联】刀小妹同志，请于2020年9月17日前换证。" {
		t.Errorf("%q, %v", got, err)
	}
	for _, w := range []string{"", "{nobody}同志", "请{", strings.Repeat("长", most)} {
		if got, err := Compose("芒市残联", w, map[string]string{"name": "刀小妹"}); fault.Of(err) != fault.Refused {
			t.Errorf("%q becomes %q", w, got)
		}
	}
	if _, err := Compose("", "请换证", nil); fault.Of(err) != fault.Refused {
		t.Error("without a signature")
	}
}

func TestMobileNumbers(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{"13900000000": true, "19900000000": true, "12900000000": false, "1390000000": false, "139000000000": false, "0692-2121234": false, "1390000000x": false, "": false} {
		if Mobile(s) != want {
			t.Errorf("%q is mobile: %v", s, !want)
		}
	}
}

func TestNobodyIsWoken(t *testing.T) {
	t.Parallel()
	h := Hours{8, 20}
	at := func(d, hour, minute int) time.Time { return time.Date(2020, 4, d, hour, minute, 0, 0, time.UTC) }
	for now, want := range map[time.Time]time.Time{at(1, 7, 59): at(1, 8, 0), at(1, 8, 0): at(1, 8, 0), at(1, 19, 59): at(1, 19, 59), at(1, 20, 0): at(2, 8, 0), at(30, 23, 0): at(31, 8, 0)} {
		if got := h.Next(now); !got.Equal(want) {
			t.Errorf("at %s goes out at %s, want %s", now, got, want)
		}
	}
	for _, odd := range []Hours{{20, 8}, {8, 8}, {0, 0}, {24, 25}} {
		if got := odd.Next(at(1, 3, 0)); !got.Equal(at(1, 3, 0)) {
			t.Errorf("%+v waits for %s", odd, got)
		}
	}
}

func TestAMessageIsTriedAgainMoreAndMoreSeldom(t *testing.T) {
	t.Parallel()
	now := time.Date(2020, 4, 1, 9, 0, 0, 0, time.UTC)
	m := Message{State: Queued}
	var waits []time.Duration
	for m.State == Queued {
		if err := m.Give(now); err != nil {
			t.Fatal(err)
		}
		if err := m.Refused("busy", 6, now); err != nil {
			t.Fatal(err)
		}
		waits = append(waits, m.Next.Sub(now))
	}
	want := []time.Duration{time.Minute, 4 * time.Minute, 16 * time.Minute, 64 * time.Minute, 256 * time.Minute}
	for i, w := range want {
		if waits[i] != w {
			t.Errorf("try %d waits %s, want %s", i+1, waits[i], w)
		}
	}
	if m.State != Failed || m.Tries != 6 || m.Fault != "busy" {
		t.Errorf("%+v", m)
	}
	if err := m.Again(now); err != nil || m.State != Queued || m.Tries != 0 {
		t.Errorf("again: %+v, %v", m, err)
	}
}

// TestEveryStepIsRefusedElsewhere walks every step from every state.
func TestEveryStepIsRefusedElsewhere(t *testing.T) {
	t.Parallel()
	now := time.Now()
	steps := map[string]struct {
		from State
		take func(*Message) error
	}{
		"give":    {Queued, func(m *Message) error { return m.Give(now) }},
		"taken":   {Queued, func(m *Message) error { return m.Taken("1", now) }},
		"refused": {Queued, func(m *Message) error { return m.Refused("x", 3, now) }},
		"drop":    {Queued, func(m *Message) error { return m.Drop("came") }},
		"report":  {Sent, func(m *Message) error { return m.Report(true, "") }},
		"unsure":  {Queued, func(m *Message) error { m.Given = now; return m.Unsure("x") }},
		"put off": {Queued, func(m *Message) error { return m.Postpone("x", now) }},
		"again":   {Failed, func(m *Message) error { return m.Again(now) }},
	}
	for name, s := range steps {
		for _, from := range States {
			m := Message{State: from, Tries: 1}
			if err := s.take(&m); (err == nil) != (from == s.from) || err != nil && m.State != from {
				t.Errorf("%s from %s: %v, %+v", name, from, err, m)
			}
		}
	}
	for _, k := range Kinds {
		if !lang.Has(k.Word()) {
			t.Errorf("%s has no word", k)
		}
	}
	for _, s := range States {
		if !lang.Has(s.Word()) {
			t.Errorf("%s has no word", s)
		}
	}
}
