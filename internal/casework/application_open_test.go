package casework_test

import (
	"context"
	"sync"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// newcomer is somebody of the test village whom nobody has registered yet; n makes the number another one.
func newcomer(n int) person.Person {
	return person.Person{Region: testbed.Village, Name: "岩小罕", Number: person.MakeNumber("533199", "1970-02-03", 900+n), Nation: "傣族", Address: "三组 12 号", Phone: "13900000009"}
}

var firstRequest = application.Request{Matter: application.New, Wanted: []certificate.Category{certificate.Physical}, Origin: application.Counter}

// field is whether err says key about the field.
func field(err error, name, key string) bool {
	for _, f := range fault.Fields(err) {
		if f.Name == name && f.Key == key {
			return true
		}
	}
	return false
}

func reread(t *testing.T, o *testbed.Office, id application.ID) (a application.Application, p person.Person) {
	t.Helper()
	o.Update(t, access.Township, func(tx *store.Tx) (err error) {
		if a, err = tx.Application(id); err == nil {
			p, err = tx.Person(a.Person)
		}
		return err
	})
	return a, p
}

func TestOpeningEntersThePersonAndMakesADraft(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := casework.New(o.DB, o.Files), testbed.As(access.Township)
		id, err := desk.OpenApplication(t.Context(), by, casework.Opening{Person: newcomer(1), Request: firstRequest})
		if err != nil {
			t.Fatal(err)
		}
		a, p := reread(t, o, id)
		if a.State != application.Draft || a.Region != testbed.Village || a.Opened != o.Today() || a.Origin != application.Counter {
			t.Errorf("opened as %+v", a)
		}
		if p.Sex != newcomer(1).Number.Sex() || p.Birth != "1970-02-03" || p.Nation != "傣族" {
			t.Errorf("entered as %+v", p)
		}
		_, err = desk.OpenApplication(t.Context(), by, casework.Opening{Person: newcomer(1), Request: firstRequest})
		if fault.Of(err) != fault.Refused {
			t.Errorf("a second open case: %v", err)
		}
		if err := desk.SubmitApplication(t.Context(), by, id); err != nil {
			t.Fatal(err)
		}
		if a, _ = reread(t, o, id); a.State != application.Submitted || a.Due != "2020-04-09" { // 5 working days after 1 April; 4 to 6 April are 清明
			t.Errorf("submitted as %s, due %s", a.State, a.Due)
		}
	})
}

func TestTwoClerksAtOnceOpenOneCase(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := casework.New(o.DB, o.Files)
		errs := make([]error, 4)
		var wg sync.WaitGroup
		for i := range errs {
			wg.Go(func() {
				_, errs[i] = desk.OpenApplication(t.Context(), testbed.As(access.Township), casework.Opening{Person: newcomer(2), Request: firstRequest})
			})
		}
		wg.Wait()
		done := 0
		for _, err := range errs {
			if err == nil {
				done++
			} else if fault.Of(err) != fault.Refused && fault.Of(err) != fault.Stale {
				t.Errorf("refused with %v", err)
			}
		}
		if done != 1 {
			t.Errorf("%d cases were opened: %v", done, errs)
		}
	})
}

