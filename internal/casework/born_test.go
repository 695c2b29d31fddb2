package casework_test

import (
	"slices"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/archiving"
	"hefa/internal/attachment"
	"hefa/internal/casework"
	"hefa/internal/fault"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// TestABornPaperIsKeptOnce: what was kept stays as it was, however often it is asked for and whatever the register says later.
func TestABornPaperIsKeptOnce(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, p := casework.New(o.DB, o.Files), o.Person(t)
		a := o.Case(t, p, application.Delivered)
		o.Update(t, access.Approver, func(tx *store.Tx) error {
			a.Accepted, a.No = o.Today(), "533103-2020-000900"
			if err := tx.SaveApplication(access.ApplicationAccept, a.State, a, ""); err != nil {
				return err
			}
			_, err := tx.SendLetter(a, store.Letter{Kind: application.CorrectionLetter, Reason: "照片不清楚"})
			return err
		})
		keep := func() []attachment.Attachment {
			t.Helper()
			if err := desk.KeepPapers(t.Context(), access.Program(), testbed.County, a.ID); err != nil {
				t.Fatal(err)
			}
			var out []attachment.Attachment
			o.Update(t, access.Clerk, func(tx *store.Tx) (err error) {
				out, err = tx.Attachments(a)
				return err
			})
			return out
		}
		first := keep()
		if len(first) != 2 || first[0].Paper != attachment.Made || first[0].Hash == "" || first[0].Pages < 1 || first[0].Source == first[1].Source {
			t.Fatalf("kept %+v", first)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			q, err := tx.Person(p.ID)
			if err != nil {
				return err
			}
			was := q
			q.Address = "搬了新家"
			return tx.SavePerson(access.PersonEdit, was, q)
		})
		if again := keep(); !slices.EqualFunc(first, again, func(a, b attachment.Attachment) bool { return a.ID == b.ID && a.Hash == b.Hash }) {
			t.Errorf("kept again as %+v", again)
		}
		if err := archiving.New(o.DB, o.Files).FileApplication(t.Context(), testbed.As(access.Clerk), a.ID, archive.Filing{Reason: "原件在乡镇"}); err != nil {
			t.Fatal(err)
		}
		d, err := archiving.New(o.DB, o.Files).Dossier(t.Context(), testbed.As(access.Clerk), p.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range first {
			if !slices.ContainsFunc(d.Items, func(i archive.Item) bool { return i.Hash == x.Hash && i.Digest != "" && i.Origin == archive.Born }) {
				t.Errorf("%s is not in the file: %+v", x.Name, d.Items)
			}
		}
		if err := desk.RemoveAttachment(t.Context(), testbed.As(access.Clerk), a.ID, first[0].ID); fault.Of(err) != fault.Forbidden && fault.Of(err) != fault.Refused {
			t.Errorf("taken off: %v", err)
		}
	})
}
