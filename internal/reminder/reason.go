package reminder

// Reason is why somebody does not come to renew.
type Reason string

// The reasons that village workers meet.
const (
	Dead        Reason = "dead"
	Moved       Reason = "moved"       // the household is registered elsewhere now
	Away        Reason = "away"        // works away from home
	Bedridden   Reason = "bedridden"   // cannot leave the bed or the house
	Alone       Reason = "alone"       // has nobody to come along
	Unaware     Reason = "unaware"     // did not know, or forgot
	Refuses     Reason = "refuses"     // does not want to
	Unreachable Reason = "unreachable" // nobody knows where
	Other       Reason = "other"       // in words
)

// Unsaid asks a list for those of whom nobody knows a reason; no letter bears it.
const Unsaid Reason = "unsaid"

// Reasons is every reason.
var Reasons = []Reason{Dead, Moved, Away, Bedridden, Alone, Unaware, Refuses, Unreachable, Other}

// Word is the key of r's name in the catalogue.
func (r Reason) Word() string { return "reminder.reason." + string(r) }

// Valid says whether r is a known reason.
func (r Reason) Valid() bool { return r.Offer() != "" }

// Offer is what the office can do for somebody with a reason.
type Offer string

// The offers.
const (
	Cancel   Offer = "cancel"   // the certificate is to be cancelled with a proof of death
	Migrate  Offer = "migrate"  // the certificate is to be moved
	Remote   Offer = "remote"   // at the place of work, or by video
	Home     Offer = "home"     // a home round, or by video with an agent (办法 art. 11; M29, M37)
	Agent    Offer = "agent"    // with a guardian, agent or the township's car to a central session (M28)
	Session  Offer = "session"  // the next central session
	Mobilise Offer = "mobilise" // persuade again; who still refuses signs the statement (N37, N38)
	Search   Offer = "search"   // ask family, neighbours and the police station
)

// Word is the key of o's name in the catalogue.
func (o Offer) Word() string { return "reminder.offer." + string(o) }

// Offer is what fits the reason; "" for a reason that nobody knows.
func (r Reason) Offer() Offer {
	return map[Reason]Offer{Dead: Cancel, Moved: Migrate, Away: Remote, Bedridden: Home, Alone: Agent, Unaware: Session, Refuses: Mobilise, Unreachable: Search,
		Other: Session}[r]
}
