// Package call is live video between a village and a hospital about one case: who joined on which side, how their browsers find each other, what became of it.
// The pictures themselves never pass through here.
package call

import (
	"slices"
	"strings"
	"time"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/region"
)

// ID names a call.
type ID string

// Side is an end of the line.
type Side string

// The sides: with the person, and at the hospital.
const (
	Near Side = "near"
	Far  Side = "far"
)

// SideOf is on which side a post sits.
func SideOf(r access.Role) Side {
	if r.Clinical() {
		return Far
	}
	return Near
}

// Outcome is what became of a call.
type Outcome string

// The outcomes: held to its end, or given up because the line was too weak, so that the assessment rests on evidence alone.
const (
	Held Outcome = "held"
	Weak Outcome = "weak"
)

// Word is the key of o's name in the catalogue.
func (o Outcome) Word() string { return "call.outcome." + string(o) }

// Call is one call.
type Call struct {
	ID          ID
	Application string
	Region      region.Code
	Near, Far   string // the accounts that joined, "" while nobody has
	Round       int    // grows when somebody joins anew; what was said in an earlier round is void
	Opened      time.Time
	Ended       time.Time // zero while it runs
	Outcome     Outcome
	Detail
	Version int
}

// Detail is what is said on a call's line; it is sealed, because it names network addresses.
type Detail struct {
	NearName string `json:"near"`
	FarName  string `json:"far"`
	Offer    string `json:"offer"`  // of the far side, as SDP (RFC 8866)
	Answer   string `json:"answer"` // of the near side
}

// County is the tenant that answers for the call.
func (c Call) County() region.Code { return c.Region.County() }

// Life is how long a call may run, and the passes for its relay hold.
const Life = 2 * time.Hour

// Open says whether the call still runs at an instant.
func (c Call) Open(now time.Time) bool { return c.Ended.IsZero() && now.Sub(c.Opened) < Life }

// Ready says whether somebody has joined on either side.
func (c Call) Ready() bool { return c.Near != "" && c.Far != "" }

// Has says whether the account joined.
func (c Call) Has(account string) bool {
	return account != "" && (c.Near == account || c.Far == account)
}

// Join puts somebody on a side; whoever joins where somebody was before takes the place, and both browsers begin anew.
func (c *Call) Join(s Side, by access.Actor) {
	who, name := &c.Near, &c.NearName
	if s == Far {
		who, name = &c.Far, &c.FarName
	}
	*who, *name = by.Account, by.Name
	c.Round++
	c.Offer, c.Answer = "", ""
}

// sayMost is the longest description of one side, in bytes.
const sayMost = 64 << 10

// Say keeps what a side's browser says of itself in a round: the far side offers, the near side answers.
func (c *Call) Say(by access.Actor, round int, sdp string) error {
	switch {
	case !c.Has(by.Account) || !c.Ready():
		return fault.New(fault.Refused, "call.apart")
	case round != c.Round:
		return fault.New(fault.Stale, "record.stale")
	case len(sdp) > sayMost || !strings.HasPrefix(sdp, "v=0"):
		return fault.New(fault.Invalid, "call.say.wrong")
	case c.Far == by.Account:
		c.Offer, c.Answer = sdp, ""
	case c.Offer == "":
		return fault.New(fault.Refused, "call.apart")
	default:
		c.Answer = sdp
	}
	return nil
}

// End ends a call.
func (c *Call) End(o Outcome, now time.Time) error {
	if !slices.Contains([]Outcome{Held, Weak}, o) {
		return fault.New(fault.Invalid, "form.choice.wrong")
	}
	c.Ended, c.Outcome = now, o
	c.Offer, c.Answer = "", "" // nobody needs the addresses any more
	return nil
}
