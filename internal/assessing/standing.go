package assessing

import (
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/org"
	"hefa/internal/person"
	"hefa/internal/session"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// Blocked is somebody who has a seat in a session in which nobody may examine them any more, and why: doctors, agreement, relatives or the hospital's clinic
// changed after the seat was given.
type Blocked struct {
	Case
	Why error // a fault with its clause
}

// BlockedText is people with what speaks against their seats, in words.
func BlockedText(all []Blocked) string {
	var out []string
	for _, b := range all {
		if f, ok := b.Why.(*fault.Fault); ok {
			out = append(out, lang.T("session.blocked.person", b.Person.Name, lang.T(f.Key, f.Args...)))
		}
	}
	return strings.Join(out, "；")
}

// standing is what a hospital's sessions in a county are held to.
type standing struct {
	hospital   org.Org
	agreements []org.Agreement
	doctors    []staff.Practice
}

func standingOf(tx *store.Tx, s session.Session) (standing, error) {
	var out standing
	var err error
	if out.hospital, err = tx.Org(s.Hospital); err != nil {
		return out, err
	}
	if out.agreements, err = tx.AgreementsWith(s.County(), s.Hospital); err != nil {
		return out, err
	}
	out.doctors, err = tx.HospitalDoctors(s.Hospital)
	return out, err
}

// lacking is the wanted categories that the hospital's own list or the agreement does not name (N17) or that none of the doctors may assess on the day (N18–N20).
func (h standing) lacking(wanted []certificate.Category, on day.Day) ([]certificate.Category, error) {
	named, err := org.Agreed(h.agreements, on)
	if err != nil {
		return nil, err
	}
	missing := staff.Uncovered(h.doctors, wanted, on)
	return slices.DeleteFunc(slices.Clone(wanted), func(w certificate.Category) bool {
		inside := slices.Contains(named, w) && slices.Contains(h.hospital.Categories, w)
		return w == certificate.Multiple || inside && !slices.Contains(missing, w)
	}), nil
}

// bars is why somebody who wants the categories cannot be examined in s, whose day may have passed; kin is the doctors who keep away.
func (h standing) bars(s session.Session, today day.Day, wanted []certificate.Category, kin []staff.Kinsman) error {
	on := max(s.Day, today)
	missing, err := h.lacking(wanted, on)
	switch {
	case err != nil:
		return err
	case s.Kind == session.Clinic && s.Day >= today && !h.hospital.Open(s.Day):
		return h.closed()
	case len(missing) > 0:
		return fault.New(fault.Refused, "doctor.uncovered", words(missing), on)
	case len(kin) > 0 && len(staff.Uncovered(staff.Apart(h.doctors, kin), wanted, on)) > 0:
		return fault.New(fault.Refused, "session.blocked.relative", DoctorNames(kin))
	}
	return nil
}

// closed says on which days the hospital's clinic examines.
func (h standing) closed() *fault.Fault {
	var days []string
	for _, w := range h.hospital.Weekdays {
		days = append(days, lang.T(w.Word()))
	}
	return fault.New(fault.Refused, "session.clinic.closed", strings.Join(days, "、"))
}

// blocked asks every block again for those of a session's people who are still to be examined.
func blocked(tx *store.Tx, s session.Session, cases []Case) ([]Blocked, error) {
	d := Day{Session: s, Cases: cases}
	waiting := d.Expected()
	if len(waiting) == 0 {
		return nil, nil
	}
	h, err := standingOf(tx, s)
	if err != nil {
		return nil, err
	}
	kin, err := related(tx, s, d.people())
	if err != nil {
		return nil, err
	}
	var out []Blocked
	for _, c := range waiting {
		if err := h.bars(s, tx.Today(), c.Application.Wanted, kin[c.Person.ID]); err != nil {
			out = append(out, Blocked{c, err})
		}
	}
	return out, nil
}

// asked refuses a change of a session after which nobody may examine somebody who has a seat in it; the answer says who that is and why.
func asked(tx *store.Tx, s session.Session) error {
	cases, err := tx.SessionCases(s)
	if err != nil {
		return err
	}
	all, err := blocked(tx, s, cases)
	if err != nil || len(all) == 0 {
		return err
	}
	return fault.New(fault.Refused, "session.change.blocked", s.Day, len(all), BlockedText(all))
}

// count tells those who give seats how many of a list's people nobody may examine any more.
func (l *List) count(tx *store.Tx) error {
	if !tx.By().Can(access.ApplicationSchedule) {
		return nil
	}
	hospitals := map[org.ID]standing{}
	for i := range l.Lines {
		s := l.Lines[i].Session
		if l.Lines[i].Waiting == 0 {
			continue
		}
		h, ok := hospitals[s.Hospital]
		if !ok {
			var err error
			if h, err = standingOf(tx, s); err != nil {
				return err
			}
			hospitals[s.Hospital] = h
		}
		people, err := tx.Expected(s)
		if err != nil {
			return err
		}
		var ids []person.ID
		for _, p := range people {
			ids = append(ids, p.Person)
		}
		kin, err := related(tx, s, ids)
		if err != nil {
			return err
		}
		for _, p := range people {
			if h.bars(s, tx.Today(), p.Wanted, kin[p.Person]) != nil {
				l.Lines[i].Blocked++
			}
		}
	}
	return nil
}
