package scanning_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/fieldwork"
	"hefa/internal/paper"
	"hefa/internal/person"
	"hefa/internal/pile"
	"hefa/internal/renewing"
	"hefa/internal/statement"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// TestFiftyMixedPagesFileThemselves is a stack as a township scans it: slips, evaluation sheets with the records behind them, strips, application forms, survey
// sheets of several pages, waivers and pledges, lying every way, one page of nobody at its beginning.
func TestFiftyMixedPagesFileThemselves(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		s, surveys := open(t, o), fieldwork.New(o.DB, o.Files)
		town := testbed.As(access.Township)
		n, pages := 1, [][]byte{page(t, "", 1, 0)}
		want := map[pile.Kind]int{}
		put := func(kind pile.Kind, code string, behind int) {
			n++
			pages = append(pages, page(t, code, n, n%4*90))
			for range behind {
				n++
				pages = append(pages, page(t, "", n, 0))
			}
			want[kind]++
		}
		put(pile.Slip, s.letter.Reminder.No, 0)
		for range 6 {
			put(pile.Slip, s.another(t), 0)
		}
		put(pile.Case, pile.Code(s.sheet.No, pile.SheetMark), 2)
		put(pile.Case, pile.Code(s.sheet.No, pile.StripMark), 0)
		for range 5 {
			a := o.Case(t, o.Person(t), application.Submitted)
			put(pile.Case, paper.FormCode(a.No, string(a.ID)), 1)
		}
		who := o.Person(t)
		s.filed(t, who.ID)
		o.Visited(t, who, 2)
		waiver := issued(t, o, surveys, statement.Order{Kind: statement.Waiver, Person: who.ID})
		put(pile.Statement, waiver[0].No, 0)
		for _, k := range statement.Kinds {
			for _, x := range issued(t, o, surveys, statement.Order{Kind: k, Region: testbed.Township, Count: 5}) {
				behind := 0
				if k == statement.Survey {
					behind = 1
				}
				put(pile.Statement, x.No, behind)
			}
		}
		for len(pages) < 50 {
			put(pile.Slip, s.another(t), 0)
		}
		p := s.apart(t, s.take(t, book(t, pages...)))
		if p.Pages != 50 || len(pages) != 50 || p.Waiting != 1 {
			t.Fatalf("%d pages, %d wait", p.Pages, p.Waiting)
		}
		got := map[pile.Kind]int{}
		for _, k := range p.Pieces {
			if k.State == pile.Filed {
				got[k.Kind]++
			} else if k.Order != 1 {
				t.Errorf("%+v", k)
			}
		}
		for kind, all := range want {
			if got[kind] != all {
				t.Errorf("%s: %d of %d were filed", kind, got[kind], all)
			}
		}
		if back, _, err := surveys.Statements(t.Context(), town, fieldwork.StatementFilter{State: statement.Back, Limit: 50}); err != nil || len(back) != 16 {
			t.Errorf("%d papers are back, %v", len(back), err)
		}
		s.Update(t, access.Clerk, func(tx *store.Tx) error {
			d, _, err := tx.Dossier(who.County(), who.ID)
			if err != nil {
				return err
			}
			items, err := tx.Items(d)
			if len(items) != 1 || items[0].Number != waiver[0].No || items[0].Origin != archive.Scan || items[0].Hash == "" {
				t.Errorf("in the file lie %+v", items)
			}
			return err
		})
	})
}

// issued is papers that were numbered, in their order.
func issued(t *testing.T, o *testbed.Office, desk *fieldwork.Desk, order statement.Order) []statement.Statement {
	t.Helper()
	id, err := desk.IssueStatements(t.Context(), testbed.As(access.Township), order)
	if err != nil {
		t.Fatal(err)
	}
	all, _, err := desk.Statements(t.Context(), testbed.As(access.Township), fieldwork.StatementFilter{Issue: id, Limit: 50})
	if err != nil || len(all) == 0 {
		t.Fatal(all, err)
	}
	return all
}

// another is the number of one more letter whose slip is awaited.
func (s site) another(t *testing.T) string {
	t.Helper()
	p := s.Person(t)
	s.Certificate(t, p, s.Today().AddMonths(1))
	desk := renewing.New(s.DB, s.files)
	if _, err := desk.RemindAll(t.Context(), access.Program(), testbed.County); err != nil {
		t.Fatal(err)
	}
	all, err := desk.PersonReminders(t.Context(), testbed.As(access.Township), p.ID)
	if err != nil || len(all.Reminders) == 0 {
		t.Fatal(all, err)
	}
	return all.Reminders[0].No
}

// filed opens a person's file.
func (s site) filed(t *testing.T, who person.ID) {
	t.Helper()
	s.Update(t, access.Clerk, func(tx *store.Tx) error {
		p, err := tx.Person(who)
		if err != nil {
			return err
		}
		return tx.AddDossier(access.ApplicationFile, archive.Dossier{Person: who, Region: p.Region, No: "533103-CJ·2020-D30-0001", Year: 2020, Term: archive.Thirty, Opened: s.Today(), Closed: s.Today(),
			State: archive.Shelved})
	})
}
