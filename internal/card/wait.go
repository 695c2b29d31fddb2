package card

import (
	"hefa/internal/day"
	"hefa/internal/policy"
)

// Stage is which of the cards that lie at a township a list shows, by what is to be done about them; "" is all whom their holders may fetch.
type Stage string

// The stages.
const (
	Urge  Stage = "urge"  // the holder is to be reminded
	Visit Stage = "visit" // nobody came after that: the township brings it home
	Held  Stage = "held"  // nobody is to be told of it: another county hands it over, or its holder died or moved
)

// Stages is every stage, in the order of the form.
var Stages = []Stage{Urge, Visit, Held}

// Word is the key of s's name in the catalogue.
func (s Stage) Word() string { return "handout.stage." + string(s) }

// Valid says whether s is a stage, or "".
func (s Stage) Valid() bool {
	return s == "" || s == Urge || s == Visit || s == Held
}

// Bar is why nobody is told to fetch a card that lies at its township; "" when nothing bars it.
type Bar string

// The bars.
const (
	ByGuest Bar = "guest"  // another county took the case and hands the card over
	ByList  Bar = "listed" // a list names the holder as dead or moved
	ByEnd   Bar = "ended"  // the certificate before it was cancelled or moved away
)

// Word is the key of b's name in the catalogue.
func (b Bar) Word() string { return "handout.bar." + string(b) }

// Waits is the days by which a card that was sent to its township comes into the stages.
type Waits struct {
	Urge  day.Day // a card that lies there since this day, or was last told of then, wants a reminder
	Visit day.Day // one that lies there since this day is brought home
}

// WaitsOn is the days of the stages today, in working days of policy.
func WaitsOn(today day.Day, working day.Calendar, rules policy.Set) Waits {
	return Waits{working.Ago(today, max(1, rules.Count(policy.FetchRemind))), working.Ago(today, max(1, rules.Count(policy.FetchVisit)))}
}

// Urges says whether the holder of a card that lies at its township since a day, and was last told of on another or never, is to be reminded.
func (w Waits) Urges(since, told day.Day) bool {
	return since <= w.Urge && since > w.Visit && told <= w.Urge
}
