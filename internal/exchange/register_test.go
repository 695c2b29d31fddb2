package exchange_test

import (
	"bytes"
	"testing"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/disclosure"
	"hefa/internal/fieldwork"
	"hefa/internal/person"
	"hefa/internal/registry"
	"hefa/internal/roster"
	"hefa/internal/sheet"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// given is what of the office's register changed since a day, as it goes to another one.
func given(t *testing.T, o *testbed.Office, f disclosure.Filter, as sheet.Format) []byte {
	t.Helper()
	desk, ctx, clerk := registry.New(o.DB, o.Files), t.Context(), testbed.As(access.Clerk)
	id, err := desk.AskDisclosure(ctx, clerk, disclosure.Disclosure{Columns: disclosure.Exchange, Filter: f, Reason: "按期交换变动", Receiver: "全国库"})
	if err != nil {
		t.Fatal(err)
	}
	if err := desk.JudgeDisclosure(ctx, testbed.As(access.Approver), id, true, ""); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := desk.TakeDisclosure(ctx, clerk, id, as, &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// taken is what came of a register that was handed in to the office.
func taken(t *testing.T, o *testbed.Office, file []byte) fieldwork.Handed {
	t.Helper()
	desk, ctx, clerk := fieldwork.New(o.DB, o.Files), t.Context(), testbed.As(access.Clerk)
	id, err := desk.UploadRoster(ctx, clerk, fieldwork.Paper{Kind: roster.Register, Region: testbed.County, Name: "名册", File: bytes.NewReader(file)})
	if err == nil {
		err = desk.CheckRoster(ctx, access.Program(), id)
	}
	if err == nil {
		err = desk.ConfirmRoster(ctx, clerk, id)
	}
	if err == nil {
		err = desk.StoreRoster(ctx, access.Program(), id)
	}
	if err != nil {
		t.Fatal(err)
	}
	if l, err := desk.Differences(ctx, clerk, fieldwork.DifferenceFilter{Region: testbed.County, Limit: 10}); err != nil || len(l.Differing) > 0 {
		t.Errorf("it differs: %+v, %v", l.Differing, err)
	}
	h, lines, err := desk.Roster(ctx, clerk, id, 0, 10)
	if err != nil || len(lines) > 0 {
		t.Fatal(lines, err)
	}
	return h
}

func TestWhatOneRegisterGivesAnotherTakesWithoutDifference(t *testing.T) {
	t.Parallel()
	for _, as := range sheet.Formats {
		t.Run(string(as), func(t *testing.T) {
			t.Parallel()
			testbed.Each(t, func(t *testing.T, o *testbed.Office) {
				steps := []certificate.Step{"", "", certificate.Freeze, certificate.Lose, certificate.Doubt}
				for i, step := range steps {
					p := o.Person(t)
					c := o.Certificate(t, p, "2030-01-01")
					if i == 1 {
						c.Expires = o.Today().Add(-30)
					}
					if step != "" {
						if err := c.Take(step, o.Today()); err != nil {
							t.Fatal(err)
						}
					}
					o.Update(t, access.Clerk, func(tx *store.Tx) error { return tx.SaveCertificate(access.DepartureApply, c) })
				}
				file := given(t, o, disclosure.Filter{}, as)
				if h := taken(t, o, file); h.Known != len(steps) || h.Rows != len(steps) || h.Absent != 0 {
					t.Errorf("the own register: %+v", h)
				}
				other := testbed.Open(t, "sqlite")
				if h := taken(t, other, file); h.Added != len(steps) || h.Absent != 0 {
					t.Errorf("another register: %+v", h)
				}
				if h := taken(t, other, file); h.Known != len(steps) {
					t.Errorf("the same list again: %+v", h)
				}
			})
		})
	}
}

// Whatever state certificates are in, what goes out tells of each person once, and changes nothing and differs nowhere when it comes in again.
func TestTheOwnRegisterComesInAgainInEveryState(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		put := func(p person.Person, s certificate.State, change func(*certificate.Certificate)) {
			c := o.Certificate(t, p, "2030-01-01")
			c.State, c.Since = s, o.Today()
			if s == certificate.Cancelled {
				c.Reason = certificate.Wish
			}
			if change != nil {
				change(&c)
			}
			o.Update(t, access.Clerk, func(tx *store.Tx) error { return tx.SaveCertificate(access.DepartureApply, c) })
		}
		for _, s := range certificate.States {
			put(o.Person(t), s, nil)
		}
		renewed, again := o.Person(t), o.Person(t)
		put(renewed, certificate.Replaced, func(c *certificate.Certificate) { c.Expires = "2019-12-31" })
		put(renewed, certificate.Valid, nil)
		put(again, certificate.Cancelled, func(c *certificate.Certificate) { c.Since = "2018-01-01" })
		put(again, certificate.Replaced, func(c *certificate.Certificate) { c.Since = "2019-01-01" })
		put(again, certificate.Pending, nil)
		put(again, certificate.Valid, nil)
		file := given(t, o, disclosure.Filter{}, sheet.UTF8)
		if n := bytes.Count(file, []byte(renewed.Name)); n != 1 {
			t.Errorf("somebody who renewed stands on the list %d times", n)
		}
		people := len(certificate.States) - 1 + 2 // who holds nothing yet is no holder
		if h := taken(t, o, file); h.Rows != people || h.Known != people || h.Absent != 0 {
			t.Errorf("%d people: %+v", people, h)
		}
	})
}

func TestAListOfChangesHoldsWhatChangedOnly(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		still, moved, frozen := o.Person(t), o.Person(t), o.Person(t)
		o.Certificate(t, still, "2030-01-01")
		o.Certificate(t, moved, "2030-01-01")
		c := o.Certificate(t, frozen, "2030-01-01")
		o.Wait(10)
		since := o.Today()
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			p, err := tx.Person(moved.ID)
			if err != nil {
				return err
			}
			was := p
			p.Phone = "13812345678"
			if err := tx.SavePerson(access.PersonEdit, was, p); err != nil {
				return err
			}
			if err := c.Take(certificate.Freeze, tx.Today()); err != nil {
				return err
			}
			return tx.SaveCertificate(access.DepartureApply, c)
		})
		file := string(given(t, o, disclosure.Filter{Since: since}, sheet.UTF8))
		for p, in := range map[string]bool{still.Name: false, moved.Name: true, frozen.Name: true} {
			if bytes.Contains([]byte(file), []byte(p)) != in {
				t.Errorf("%s on the list: %v", p, !in)
			}
		}
	})
}
