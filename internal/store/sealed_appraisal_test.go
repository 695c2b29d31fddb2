package store_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// keepAppraisal puts a file that may be destroyed onto a list, with a reason.
func keepAppraisal(t *testing.T, o *testbed.Office) {
	t.Helper()
	p := o.Person(t)
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		d := archive.Dossier{Person: p.ID, Region: p.Region, No: "ended", Year: 2000, Term: archive.Ten, Opened: "2000-01-01", Closed: "2000-01-01", State: archive.Shelved}
		if err := tx.AddDossier(access.ApplicationFile, d); err != nil {
			return err
		}
		a := archive.Appraisal{ID: "list", Region: testbed.County, No: "1", Head: "组长", Members: []string{"甲", "乙"}, State: archive.Drawn}
		e := archive.Ended{Terms: map[archive.Term]day.Day{archive.Ten: tx.Today()}}
		if n, err := tx.DrawAppraisal(a, e, 5); err != nil || n != 1 {
			t.Errorf("%d files, %v", n, err)
			return err
		}
		a.ID, a.No = "again", "2"
		if n, err := tx.DrawAppraisal(a, e, 5); err != nil || n != 0 {
			t.Errorf("%d files on two lists, %v", n, err)
			return err
		}
		a.ID = "list"
		all, err := tx.Appraised(a, "none", "", 5)
		if err != nil || len(all) != 1 {
			return fault.New(fault.Missing, "record.missing").Because(err)
		}
		all[0].Verdict, all[0].Reason = archive.Keep, "精神分裂症病历仍有用"
		return tx.SaveAppraised(a, all[0])
	})
}
