package casework

import (
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/store"
)

// openUpdate opens a case for the change of what the register says of somebody, and keeps what is asked for beside it: the register stays as it is until
// somebody decides.
func openUpdate(tx *store.Tx, made application.ID, p person.Person, r application.Request) error {
	where, by := p.Region, tx.By()
	if !by.Region.Contains(where) && where.County() == by.Region.County() {
		where = by.Region // a move within the county is asked for where they live, which may be here
	}
	if err := by.May(access.ApplicationOpen, where); err != nil {
		return err
	}
	known, err := registered(tx, p.Number)
	if err != nil {
		return err
	}
	if known == nil {
		if err := by.May(access.ApplicationOpen, p.Region); err != nil {
			return err
		}
		if p, err = enrol(tx, p); err != nil {
			return err
		}
		return open(tx, made, p, r) // says that there is no certificate
	}
	if err := by.May(access.ApplicationOpen, known.Region); err != nil {
		return err
	}
	changes, err := proposing(p, *known)
	if err != nil {
		return err
	}
	if err := open(tx, made, *known, r); err != nil {
		return err
	}
	return tx.KeepProposal(application.Application{ID: made, Region: known.Region}, changes)
}

// proposing is what p, as typed, changes of the person known. Who had not seen the record keeps what they left empty; who saw an older one is Stale.
func proposing(p, known person.Person) ([]person.Change, error) {
	if p.County() != known.County() {
		var problems fault.Problems
		problems.Add("region", "application.region.county")
		return nil, problems.Fault()
	}
	if p.Version == 0 {
		joined, err := p.Beside(known)
		if err != nil {
			return nil, err
		}
		p = joined
	}
	if p.Version != known.Version {
		return nil, fault.New(fault.Stale, "record.stale")
	}
	p.Poor = known.Poor || p.Poor
	return person.Changes(known, p), nil
}

// applicant is the person of the case as the case asks them to be.
func (l loaded) applicant(tx *store.Tx) (person.Person, error) {
	p, err := tx.Person(l.Person)
	if err != nil {
		return p, err
	}
	changes, err := tx.Proposal(l.Application)
	return p.With(changes), err
}

// Overtaken is a change that a case asks for, of what somebody corrected in the register since.
type Overtaken struct {
	person.Change
	Now string // as the register has it
}

// Text says which field it is and what the two have.
func (o Overtaken) Text() string {
	shown := func(value string) string {
		switch {
		case value == "":
			return lang.T("change.nothing")
		case o.Field == "phone" || o.Field == "guardian_phone":
			return person.MaskedPhone(value)
		case o.Field == "poor":
			return lang.T("policy." + value)
		}
		return value
	}
	return lang.T("proposal.overtaken", o.Change, shown(o.Now), shown(o.After))
}

// overtaken is what of the changes the register passed by, for readers: villages with all above them.
func overtaken(tx *store.Tx, p person.Person, asked []person.Change) ([]Overtaken, error) {
	past := p.Overtaken(asked)
	shown, err := readable(tx, past)
	if err != nil {
		return nil, err
	}
	var out []Overtaken
	for i, c := range past {
		is := person.Change{Field: c.Field, Before: p.Value(c.Field), After: p.Value(c.Field)}
		now, err := readable(tx, []person.Change{is})
		if err != nil {
			return nil, err
		}
		out = append(out, Overtaken{shown[i], now[0].Before})
	}
	return out, nil
}

// current refuses to write over what was corrected since the case asked for it: the clerk asks the applicant which of the two holds.
func current(tx *store.Tx, p person.Person, asked []person.Change) error {
	past, err := overtaken(tx, p, asked)
	if err != nil || len(past) == 0 {
		return err
	}
	var words []string
	for _, o := range past {
		words = append(words, o.Text())
	}
	return fault.New(fault.Refused, "proposal.refused", strings.Join(words, "；"))
}

// amend writes what the case asked to change into the register, now that it is approved; the case follows its person to another village.
func (l loaded) amend(tx *store.Tx) error {
	changes, err := tx.Proposal(l.Application)
	if err != nil || len(changes) == 0 {
		return err
	}
	was, err := tx.Person(l.Person)
	if err != nil {
		return err
	}
	if err := current(tx, was, changes); err != nil {
		return err
	}
	now := was.With(changes)
	if err := tx.KeepProposal(l.Application, person.Changes(was, now)); err != nil { // what others wrote already is not taken back with the case
		return err
	}
	if err := tx.SavePerson(access.ApplicationApprove, was, now); err != nil || now.Region == l.Region {
		return err
	}
	a, lived := l.Application, l.Region
	a.Version++
	a.Region = now.Region
	return tx.EditApplication(a, lived)
}

// readable is changes with the names of places instead of their codes.
func readable(tx *store.Tx, all []person.Change) ([]person.Change, error) {
	out := slices.Clone(all)
	for i, c := range out {
		if c.Field != "region" {
			continue
		}
		var err error
		if out[i].Before, err = place(tx, region.Code(c.Before)); err != nil {
			return nil, err
		}
		if out[i].After, err = place(tx, region.Code(c.After)); err != nil {
			return nil, err
		}
	}
	return out, nil
}
