package certificate

import (
	"slices"

	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/region"
)

// ID names a certificate.
type ID string

// State says whether a certificate is in the holder's hand.
type State string

// The states of a certificate; expired is derived from its dates.
const (
	Pending  State = "pending"  // numbered and frozen, not yet in the hand
	Valid    State = "valid"    // the holder carries it
	Replaced State = "replaced" // exchanged for a newer one
)

// Word is the key of s's name in the catalogue.
func (s State) Word() string { return "certificate.state." + string(s) }

// Grade is one category with its level.
type Grade struct {
	Category Category `json:"category"`
	Level    Level    `json:"level"`
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
	Version     int
}

// County is the tenant that answers for the certificate.
func (c Certificate) County() region.Code { return c.Region.County() }

// Expired says whether the certificate has run out on the day.
func (c Certificate) Expired(on day.Day) bool { return c.Expires != "" && c.Expires < on }

// Standing is the state as a clerk reads it, with the expiry derived from the day.
func (c Certificate) Standing(on day.Day) State {
	if c.State == Valid && c.Expired(on) {
		return "expired"
	}
	return c.State
}

// Red says whether the certificate has the red cover: vision, also as one of several categories (办法 art. 4).
func (c Certificate) Red() bool {
	return c.Category == Vision || slices.ContainsFunc(c.Grades, func(g Grade) bool { return g.Category == Vision })
}

// Issue makes a certificate valid when it comes into the hand.
func (c *Certificate) Issue() error {
	if c.State != Pending {
		return fault.New(fault.Refused, "certificate.step.wrong", c.State)
	}
	c.State = Valid
	return nil
}

// Replace ends a certificate for which a newer one was handed over.
func (c *Certificate) Replace() error {
	if c.State != Valid {
		return fault.New(fault.Refused, "certificate.step.wrong", c.State)
	}
	c.State = Replaced
	return nil
}

// Expiry is the last day of a certificate issued on the day for the years.
func Expiry(issued day.Day, years int) day.Day { return issued.AddYears(years).Add(-1) }
