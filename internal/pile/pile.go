// Package pile is a scanned pile of papers: its pages, the papers that they make up, and where each paper goes.
package pile

import (
	"strings"
	"time"

	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/reminder"
)

// ID names a pile.
type ID string

// State says where a pile is.
type State string

// The states.
const (
	Reading State = "reading" // the program takes the pages apart
	Filing  State = "filing"  // and files what it knows
	Open    State = "open"    // a person files the rest
	Done    State = "done"    // nothing is left
	Failed  State = "failed"  // it could not be read at all
)

// Word is the key of s's name in the catalogue.
func (s State) Word() string { return "pile.state." + string(s) }

// Working says whether the program is still at it.
func (s State) Working() bool { return s == Reading || s == Filing }

// Source is one file of a pile, as it was sent.
type Source struct {
	Hash  string // its name in the store of files
	Type  string // content type, as the bytes show it
	Size  int64  // bytes
	Pages int
}

// Pile is one pile of papers as a scanner gave it.
type Pile struct {
	ID       ID
	Region   region.Code // of whoever scanned it: where its papers may go
	Name     string      // of its first file, as the sender called it
	Digest   string      // the hash of its files' hashes: the same pile is taken once
	State    State
	Trouble  string          // why it failed, in words
	Pages    int             // in all its files
	Read     int             // how many the program has looked at
	Waiting  int             // papers for a person to file
	Filed    int             // papers that lie where they belong
	Dropped  int             // papers that were discarded
	Received day.Day         // when slips among the papers came back
	Signer   reminder.Signer // who signed them
	Account  string          // who handed it in, in whose name the program files
	Author   string
	At       time.Time
	Version  int
}

// County is the tenant that answers for the pile.
func (s Pile) County() region.Code { return s.Region.County() }

// Settle sets the state after papers were filed or discarded: waiting is how many are left.
func (s *Pile) Settle(waiting int) {
	s.Waiting = waiting
	if s.State = Open; waiting == 0 {
		s.State = Done
	}
}

// Fail ends a pile that cannot be read.
func (s *Pile) Fail(why string) { s.State, s.Trouble = Failed, why }

// Check refuses a pile that is too large, and slips that came back tomorrow.
func (s Pile) Check(sources []Source, rules policy.Set, today day.Day) error {
	var p fault.Problems
	size := int64(0)
	for _, f := range sources {
		size += f.Size
	}
	switch most, pages := int64(rules.Count(policy.PileMegabytes)), rules.Count(policy.PilePages); {
	case len(sources) == 0:
		p.Add("scans", "pile.scans.missing")
	case size > most<<20:
		p.Add("scans", "pile.scans.large", most)
	case s.Pages > pages:
		p.Add("scans", "pile.scans.pages", s.Pages, pages)
	}
	if _, err := day.Parse(string(s.Received)); err != nil || s.Received > today {
		p.Add("received", "reminder.scans.day")
	}
	if s.Signer != reminder.Self && s.Signer != reminder.Guardian { // a refusal has a witness of its own
		p.Add("signer", "reminder.signer.wrong")
	}
	return p.Fault()
}

// Leaf is one page of a pile.
type Leaf struct {
	No      int // in the pile, from 1
	Source  int // which of its files, from 0
	Page    int // of that file, from 1
	Piece   PieceID
	Order   int    // in its paper, from 1
	Turn    int    // degrees clockwise until it can be read
	Picture string // the hash of a smaller picture of it, "" when it is not a picture
	Small   string // the hash of the one that lists show, "" when there is none yet
	Code    string // what its code says, "" without one
}

// Rotate turns a page by a quarter.
func (l *Leaf) Rotate() { l.Turn = (l.Turn + 90) % 360 }

// Divide says at which pages, by their place among all, a new paper begins: at each page with a code other than that of the paper before it. Pages without a
// code belong to the paper before them.
func Divide(leaves []Leaf) []int {
	var out []int
	code := ""
	for i, l := range leaves {
		if i == 0 || l.Code != "" && l.Code != code {
			out = append(out, i)
		}
		if l.Code != "" {
			code = l.Code
		}
	}
	return out
}

// reasonMost is the longest reason, in letters.
const reasonMost = 200

func checkReason(reason string) (string, error) {
	reason = strings.Join(strings.Fields(reason), " ")
	var p fault.Problems
	switch n := len([]rune(reason)); {
	case n == 0:
		p.Add("reason", "pile.reason.missing")
	case n > reasonMost:
		p.Add("reason", "card.text.long", reasonMost)
	}
	return reason, p.Fault()
}
