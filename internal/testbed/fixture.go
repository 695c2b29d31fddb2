package testbed

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/attempt"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/id"
	"hefa/internal/org"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/reminder"
	"hefa/internal/roster"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// Person is an invented adult of the test village, new at each call.
func (o *Office) Person(t testing.TB) person.Person { return o.Born(t, "1961-05-04") }

// Born is an invented person of the test village with the birth date; no two names are alike.
func (o *Office) Born(t testing.TB, birth day.Day) person.Person {
	t.Helper()
	o.mu.Lock()
	o.n++
	n := o.n
	o.mu.Unlock()
	p := person.Person{ID: person.ID(id.New()), Region: Village, Name: "测试人" + string(rune('一'+n)) + string(rune('倀'+n)), Number: person.MakeNumber("533199", birth, n%1000),
		Phone: "13900000000", Guardian: person.Guardian{Name: "测试监护", Relation: "父母", Phone: "13900000001"}}
	p.Fill()
	o.Update(t, access.Township, func(tx *store.Tx) error { return tx.AddPerson(access.ApplicationOpen, p) })
	return p
}

// Certificate is a valid certificate of p that ends on the day.
func (o *Office) Certificate(t testing.TB, p person.Person, expires day.Day) certificate.Certificate {
	t.Helper()
	c := certificate.Certificate{ID: certificate.ID(id.New()), Region: p.Region, Person: p.ID, Number: certificate.MakeNumber(p.Number, certificate.Physical, certificate.Third),
		Category: certificate.Physical, Level: certificate.Third, State: certificate.Valid, Expires: expires,
		Grades: []certificate.Grade{{Category: certificate.Physical, Level: certificate.Third}}}
	o.Update(t, access.Township, func(tx *store.Tx) error { return tx.AddCertificate(access.RosterImport, c) })
	c.Version = 1
	return c
}

// Case is a first application of p in a state, put there without its course; its clock stands at today.
func (o *Office) Case(t testing.TB, p person.Person, s application.State) application.Application {
	t.Helper()
	a := application.Application{ID: application.ID(id.New()), Region: p.Region, Person: p.ID, Matter: application.New, Origin: application.Counter,
		Wanted: []certificate.Category{certificate.Physical}, State: s, Since: o.Today(), Due: o.Today(), Opened: o.Today()}
	o.Update(t, access.Township, func(tx *store.Tx) error { return tx.AddApplication(a) })
	o.Update(t, access.Township, func(tx *store.Tx) (err error) {
		a, err = tx.Application(a.ID)
		return err
	})
	return a
}

// Listed is a row of a township's list about p: of expired holders when a certificate is named, else of suspected people.
func (o *Office) Listed(t testing.TB, p person.Person, held certificate.ID) string {
	t.Helper()
	l := store.Listed{ID: id.New(), Region: p.Region, Kind: roster.Suspected, Person: p.ID, Certificate: held}
	if held != "" {
		l.Kind = roster.Expired
	}
	o.Update(t, access.Township, func(tx *store.Tx) error { return tx.TakeIn(roster.Upload{}, []store.Intake{{Person: p, Listed: &l}}) })
	return l.ID
}

// Visited is that somebody went to p's home on each of the last days, today the last of them, and p refused.
func (o *Office) Visited(t testing.TB, p person.Person, days int) {
	t.Helper()
	for i := range days {
		a := attempt.Attempt{ID: id.New(), Region: p.Region, Person: p.ID, Day: o.Today().Add(i - days + 1), Way: attempt.Visit, Result: attempt.Result(reminder.Refuses),
			Party: []attempt.Goer{{Name: "测试委员", Post: attempt.Delegate}}, Note: "本人说不用办", Author: "测试"}
		o.Update(t, access.Township, func(tx *store.Tx) error { return tx.AddAttempt(a, p) })
	}
}

// Update runs fn in the name of a post of 芒市 and ends the test when it fails.
func (o *Office) Update(t testing.TB, role access.Role, fn func(*store.Tx) error) {
	t.Helper()
	if err := o.DB.Update(t.Context(), As(role), fn); err != nil {
		t.Fatal(err)
	}
}

// Policy sets a value of 芒市 from the first day on.
func (o *Office) Policy(t testing.TB, key policy.Key, value string) {
	t.Helper()
	o.Update(t, access.Sysadmin, func(tx *store.Tx) error {
		return tx.SavePolicy(policy.Value{Key: key, Region: County, Effective: "2018-01-01", Value: value, Basis: "test"})
	})
}

// Employ enters a second doctor of 芒市's hospital whose papers hold.
func (o *Office) Employ(t testing.TB, account, name string, of ...certificate.Category) access.Actor {
	t.Helper()
	by := As(access.Doctor)
	by.Account, by.Name = account, name
	a := staff.Account{ID: staff.ID(account), Login: account, Name: name, Role: access.Doctor, Region: by.Region, Org: org.ID(by.Org), Categories: of}
	o.Update(t, access.Secadmin, func(tx *store.Tx) error {
		if err := tx.AddAccount(a); err != nil {
			return err
		}
		return tx.SavePractice(Practice(a))
	})
	return by
}

// Declare notes that p is a child of whoever has the account.
func (o *Office) Declare(t testing.TB, by access.Actor, of person.ID) {
	t.Helper()
	o.Update(t, by.Role, func(tx *store.Tx) error {
		p, err := tx.Person(of)
		if err != nil {
			return err
		}
		return tx.AddRelative(staff.Relative{ID: id.New(), Account: staff.ID(by.Account), Name: p.Name, Number: p.Number, Relation: staff.Child, Declared: o.Today()})
	})
}
