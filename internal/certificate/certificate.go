package certificate

import (
	"slices"

	"hefa/internal/day"
	"hefa/internal/person"
	"hefa/internal/region"
)

// ID names a certificate.
type ID string

// Grade is one category with its level.
type Grade struct {
	Category Category `json:"category"`
	Level    Level    `json:"level"`
}

// Kind is what the certificate is made as (rules.md §2.3).
type Kind string

// The two kinds in circulation.
const (
	Book Kind = "book" // second generation booklet
	Card Kind = "card" // third generation card with a chip
)

// Kinds is both kinds.
var Kinds = []Kind{Book, Card}

// Word is the key of k's name in the catalogue.
func (k Kind) Word() string { return "certificate.kind." + string(k) }

// Graded is how the category and level were found (rules.md §1.2).
type Graded string

// The ways in which certificates were graded; until 2018 a county could grade obvious cases by sight.
const (
	Unknown    Graded = ""
	ByHospital Graded = "hospital"
	BySight    Graded = "sight"
)

// Gradings is every way, in the order of the form.
var Gradings = []Graded{Unknown, ByHospital, BySight}

// Word is the key of g's name in the catalogue.
func (g Graded) Word() string {
	if g == Unknown {
		return "certificate.graded.unknown"
	}
	return "certificate.graded." + string(g)
}

// Certificate is one certificate of one person.
type Certificate struct {
	ID          ID
	Region      region.Code
	Person      person.ID
	Number      Number
	Category    Category
	Level       Level
	Grades      []Grade // each category of a multiple disability; one otherwise
	State       State
	Issued      day.Day
	Expires     day.Day // the last day on which it is valid
	Issuer      string  // the approving federation
	Application string  // the case that it came from, "" when it was taken in from a list
	Previous    ID
	Since       day.Day // the day on which it came into its state, "" when that is not known
	Reason      Reason  // why it was cancelled
	Kind        Kind
	Graded      Graded // how the level was found
	Remarks     string // what the page 备注 says besides the grades
	Version     int
}

// County is the tenant that answers for the certificate.
func (c Certificate) County() region.Code { return c.Region.County() }

// Expired says whether the certificate has run out on the day.
func (c Certificate) Expired(on day.Day) bool { return c.Expires != "" && c.Expires < on }

// Soon is how many months before its last day a certificate counts as expiring: the first reminder of the Nanyang plan (N39).
const Soon = 6

// Standing is the state as a clerk reads it, with the expiry derived from the day.
func (c Certificate) Standing(on day.Day) State {
	switch {
	case c.State != Valid:
		return c.State
	case c.Expired(on):
		return Expired
	case c.Expires != "" && c.Expires <= on.AddMonths(Soon):
		return Expiring
	}
	return Valid
}

// Red says whether the certificate has the red cover: vision, and where several is true also vision as one of several categories, which may have it
// (办法 art. 4: 可).
func (c Certificate) Red(several bool) bool {
	return c.Category == Vision || several && slices.ContainsFunc(c.Grades, func(g Grade) bool { return g.Category == Vision })
}

// Expiry is the last day of a certificate issued on the day for the years.
func Expiry(issued day.Day, years int) day.Day { return issued.AddYears(years).Add(-1) }
