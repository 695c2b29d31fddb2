package casework

import (
	"cmp"
	"context"
	"slices"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/job"
	"hefa/internal/lapse"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/store"
)

// Opening is what is stated when a case is opened. Person.Version is that of the record that filled the form; 0 when nothing did: then what is left
// empty keeps what is known of the person already.
type Opening struct {
	Person person.Person
	application.Request
	Whole bool // refuse what could not be submitted, so that every gap is shown at once and no half draft is left
}

// OpenApplication opens a draft for somebody, who is entered into the register when the country does not know their number. The person stays in the
// county that they are registered in; a second open case of one person is refused.
func (d *Desk) OpenApplication(ctx context.Context, by access.Actor, o Opening) (application.ID, error) {
	made := application.ID(id.New())
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		p := o.Person
		p.Fill()
		if err := o.check(tx, p); err != nil {
			return err
		}
		if o.Matter == application.Update && o.Home == "" {
			return openUpdate(tx, made, p, o.Request)
		}
		if err := by.May(access.ApplicationOpen, p.Region); err != nil {
			return err
		}
		enter := enrol
		if o.Home != "" {
			enter = host
		}
		p, err := enter(tx, p)
		if err != nil {
			return err
		}
		return open(tx, made, p, o.Request)
	})
	return made, err
}

// check finds every gap of the person as typed, and of the request too when it is to be whole; a field is named once.
func (o Opening) check(tx *store.Tx, p person.Person) error {
	err := p.Check()
	if !o.Whole {
		return err
	}
	problems := fault.Problems(fault.Fields(err))
	office, err := tx.Office(p.Region)
	if err != nil {
		return err
	}
	draft := application.Application{Region: p.Region, Matter: o.Matter, Wanted: o.Wanted, Stated: o.Stated, Cause: o.Cause, Home: o.Home}
	for _, f := range fault.Fields(draft.Check(p, office)) {
		known := slices.ContainsFunc(problems, func(g fault.Field) bool { return g.Name == f.Name })
		if !known && (f.Name != "wanted" || o.Matter == application.New || o.Home != "") { // all but a first one ask for the old certificate's categories
			problems = append(problems, f)
		}
	}
	return problems.Fault()
}

// open decides on the case of a registered person and saves it.
func open(tx *store.Tx, made application.ID, p person.Person, r application.Request) error {
	running, err := tx.OpenCase(p.County(), p.ID)
	if err != nil {
		return err
	}
	if running != "" {
		return fault.New(fault.Refused, "application.second")
	}
	held, err := tx.CertificatesOf(p.County(), p.ID)
	if err != nil {
		return err
	}
	if err := answer(tx, held, r.Matter); err != nil {
		return err
	}
	office, err := tx.Office(p.Region)
	if err != nil {
		return err
	}
	if err := reachable(tx, p, r); err != nil {
		return err
	}
	a, err := application.Open(made, p, r, held, office)
	if err != nil {
		return err
	}
	if err := tx.AddApplication(a); err != nil {
		return err
	}
	return tx.Enqueue(job.EndReminders{County: string(p.County()), Person: string(p.ID)})
}

// answer takes the certificate of somebody who comes off the list of those to be cancelled, before it is asked whether the matter can begin; who wants it
// cancelled may leave it there (N42).
func answer(tx *store.Tx, held []certificate.Certificate, m application.Matter) error {
	i := slices.IndexFunc(held, func(c certificate.Certificate) bool { return c.State == certificate.Announced })
	if i < 0 || m == application.Cancel {
		return nil
	}
	moves, err := tx.DeparturesOf(held[i])
	if err != nil {
		return err
	}
	if err := lapse.GiveBack(&held[i], moves, tx.Today()); err != nil {
		return err
	}
	if err := tx.SaveCertificate(access.ApplicationOpen, held[i]); err != nil {
		return err
	}
	held[i].Version++
	return nil
}

// reachable refuses a move to a place that nobody knows, a county of registration that nobody knows, and one of people who are registered here.
func reachable(tx *store.Tx, p person.Person, r application.Request) error {
	name, place, word := "target", r.Target, "application.target.missing"
	switch {
	case r.Home != "":
		name, place, word = "home", r.Home, "application.home.missing"
	case r.Matter != application.Move:
		return nil
	}
	if !place.Valid() {
		return nil // the noun says what is wrong
	}
	var problems fault.Problems
	if _, err := tx.Region(place); fault.Of(err) == fault.Missing {
		problems.Add(name, word)
	} else if err != nil {
		return err
	}
	if r.Home != "" {
		county, _, err := tx.Identity(p.Number)
		if err != nil {
			return err
		}
		if county == p.County() {
			problems.Add("home", "application.home.here")
		}
	}
	return problems.Fault()
}

