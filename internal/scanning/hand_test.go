package scanning_test

import (
	"context"
	"reflect"
	"slices"
	"sync/atomic"
	"testing"

	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/archiving"
	"hefa/internal/fault"
	"hefa/internal/pile"
	"hefa/internal/reminder"
	"hefa/internal/scan"
	"hefa/internal/scanning"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestWhatIsNotRecognisedIsArrangedAndFiledByHand(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		s, ctx, by := open(t, o), t.Context(), testbed.As(access.Township)
		id := s.take(t, page(t, "", 1, 0), page(t, "", 2, 0), book(t, page(t, "", 3, 0), page(t, "", 4, 0)))
		p := s.apart(t, id)
		if len(p.Pieces) != 1 || p.Pieces[0].Pages != 4 {
			t.Fatalf("%+v", p.Pieces)
		}
		first := p.Pieces[0].ID
		step := func(which pile.PieceID, m pile.Move, at int) {
			t.Helper()
			if err := s.desk.ArrangePiece(ctx, by, id, which, pile.Step{Move: m, Page: at}); err != nil {
				t.Fatal(m, at, err)
			}
		}
		step(first, pile.Split, 2)
		p = s.read(t, id)
		second := p.Pieces[1].ID
		step(second, pile.Forward, 3) // 3 2 4
		step(second, pile.Rotate, 2)
		step(second, pile.Split, 4)
		p = s.read(t, id)
		if len(p.Pieces) != 3 || p.Waiting != 3 || p.Pieces[1].ID != second || p.Pieces[1].Pages != 2 {
			t.Fatalf("%+v", p.Pieces)
		}
		order := pile.Order{No: s.sheet.No, Paper: "records"}
		if err := s.desk.FilePiece(ctx, by, id, second, order); err != nil {
			t.Fatal(err)
		}
		if err := s.desk.FilePiece(ctx, by, id, second, order); fault.Of(err) != fault.Refused {
			t.Errorf("filed twice: %v", err)
		}
		if err := s.desk.DiscardPiece(ctx, by, id, p.Pieces[2].ID, "空白页"); err != nil {
			t.Fatal(err)
		}
		if err := s.desk.FilePiece(ctx, by, id, first, pile.Order{No: s.letter.Reminder.No, Receipt: s.receipt()}); err != nil {
			t.Fatal(err)
		}
		p = s.read(t, id)
		if p.State != pile.Done || p.Filed != 2 || p.Dropped != 1 || p.Pieces[0].Hash == "" || p.Pieces[0].Type != "image/jpeg" {
			t.Errorf("%+v %+v", p.Pile, p.Pieces[0])
		}
		b, err := scan.Open(ctx, s.content(t, p.Pieces[1].Hash))
		if err != nil || b.Pages() != 2 {
			t.Fatal(b, err)
		}
		if m, _, err := b.Picture(2); err != nil || m.Bounds().Dx() < m.Bounds().Dy() {
			t.Errorf("the second page was not turned: %v %v", m.Bounds(), err)
		}
	})
}

func TestPapersJoinTheOneBefore(t *testing.T) {
	t.Parallel()
	s := open(t, testbed.Open(t, "sqlite"))
	id := s.take(t, book(t, page(t, "533103-2020-T9999998", 1, 0), page(t, "533103-2020-T9999999", 2, 0)))
	p := s.apart(t, id)
	join := func(i int) error {
		return s.desk.ArrangePiece(t.Context(), testbed.As(access.Township), id, p.Pieces[i].ID, pile.Step{Move: pile.Join})
	}
	if err := join(0); fault.Of(err) != fault.Refused {
		t.Errorf("the first joined nothing: %v", err)
	}
	if err := join(1); err != nil {
		t.Fatal(err)
	}
	if p = s.read(t, id); len(p.Pieces) != 1 || p.Pieces[0].Pages != 2 || len(p.Leaves[p.Pieces[0].ID]) != 2 || p.Waiting != 1 {
		t.Errorf("%+v", p)
	}
}

