package scanning_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/archiving"
	"hefa/internal/attachment"
	"hefa/internal/fault"
	"hefa/internal/fieldwork"
	"hefa/internal/person"
	"hefa/internal/pile"
	"hefa/internal/reminder"
	"hefa/internal/statement"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// TestAWrongFilingHasAWayBack takes a paper out of a case, a letter, a signed paper and a file, and files it anew; where it was stays written with its hash.
func TestAWrongFilingHasAWayBack(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		s, ctx, by, clerk := open(t, o), t.Context(), testbed.As(access.Township), testbed.As(access.Clerk)
		who := o.Person(t)
		s.filed(t, who.ID)
		sheet := issued(t, o, fieldwork.New(o.DB, s.files), statement.Order{Kind: statement.Survey, Person: who.ID})[0]
		id := s.take(t, page(t, pile.Code(s.sheet.No, pile.SheetMark), 1, 0), page(t, s.letter.Reminder.No, 2, 0), page(t, sheet.No, 3, 0))
		p := s.apart(t, id)
		if p.Filed != 3 || s.inFile(t, who.ID) != 1 {
			t.Fatalf("%+v", p.Pieces)
		}
		for i, k := range p.Pieces {
			for name, err := range map[string]error{"": s.desk.TakeBackPiece(ctx, by, id, k.ID, " "), "read only": s.desk.TakeBackPiece(ctx, testbed.As(access.Reviewer), id, k.ID, "归错了人")} {
				if kind := fault.Of(err); kind != fault.Invalid && kind != fault.Forbidden {
					t.Errorf("taken back %s: %v", name, err)
				}
			}
			if err := s.desk.TakeBackPiece(ctx, by, id, k.ID, "归错了人"); err != nil {
				t.Fatal(k.Kind, err)
			}
			if err := s.desk.TakeBackPiece(ctx, by, id, k.ID, "归错了人"); fault.Of(err) != fault.Refused {
				t.Errorf("taken back twice: %v", err)
			}
			got := s.read(t, id)
			if back := got.Backs[i]; got.State != pile.Open || got.Pieces[i].State != pile.Waiting || back.Hash != k.Hash || back.No != k.No || back.Reason != "归错了人" || back.By != by.Name {
				t.Errorf("%s: %+v %+v", k.Kind, got.Pieces[i], got.Backs)
			}
		}
		s.untouched(t, sheet.ID)
		if n := s.inFile(t, who.ID); n != 0 {
			t.Errorf("%d papers are left in the file", n)
		}
		if err := s.desk.FilePiece(ctx, by, id, p.Pieces[0].ID, pile.Order{No: s.letter.Reminder.No, Receipt: s.receipt()}); err != nil {
			t.Errorf("filed anew: %v", err)
		}
		if err := s.desk.FilePiece(ctx, by, id, p.Pieces[2].ID, pile.Order{No: sheet.No}); err != nil {
			t.Errorf("filed where it was: %v", err)
		}
		d, err := archiving.New(o.DB, s.files).Dossier(ctx, clerk, who.ID)
		if err != nil || len(d.Items) != 1 {
			t.Fatalf("%+v %v", d.Items, err)
		}
		marked(t, s, d, id, p.Pieces[2].ID)
	})
}

// marked says that a mark on a paper goes with it.
func marked(t *testing.T, s site, d archiving.Dossier, id pile.ID, piece pile.PieceID) {
	t.Helper()
	desk, clerk := archiving.New(s.DB, s.files), testbed.As(access.Clerk)
	m := archive.Mark{Paper: archive.Names(d.Items)[0], Flaw: archive.Wrong, Reason: "是同名的另一人"}
	if err := desk.MarkPaper(t.Context(), clerk, d.Person, m); err != nil {
		t.Fatal(err)
	}
	if err := s.desk.TakeBackPiece(t.Context(), clerk, id, piece, "是同名的另一人"); err != nil {
		t.Fatal(err)
	}
	if got, err := desk.Dossier(t.Context(), clerk, d.Person); err != nil || len(got.Items) != 0 || len(got.Marks) != 0 {
		t.Errorf("%+v %+v %v", got.Items, got.Marks, err)
	}
}

// inFile is how many scans lie in somebody's file.
func (s site) inFile(t *testing.T, who person.ID) int {
	t.Helper()
	n := 0
	s.Update(t, access.Clerk, func(tx *store.Tx) error {
		all, err := tx.Dossiers(store.DossierFilter{Limit: 9})
		for _, k := range all {
			if k.Person != who {
				continue
			}
			items, err := tx.Items(k.Dossier)
			if err != nil {
				return err
			}
			n += len(items)
		}
		return err
	})
	return n
}

// untouched says that the case, the letter and the signed paper are as they were before.
func (s site) untouched(t *testing.T, sheet statement.ID) {
	t.Helper()
	s.Update(t, access.Clerk, func(tx *store.Tx) error {
		var all []attachment.Attachment
		all, err := tx.Attachments(s.sheet)
		if err != nil || len(all) != 0 {
			t.Errorf("the case: %+v %v", all, err)
		}
		r, err := tx.Reminder(s.letter.Reminder.ID)
		if err != nil || r.State != reminder.Made || r.Proof != "" || r.Received != "" {
			t.Errorf("the letter: %+v %v", r, err)
		}
		x, err := tx.Statement(sheet)
		if err != nil || x.State != statement.Out || x.Proof != "" {
			t.Errorf("the signed paper: %+v %v", x, err)
		}
		return err
	})
}

// TestAPaperOfAFiledCaseIsTakenOutByWhoeverKeepsTheFiles files a case with its evaluation sheet: the township cannot take it out, and when the clerk does the file says
// what it lacks.
func TestAPaperOfAFiledCaseIsTakenOutByWhoeverKeepsTheFiles(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		s, ctx, clerk := open(t, o), t.Context(), testbed.As(access.Clerk)
		id := s.take(t, page(t, pile.Code(s.sheet.No, pile.SheetMark), 1, 0))
		p := s.apart(t, id)
		if p.Filed != 1 {
			t.Fatalf("%+v", p.Pieces)
		}
		s.Update(t, access.Clerk, func(tx *store.Tx) error {
			d := archive.Dossier{Person: s.sheet.Person, Region: s.sheet.Region, No: "D1", Year: 2020, Term: "Y", Opened: tx.Today(), Closed: tx.Today(), State: archive.Shelved}
			if err := tx.AddDossier(access.ApplicationFile, d); err != nil {
				return err
			}
			return tx.AddCasefile(s.sheet, d, nil, "")
		})
		if err := s.desk.TakeBackPiece(ctx, testbed.As(access.Township), id, p.Pieces[0].ID, "归错了人"); fault.Of(err) != fault.Forbidden {
			t.Errorf("taken out by the township: %v", err)
		}
		if err := s.desk.TakeBackPiece(ctx, clerk, id, p.Pieces[0].ID, "归错了人"); err != nil {
			t.Fatal(err)
		}
		s.Update(t, access.Clerk, func(tx *store.Tx) error {
			f, err := tx.Casefile(s.sheet)
			if len(f.Lacking) != 1 || f.Lacking[0] != archive.Lack(archive.Assessment) {
				t.Errorf("the file lacks %v", f.Lacking)
			}
			return err
		})
	})
}
