package card

import (
	"slices"
	"strings"

	"hefa/internal/day"
	"hefa/internal/fault"
)

// Parcel is how a batch travels: the number of the seal on its bag, and who carries it.
type Parcel struct {
	Seal   string
	Bearer string
	Left   day.Day // the day on which it left, "" for the day of the entry
}

// Arrival is what the township found when the parcel came in.
type Arrival struct {
	Received  day.Day
	Receiver  string
	Count     int      // cards in the bag
	Whole     bool     // the seal was unbroken, or there was none
	Read      int      // serials that were looked at, 0 when the bag was only counted
	Missing   []string // serials that should have been in it and were not, of those that were looked for
	Strange   []string // serials that should not
	Departure string   // in which way it differs from the list, in words; "" when it does not
}

// The letters that the texts may have.
const (
	parcelMost    = 40
	departureMost = 200
)

// Dispatch notes how the batch leaves, today or since its last card was printed.
func (b *Batch) Dispatch(p Parcel, printed, today day.Day) error {
	p.Seal, p.Bearer = strings.TrimSpace(p.Seal), strings.TrimSpace(p.Bearer)
	var wrong fault.Problems
	p.Left = leaving(&wrong, p.Left, printed, today)
	long(&wrong, "seal", p.Seal, parcelMost)
	long(&wrong, "bearer", p.Bearer, parcelMost)
	if err := wrong.Fault(); err != nil {
		return err
	}
	b.Dispatched, b.Parcel = p.Left, p
	return nil
}

// leaving is the day on which something left, today when none was said, and what is wrong with it.
func leaving(wrong *fault.Problems, on, printed, today day.Day) day.Day {
	if on == "" {
		return today
	}
	switch _, err := day.Parse(string(on)); {
	case err != nil:
		wrong.Add("left", "card.on.form")
	case on > today:
		wrong.Add("left", "batch.left.future")
	case on < printed:
		wrong.Add("left", "batch.left.early", printed)
	}
	return on
}

// Ahead is the day on which the card leaves before its batch: today, or one since it was printed.
func (b Batch) Ahead(c Card, on, today day.Day) (day.Day, error) {
	var wrong fault.Problems
	on = leaving(&wrong, on, max(b.Made, c.Printed), today)
	return on, wrong.Fault()
}

// Found is what somebody counts when a parcel comes in; Serials may be empty, for where nobody scans them.
type Found struct {
	Count   int
	Serials []string
	Whole   bool
	Note    string
	On      day.Day // the day on which it came in, "" for the day of the entry
}

// Receive notes that the batch came in at the township: how many cards, and which serials where they are scanned, against those that were sent. What
// differs, or a broken seal, wants a word. It came in today, or on a day since it left.
func (b *Batch) Receive(f Found, sent []Card, by string, today day.Day) error {
	switch {
	case b.Dispatched == "":
		return fault.New(fault.Refused, "batch.receive.early")
	case b.Received != "":
		return fault.New(fault.Refused, "batch.receive.twice", b.Received)
	}
	if f.On == "" {
		f.On = today
	}
	r := Arrival{Received: f.On, Receiver: by, Count: f.Count, Whole: f.Whole, Departure: strings.TrimSpace(f.Note)}
	var known, void []string
	awaited, most := 0, 0 // a card that is void may be in the bag or not
	for _, c := range sent {
		most++
		switch {
		case c.State == Void && c.Serial != "":
			void = append(void, c.Serial)
		case c.Serial != "":
			known = append(known, c.Serial)
		}
		if c.State != Void {
			awaited++
		}
	}
	var seen []string
	for _, s := range f.Serials {
		if s = Serial(s); s != "" && !slices.Contains(seen, s) {
			seen = append(seen, s)
		}
	}
	if r.Read = len(seen); r.Read > 0 {
		r.Missing = without(known, seen)
		r.Strange = without(without(seen, known), void)
	}
	var p fault.Problems
	b.came(&p, f.On, today)
	if f.Count < 0 || f.Count > 2*b.Cards+10 {
		p.Add("count", "batch.receive.count")
	}
	differs := f.Count < awaited || f.Count > most || len(r.Missing) > 0 || len(r.Strange) > 0 || !f.Whole
	if differs && r.Departure == "" {
		p.Add("note", "batch.receive.note", awaited, f.Count, len(r.Missing), len(r.Strange))
	}
	long(&p, "note", r.Departure, departureMost)
	if err := p.Fault(); err != nil {
		return err
	}
	b.Arrival = r
	return nil
}

// came notes what is wrong with the day on which a parcel came in.
func (b Batch) came(p *fault.Problems, on, today day.Day) {
	switch _, err := day.Parse(string(on)); {
	case err != nil:
		p.Add("on", "card.on.form")
	case on > today:
		p.Add("on", "batch.receive.future")
	case on < b.Dispatched:
		p.Add("on", "batch.receive.before", b.Dispatched)
	}
}

// without is what of all is not among some.
func without(all, some []string) []string {
	var out []string
	for _, s := range all {
		if !slices.Contains(some, s) {
			out = append(out, s)
		}
	}
	return out
}
