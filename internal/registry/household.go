package registry

import (
	"context"
	"slices"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/household"
	"hefa/internal/id"
	"hefa/internal/lang"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/store"
)

// Household is how a person lives, with whom, with which supports and helpers.
type Household struct {
	Person   person.Person
	Life     household.Life
	Supports []household.Support // the newest first
	Members  []person.Person     // the person among them; nobody while no household is known
	Helpers  []household.Helper  // the newest first
	Places   map[region.Code]string
	Today    day.Day
	CanEdit  bool
}

// Household is what is known of a person's household. Members whom the actor may not see are left out.
func (d *Desk) Household(ctx context.Context, by access.Actor, of person.ID) (h Household, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		if h.Person, err = load(tx, access.HouseholdRead, of); err != nil {
			return err
		}
		h.Today, h.CanEdit = tx.Today(), by.Can(access.HouseholdEdit)
		if h.Life, err = tx.Life(h.Person); err != nil {
			return err
		}
		if h.Supports, err = tx.Supports(h.Person); err != nil {
			return err
		}
		codes := []region.Code{h.Person.Region, h.Life.Lives}
		if h.Life.Household != "" {
			members, err := tx.Members(h.Person.County(), h.Life.Household)
			if err != nil {
				return err
			}
			for _, m := range members {
				if _, err := load(tx, access.HouseholdRead, m.ID); err == nil {
					h.Members, codes = append(h.Members, m), append(codes, m.Region)
				}
			}
			if h.Helpers, err = tx.HelpersOf(h.Person.County(), h.Life.Household); err != nil {
				return err
			}
		}
		h.Places, err = names(tx, codes)
		return err
	})
	return h, err
}

// at runs fn for a person whose household the actor may change, with how the person lives.
func (d *Desk) at(ctx context.Context, by access.Actor, of person.ID, fn func(*store.Tx, person.Person, household.Life) error) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		p, err := load(tx, access.HouseholdEdit, of)
		if err != nil {
			return err
		}
		l, err := tx.Life(p)
		if err != nil {
			return err
		}
		return fn(tx, p, l)
	})
}

// EditLife keeps Marital, Education, Lives, LivesAt and, when it is given, Guardian of l, read as l.Version. Somebody else's change meanwhile is a stale fault.
func (d *Desk) EditLife(ctx context.Context, by access.Actor, l household.Life) error {
	if err := l.Check(); err != nil {
		return err
	}
	return d.at(ctx, by, l.Person, func(tx *store.Tx, p person.Person, known household.Life) error {
		if l.Lives != "" && l.Lives.County() != p.County() {
			var wrong fault.Problems
			wrong.Add("lives", "household.lives.wrong")
			return wrong.Fault()
		}
		l.Region, l.Household = p.Region, known.Household
		if l.Guardian == "" {
			l.Guardian = known.Guardian
		}
		return tx.SaveLife(known, l, "")
	})
}

// JoinHousehold puts a person into the household of the holder of an identity number, who stands in the same county's register.
func (d *Desk) JoinHousehold(ctx context.Context, by access.Actor, of person.ID, number person.Number) error {
	return d.at(ctx, by, of, func(tx *store.Tx, p person.Person, l household.Life) error {
		var wrong fault.Problems
		if flaw := number.Check(); flaw != "" {
			wrong.Add("member", "person.number."+string(flaw))
			return wrong.Fault()
		}
		county, other, err := tx.Identity(number)
		if err == nil && other == "" {
			err = tx.Renumbered("member", number)
		}
		if err != nil {
			return err
		}
		if county != p.County() || other == p.ID {
			wrong.Add("member", "household.member.unknown")
			return wrong.Fault()
		}
		m, err := load(tx, access.HouseholdEdit, other)
		if kind := fault.Of(err); kind == fault.Missing || kind == fault.Forbidden {
			wrong.Add("member", "household.member.unknown")
			return wrong.Fault()
		}
		if err != nil {
			return err
		}
		theirs, err := tx.Life(m)
		if err != nil {
			return err
		}
		if theirs.Household == "" {
			alone := theirs
			theirs.Household = household.ID(id.New())
			if err := tx.SaveLife(alone, theirs, ""); err != nil {
				return err
			}
			if err := tx.TellChanges(m, person.Change{Field: "household", After: p.Name}); err != nil {
				return err
			}
		}
		was := l
		l.Household = theirs.Household
		return tx.SaveLife(was, l, m.Name)
	})
}

// LeaveHousehold takes a person out of their household; its helpers stay with those who stay.
func (d *Desk) LeaveHousehold(ctx context.Context, by access.Actor, of person.ID) error {
	return d.at(ctx, by, of, func(tx *store.Tx, _ person.Person, l household.Life) error {
		if l.Household == "" {
			return fault.New(fault.Refused, "household.none")
		}
		was := l
		l.Household = ""
		return tx.SaveLife(was, l, "")
	})
}

