package card

import (
	"strings"
	"testing"

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
		if got != tt.wrong || err == nil && (len(b.Missing) != tt.missing || len(b.Strange) != tt.strange || b.Received != "2020-04-02") || err != nil && b.Received != "" {
			t.Errorf("%s: %q, %+v", tt.name, got, b.Arrival)
		}
	}
	b := Batch{Cards: 3}
	if err := b.Receive(Found{Count: 3, Whole: true}, sent, "", "2020-04-02"); fault.Of(err) != fault.Refused {
		t.Errorf("before it left: %v", err)
	}
	if err := b.Dispatch(Parcel{Seal: strings.Repeat("1", 41)}, "2020-04-01"); fault.Of(err) != fault.Invalid {
		t.Errorf("a long seal: %v", err)
	}
	if err := b.Dispatch(Parcel{Seal: " 000123 ", Bearer: "邮政"}, "2020-04-01"); err != nil || b.Seal != "000123" {
		t.Errorf("%+v, %v", b.Parcel, err)
	}
	for i, want := range []bool{true, false} {
		if err := b.Receive(Found{Count: 3, Whole: true}, sent, "", "2020-04-02"); (err == nil) != want {
			t.Errorf("time %d: %v", i+1, err)
		}
	}
}
