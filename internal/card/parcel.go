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
}

// Arrival is what the township found when the parcel came in.
type Arrival struct {
	Received  day.Day
	Receiver  string
	Count     int      // cards in the bag
	Whole     bool     // the seal was unbroken, or there was none
	Missing   []string // serials that should have been in it and were not, of those that were looked for
	Strange   []string // serials that should not
	Departure string   // in which way it differs from the list, in words; "" when it does not
}

// The letters that the texts may have.
const (
	parcelMost    = 40
	departureMost = 200
)

// Dispatch notes how the batch leaves.
func (b *Batch) Dispatch(p Parcel, on day.Day) error {
	p.Seal, p.Bearer = strings.TrimSpace(p.Seal), strings.TrimSpace(p.Bearer)
	var wrong fault.Problems
	long(&wrong, "seal", p.Seal, parcelMost)
	long(&wrong, "bearer", p.Bearer, parcelMost)
	if err := wrong.Fault(); err != nil {
		return err
	}
	b.Dispatched, b.Parcel = on, p
	return nil
}

// Found is what somebody counts when a parcel comes in; Serials may be empty, for where nobody scans them.
type Found struct {
	Count   int
	Serials []string
	Whole   bool
	Note    string
}

// Receive notes that the batch came in at the township: how many cards, and which serials where they are scanned, against those that were sent. What
// differs, or a broken seal, wants a word.
func (b *Batch) Receive(f Found, sent []Card, by string, on day.Day) error {
	switch {
	case b.Dispatched == "":
		return fault.New(fault.Refused, "batch.receive.early")
	case b.Received != "":
		return fault.New(fault.Refused, "batch.receive.twice", b.Received)
	}
	r := Arrival{Received: on, Receiver: by, Count: f.Count, Whole: f.Whole, Departure: strings.TrimSpace(f.Note)}
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
	if len(seen) > 0 {
		r.Missing = without(known, seen)
		r.Strange = without(without(seen, known), void)
	}
	var p fault.Problems
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
