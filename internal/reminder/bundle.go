package reminder

import (
	"time"

	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/region"
)

// BundleID names a bundle.
type BundleID string

// BundleState says how far a bundle has come.
type BundleState string

// The states of a bundle.
const (
	BundleWorking BundleState = "working" // its parts are being printed
	BundleDone    BundleState = "done"    // all its parts can be taken
	BundleFailed  BundleState = "failed"  // a letter cannot be printed; the parts before it can be taken
	BundleGone    BundleState = "gone"    // its days are over and its files removed
)

// BundleStates is every state, in the order of the course.
var BundleStates = []BundleState{BundleWorking, BundleDone, BundleFailed, BundleGone}

// Word is the key of s's name in the catalogue.
func (s BundleState) Word() string { return "bundle.state." + string(s) }

// BundlePart is how many letters one file of a bundle holds: what a tray of a printer takes.
const BundlePart = 500

// Bundle is letters that are printed in the background, by village, in parts that can be taken one by one. What is printed is settled when it is asked
// for; how far it has come is the number of letters behind it, so that a break loses and repeats nothing.
type Bundle struct {
	ID      BundleID
	Region  region.Code
	About   string // the conditions of the list, in words
	Reading string // as paper.Reading
	Letters int
	Done    int // letters that are printed or passed over
	Ended   int // of these passed over, because nothing was awaited from the person any more
	State   BundleState
	Fault   string
	Author  string
	Made    time.Time
	Last    day.Day // the last day on which its files are kept
	Version int
}

// County is the tenant that answers for the bundle.
func (b Bundle) County() region.Code { return b.Region.County() }

// Part is the number of the next part, from 1.
func (b Bundle) Part() int { return b.Done/BundlePart + 1 }

// Printed notes a part: n letters of which some were passed over.
func (b *Bundle) Printed(n, ended int) error {
	if b.State != BundleWorking || n < 1 || ended > n || b.Done+n > b.Letters {
		return fault.New(fault.Refused, "bundle.step.wrong", b.State)
	}
	b.Done += n
	b.Ended += ended
	if b.Done == b.Letters {
		b.State = BundleDone
	}
	return nil
}

// Fail gives a bundle up.
func (b *Bundle) Fail(why string) error {
	if b.State != BundleWorking {
		return fault.New(fault.Refused, "bundle.step.wrong", b.State)
	}
	b.State, b.Fault = BundleFailed, why
	return nil
}

// Remove ends a bundle whose days are over.
func (b *Bundle) Remove(today day.Day) error {
	if b.State == BundleGone || today <= b.Last {
		return fault.New(fault.Refused, "bundle.step.wrong", b.State)
	}
	b.State = BundleGone
	return nil
}

// Part is one file of a bundle.
type Part struct {
	No          int
	Letters     int
	First, Last string // the villages of its first and last letters
	Hash        string
	Size        int64 // bytes
}
