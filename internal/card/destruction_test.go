package card

import (
	"strings"
	"testing"

	"hefa/internal/fault"
)

func TestOldCardsAreDestroyedBeforeTwoWitnesses(t *testing.T) {
	t.Parallel()
	good := Destruction{Day: "2020-04-01", Way: "粉碎", First: "证人甲", Second: "证人乙", Clerk: "办证员", Cards: 3}
	for field, spoil := range map[string]func(*Destruction){
		"":        func(d *Destruction) { d.First = " 证人甲 " },
		"ids":     func(d *Destruction) { d.Cards = 0 },
		"day":     func(d *Destruction) { d.Day = "2020-04-02" },
		"way":     func(d *Destruction) { d.Way = " " },
		"first":   func(d *Destruction) { d.First = "办证员" },
		"second":  func(d *Destruction) { d.Second = "证人甲 " },
		"second.": func(d *Destruction) { d.Second = "" },
		"way.":    func(d *Destruction) { d.Way = strings.Repeat("长", wayMost+1) },
		"first.":  func(d *Destruction) { d.First = strings.Repeat("长", witnessMost+1) },
		"day.":    func(d *Destruction) { d.Day = "" },
	} {
		d := good
		spoil(&d)
		err := d.Check("", "2020-04-01")
		var names []string
		for _, f := range fault.Fields(err) {
			names = append(names, f.Name)
		}
		if got, want := strings.Join(names, " "), strings.TrimSuffix(field, "."); got != want {
			t.Errorf("%q: %q", field, got)
		}
	}
}
