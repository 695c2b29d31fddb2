package card

import (
	"fmt"
	"strconv"
	"strings"

	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/region"
)

// Kind is which blank a face wants: the second-generation book with its red or green cover, or the third-generation card in red or blue (rules.md §2.3).
type Kind string

// The kinds of blanks.
const (
	BookRed   Kind = "book-red"
	BookGreen Kind = "book-green"
	CardRed   Kind = "card-red"
	CardBlue  Kind = "card-blue"
)

// Kinds is every kind, in the order of lists.
var Kinds = []Kind{BookRed, BookGreen, CardRed, CardBlue}

// Word is the key of k's name in the catalogue.
func (k Kind) Word() string { return "blank.kind." + string(k) }

// Valid says whether k is a kind.
func (k Kind) Valid() bool {
	for _, x := range Kinds {
		if x == k {
			return true
		}
	}
	return false
}

// BlankState says where a blank is. What was received is at all times what is in stock, issued, used, spoiled, lost or sent back.
type BlankState string

// The states of a blank.
const (
	Stock    BlankState = "stock"    // in the county's store
	Issued   BlankState = "issued"   // at a printing desk
	Used     BlankState = "used"     // became a good card
	Spoiled  BlankState = "spoiled"  // came out wrong
	Lost     BlankState = "lost"     // nobody knows where it is
	Returned BlankState = "returned" // sent back to whoever delivered it
)

// BlankStates is every state, in the order of lists.
var BlankStates = []BlankState{Stock, Issued, Used, Spoiled, Lost, Returned}

// Word is the key of s's name in the catalogue.
func (s BlankState) Word() string { return "blank.state." + string(s) }

// Blank is one numbered blank, from its delivery to its end.
type Blank struct {
	Region  region.Code // the county
	Serial  string
	Kind    Kind
	State   BlankState
	Desk    string  // the desk at which it lies or ended, "" in the store
	Card    ID      // the card that it became, or that was to be printed on it
	Reason  string  // why it was spoiled, lost or sent back
	Witness string  // the second person at a loss
	Moved   day.Day // the day of its last step
	Booked  day.Day // the desk's day in whose count that step stands
	Version int
}

// County is the tenant that answers for the blank.
func (b Blank) County() region.Code { return b.Region.County() }

// blankMoves is every step there is; what is not written here is refused.
var blankMoves = map[BlankState][]BlankState{
	Stock:  {Issued, Lost, Returned},
	Issued: {Stock, Used, Spoiled, Lost},
	Used:   {Spoiled, Lost},  // the card is printed again on another one, or nobody gets it
	Lost:   {Stock, Spoiled}, // it was found; what bears a face is no blank any more
}

// move takes one step.
func (b *Blank) move(to BlankState, on day.Day) error {
	for _, s := range blankMoves[b.State] {
		if s == to {
			b.State, b.Moved, b.Booked = to, on, on
			return nil
		}
	}
	return fault.New(fault.Refused, "blank.step.wrong", b.Serial, b.State)
}

// Issue hands the blank from the store to a desk.
func (b *Blank) Issue(desk string, on day.Day) error {
	b.Desk, b.Reason = desk, ""
	return b.move(Issued, on)
}

// Return takes the blank from a desk back into the store, or from the store back to whoever delivered it.
func (b *Blank) Return(reason string, on day.Day) error {
	b.Reason = reason
	if b.State == Issued {
		b.Desk = ""
		return b.move(Stock, on)
	}
	return b.move(Returned, on)
}

// Use makes the blank the card; it must be of the kind that the face wants.
func (b *Blank) Use(c Card, on day.Day) error {
	if b.Kind != c.Face.Kind() {
		return fault.New(fault.Refused, "blank.kind.wrong", b.Serial, b.Kind, c.Face.Kind())
	}
	b.Card = c.ID
	return b.move(Used, on)
}

// Spoil marks the blank as spoiled on the way to the card, or with the card that was made of it and is printed again.
func (b *Blank) Spoil(c Card, reason string, on day.Day) error {
	if b.State == Issued && b.Kind != c.Face.Kind() {
		return fault.New(fault.Refused, "blank.kind.wrong", b.Serial, b.Kind, c.Face.Kind())
	}
	if b.State == Lost || b.State == Used && b.Card != c.ID { // one that was lost is found first
		return fault.New(fault.Refused, "blank.step.wrong", b.Serial, b.State)
	}
	b.Card, b.Reason = c.ID, reason
	return b.move(Spoiled, on)
}

// Lose records that nobody finds the blank; two people stand for it.
func (b *Blank) Lose(reason, witness string, on day.Day) error {
	if b.State == Used {
		return fault.New(fault.Refused, "blank.step.wrong", b.Serial, b.State)
	}
	b.Reason, b.Witness = reason, witness
	return b.move(Lost, on)
}

