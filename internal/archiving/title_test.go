package archiving_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archiving"
	"hefa/internal/attachment"
	"hefa/internal/org"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// TestScansOfAFileAreToldApart: two of one kind bear different titles, and the signed sheet is the hospital's, not the applicant's.
func TestScansOfAFileAreToldApart(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		a := o.Concluded(t, o.Person(t), org.ID(testbed.As(access.Doctor).Org), application.Delivered, "")
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			for _, s := range [][2]string{{"1", "identity"}, {"2", "identity"}, {"3", "assessment"}} {
				err := tx.AddAttachment(attachment.Attachment{ID: attachment.ID(s[0]), Region: a.Region, Application: string(a.ID), Paper: s[1], Name: "扫描.pdf", Type: "application/pdf", Size: 1, Hash: "hash-" + s[0]})
				if err != nil {
					return err
				}
			}
			return nil
		})
		f, err := archiving.New(o.DB, o.Files).Filing(t.Context(), clerk, a.ID)
		if err != nil {
			t.Fatal(err)
		}
		titles, sheet := map[string]string{}, ""
		for _, i := range f.Items {
			titles[i.Hash] = i.Title
			if i.Hash == "hash-3" {
				sheet = i.Author
			}
		}
		if one, two := titles["hash-1"], titles["hash-2"]; one == "" || two != one+"（2）" {
			t.Errorf("titles: %v", titles)
		}
		if sheet == "" || sheet == "申请人" {
			t.Errorf("the sheet is by %q", sheet)
		}
	})
}
