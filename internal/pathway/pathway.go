// Package pathway is the way on which somebody comes before a hospital: on the township's day, in an organised batch or trip, on records that others
// bring, at home, or on evidence without leaving the bed (芒政办发〔2020〕23号四).
package pathway

import (
	"slices"
	"strings"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/session"
)

// Path is one way.
type Path string

// The ways.
const (
	Central Path = "central" // the township's day or the clinic
	Records Path = "records" // on records, brought by the guardian and the village's first secretary (M34)
	Batch   Path = "batch"   // without records, brought to the hospital in batches (M35)
	Trip    Path = "trip"    // attendance that the township or the helping unit organises (M36)
	Home    Path = "home"    // a visit at home
	Remote  Path = "remote"  // on pictures, video and written proof, and live video (M37–M39)
)

// Paths is every way, in the order of the form.
var Paths = []Path{Central, Records, Batch, Trip, Home, Remote}

// Word is the key of p's name in the catalogue.
func (p Path) Word() string { return "path." + string(p) }

// Told is the key of what is to be done on p, for the page.
func (p Path) Told() string { return "path.told." + string(p) }

// Ground is why somebody cannot be brought to a hospital at all; which grounds open the remote way is policy.
type Ground string

// Grounds is every ground, in the order of the form.
func Grounds() []Ground {
	var out []Ground
	for _, g := range policy.Grounds {
		out = append(out, Ground(g))
	}
	return out
}

// Word is the key of g's name in the catalogue.
func (g Ground) Word() string { return "path.ground." + string(g) }

// Facts is what is known of somebody's condition when the way is chosen.
type Facts struct {
	Inpatient bool   `json:"inpatient"` // was in a qualified hospital, which has records of it
	Immobile  bool   `json:"immobile"`  // cannot go to the hospital now
	Ground    Ground `json:"ground"`    // why the person cannot leave the bed or the house at all, "" when they can
}

// Rule is one sentence of the plan: when a way is proposed, and its source.
type Rule struct {
	Path  Path
	Basis string
	when  func([]certificate.Category, Facts) bool
}

func wants(all []certificate.Category, any ...certificate.Category) bool {
	return slices.ContainsFunc(all, func(c certificate.Category) bool { return slices.Contains(any, c) })
}

// Rules is every rule in the order in which they are tried; the last always holds.
var Rules = []Rule{
	{Remote, "芒政办发〔2020〕23号四（三）；M37", func(_ []certificate.Category, f Facts) bool { return f.Ground != "" }},
	{Records, "芒政办发〔2020〕23号四（二）；M34", func(w []certificate.Category, f Facts) bool {
		return wants(w, certificate.Mental) && f.Inpatient && f.Immobile
	}},
	{Batch, "芒政办发〔2020〕23号四（二）；M35", func(w []certificate.Category, f Facts) bool { return wants(w, certificate.Mental) && !f.Inpatient }},
	{Home, "芒政办发〔2020〕23号四（一）；M29", func(_ []certificate.Category, f Facts) bool { return f.Immobile }},
	{Trip, "芒政办发〔2020〕23号四（二）；M36", func(w []certificate.Category, _ Facts) bool {
		return wants(w, certificate.Intellectual, certificate.Vision, certificate.Hearing)
	}},
	{Central, "芒政办发〔2020〕23号四（一）；M28", func([]certificate.Category, Facts) bool { return true }},
}

// Propose is the first rule that holds and whose way is open in the place.
func Propose(wanted []certificate.Category, f Facts, rules policy.Set) Rule {
	if !rules.Has(policy.RemoteGrounds, string(f.Ground)) {
		f.Ground = ""
	}
	for _, r := range Rules {
		if r.when(wanted, f) && (r.Path == Central || rules.Has(policy.PathsOpen, string(r.Path))) {
			return r
		}
	}
	return Rules[len(Rules)-1]
}

// Party is somebody who acts for the person or accompanies their papers.
type Party struct {
	Name     string `json:"name"`
	Relation string `json:"relation"`
	Phone    string `json:"phone"`
}

// Choice is the way that was chosen for a case.
type Choice struct {
	Application string
	Region      region.Code
	Path        Path
	Detail
	Version int
}

