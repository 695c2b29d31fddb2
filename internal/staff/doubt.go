package staff

import "time"

// Doubt is why a sign-in may be another person's than the account's (N54: nobody lends theirs).
type Doubt string

// The doubts.
const (
	NoDoubt   Doubt = ""
	Elsewhere Doubt = "place" // in use in another network moments ago, which nobody travels between
	OffDuty   Doubt = "hour"  // at an hour at which the office does not work
)

// Doubts is every doubt.
var Doubts = []Doubt{Elsewhere, OffDuty}

// Word is the key of d's name in the catalogue.
func (d Doubt) Word() string { return "doubt." + string(d) }

// Use is a device on which an account is signed in; its network is what the devices of one office have in common, "" when that is not known.
type Use struct {
	Network string
	Seen    time.Time
}

// Duty is the hours of an office: from one on, before the other; the whole day when they make no sense.
type Duty struct{ From, Until int }

func (d Duty) open(at time.Time) bool {
	return d.From >= d.Until || at.Hour() >= d.From && at.Hour() < d.Until
}

// apart is how long after a use in one network another is one that nobody travels to.
const apart = 10 * time.Minute

// Question says whether a sign-in in a network gives reason for a question; now is in the office's zone.
func Question(here string, now time.Time, others []Use, duty Duty) Doubt {
	for _, u := range others {
		if here != "" && u.Network != "" && here != u.Network && now.Sub(u.Seen) < apart {
			return Elsewhere
		}
	}
	if !duty.open(now) {
		return OffDuty
	}
	return NoDoubt
}
