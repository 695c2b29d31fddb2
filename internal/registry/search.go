package registry

import (
	"context"
	"regexp"
	"strings"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/store"
)

// PeopleFilter is a search for people. Q is a name or a part of it, its initials or pinyin, a whole identity, certificate, telephone or slip number, or
// the beginning of a village's name; what kind it is shows from how it is written.
type PeopleFilter struct {
	Region   region.Code
	Q        string
	AgeMin   int // full years today, 0 is any
	AgeMax   int // full years today, 0 is any
	Poor     bool
	State    certificate.State
	Category certificate.Category
	Level    certificate.Level
	From, To day.Day // first and last day of expiry
	After    person.ID
	Limit    int
}

// People is one page of people with the names of their places.
type People struct {
	People []person.Person
	Places map[region.Code]string
	Next   person.ID     // what After is for the next page, "" on the last
	Asked  bool          // something was looked for
	Number person.Number // what was looked for, when it was an identity number: whoever has another now had it before a correction
}

// Formerly says whether p was found by the number that they had before a correction.
func (l People) Formerly(p person.Person) bool { return l.Number != "" && p.Number != l.Number }

// oldest is the highest age that a search takes, in years.
const oldest = 150

// slip is the form of the number on a slip of acceptance.
var slip = regexp.MustCompile(`^\d{6}-\d{4}-\d+$`)

// keyOf tells what was typed into the one search box.
func keyOf(q string) store.Key {
	q = strings.Join(strings.Fields(q), "")
	upper, latin := strings.ToUpper(q), person.Latin(q)
	switch {
	case q == "":
		return store.Key{}
	case person.Number(upper).Check() == "":
		return store.Key{Number: person.Number(upper)}
	case certificate.Number(upper).Check() == "":
		return store.Key{Certificate: certificate.Number(upper)}
	case slip.MatchString(q):
		return store.Key{Case: q}
	case person.Phone(q):
		return store.Key{Phone: person.PhoneDigits(q)}
	case person.IsLatin(latin):
		return store.Key{Latin: latin}
	}
	return store.Key{Name: q}
}

// check finds what of a filter cannot be meant.
func (f PeopleFilter) check() error {
	var p fault.Problems
	if f.AgeMin < 0 || f.AgeMin > oldest {
		p.Add("age_min", "people.age.wrong", oldest)
	}
	if f.AgeMax < 0 || f.AgeMax > oldest || f.AgeMax > 0 && f.AgeMax < f.AgeMin {
		p.Add("age_max", "people.age.wrong", oldest)
	}
	if f.From != "" && f.To != "" && f.To < f.From {
		p.Add("to", "people.days.wrong")
	}
	return p.Fault()
}

// asked is the filter as the store takes it; people of the age are born after and before these days.
func (f PeopleFilter) asked(where region.Code, today day.Day) store.PeopleFilter {
	s := store.PeopleFilter{Region: where, Key: keyOf(f.Q), Poor: f.Poor, State: f.State, Category: f.Category, Level: f.Level, From: f.From, To: f.To,
		After: f.After, Limit: f.Limit + 1}
	if f.AgeMin > 0 {
		s.BornTo = today.AddYears(-f.AgeMin)
	}
	if f.AgeMax > 0 {
		s.BornFrom = today.AddYears(-f.AgeMax - 1).Add(1)
	}
	return s
}

// SearchPeople finds people of the area. What asks for nobody in particular finds nobody: the register is not a list to leaf through. The first page of
// each search leaves a line in the audit, with numbers masked.
func (d *Desk) SearchPeople(ctx context.Context, by access.Actor, f PeopleFilter) (People, error) {
	var out People
	where, err := by.Scope(access.PersonSearch, f.Region)
	if err != nil {
		return out, err
	}
	if err := f.check(); err != nil {
		return out, err
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		s := f.asked(where, tx.Today())
		if out.Asked = s.Key != (store.Key{}) || s.Narrowed(); !out.Asked {
			return nil
		}
		s.Poor, out.Number = s.Poor || by.Role == access.Poverty, s.Key.Number
		found, err := tx.People(s)
		if err != nil {
			return err
		}
		if len(found) > f.Limit {
			out.Next = found[f.Limit-1].ID
		}
		var codes []region.Code
		for _, p := range found[:min(len(found), f.Limit)] {
			if by.Role.Clinical() {
				if _, err := load(tx, access.PersonRead, p.ID); fault.Of(err) == fault.Missing {
					continue // a hospital knows those whom it sees only
				} else if err != nil {
					return err
				}
			}
			out.People, codes = append(out.People, p), append(codes, p.Region)
		}
		out.Places, err = names(tx, codes)
		return err
	})
	if err != nil || !out.Asked || f.After != "" {
		return out, err
	}
	return out, d.db.Update(ctx, by, func(tx *store.Tx) error {
		return tx.Note(access.PersonSearch, store.Subject{Kind: "person", Region: where, Note: lang.T("people.search.note", keyOf(f.Q).Masked(), len(out.People))})
	})
}
