package application

import (
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/policy"
)

// Outcome is what an approval comes to.
type Outcome string

// The outcomes of an approval.
const (
	Carded  Outcome = "carded"  // a new card is printed
	Kept    Outcome = "kept"    // the certificate stays as it is
	Ended   Outcome = "ended"   // the certificate is cancelled
	Leaving Outcome = "leaving" // the certificate goes to another county
)

// Word is the key of o's name in the catalogue.
func (o Outcome) Word() string { return "outcome." + string(o) }

// Outcome is what the approval of the case comes to for the certificate in hand, nil when there is none.
func (a Application) Outcome(held *certificate.Certificate) Outcome {
	switch a.Matter.Rule().Aim {
	case Ends:
		return Ended
	case Goes:
		return Leaving
	case Weighs:
		switch {
		case !a.Category.Valid():
			return Ended
		case held != nil && held.Category == a.Category && held.Level == a.Level && len(a.worsened(*held)) == 0:
			return Kept
		}
	}
	return Carded
}

// Conclude takes the approval's effect on the certificate in hand, which is not touched while a new card is still to come.
func (a Application) Conclude(held *certificate.Certificate, on day.Day) error {
	switch a.Outcome(held) {
	case Ended:
		reason := a.Cause
		if a.Matter == Check {
			reason = certificate.Recovered
		}
		return held.End(reason, on)
	case Leaving:
		return held.Take(certificate.Depart, on)
	case Kept:
		return held.Take(certificate.Settle, on)
	}
	return nil
}

// Upgrade says whether the conclusion is more severe than the certificate in hand, which is a smaller digit of the level (rules.md §1.3).
func (a Application) Upgrade(held *certificate.Certificate) bool {
	if held == nil || !a.Level.Valid() || !a.Matter.Rule().grades() {
		return false
	}
	return len(a.worsened(*held)) > 0
}

// Worsened is what the certificate in hand says of each category that became more severe, and of its own when the whole did.
func (a Application) Worsened(held *certificate.Certificate) []certificate.Grade {
	if !a.Upgrade(held) {
		return nil
	}
	return a.worsened(*held)
}

func (a Application) worsened(held certificate.Certificate) []certificate.Grade {
	found := a.Found
	if len(found) == 0 {
		found = []certificate.Grade{{Category: a.Category, Level: a.Level}}
	}
	var out []certificate.Grade
	known := a.Category == held.Category
	if known && a.Level < held.Level {
		out = append(out, certificate.Grade{Category: held.Category, Level: held.Level})
	}
	for _, now := range found {
		for _, was := range held.Grades {
			known = known || was.Category == now.Category
			if was.Category == now.Category && now.Level < was.Level && was.Category != held.Category {
				out = append(out, was)
			}
		}
	}
	if len(out) == 0 && a.Level < held.Level && (!known || a.Category == certificate.Multiple) {
		out = append(out, certificate.Grade{Category: held.Category, Level: held.Level})
	}
	return out
}

// grades says whether the matter may come to another level than before.
func (r Rule) grades() bool { return r.Aim == Renews || r.Aim == Grades || r.Aim == Weighs }

// Rereads says whether the city must review again before the approval: where policy wants it of every case, and of a more severe level.
func (a Application) Rereads(held *certificate.Certificate, o Office) bool {
	return o.Policy.Is(policy.RereviewOn) || o.Policy.Is(policy.UpgradeReread) && a.Upgrade(held)
}

// Ready refuses an approval for which the time has not come: a lost certificate is declared void for a while first.
func (a Application) Ready(o Office) error {
	wait := o.Policy.Count(policy.ReissueWait)
	if a.Matter != Reissue || wait == 0 {
		return nil
	}
	if from := a.Accepted.Add(wait); o.Today < from {
		return fault.New(fault.Refused, "application.reissue.wait", from)
	}
	return nil
}

// Follow is the certificate that the case ends in, made on approval from the one in hand: its number and term are those of the matter (rules.md §2.1).
func (a Application) Follow(c certificate.Certificate, held *certificate.Certificate, o Office) certificate.Certificate {
	c.Issued, c.Expires = a.Approved, certificate.Expiry(a.Approved, o.Policy.Count(policy.ValidYears))
	if held == nil {
		return c
	}
	switch a.Matter.Rule().Aim {
	case Remakes:
		c.Number, c.Issued, c.Expires = held.Number, held.Issued, held.Expires
	case Again:
		c.Number, c.Issued, c.Expires = held.Number.Reissue(), held.Issued, held.Expires
	}
	return c
}

// Recalls says whether the old card is handed in when the new one is taken (办法 art. 19); one that was lost cannot be.
func (a Application) Recalls() bool { return a.Previous != "" && a.Matter != Reissue }

// Arrival is the case that a 迁移 leaves in the county of arrival: taken on and done at once under its number, so that the papers that came along are
// filed. The holder p and the certificate c are those of the new register.
func Arrival(id ID, p person.Person, c certificate.Certificate, no string, o Office) Application {
	return Application{ID: id, Region: p.Region, No: no, Person: p.ID, Matter: Move, Previous: c.ID, Origin: Abroad, Wanted: sorted(categoriesOf(c)), State: Delivered,
		Since: o.Today, Due: o.due(Delivered, o.Today), Opened: o.Today, Accepted: o.Today, Approved: o.Today, Category: c.Category, Level: c.Level,
		Target: p.Region, Version: 1}
}