func TestAnOldFileIsScannedBehindItsCover(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		s, clerk := open(t, o), testbed.As(access.Clerk)
		holder := o.Person(t)
		kept := archive.Dossier{Person: holder.ID, Region: holder.Region, No: "533103-CJ·2020-D30-0007", Year: 2020, Term: archive.Thirty, Opened: o.Today(), Closed: o.Today(), State: archive.Shelved}
		o.Update(t, access.Clerk, func(tx *store.Tx) error { return tx.AddDossier(access.ApplicationFile, kept) })
		scanned := book(t, page(t, kept.No, 1, 0), page(t, "", 2, 0), page(t, "", 3, 0))
		town := s.apart(t, s.take(t, scanned))
		if town.Waiting != 1 || town.Pieces[0].Why == "" {
			t.Errorf("a township put papers into the county's archive: %+v", town.Pieces[0])
		}
		id, _, err := s.desk.TakePile(t.Context(), clerk, named(scanned), s.receipt())
		if err != nil {
			t.Fatal(err)
		}
		if err := s.desk.TakeApart(t.Context(), access.Program(), id); err != nil {
			t.Fatal(err)
		}
		d, err := archiving.New(o.DB, o.Files).Dossier(t.Context(), clerk, holder.ID)
		if err != nil || len(d.Items) != 1 || d.Items[0].Pages != 3 || d.Items[0].Origin != archive.Scan || d.Items[0].Hash == "" {
			t.Errorf("%+v %v", d.Items, err)
		}
	})
}

// TestACodeOfAnotherPlaceSaysNothing hands the letter of one township in at another one.
func TestACodeOfAnotherPlaceSaysNothing(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		s := open(t, o)
		scanned := book(t, page(t, s.letter.Reminder.No, 1, 0), page(t, pile.Code(s.sheet.No, pile.SheetMark), 2, 0))
		for _, by := range []access.Actor{testbed.Stranger(access.Township), testbed.Stranger(access.Clerk)} {
			id, _, err := s.desk.TakePile(t.Context(), by, named(scanned), s.receipt())
			if err != nil {
				t.Fatal(err)
			}
			if err := s.desk.TakeApart(t.Context(), access.Program(), id); err != nil {
				t.Fatal(err)
			}
			p, err := s.desk.Pile(t.Context(), by, id)
			if err != nil || p.Waiting != 2 || p.Filed != 0 {
				t.Fatal(p.Pile, err)
			}
			for _, k := range p.Pieces {
				if k.No != "" || k.Subject != "" || k.Why != p.Pieces[0].Why {
					t.Errorf("the tray tells of %+v", k)
				}
			}
			err = s.desk.FilePiece(t.Context(), by, id, p.Pieces[0].ID, pile.Order{No: s.letter.Reminder.No, Receipt: s.receipt()})
			if f := fault.Fields(err); len(f) == 0 || f[0].Name != "no" {
				t.Errorf("filed elsewhere: %v", err)
			}
		}
	})
}

// TestAPileIsTakenApartOnceHoweverOftenItIsCutOff stops the work after each page and each paper.
func TestAPileIsTakenApartOnceHoweverOftenItIsCutOff(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		s := open(t, o)
		id := s.take(t, book(t, page(t, s.letter.Reminder.No, 1, 0), page(t, pile.Code(s.sheet.No, pile.SheetMark), 2, 0), page(t, "", 3, 0)))
		cuts := 0
		for n := 1; ; n++ {
			ctx := &cutting{Context: t.Context()}
			ctx.left.Store(int64(n))
			err := s.desk.TakeApart(ctx, access.Program(), id)
			if p := s.read(t, id); !p.State.Working() {
				break
			} else if err == nil {
				t.Fatalf("it says that it is done with %s", p.State)
			}
			if cuts++; cuts > 200 {
				t.Fatal("it comes to no end")
			}
		}
		if cuts < 4 {
			t.Errorf("it was cut off only %d times", cuts)
		}
		p := s.read(t, id)
		if p.State != pile.Done || p.Filed != 2 || p.Read != 3 || len(p.Pieces) != 2 || p.Pieces[1].Pages != 2 {
			t.Errorf("%+v", p)
		}
		s.checkFiledOnce(t)
	})
}

