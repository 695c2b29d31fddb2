package card

import (
	"strings"

	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/region"
)

// Destruction is old cards that were destroyed together, before two witnesses (M61).
type Destruction struct {
	ID     string
	Region region.Code // the county
	No     string
	Day    day.Day
	Way    string // how: shredded, burnt …
	First  string // a witness
	Second string // the other
	Clerk  string
	Cards  int
}

// County is the tenant that answers for the destruction.
func (d Destruction) County() region.Code { return d.Region.County() }

// The letters that a way and a name may have.
const (
	wayMost     = 60
	witnessMost = 40
)

// Check refuses a destruction of nothing, one on a day to come or before the last of the cards came in, and one without two witnesses who are two people and neither the clerk.
func (d *Destruction) Check(last, today day.Day) error {
	d.Way, d.First, d.Second = strings.TrimSpace(d.Way), strings.TrimSpace(d.First), strings.TrimSpace(d.Second)
	var p fault.Problems
	if d.Cards == 0 {
		p.Add("ids", "recall.none")
	}
	if d.Day == "" || d.Day > today {
		p.Add("day", "recall.day.wrong")
	} else if d.Day < last {
		p.Add("day", "recall.day.early", last)
	}
	if d.Way == "" {
		p.Add("way", "recall.way.missing")
	}
	long(&p, "way", d.Way, wayMost)
	for _, w := range []struct{ name, value string }{{"first", d.First}, {"second", d.Second}} {
		switch {
		case w.value == "":
			p.Add(w.name, "recall.witness.missing")
		case w.value == d.Clerk:
			p.Add(w.name, "recall.witness.clerk")
		}
		long(&p, w.name, w.value, witnessMost)
	}
	if d.First != "" && d.First == d.Second {
		p.Add("second", "recall.witness.same")
	}
	return p.Fault()
}