// AddSupport notes a support that a person's household has from a day on; one of the poor marks the person so.
func (d *Desk) AddSupport(ctx context.Context, by access.Actor, of person.ID, kind household.Kind, from day.Day) error {
	return d.at(ctx, by, of, func(tx *store.Tx, p person.Person, _ household.Life) error {
		s := household.Support{ID: id.New(), Region: p.Region, Person: p.ID, Kind: kind, Span: household.Span{From: from}}
		if err := s.Check(tx.Today()); err != nil {
			return err
		}
		if err := tx.AddSupport(s, lang.T(s.Kind.Word())+" "+string(from)); err != nil {
			return err
		}
		if err := tx.TellChanges(p, s.Begun()); err != nil {
			return err
		}
		was := p
		if p.Poor = p.Poor || kind.Poor(); p == was {
			return nil
		}
		return tx.SavePerson(access.HouseholdEdit, was, p)
	})
}

// EndSupport notes the last day of a support; a person whose last one of the poor it was is no longer marked so.
func (d *Desk) EndSupport(ctx context.Context, by access.Actor, of person.ID, support string, on day.Day) error {
	return d.at(ctx, by, of, func(tx *store.Tx, p person.Person, _ household.Life) error {
		all, err := tx.Supports(p)
		if err != nil {
			return err
		}
		for _, s := range all {
			if s.ID != support {
				continue
			}
			s.Region, s.Person = p.Region, p.ID
			if err := s.End(on, tx.Today()); err != nil {
				return err
			}
			if err := tx.EndSupport(s, lang.T(s.Kind.Word())+" "+string(on)); err != nil {
				return err
			}
			if err := tx.TellChanges(p, s.Ended()); err != nil {
				return err
			}
			if !s.Kind.Poor() || slices.ContainsFunc(all, func(o household.Support) bool { return o.ID != support && o.Kind.Poor() && o.Open() }) {
				return nil
			}
			was := p
			p.Poor = false
			return tx.SavePerson(access.HouseholdEdit, was, p)
		}
		return fault.New(fault.Missing, "record.missing")
	})
}

// AddHelper notes who helps a person's household from a day on: Role, Name, Unit, Phone and From of h.
func (d *Desk) AddHelper(ctx context.Context, by access.Actor, of person.ID, h household.Helper) error {
	return d.at(ctx, by, of, func(tx *store.Tx, p person.Person, l household.Life) error {
		if err := h.Check(tx.Today()); err != nil {
			return err
		}
		if l.Household == "" {
			was := l
			l.Household = household.ID(id.New())
			if err := tx.SaveLife(was, l, ""); err != nil {
				return err
			}
		}
		h.ID, h.Region, h.Household = id.New(), p.Region, l.Household
		return tx.AddHelper(h, p)
	})
}

// EndHelper notes the last day of somebody's help.
func (d *Desk) EndHelper(ctx context.Context, by access.Actor, of person.ID, helper string, on day.Day) error {
	return d.at(ctx, by, of, func(tx *store.Tx, p person.Person, l household.Life) error {
		all, err := tx.HelpersOf(p.County(), l.Household)
		if err != nil {
			return err
		}
		for _, h := range all {
			if h.ID != helper || l.Household == "" {
				continue
			}
			if err := h.End(on, tx.Today()); err != nil {
				return err
			}
			return tx.EndHelper(h, p)
		}
		return fault.New(fault.Missing, "record.missing")
	})
}

// HelperFilter narrows the list of helpers; empty fields do not.
type HelperFilter = store.HelperFilter

// HelperList is one page of helpers, by village.
type HelperList struct {
	Helpers []store.Helping
	Places  map[region.Code]string
	Next    string // what After is for the next page, "" on the last
}

// Helpers is who helps the households of an area now.
func (d *Desk) Helpers(ctx context.Context, by access.Actor, f HelperFilter) (l HelperList, err error) {
	if f.Region, err = by.Scope(access.HouseholdRead, f.Region); err != nil {
		return l, err
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		limit := f.Limit
		f.Limit++
		f.Poor = f.Poor || by.Role == access.Poverty
		all, err := tx.Helpers(f)
		if err != nil {
			return err
		}
		l.Helpers = all[:min(len(all), limit)]
		var codes []region.Code
		for _, h := range l.Helpers {
			codes = append(codes, h.Region)
		}
		if len(all) > limit {
			last := l.Helpers[limit-1]
			l.Next = string(last.Region) + " " + last.ID
		}
		l.Places, err = names(tx, codes)
		return err
	})
	return l, err
}