func (s site) checkFiledOnce(t *testing.T) {
	t.Helper()
	err := s.DB.View(t.Context(), testbed.As(access.Township), func(tx *store.Tx) error {
		all, err := tx.Attachments(s.sheet)
		if err != nil || len(all) != 1 {
			t.Errorf("%d attachments %v", len(all), err)
		}
		r, err := tx.Reminder(s.letter.Reminder.ID)
		if err != nil || r.State != reminder.Received || r.Version != s.letter.Reminder.Version+1 {
			t.Errorf("%+v %v", r, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// cutting is a context that ends by itself after it was asked so many times whether it has.
type cutting struct {
	context.Context
	left atomic.Int64 // the database asks too, from a goroutine of its own
}

// Err counts.
func (c *cutting) Err() error {
	if c.left.Add(-1) < 0 {
		return context.Canceled
	}
	return c.Context.Err()
}

// borders tries each method of the desk as an officer of the neighbour county.
var borders = map[string]func(s site, by access.Actor, of pile.ID, which pile.PieceID) error{
	"TakeApart": func(s site, by access.Actor, of pile.ID, _ pile.PieceID) error {
		return s.desk.TakeApart(context.Background(), by, of)
	},
	"Pile": func(s site, by access.Actor, of pile.ID, _ pile.PieceID) error {
		_, err := s.desk.Pile(context.Background(), by, of)
		return err
	},
	"Piles": func(s site, by access.Actor, _ pile.ID, _ pile.PieceID) error {
		_, _, err := s.desk.Piles(context.Background(), by, scanning.Filter{Region: testbed.County, Limit: 9})
		return err
	},
	"Page": func(s site, by access.Actor, of pile.ID, _ pile.PieceID) error {
		_, err := s.desk.Page(context.Background(), by, of, scanning.View{No: 1, Side: 240})
		return err
	},
	"FilePiece": func(s site, by access.Actor, of pile.ID, which pile.PieceID) error {
		return s.desk.FilePiece(context.Background(), by, of, which, pile.Order{No: s.sheet.No})
	},
	"ArrangePiece": func(s site, by access.Actor, of pile.ID, which pile.PieceID) error {
		return s.desk.ArrangePiece(context.Background(), by, of, which, pile.Step{Move: pile.Rotate, Page: 1})
	},
	"TakeBackPiece": func(s site, by access.Actor, of pile.ID, which pile.PieceID) error {
		return s.desk.TakeBackPiece(context.Background(), by, of, which, "归错了人")
	},
	"DiscardPiece": func(s site, by access.Actor, of pile.ID, which pile.PieceID) error {
		return s.desk.DiscardPiece(context.Background(), by, of, which, "空白页")
	},
}

// TestStrangersFindNothing tries every method but those that name no place: a pile belongs to where its actor stands.
func TestStrangersFindNothing(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		s := open(t, o)
		id := s.take(t, page(t, "", 1, 0))
		p := s.apart(t, id)
		for m := range reflect.TypeFor[*scanning.Desk]().Methods() {
			if slices.Contains([]string{"TakePile", "Today"}, m.Name) {
				continue
			}
			act, ok := borders[m.Name]
			if !ok {
				t.Errorf("%s is not tried", m.Name)
				continue
			}
			if err := act(s, testbed.Stranger(access.Clerk), id, p.Pieces[0].ID); fault.Of(err) != fault.Missing {
				t.Errorf("%s let a stranger in: %v", m.Name, err)
			}
		}
		if _, _, err := s.desk.TakePile(t.Context(), testbed.As(access.Doctor), named(page(t, "", 2, 0)), s.receipt()); fault.Of(err) != fault.Forbidden {
			t.Errorf("a doctor handed a pile in: %v", err)
		}
	})
}
