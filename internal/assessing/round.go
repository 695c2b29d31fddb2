package assessing

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"hefa/internal/access"
	"hefa/internal/lang"
	"hefa/internal/paper"
	"hefa/internal/person"
	"hefa/internal/session"
	"hefa/internal/store"
)

// WriteRoute prints the route of a session: whom to visit, village by village, with address and telephone. Telephones stand in clear only for those who
// call people.
func (d *Desk) WriteRoute(ctx context.Context, by access.Actor, id session.ID, w io.Writer) error {
	return d.writeDay(ctx, by, id, w, route)
}

// WriteSummons prints a notice in a reading for everybody who is called to a session, to be handed out and signed.
func (d *Desk) WriteSummons(ctx context.Context, by access.Actor, id session.ID, reading paper.Reading, w io.Writer) error {
	return d.writeDay(ctx, by, id, w, func(tx *store.Tx, s Day) (paper.Paper, error) {
		l, err := summonsOf(tx, s, s.Expected())
		return paper.Read(l, reading), err
	})
}

// writeDay prints a paper of a session for whoever may read its cases; that it was printed is in the audit.
func (d *Desk) writeDay(ctx context.Context, by access.Actor, id session.ID, w io.Writer, of func(*store.Tx, Day) (paper.Paper, error)) error {
	var p paper.Paper
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		day, err := sessionDay(tx, id)
		if err != nil {
			return err
		}
		if err := by.May(access.ApplicationRead, by.Region); err != nil {
			return err
		}
		if p, err = of(tx, day); err != nil {
			return err
		}
		return tx.Note(access.SessionRead, store.Subject{Kind: "session", ID: string(id), Region: day.Region, Note: p.Title()})
	})
	if err != nil {
		return err
	}
	return paper.Write(w, p)
}

// WriteCallList prints whom to call to a session, village by village, with their telephones and those of their guardians. Telephones stand in clear only
// for those who call people.
func (d *Desk) WriteCallList(ctx context.Context, by access.Actor, id session.ID, w io.Writer) error {
	return d.writeDay(ctx, by, id, w, callList)
}

func callList(tx *store.Tx, s Day) (paper.Paper, error) {
	office, err := tx.OrgAt(s.Region)
	if err != nil {
		return nil, err
	}
	people := s.Expected()
	slices.SortStableFunc(people, func(a, b Case) int { return cmp.Compare(a.Person.Region, b.Person.Region) })
	l := paper.CallList{Township: s.Township, Hospital: s.Hospital.Name, Place: s.where(), Day: s.Day, Starts: s.Round.Starts,
		Contact: strings.TrimSpace(office.Name + " " + office.Phone)}
	l.Villages, err = s.stops(people, tx.By(), func(c Case) (string, error) { return s.AidText(c.Application.ID), nil })
	return l, err
}

func route(tx *store.Tx, s Day) (paper.Paper, error) {
	office, err := tx.OrgAt(s.Region)
	if err != nil {
		return nil, err
	}
	r := paper.Route{Township: s.Township, Hospital: s.Hospital.Name, Day: s.Day, Starts: s.Round.Starts, Team: s.Round.Team, Vehicle: s.Round.Vehicle, Gear: s.Round.Gear,
		Contact: strings.TrimSpace(office.Name + " " + office.Phone)}
	r.Stops, err = s.stops(s.Expected(), tx.By(), func(c Case) (string, error) {
		before, err := tx.AbsencesOf(c.Application)
		notes := []string{s.AidText(c.Application.ID)}
		if n := len(before); n > 0 {
			notes = append(notes, lang.T(before[n-1].Why.Word()))
		}
		return strings.Trim(strings.Join(notes, "；"), "；"), err
	})
	return r, err
}

// stops is people village by village, as they come; telephones are as by may read them.
func (d Day) stops(people []Case, by access.Actor, note func(Case) (string, error)) (out []paper.RouteStop, err error) {
	for _, c := range people {
		p := c.Person
		one := paper.RoutePerson{Name: p.Name, Sex: lang.T(p.Sex.Word()), Age: strconv.Itoa(p.Birth.Age(d.Day)), Category: words(c.Application.Wanted), Address: p.Address,
			Phone: called(by, p.Phone), Guardian: strings.TrimSpace(p.Guardian.Name + " " + called(by, p.Guardian.Phone))}
		if one.Note, err = note(c); err != nil {
			return nil, err
		}
		village := d.Villages[p.Region]
		if n := len(out); n == 0 || out[n-1].Village != village {
			out = append(out, paper.RouteStop{Village: village})
		}
		last := &out[len(out)-1]
		last.People = append(last.People, one)
	}
	return out, nil
}

// called is a telephone number as the actor may read it on paper.
func called(by access.Actor, phone string) string {
	if by.Can(access.PersonEdit) {
		return phone
	}
	return person.MaskedPhone(phone)
}

// summonsOf is the notices of some of those who are called.
func summonsOf(tx *store.Tx, s Day, people []Case) (paper.Summons, error) {
	office, err := tx.OrgAt(s.Region)
	if err != nil {
		return paper.Summons{}, err
	}
	l := paper.Summons{Office: office.Name, Phone: office.Phone, Hospital: s.Hospital.Name, Place: s.where(), Day: s.Day, Starts: s.Round.Starts, Home: s.Kind == session.Home, Dated: tx.Today()}
	o, err := tx.Office(s.Region)
	if err != nil {
		return l, err
	}
	for _, c := range people {
		var papers []string
		for _, p := range c.Application.Checklist(c.Person.Birth, o) {
			papers = append(papers, lang.T("paper."+p))
		}
		l.People = append(l.People, paper.SummonsPerson{Name: c.Person.Name, Village: s.Villages[c.Person.Region], Category: words(c.Application.Wanted), Papers: strings.Join(papers, "、"), Aids: s.AidText(c.Application.ID)})
	}
	return l, nil
}
