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

// ID names a case.
type ID string

// Origin is how the request came in.
type Origin string

// The ways in.
const (
	Counter Origin = "counter" // at the counter
	Listed  Origin = "roster"  // from a township's list
	Remote  Origin = "api"     // from another program
	Abroad  Origin = "county"  // from another county, with the certificate
	Guest   Origin = "guest"   // taken and assessed by another county, decided here
)

// Word is the key of o's name in the catalogue.
func (o Origin) Word() string { return "origin." + string(o) }

// Application is one case.
type Application struct {
	ID       ID
	Region   region.Code // the village or township of registration; its county answers for the case
	No       string      // the number on the slip, given at acceptance
	Person   person.ID
	Matter   Matter
	Previous certificate.ID // the certificate to be exchanged, "" for a first one
	Origin   Origin
	Wanted   []certificate.Category // what the applicant asks to be assessed for
	State    State
	Since    day.Day // the day on which the case came into its state
	Due      day.Day // the last day for whoever's turn it is; "" for none
	Opened   day.Day
	Accepted day.Day
	Approved day.Day
	Session  string               // the assessment session, "" before
	Notice   string               // the public notice, "" before
	Batch    string               // the print batch, "" before
	Category certificate.Category // as concluded
	Level    certificate.Level
	Found    []certificate.Grade // each category that was found, beside a certificate in hand; read from the last conclusion
	Assessed day.Day             // the day of the conclusion
	Handler  string              // the account that has the case in hand, "" for whoever comes first
	Urged    day.Day             // the day on which whoever's turn it is was last asked to hurry, "" for never
	Urges    int                 // how often since the case came into its state
	Reviewer string              // the account that reviewed, so that another one approves
	Reread   bool                // the city has reviewed again
	Cause    certificate.Reason  // why a cancellation is asked for
	Stated   string              // what the applicant states: how it was lost, what changed, why
	Target   region.Code         // where a certificate that moves goes to, a county at least
	Home     region.Code         // the county of registration when another one decides on the case (跨省通办), "" when this one does
	Version  int
}

// County is the tenant that answers for the case.
func (a Application) County() region.Code { return a.Region.County() }

// Office is what the steps need to know of the place and the day.
type Office struct {
	Today    day.Day
	Calendar day.Calendar
	Policy   policy.Set
	Home     policy.Set // of the county of registration, for a case that it decides
}

// due is the last day when the limit for a state begins on from.
func (o Office) due(s State, from day.Day) day.Day {
	limit := s.Stage().Limit
	if limit == "" {
		return ""
	}
	return o.Calendar.After(from, o.Policy.Count(limit))
}

// move takes the step act to the state to, when the course allows it, and starts its clock.
func (a *Application) move(act access.Act, to State, o Office) error {
	if to == Review && a.Home != "" {
		to = Ready
	}
	if err := a.State.allows(act, to); err != nil {
		return err
	}
	if !slices.Equal(a.State.Stage().Turn, to.Stage().Turn) {
		a.Handler = "" // another desk's turn
	}
	a.State, a.Since, a.Due = to, o.Today, o.due(to, o.Today)
	a.Urged, a.Urges = "", 0
	return nil
}

// Minor says whether a person born on the day acts through a guardian because of age.
func (o Office) Minor(born day.Day) bool { return born.Age(o.Today) < o.Policy.Count(policy.AdultAge) }

// NeedsGuardian says whether a guardian must be named: minors, and the categories that policy names (办法 art. 9).
func (a Application) NeedsGuardian(born day.Day, o Office) bool {
	return o.Minor(born) || slices.ContainsFunc(a.Wanted, func(c certificate.Category) bool {
		return o.Policy.Has(policy.GuardianCategory, string(c))
	})
}

// Check finds every gap that keeps a draft from being submitted.
func (a Application) Check(p person.Person, o Office) error {
	var problems fault.Problems
	if len(a.Wanted) == 0 {
		problems.Add("wanted", "application.wanted.missing")
	}
	if a.Matter.Rule().Stated && strings.TrimSpace(a.Stated) == "" {
		problems.Add("stated", "application.stated.missing")
	}
	if a.NeedsGuardian(p.Birth, o) && a.Cause != certificate.Death {
		if p.Guardian.Name == "" {
			problems.Add("guardian", "application.guardian.missing")
		}
		if p.Guardian.Phone == "" {
			problems.Add("guardian_phone", "application.guardian.phone")
		}
	}
	if p.Region.Level() != region.Village {
		problems.Add("region", "application.village.missing")
	}
	return problems.Fault()
}

// Checklist is the papers wanted for the case: what policy lists for the matter, a guardian's papers only where one is needed.
func (a Application) Checklist(born day.Day, o Office) []string {
	var out []string
	papers := o.Policy.List(a.Matter.Papers())
	if a.Home != "" {
		papers = append(papers, o.Policy.List(policy.PapersRefer)...)
	}
	for _, paper := range papers {
		if paper == "guardian" && !a.NeedsGuardian(born, o) || !a.about(paper) {
			continue
		}
		out = append(out, paper)
	}
	return out
}
