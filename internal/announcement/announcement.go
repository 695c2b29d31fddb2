// Package announcement is the public notice of assessed people, open to objection for some working days.
package announcement

import (
	"strings"

	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/region"
)

// ID names a notice.
type ID string

// Notice is one list hung up in a township or village and shown on the public page until it ends.
type Notice struct {
	ID      ID
	Region  region.Code
	No      string
	Starts  day.Day // the day on which it is hung up; the period begins on the day after
	Ends    day.Day // the last day of the period
	People  int
	Phone   string // where to object
	Version int
}

// County is the tenant that answers for the notice.
func (n Notice) County() region.Code { return n.Region.County() }

// Public says whether the list may be seen by everybody on the day.
func (n Notice) Public(on day.Day) bool { return n.Starts <= on && on <= n.Ends }

// Check refuses a notice of nobody, and one of more than a township.
func (n Notice) Check(people int) error {
	var p fault.Problems
	if n.Region.Level() < region.Township || !n.Region.Valid() {
		p.Add("region", "notice.region.wide")
	}
	if people == 0 {
		p.Add("ids", "notice.people.missing")
	}
	return p.Fault()
}

// Objection is what somebody says against one published person.
type Objection struct {
	ID          string
	Region      region.Code
	No          string // the number on the receipt
	Notice      ID
	Application string
	Name        string // who objects; may be anonymous
	Phone       string
	Text        string
	Day         day.Day
	Decision    string // "" while open
	Reason      string
	Decided     day.Day
	Version     int
}

// County is the tenant that answers for the objection.
func (o Objection) County() region.Code { return o.Region.County() }

// Check finds every wrong value of an objection as typed.
func (o Objection) Check() error {
	var p fault.Problems
	if o.Application == "" {
		p.Add("row", "objection.row.missing")
	}
	switch n := len([]rune(strings.TrimSpace(o.Text))); {
	case n < 5:
		p.Add("text", "objection.text.short")
	case n > 2000:
		p.Add("text", "objection.text.long")
	}
	if len([]rune(o.Name)) > 40 {
		p.Add("name", "person.name.long")
	}
	if o.Phone != "" && !person.Phone(o.Phone) {
		p.Add("phone", "person.phone.wrong")
	}
	return p.Fault()
}
