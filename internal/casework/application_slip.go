package casework

import (
	"context"
	"io"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/paper"
	"hefa/internal/region"
	"hefa/internal/store"
)

// WriteSlip prints the slip that an applicant takes home once the case is accepted; a reprint says the same.
func (d *Desk) WriteSlip(ctx context.Context, by access.Actor, id application.ID, w io.Writer) error {
	var slip paper.Acceptance
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationRead, id)
		if err != nil {
			return err
		}
		if a.No == "" {
			return fault.New(fault.Refused, "application.slip.none")
		}
		slip, err = a.slip(tx)
		return err
	})
	if err != nil {
		return err
	}
	return paper.Write(w, slip)
}

// slip is what the slip of an accepted case says.
func (l loaded) slip(tx *store.Tx) (paper.Acceptance, error) {
	p, err := tx.Person(l.Person)
	if err != nil {
		return paper.Acceptance{}, err
	}
	at, err := officeAt(tx, l.Region)
	if err != nil {
		return paper.Acceptance{}, err
	}
	clerk, err := l.acceptedBy(tx)
	s := paper.Acceptance{Number: l.No, Person: p.Name, Identity: p.Number.Masked(), Matter: lang.T(l.Matter.Word()), Accepted: l.Accepted,
		Promised: l.Promised(l.office), Office: at, Clerk: clerk}
	for _, paper := range l.Checklist(p.Birth, l.office) {
		s.Papers = append(s.Papers, lang.T("paper."+paper))
	}
	return s, err
}

// acceptedBy is who accepted the case.
func (l loaded) acceptedBy(tx *store.Tx) (string, error) {
	lines, err := tx.Timeline(l.County(), "application", string(l.ID))
	name := ""
	for _, line := range lines {
		if line.Act == access.ApplicationAccept {
			name = line.Name
		}
	}
	return name, err
}

// officeAt is the federation of a place as letters name it.
func officeAt(tx *store.Tx, where region.Code) (paper.Office, error) {
	o, err := tx.OrgAt(where)
	if fault.Of(err) == fault.Missing {
		names, err := tx.RegionNames(where)
		return paper.Office{Name: lang.T("letter.office", names[where])}, err
	}
	return paper.Office{Name: o.Name, Address: o.Address, Phone: o.Phone}, err
}
