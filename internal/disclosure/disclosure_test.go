package disclosure

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hefa/internal/day"
	"hefa/internal/fault"
)

func TestAListIsAskedForWhole(t *testing.T) {
	t.Parallel()
	for want, spoil := range map[string]func(*Disclosure){
		"":         func(d *Disclosure) { d.Receiver = " 县民政局 " },
		"columns":  func(d *Disclosure) { d.Columns = nil },
		"columns.": func(d *Disclosure) { d.Columns = []Column{Name, "password"} },
		"to":       func(d *Disclosure) { d.Filter = Filter{From: "2020-02-01", To: "2020-01-31"} },
		"receiver": func(d *Disclosure) { d.Receiver = " " },
		"receiver.": func(d *Disclosure) {
			d.Receiver = strings.Repeat("长", ReceiverMost+1)
		},
	} {
		d := Disclosure{Columns: []Column{Number, Name, Number}, Receiver: "县民政局"}
		spoil(&d)
		err := d.Check()
		var names []string
		for _, f := range fault.Fields(err) {
			names = append(names, f.Name)
		}
		if got := strings.Join(names, " "); got != strings.TrimSuffix(want, ".") {
			t.Errorf("%q: %q %v", want, got, err)
		}
		if want == "" && !slices.Equal(d.Columns, []Column{Name, Number}) {
			t.Errorf("columns: %v", d.Columns)
		}
	}
}

// Whatever is tried in whatever order: nothing leaves without somebody else's grant, after its days, or more often than allowed.
func TestNothingLeavesWithoutSomebodyElse(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		limits := Limits{Days: rapid.IntRange(0, 4).Draw(t, "days"), Times: rapid.IntRange(1, 3).Draw(t, "times")}
		d := Disclosure{State: Asked, Author: "author"}
		today, granted, taken := day.Day("2020-01-01"), day.Day(""), 0
		who := rapid.SampledFrom([]string{"author", "second", "third"})
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			today = today.Add(rapid.IntRange(0, 1).Draw(t, "later"))
			account := who.Draw(t, "account")
			if rapid.Bool().Draw(t, "take") {
				before := d
				if err := d.Take(account, today); err != nil {
					if d.Left != before.Left {
						t.Fatal("a refusal counted")
					}
					continue
				}
				if taken++; account != "author" || granted == "" || today > granted.Add(limits.Days) || taken > limits.Times {
					t.Fatalf("taken by %s on %s, granted %q, %d times", account, today, granted, taken)
				}
				continue
			}
			v := Verdict{Account: account, Grant: rapid.Bool().Draw(t, "grant"), Opinion: rapid.SampledFrom([]string{"", "不必要"}).Draw(t, "opinion")}
			err := d.Decide(v, limits, today)
			if err == nil && (account == "author" || !v.Grant && v.Opinion == "") {
				t.Fatalf("decided by %+v", v)
			}
			if err == nil && v.Grant {
				granted = today
			}
		}
	})
}