// Detail is what stands behind a choice; it is sealed.
type Detail struct {
	Facts     Facts   `json:"facts"`
	Proposed  Path    `json:"proposed"`
	Reason    string  `json:"reason"`    // the condition for the remote way; why another way than the proposed one
	Organiser string  `json:"organiser"` // the township or helping unit that brings people
	Guardian  Party   `json:"guardian"`  // who acts: the guardian or an agent
	Secretary string  `json:"secretary"` // the village's first secretary, who brings the records too
	Original  bool    `json:"original"`  // the records were seen in the original
	Seen      string  `json:"seen"`      // who saw them
	On        day.Day `json:"on"`        // the day of the choice
	By        string  `json:"by"`        // who chose
}

// County is the tenant that answers for the choice.
func (c Choice) County() region.Code { return c.Region.County() }

// TextMost is the most letters of a reason.
const TextMost = 500

// shortest is the least letters of a reason that says something.
const shortest = 4

// Check finds every gap of a choice for a case that wants the categories, by the rules of its place.
func (c Choice) Check(wanted []certificate.Category, rules policy.Set) error {
	var p fault.Problems
	switch {
	case !slices.Contains(Paths, c.Path):
		p.Add("path", "path.missing")
		return p.Fault()
	case c.Path != Central && !rules.Has(policy.PathsOpen, string(c.Path)):
		p.Add("path", "path.closed", c.Path)
	case (c.Path == Records || c.Path == Batch) && !wants(wanted, certificate.Mental):
		p.Add("path", "path.mental", c.Path)
	case c.Path == Trip && !wants(wanted, certificate.Intellectual, certificate.Vision, certificate.Hearing):
		p.Add("path", "path.trip.category")
	case c.Path == Records && !c.Facts.Inpatient:
		p.Add("inpatient", "path.inpatient.no")
	}
	if c.Facts.Ground != "" && !rules.Has(policy.RemoteGrounds, string(c.Facts.Ground)) {
		p.Add("ground", "path.ground.closed", rules.Find(policy.RemoteGrounds).Basis)
	} else if c.Path == Remote && c.Facts.Ground == "" {
		p.Add("ground", "path.ground.missing")
	}
	n := len([]rune(c.Reason))
	switch {
	case n > TextMost:
		p.Add("reason", "application.text.long", TextMost)
	case c.Path == Remote && n < shortest:
		p.Add("reason", "path.reason.remote", shortest)
	case c.Path != c.Proposed && n < shortest:
		p.Add("reason", "path.reason.other", c.Proposed)
	}
	c.people(&p)
	return p.Fault()
}

// people are who must be named on each way.
func (c Choice) people(p *fault.Problems) {
	if (c.Path == Batch || c.Path == Trip) && c.Organiser == "" {
		p.Add("organiser", "path.organiser.missing")
	}
	if c.Path == Records || c.Path == Remote {
		if c.Guardian.Name == "" {
			p.Add("guardian", "path.guardian.missing")
		}
		if c.Guardian.Relation == "" {
			p.Add("relation", "path.relation.missing")
		}
	}
	if c.Path == Records && c.Secretary == "" {
		p.Add("secretary", "path.secretary.missing")
	}
}

// kinds is the sessions in which people of a way are examined; a case whose way nobody chose goes to any but a remote one.
var kinds = map[Path][]session.Kind{
	"":      {session.Central, session.Clinic, session.Home},
	Central: {session.Central, session.Clinic, session.Home},
	Records: {session.Central, session.Clinic},
	Batch:   {session.Central, session.Clinic},
	Trip:    {session.Central, session.Clinic},
	Home:    {session.Home},
	Remote:  {session.Remote},
}

// Fits says whether people of the way are examined in a session of the kind.
func (p Path) Fits(k session.Kind) bool { return slices.Contains(kinds[p], k) }

// Clean cuts what surrounds the texts, and leaves out who is not needed on the way.
func (c Choice) Clean() Detail {
	d := c.Detail
	for _, s := range []*string{&d.Reason, &d.Organiser, &d.Guardian.Name, &d.Guardian.Relation, &d.Guardian.Phone, &d.Secretary} {
		*s = strings.Join(strings.Fields(*s), " ")
	}
	if c.Path != Batch && c.Path != Trip {
		d.Organiser = ""
	}
	if c.Path != Records {
		d.Secretary, d.Original = "", false
	}
	return d
}
