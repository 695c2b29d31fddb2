package card

import (
	"cmp"
	"strings"
	"testing"

	"hefa/internal/day"
	"hefa/internal/fault"
)

// M64: the township counts what it gets; a difference wants a word.
func TestAParcelIsCountedWhenItComesIn(t *testing.T) {
	t.Parallel()
	sent := []Card{{Serial: "A0000001"}, {Serial: "A0000002"}, {}}
	for _, tt := range []struct {
		name    string
		f       Found
		wrong   string
		missing int
		strange int
	}{
		{"all there", Found{Count: 3, Whole: true}, "", 0, 0},
		{"all scanned", Found{Count: 3, Whole: true, Serials: []string{" a0000001", "A0000002", "A0000002", ""}}, "", 0, 0},
		{"one short", Found{Count: 2, Whole: true}, "note", 0, 0},
		{"one short, with a word", Found{Count: 2, Whole: true, Note: "缺一本，已报县残联"}, "", 0, 0},
		{"a broken seal", Found{Count: 3}, "note", 0, 0},
		{"another serial", Found{Count: 3, Whole: true, Serials: []string{"A0000001", "A0000009"}, Note: "装错"}, "", 1, 1},
		{"another serial without a word", Found{Count: 3, Whole: true, Serials: []string{"A0000001", "A0000009"}}, "note", 1, 1},
		{"no count", Found{Count: -1, Whole: true, Note: "x"}, "count", 0, 0},
		{"a long word", Found{Count: 3, Whole: true, Note: strings.Repeat("长", 201)}, "note", 0, 0},
	} {
		b := Batch{Cards: 3, Dispatched: "2020-04-01"}
		err := b.Receive(tt.f, sent, "测试经办", "2020-04-02")
		got := ""
		for _, f := range fault.Fields(err) {
			got += f.Name
		}
		if got != tt.wrong || err == nil && (len(b.Missing) != tt.missing || len(b.Strange) != tt.strange || (b.Read > 0) != (len(tt.f.Serials) > 0) || b.Received != "2020-04-02") || err != nil && b.Received != "" {
			t.Errorf("%s: %q, %+v", tt.name, got, b.Arrival)
		}
	}
	b := Batch{Cards: 3}
	if err := b.Receive(Found{Count: 3, Whole: true}, sent, "", "2020-04-02"); fault.Of(err) != fault.Refused {
		t.Errorf("before it left: %v", err)
	}
	if err := b.Dispatch(Parcel{Seal: strings.Repeat("1", 41)}, "", "2020-04-01"); fault.Of(err) != fault.Invalid {
		t.Errorf("a long seal: %v", err)
	}
	if err := b.Dispatch(Parcel{Seal: " 000123 ", Bearer: "邮政"}, "", "2020-04-01"); err != nil || b.Seal != "000123" {
		t.Errorf("%+v, %v", b.Parcel, err)
	}
	for i, want := range []bool{true, false} {
		if err := b.Receive(Found{Count: 3, Whole: true}, sent, "", "2020-04-02"); (err == nil) != want {
			t.Errorf("time %d: %v", i+1, err)
		}
	}
	if b.Read != 0 {
		t.Errorf("only counted, and %d serials looked at", b.Read)
	}
}

// TestAParcelHasDaysOfItsOwn: the days on which it left and came in are those that were entered, not those of the entry.
func TestAParcelHasDaysOfItsOwn(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		left, on     day.Day
		wrong, after string
	}{
		{"", "", "", ""}, {"2020-04-01", "2020-04-01", "", ""}, {"2020-04-02", "2020-04-04", "", ""},
		{"2020-03-31", "", "left", ""}, {"2020-04-06", "", "left", ""}, {"1.4.", "", "left", ""},
		{"2020-04-02", "2020-04-01", "", "on"}, {"2020-04-02", "2020-04-06", "", "on"}, {"2020-04-02", "x", "", "on"},
	} {
		b, today := Batch{Cards: 1}, day.Day("2020-04-05")
		if got := named(b.Dispatch(Parcel{Left: tt.left}, "2020-04-01", today)); got != tt.wrong || got == "" && b.Dispatched != cmp.Or(tt.left, today) {
			t.Errorf("left on %q: %q, %q", tt.left, got, b.Dispatched)
		}
		if tt.wrong != "" {
			continue
		}
		if got := named(b.Receive(Found{Count: 1, Whole: true, On: tt.on}, []Card{{}}, "", today)); got != tt.after || got == "" && b.Received != cmp.Or(tt.on, today) {
			t.Errorf("came in on %q: %q, %q", tt.on, got, b.Received)
		}
	}
}

// named is the fields that are wrong.
func named(err error) string {
	out := ""
	for _, f := range fault.Fields(err) {
		out += f.Name
	}
	return out
}
