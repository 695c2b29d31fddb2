package assessing

import (
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/session"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// Seating is what became of giving seats.
type Seating struct {
	Seated  []application.ID
	Left    []Related // who got no seat, because only relatives could assess them there
	Recused []Related // who got one, although a doctor there is a relative and keeps away
}

// Related is a case, its person's name, and the doctors of the hospital who declared the person as a relative. Barred is the categories that nobody
// else there may assess.
type Related struct {
	Application application.ID
	Name        string
	Doctors     []staff.Kinsman
	Barred      []certificate.Category
}

// RelatedText is people with the doctors who keep away from them, in words. How they are related is for those who watch, not for whoever gives seats.
func RelatedText(all []Related) string {
	var out []string
	for _, r := range all {
		out = append(out, lang.T("session.relative.person", r.Name, DoctorNames(r.Doctors)))
	}
	return strings.Join(out, "、")
}

// DoctorNames is the names of doctors who keep away.
func DoctorNames(all []staff.Kinsman) string {
	var out []string
	for _, k := range all {
		out = append(out, k.Name)
	}
	return strings.Join(out, "、")
}

// related is the doctors of the session's hospital who declared one of its people as a relative, by person.
func related(tx *store.Tx, s session.Session, people []person.ID) (map[person.ID][]staff.Kinsman, error) {
	all, err := tx.Kinsmen(s.Hospital, s.County(), people...)
	out := map[person.ID][]staff.Kinsman{}
	for _, k := range all {
		out[k.Person] = append(out[k.Person], k.Kinsman)
	}
	return out, err
}

// part takes those out of whom only relatives could examine in a category that they want (N22), and notes who else has a relative there.
func (out *Seating) part(tx *store.Tx, s session.Session, all []loaded) ([]loaded, error) {
	people := make([]person.ID, 0, len(all))
	for _, a := range all {
		people = append(people, a.Person)
	}
	kin, err := related(tx, s, people)
	if err != nil || len(kin) == 0 {
		return all, err
	}
	doctors, err := tx.HospitalDoctors(s.Hospital)
	if err != nil {
		return nil, err
	}
	var rest []loaded
	for _, a := range all {
		r := Related{Application: a.ID, Doctors: kin[a.Person]}
		if len(r.Doctors) == 0 {
			rest = append(rest, a)
			continue
		}
		p, err := tx.Person(a.Person)
		if err != nil {
			return nil, err
		}
		r.Name = p.Name
		if r.Barred = staff.Uncovered(staff.Apart(doctors, r.Doctors), a.Wanted, s.Day); len(r.Barred) > 0 {
			out.Left = append(out.Left, r)
			continue
		}
		out.Recused, rest = append(out.Recused, r), append(rest, a)
	}
	if len(rest) == 0 {
		return nil, fault.New(fault.Refused, "session.relative.block", RelatedText(out.Left))
	}
	return rest, nil
}

// give takes the places and puts each case into the session; who keeps away from whom stands in the case's timeline.
func (out *Seating) give(tx *store.Tx, s session.Session, all []loaded) error {
	from := make([]region.Code, 0, len(all))
	for _, a := range all {
		from = append(from, a.Region)
	}
	if err := s.Seat(from, tx.Today()); err != nil {
		return err
	}
	if err := tx.SaveSession(access.ApplicationSchedule, s); err != nil {
		return err
	}
	o, err := tx.Org(s.Hospital)
	if err != nil {
		return err
	}
	for _, a := range all {
		note := s.Day.Chinese() + " " + o.Name
		if i := slices.IndexFunc(out.Recused, func(r Related) bool { return r.Application == a.ID }); i >= 0 {
			note = lang.T("session.relative.note", note, DoctorNames(out.Recused[i].Doctors))
		}
		if err := seat(tx, a, s, note); err != nil {
			return err
		}
		out.Seated = append(out.Seated, a.ID)
	}
	return nil
}
