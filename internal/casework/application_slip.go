package casework

import (
	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/paper"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/store"
)

// slip is the slip that an applicant takes home once the case is accepted; a reprint says the same.
func (l loaded) slip(tx *store.Tx, p person.Person) (paper.Letter, error) {
	if l.No == "" {
		return nil, fault.New(fault.Refused, "application.slip.none")
	}
	at, err := officeAt(tx, l.Region)
	if err != nil {
		return nil, err
	}
	clerk, err := l.acceptedBy(tx)
	s := paper.Acceptance{Number: l.No, Person: p.Name, Identity: p.Number.Masked(), Matter: lang.T(l.Matter.Word()), Accepted: l.Accepted,
		Promised: l.Promised(l.office), Office: at, Clerk: clerk}
	if l.Home != "" {
		if s.Home, err = place(tx, l.Home); err != nil {
			return s, err
		}
	}
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
