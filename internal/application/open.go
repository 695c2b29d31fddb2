package application

import (
	"slices"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/person"
)

// Request is what somebody asks for, before it is a case.
type Request struct {
	Matter Matter
	Wanted []certificate.Category
	Origin Origin
}

// Open is the draft of a case for p, who holds the certificates held; it refuses a first certificate for somebody who has one, and an exchange for
// somebody who has none (one live certificate per person). An exchange that names no category asks for those of the old certificate.
func Open(id ID, p person.Person, r Request, held []certificate.Certificate, o Office) (Application, error) {
	var problems fault.Problems
	if p.Birth > o.Today {
		problems.Add("number", "person.number.future")
	}
	old := inHand(held)
	switch {
	case !r.Matter.Valid():
		problems.Add("matter", "application.matter.missing")
	case r.Matter == New && old != nil && old.Expired(o.Today):
		problems.Add("matter", "application.new.expired", old.Expires)
	case r.Matter == New && old != nil:
		problems.Add("matter", "application.new.held", old.Expires)
	case r.Matter == Renew && old == nil:
		problems.Add("matter", "application.renew.none")
	}
	if !askable(r.Wanted) {
		problems.Add("wanted", "application.wanted.wrong")
	}
	if err := problems.Fault(); err != nil {
		return Application{}, err
	}
	a := Application{ID: id, Region: p.Region, Person: p.ID, Matter: r.Matter, Origin: r.Origin, Wanted: sorted(r.Wanted), State: Draft, Since: o.Today, Opened: o.Today}
	if r.Matter == Renew {
		a.Previous = old.ID
		if len(a.Wanted) == 0 {
			a.Wanted = sorted(categoriesOf(*old))
		}
	}
	return a, nil
}

// inHand is the certificate that the holder carries, live or expired; nil when there is none.
func inHand(held []certificate.Certificate) *certificate.Certificate {
	i := slices.IndexFunc(held, func(c certificate.Certificate) bool { return c.State == certificate.Valid })
	if i < 0 {
		return nil
	}
	return &held[i]
}

// Askable is the categories that somebody can ask to be assessed for; multiple is what an assessment of several comes to.
var Askable = certificate.Categories[:6]

func askable(wanted []certificate.Category) bool {
	return !slices.ContainsFunc(wanted, func(c certificate.Category) bool { return !slices.Contains(Askable, c) })
}

func categoriesOf(c certificate.Certificate) []certificate.Category {
	var out []certificate.Category
	for _, g := range c.Grades {
		out = append(out, g.Category)
	}
	if len(out) == 0 {
		out = append(out, c.Category)
	}
	return slices.DeleteFunc(out, func(k certificate.Category) bool { return !slices.Contains(Askable, k) })
}

func sorted(wanted []certificate.Category) []certificate.Category {
	out := slices.Clone(wanted)
	slices.Sort(out)
	return slices.Compact(out)
}

// Edit changes what the applicant asks for and where they live, while the case is theirs; the county never changes here.
func (a *Application) Edit(p person.Person, wanted []certificate.Category) error {
	var problems fault.Problems
	switch {
	case !a.State.Editable():
		return fault.New(fault.Refused, "application.step.wrong", access.ApplicationEdit, a.State)
	case p.County() != a.County():
		problems.Add("region", "application.region.county")
	case !askable(wanted):
		problems.Add("wanted", "application.wanted.wrong")
	}
	a.Region, a.Wanted = p.Region, sorted(wanted)
	return problems.Fault()
}