// Miss records that nobody finds the card that the blank became; two people stand for it.
func (b *Blank) Miss(c Card, reason, witness string, on day.Day) error {
	if b.State != Used || b.Card != c.ID {
		return fault.New(fault.Refused, "blank.step.wrong", b.Serial, b.State)
	}
	b.Reason, b.Witness, b.Desk = reason, witness, "" // what became a card is at no desk any more
	return b.move(Lost, on)
}

// Find records that a lost blank turned up: it lies in the store again, or it bears a face and is spoiled.
func (b *Blank) Find(reason, witness string, on day.Day) error {
	if b.State == Lost && b.Card != "" {
		b.Reason, b.Witness = reason, witness
		return b.move(Spoiled, on)
	}
	b.Reason, b.Witness, b.Desk = reason, witness, ""
	return b.move(Stock, on)
}

// RunMost is how many blanks one entry moves at most: a carton.
const RunMost = 5000

// Run is blanks with serials that follow each other.
type Run struct {
	Kind  Kind
	First string
	Count int
}

// serialMost is the longest serial.
const serialMost = 30

// Clean is the run with its first serial as it is kept: capitals without spaces.
func (r Run) Clean() Run {
	r.First = Serial(r.First)
	return r
}

// Serial is a blank's serial as it is kept, however a scanner or a person writes it.
func Serial(s string) string { return strings.ToUpper(strings.Join(strings.Fields(s), "")) }

// Check finds what is wrong with the run; known says whether its kind must be given.
func (r Run) Check(known bool) fault.Problems {
	var p fault.Problems
	if known && !r.Kind.Valid() {
		p.Add("kind", "blank.kind.missing")
	}
	switch {
	case r.First == "":
		p.Add("first", "blank.first.missing")
	case len(r.First) > serialMost || digits(r.First) == 0:
		p.Add("first", "blank.first.form", serialMost)
	}
	if r.Count < 1 || r.Count > RunMost {
		p.Add("count", "blank.count.form", RunMost)
	} else if len(p) == 0 && r.Last() == "" {
		p.Add("count", "blank.count.overflow")
	}
	return p
}

// digits is how many digits s ends in.
func digits(s string) int {
	n := 0
	for n < len(s) && s[len(s)-1-n] >= '0' && s[len(s)-1-n] <= '9' {
		n++
	}
	return n
}

// Last is the last serial of the run, "" when its digits do not suffice.
func (r Run) Last() string { return r.at(r.Count - 1) }

// at is the i-th serial: the digits at the end count up, what stands before stays.
func (r Run) at(i int) string {
	n := min(digits(r.First), 15)
	head, tail := r.First[:len(r.First)-n], r.First[len(r.First)-n:]
	from, err := strconv.Atoi(tail)
	if err != nil {
		return ""
	}
	s := fmt.Sprintf("%0*d", n, from+i)
	if len(s) > n {
		return ""
	}
	return head + s
}

// Serials is every serial of the run, in order.
func (r Run) Serials() []string {
	out := make([]string, r.Count)
	for i := range out {
		out[i] = r.at(i)
	}
	return out
}

// Count is what lies at a desk, by kind.
type Count map[Kind]int

// Differs is the first kind in which two counts differ, "" when they agree.
func (c Count) Differs(other Count) Kind {
	for _, k := range Kinds {
		if c[k] != other[k] {
			return k
		}
	}
	return ""
}

// TwoNames refuses an entry that a second person must stand for when that person is missing or is the one who makes the entry.
func TwoNames(p *fault.Problems, first, witness string) {
	switch {
	case strings.TrimSpace(witness) == "":
		p.Add("witness", "blank.witness.missing")
	case strings.TrimSpace(witness) == first:
		p.Add("witness", "blank.witness.same")
	}
	long(p, "witness", witness, 20)
}

// Desk is the name of a printing desk as it is kept, with what is wrong with it.
func Desk(p *fault.Problems, name string) string {
	name = strings.TrimSpace(name)
	if name == "" {
		p.Add("desk", "blank.desk.missing")
	}
	long(p, "desk", name, 20)
	return name
}

// Reason is why something was done, as it is kept, with what is wrong with it.
func Reason(p *fault.Problems, text string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		p.Add("reason", "blank.reason.missing")
	}
	long(p, "reason", text, 200)
	return text
}

// Receipt is one delivery of blanks to the county.
type Receipt struct {
	ID       string
	Region   region.Code // the county
	Day      day.Day
	Run      Run
	Last     string // the last serial
	Supplier string
	Clerk    string
}

// DeskDay is a desk's day that was counted and closed: what it held then and what it did on the day.
type DeskDay struct {
	Region              region.Code // the county
	Desk                string
	Day                 day.Day
	Held                Count
	Used, Spoiled, Gone int
	Clerk               string
	Done                bool // nothing happened there since the last close
}