func TestOpeningRefusesWhatTheCertificatesForbid(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		expires day.Day // "" for no certificate
		matter  application.Matter
		key     string // "" when it is opened
	}{
		{"new without one", "", application.New, ""},
		{"new beside a live one", "2026-01-01", application.New, "application.new.held"},
		{"new beside an expired one", "2019-12-31", application.New, "application.new.expired"},
		{"exchange of a live one", "2020-06-01", application.Renew, ""},
		{"exchange of an expired one", "2019-12-31", application.Renew, ""},
		{"exchange of nothing", "", application.Renew, "application.renew.none"},
		{"nothing chosen", "", "", "application.matter.missing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := testbed.Open(t, "sqlite")
			p := o.Person(t)
			var held certificate.Certificate
			if c.expires != "" {
				held = o.Certificate(t, p, c.expires)
			}
			request := application.Request{Matter: c.matter, Origin: application.Counter}
			id, err := casework.New(o.DB, o.Files).OpenApplication(t.Context(), testbed.As(access.Township), casework.Opening{Person: p, Request: request})
			if c.key != "" {
				if !field(err, "matter", c.key) {
					t.Errorf("want %s, got %v", c.key, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if a, _ := reread(t, o, id); a.Previous != held.ID || c.matter == application.Renew && (len(a.Wanted) != 1 || a.Wanted[0] != certificate.Physical) {
				t.Errorf("opened as %+v", a)
			}
		})
	}
}

func TestAKnownNumberKeepsWhatIsKnown(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := casework.New(o.DB, o.Files), testbed.As(access.Township)
		known := o.Person(t)
		other := person.Person{Region: testbed.Village, Number: known.Number, Name: "别人"}
		if _, err := desk.OpenApplication(t.Context(), by, casework.Opening{Person: other, Request: firstRequest}); !field(err, "name", "person.name.other") {
			t.Errorf("another name under the number: %v", err)
		}
		bare := person.Person{Region: testbed.Village, Number: known.Number, Name: known.Name, Address: "五组"}
		id, err := desk.OpenApplication(t.Context(), by, casework.Opening{Person: bare, Request: firstRequest})
		if err != nil {
			t.Fatal(err)
		}
		if _, p := reread(t, o, id); p.ID != known.ID || p.Phone != known.Phone || p.Guardian != known.Guardian || p.Address != "五组" {
			t.Errorf("registered as %+v, was %+v", p, known)
		}
	})
}

func TestAFormFilledFromAnOlderRecordIsStale(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := casework.New(o.DB, o.Files), testbed.As(access.Township)
		p := o.Person(t)
		found, err := desk.Applicant(t.Context(), by, by.Region, p.Number)
		if err != nil || found.Known == nil || found.Known.Version == 0 {
			t.Fatalf("found %+v, %v", found, err)
		}
		o.Update(t, access.Township, func(tx *store.Tx) error { return tx.SavePerson(access.PersonEdit, *found.Known, *found.Known) })
		if _, err := desk.OpenApplication(t.Context(), by, casework.Opening{Person: *found.Known, Request: firstRequest}); fault.Of(err) != fault.Stale {
			t.Errorf("saved over a newer record: %v", err)
		}
	})
}

func TestSomebodyOfAnotherPlaceIsNotTold(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, p := casework.New(o.DB, o.Files), o.Person(t)
		moved := p
		moved.Region = "533102001001"
		stranger := testbed.Stranger(access.Township)
		if _, err := desk.OpenApplication(t.Context(), stranger, casework.Opening{Person: moved, Request: firstRequest}); !field(err, "number", "person.elsewhere") {
			t.Errorf("opened in another county: %v", err)
		}
		if a, err := desk.Applicant(t.Context(), stranger, stranger.Region, p.Number); !field(err, "number", "person.elsewhere") || a.Known != nil || a.Open != "" {
			t.Errorf("another county is told %+v, %v", a, err)
		}
		neighbour := testbed.As(access.Township)
		neighbour.Region = "533103102"
		if a, err := desk.Applicant(t.Context(), neighbour, neighbour.Region, p.Number); !field(err, "number", "person.township") || a.Known != nil {
			t.Errorf("another township is told %+v, %v", a, err)
		}
	})
}

func TestAMinorWithoutAGuardianStaysADraft(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := casework.New(o.DB, o.Files), testbed.As(access.Township)
		child := newcomer(3)
		child.Number = person.MakeNumber("533199", "2012-02-03", 13)
		id, err := desk.OpenApplication(t.Context(), by, casework.Opening{Person: child, Request: firstRequest})
		if err != nil {
			t.Fatal(err)
		}
		if err := desk.SubmitApplication(t.Context(), by, id); !field(err, "guardian", "application.guardian.missing") {
			t.Errorf("submitted without a guardian: %v", err)
		}
		a, p := reread(t, o, id)
		p.Guardian = person.Guardian{Name: "岩大罕", Relation: "父母", Phone: "13900000010"}
		if err := desk.EditApplication(t.Context(), by, id, casework.Edit{Person: p, Wanted: a.Wanted, Version: a.Version}); err != nil {
			t.Fatal(err)
		}
		if err := desk.EditApplication(t.Context(), by, id, casework.Edit{Person: p, Wanted: a.Wanted, Version: a.Version}); fault.Of(err) != fault.Stale {
			t.Errorf("the old form was saved again: %v", err)
		}
		if err := desk.SubmitApplication(t.Context(), by, id); err != nil {
			t.Error(err)
		}
	})
}

