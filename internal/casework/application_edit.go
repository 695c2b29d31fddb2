package casework

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/person"
	"hefa/internal/store"
)

// Edit is what a draft or a returned case states anew. Version is that of the case and Person.Version that of the person as the form was filled.
type Edit struct {
	Person  person.Person // the number is not changed: a case for a wrong number is withdrawn and opened again
	Wanted  []certificate.Category
	Stated  string
	Version int
}

// EditApplication changes what a draft or a returned case states of the person and the request. A form that was filled from older records is Stale.
func (d *Desk) EditApplication(ctx context.Context, by access.Actor, id application.ID, e Edit) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationEdit, id)
		if err != nil {
			return err
		}
		now, err := tx.Person(a.Person)
		if err != nil {
			return err
		}
		p := e.Person
		p.ID, p.Number = now.ID, now.Number
		p.Fill()
		if err := p.Check(); err != nil {
			return err
		}
		if e.Version != a.Version || p.Version != now.Version {
			return fault.New(fault.Stale, "record.stale")
		}
		if a.Matter == application.Update && a.Home == "" {
			return a.repropose(tx, now, p, e)
		}
		lived := a.Region
		if err := a.Edit(p, e.Wanted, e.Stated); err != nil {
			return err
		}
		if err := by.May(access.ApplicationEdit, p.Region); err != nil {
			return err
		}
		if err := tx.SavePerson(access.ApplicationEdit, now, p); err != nil {
			return err
		}
		return tx.EditApplication(a.Application, lived)
	})
}

// SubmitApplication hands a complete draft, or a corrected return, to the acceptance desk.
func (d *Desk) SubmitApplication(ctx context.Context, by access.Actor, id application.ID) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationSubmit, id)
		if err != nil {
			return err
		}
		p, err := a.applicant(tx)
		if err != nil {
			return err
		}
		if err := a.Submit(p, a.office); err != nil {
			return err
		}
		return a.save(tx, access.ApplicationSubmit, "")
	})
}

// repropose changes what a case asks to change; the register stays as it is.
func (l loaded) repropose(tx *store.Tx, now, p person.Person, e Edit) error {
	changes, err := proposing(p, now)
	if err != nil {
		return err
	}
	if !l.State.Editable() {
		return l.amended(tx, now, changes, e.Stated)
	}
	if err := l.Edit(now, e.Wanted, e.Stated); err != nil {
		return err
	}
	if err := tx.KeepProposal(l.Application, changes); err != nil {
		return err
	}
	return tx.EditApplication(l.Application, l.Region)
}

// amended keeps what a case asks for anew once the register was corrected under it, as only who may correct the register does; the reviewer looks again. Nothing else is a reason to change what was
// reviewed.
func (l loaded) amended(tx *store.Tx, now person.Person, changes []person.Change, stated string) error {
	asked, err := tx.Proposal(l.Application)
	if err != nil {
		return err
	}
	if err := tx.By().May(access.PersonEdit, now.Region); err != nil {
		return err
	}
	if len(now.Overtaken(asked)) == 0 {
		return fault.New(fault.Refused, "application.step.wrong", access.ApplicationEdit, l.State)
	}
	if err := l.Amend(stated, l.office); err != nil {
		return err
	}
	if err := tx.KeepProposal(l.Application, changes); err != nil {
		return err
	}
	if err := l.save(tx, access.ApplicationEdit, lang.T("proposal.amended")); err != nil {
		return err
	}
	l.Version++
	return tx.EditApplication(l.Application, l.Region)
}
