package application

import (
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/region"
)

// Request is what somebody asks for, before it is a case.
type Request struct {
	Matter Matter
	Wanted []certificate.Category
	Origin Origin
	Cause  certificate.Reason // for a cancellation
	Stated string             // how it was lost, what changed, why
	Target region.Code        // for a move
	Home   region.Code        // the county of registration, when it is another one than that of the applicant's address
}

// Open is the draft of a case for p, who holds the certificates held; it refuses a first certificate for somebody who has one, and an exchange for
// somebody who has none (one live certificate per person). An exchange that names no category asks for those of the old certificate.
func Open(id ID, p person.Person, r Request, held []certificate.Certificate, o Office) (Application, error) {
	var problems gaps
	if p.Birth > o.Today {
		problems.Add("number", "person.number.future")
	}
	r.Stated = strings.TrimSpace(r.Stated)
	old := inHand(held)
	switch {
	case r.Home != "":
		problems.guest(r, p, o)
		old = nil // the county of registration knows it
	case r.Matter == New:
		problems.first(held, old, o)
	default:
		problems.later(r, old, held, o)
	}
	if !askable(r.Wanted) {
		problems.Add("wanted", "application.wanted.wrong")
	}
	if err := problems.Fault(); err != nil {
		return Application{}, err
	}
	a := Application{ID: id, Region: p.Region, Person: p.ID, Matter: r.Matter, Origin: r.Origin, Wanted: sorted(r.Wanted), State: Draft, Since: o.Today, Opened: o.Today,
		Stated: r.Stated, Home: r.Home}
	if r.Matter == Cancel {
		a.Cause = r.Cause
	}
	if r.Matter == Move {
		a.Target = r.Target
		if r.Home != "" {
			a.Target = p.Region // a guest moves to where they live
		}
	}
	if old != nil && r.Matter != New {
		a.Previous = old.ID
		if len(a.Wanted) == 0 || r.Matter.Rule().Exam == NoExam {
			a.Wanted = sorted(categoriesOf(*old))
		}
	}
	return a, nil
}

// gaps is what keeps a case from being opened.
type gaps struct{ fault.Problems }

// first is what keeps somebody from a first certificate: one in hand, or one that was cancelled less than a year ago (办法 art. 24).
func (g *gaps) first(held []certificate.Certificate, old *certificate.Certificate, o Office) {
	switch {
	case old != nil && old.Expired(o.Today):
		g.Add("matter", "application.new.expired", old.Expires)
	case old != nil:
		g.Add("matter", "application.new.held", old.Expires)
	}
	for _, c := range held {
		if from := c.Barred(o.Policy.Count(policy.ReapplyMonths)); o.Today < from {
			g.Add("matter", "application.new.barred", from)
			return
		}
	}
}

// later is what keeps somebody from another matter: no certificate, one that stands where the matter cannot begin, or a limit of the place.
func (g *gaps) later(r Request, old *certificate.Certificate, held []certificate.Certificate, o Office) {
	switch {
	case !r.Matter.Valid():
		g.Add("matter", "application.matter.missing")
		return
	case old == nil:
		g.Add("matter", "application.renew.none")
		return
	case !slices.Contains(r.Matter.Rule().From, old.State):
		g.Add("matter", "application.matter.state", r.Matter, old.State)
		return
	}
	if err := Brief("stated", r.Stated); err != nil {
		g.Problems = append(g.Problems, fault.Fields(err)...)
	}
	g.limits(r.Matter, *old, held, o)
	switch {
	case r.Matter == Cancel && !slices.Contains(certificate.Reasons, r.Cause):
		g.Add("cause", "certificate.reason.missing")
	case r.Matter == Move && (!r.Target.Valid() || r.Target.Level() < region.County):
		g.Add("target", "application.target.missing")
	case r.Matter == Move && r.Target.County() == old.County():
		g.Add("target", "application.target.same")
	}
}