// enrol is the person as registered: entered when the number is new, else brought up to date with what was typed.
func enrol(tx *store.Tx, p person.Person) (person.Person, error) {
	known, err := registered(tx, p.Number)
	switch {
	case err != nil:
		return p, err
	case known == nil:
		p.ID = person.ID(id.New())
		return p, tx.AddPerson(access.ApplicationOpen, p)
	case p.Version == 0:
		if p, err = p.Beside(*known); err != nil {
			return p, err
		}
	default:
		p.ID = known.ID
	}
	return p, tx.SavePerson(access.ApplicationOpen, *known, p)
}

// registered is who has the number; nil when nobody in the country has it. Somebody registered where the actor has no say is refused without telling
// who or where, and a number that was corrected to another is refused with the day.
func registered(tx *store.Tx, n person.Number) (*person.Person, error) {
	county, who, err := tx.Identity(n)
	if err == nil && who == "" {
		err = tx.Renumbered("number", n)
	}
	if err != nil || who == "" {
		return nil, err
	}
	var problems fault.Problems
	if by := tx.By().Region; !by.Contains(county) && by.County() != county {
		problems.Add("number", "person.elsewhere")
		return nil, problems.Fault()
	}
	p, err := tx.Person(who)
	if err != nil {
		return nil, err
	}
	if !tx.By().Region.Contains(p.Region) && !p.Region.Contains(tx.By().Region) {
		problems.Add("number", "person.township")
	}
	return &p, problems.Fault()
}

// Applicant is what the counter must know of somebody before a case is opened for them.
type Applicant struct {
	Known        *person.Person // nil when the number is new
	Certificates []certificate.Certificate
	Open         application.ID // the case that still runs, "" when there is none
	Place        string
	Minor        bool                 // a guardian is needed because of age
	Matters      []application.Matter // what a guest can ask for here
	Renumbered   *person.Person       // whose number it was before a correction, as far as the actor may know them; the number is refused then
}

// Applicant looks an identity number up for the counter of the place where, so that what is known is not typed again.
func (d *Desk) Applicant(ctx context.Context, by access.Actor, where region.Code, n person.Number) (Applicant, error) {
	var a Applicant
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		if err := by.May(access.ApplicationOpen, where); err != nil {
			return err
		}
		if flaw := n.Check(); flaw != "" {
			var problems fault.Problems
			problems.Add("number", "person.number."+string(flaw))
			return problems.Fault()
		}
		office, err := tx.Office(where)
		if err != nil {
			return err
		}
		a.Minor = office.Minor(n.Birth())
		p, err := registered(tx, n)
		if fault.Of(err) == fault.Invalid {
			return a.before(tx, n, err)
		}
		if err != nil || p == nil {
			return err
		}
		a.Known = p
		if a.Place, err = place(tx, p.Region); err != nil {
			return err
		}
		if a.Certificates, err = tx.CertificatesOf(p.County(), p.ID); err != nil {
			return err
		}
		a.Open, err = tx.OpenCase(p.County(), p.ID)
		return err
	})
	return a, err
}

// before names whose number a refused one was before a correction.
func (a *Applicant) before(tx *store.Tx, n person.Number, refused error) error {
	_, who, err := tx.Identity(n)
	if err != nil || who != "" {
		return cmp.Or(err, refused)
	}
	f, err := tx.Former(n)
	if err == nil && f != nil {
		a.Renumbered, err = tx.Seen(*f)
	}
	return cmp.Or(err, refused)
}

// Places is the places directly below one, for choosing where somebody lives; a village has none and is the only choice itself.
func (d *Desk) Places(ctx context.Context, by access.Actor, below region.Code) ([]region.Region, error) {
	var out []region.Region
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		if err := by.May(access.ApplicationRead, below); err != nil {
			return err
		}
		if below.Level() == region.Village {
			only, err := tx.Region(below)
			out = append(out, only)
			return err
		}
		var err error
		out, err = tx.Regions(below)
		return err
	})
	return out, err
}