func TestEditingMovesTheCountsToTheNewTownship(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, clerk := casework.New(o.DB, o.Files), testbed.As(access.Clerk)
		a := o.Case(t, o.Person(t), application.Draft)
		_, p := reread(t, o, a.ID)
		p.Region = "533103102201"
		if err := desk.EditApplication(t.Context(), clerk, a.ID, casework.Edit{Person: p, Wanted: a.Wanted, Version: a.Version}); err != nil {
			t.Fatal(err)
		}
		for where, want := range map[region.Code]int{testbed.Township: 0, p.Region.Township(): 1} {
			o.Update(t, access.Clerk, func(tx *store.Tx) error {
				n, err := tx.Tally(where)
				if n[application.Draft] != want {
					t.Errorf("%s counts %d drafts, want %d", where, n[application.Draft], want)
				}
				return err
			})
		}
	})
}

func TestOpeningFromListsAnswersForEachRow(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := casework.New(o.DB, o.Files), testbed.As(access.Township)
		suspected, holder, busy := o.Person(t), o.Person(t), o.Person(t)
		held := o.Certificate(t, holder, "2020-05-31")
		o.Case(t, busy, application.Submitted)
		rows := []string{o.Listed(t, suspected, ""), o.Listed(t, holder, held.ID), o.Listed(t, busy, ""), id.New()}
		got, err := desk.OpenListed(t.Context(), by, rows)
		if err != nil || len(got.Done) != 2 || len(got.Refused) != 2 {
			t.Fatalf("opened %+v, %v", got, err)
		}
		if a, _ := reread(t, o, got.Done[0]); a.Matter != application.New || a.Origin != application.Listed || a.Person != suspected.ID {
			t.Errorf("the suspected person's case is %+v", a)
		}
		if a, _ := reread(t, o, got.Done[1]); a.Matter != application.Renew || a.Previous != held.ID {
			t.Errorf("the holder's case is %+v", a)
		}
		if r := got.Refused[0]; r.Listed != rows[2] || r.Name != busy.Name || fault.Of(r.Err) != fault.Refused {
			t.Errorf("the busy person's row: %+v", r)
		}
		if r := got.Refused[1]; r.Name != "" || fault.Of(r.Err) != fault.Missing {
			t.Errorf("the unknown row: %+v", r)
		}
		again, err := desk.OpenListed(t.Context(), by, rows[:2])
		if err != nil || len(again.Done) != 0 || len(again.Refused) != 2 {
			t.Errorf("opened again: %+v, %v", again, err)
		}
	})
}

// TestTheNumberBeforeACorrectionOpensNothing looks somebody up at the counter by the number that they had before, as an officer of the place and of another.
func TestTheNumberBeforeACorrectionOpensNothing(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by, stranger := casework.New(o.DB, o.Files), testbed.As(access.Township), testbed.Stranger(access.Township)
		p := o.Person(t)
		o.Renumber(t, p, person.MakeNumber("533199", "1961-05-04", 908))
		if a, err := desk.Applicant(t.Context(), by, by.Region, p.Number); !field(err, "number", "person.corrected") || a.Renumbered == nil || a.Renumbered.ID != p.ID {
			t.Errorf("the counter is told %+v, %v", a, err)
		}
		if _, err := desk.OpenApplication(t.Context(), by, casework.Opening{Person: p, Request: firstRequest}); !field(err, "number", "person.corrected") {
			t.Errorf("opened: %v", err)
		}
		for _, ask := range []func(context.Context, access.Actor, region.Code, person.Number) (casework.Applicant, error){desk.Applicant, desk.Guest} {
			if a, err := ask(t.Context(), stranger, stranger.Region, p.Number); !field(err, "number", "person.corrected.elsewhere") || a.Renumbered != nil {
				t.Errorf("another county is told %+v, %v", a, err)
			}
		}
		guest := p
		guest.ID, guest.Region = "", "533102001001"
		if _, err := desk.OpenApplication(t.Context(), stranger, casework.Opening{Person: guest, Request: application.Request{Matter: application.New, Wanted: firstRequest.Wanted, Home: testbed.County}}); !field(err, "number", "person.corrected.elsewhere") {
			t.Errorf("a guest: %v", err)
		}
	})
}