// guest is what keeps somebody who is registered elsewhere from a case here (rules.md §5.4); what the certificate in hand forbids, its county says.
func (g *gaps) guest(r Request, p person.Person, o Office) {
	switch {
	case !r.Matter.Valid():
		g.Add("matter", "application.matter.missing")
	case !o.Policy.Has(policy.ReferMatters, string(r.Matter)):
		g.Add("matter", "application.guest.matter", r.Matter)
	}
	switch {
	case !r.Home.Valid() || r.Home.Level() != region.County:
		g.Add("home", "application.home.missing")
	case r.Home == p.County():
		g.Add("home", "application.home.same")
	}
	if r.Matter == Cancel && !slices.Contains(certificate.Reasons, r.Cause) {
		g.Add("cause", "certificate.reason.missing")
	}
	if err := Brief("stated", r.Stated); err != nil {
		g.Problems = append(g.Problems, fault.Fields(err)...)
	}
}

// limits is the bounds in time that a place may set for a matter (rules.md §1.3).
func (g *gaps) limits(m Matter, old certificate.Certificate, held []certificate.Certificate, o Office) {
	count := func(k policy.Key) int { return o.Policy.Count(k) }
	switch m {
	case Renew:
		if early := count(policy.RenewEarly); early > 0 && o.Today < old.Expires.AddMonths(-early) {
			g.Add("matter", "application.renew.early", old.Expires.AddMonths(-early))
		}
	case Replace, Update:
		if old.Expired(o.Today) {
			g.Add("matter", "application.matter.expired", old.Expires)
		}
	case Reissue:
		if old.Expired(o.Today) {
			g.Add("matter", "application.matter.expired", old.Expires)
		}
		if from := lastReissue(held, count(policy.ReissueMonths)); o.Today < from {
			g.Add("matter", "application.reissue.soon", from)
		}
	case Regrade:
		if months := count(policy.RegradeMonths); months > 0 && old.Issued != "" && o.Today < old.Issued.AddMonths(months) {
			g.Add("matter", "application.regrade.soon", old.Issued.AddMonths(months))
		}
	}
}

// lastReissue is the first day on which another reissue may be asked for; "" when there was none or nothing bounds it. A reissue is of the day on which it
// took the place of what was lost: its own day of issue is that of the lost one, and what happens to it later is none. Where the lost one is not in the
// register, as of a holder who came from elsewhere, that day is not known and bounds nothing.
func lastReissue(held []certificate.Certificate, months int) day.Day {
	var last day.Day
	for _, c := range held {
		for _, lost := range held {
			if c.State != certificate.Pending && c.Previous == lost.ID && c.Number == lost.Number.Under(c.Number.Person()).Reissue() && lost.State == certificate.Replaced {
				last = max(last, lost.Since)
			}
		}
	}
	if months == 0 || last == "" {
		return ""
	}
	return last.AddMonths(months)
}

// inHand is the certificate that the holder has, live or expired, wherever it is; nil when there is none.
func inHand(held []certificate.Certificate) *certificate.Certificate {
	i := slices.IndexFunc(held, func(c certificate.Certificate) bool { return c.State.Live() })
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

// Amend takes an update back before the reviewer with what it asks for now, after somebody corrected the register; the clock for both officers runs on.
func (a *Application) Amend(stated string, o Office) error {
	if err := Brief("stated", stated); err != nil {
		return err
	}
	due := a.Due
	if err := a.move(access.ApplicationEdit, Review, o); err != nil {
		return err
	}
	a.Reviewer, a.Reread, a.Due, a.Stated = "", false, due, strings.TrimSpace(stated)
	return nil
}

// Edit changes what the applicant asks for and where they live, while the case is theirs; the county never changes here.
func (a *Application) Edit(p person.Person, wanted []certificate.Category, stated string) error {
	var problems fault.Problems
	switch {
	case !a.State.Editable():
		return fault.New(fault.Refused, "application.step.wrong", access.ApplicationEdit, a.State)
	case p.County() != a.County():
		problems.Add("region", "application.region.county")
	case !askable(wanted):
		problems.Add("wanted", "application.wanted.wrong")
	}
	if err := Brief("stated", stated); err != nil {
		problems = append(problems, fault.Fields(err)...)
	}
	a.Region, a.Stated = p.Region, strings.TrimSpace(stated)
	if a.Matter.Rule().Exam != NoExam {
		a.Wanted = sorted(wanted)
	}
	return problems.Fault()
}
