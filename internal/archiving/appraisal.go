package archiving

import (
	"context"
	"fmt"

	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/job"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/store"
)

// drawMost is how many files one list holds; what is left goes into the next.
const drawMost = 500

// Appraisals is the lists of a county.
type Appraisals struct {
	Rows  []archive.Appraisal
	More  bool
	Ended int64 // files that a list drawn today could hold
}

// Appraisals is the lists of a county, the newest first; after is the last one of the page before.
func (d *Desk) Appraisals(ctx context.Context, by access.Actor, county region.Code, after archive.AppraisalID, limit int) (Appraisals, error) {
	var out Appraisals
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		home, err := tx.CountyFor(access.ArchiveRead, county)
		if err != nil {
			return err
		}
		if out.Rows, err = tx.Appraisals(home, after, limit+1); err != nil {
			return err
		}
		if out.More = len(out.Rows) > limit; out.More {
			out.Rows = out.Rows[:limit]
		}
		ended, err := endedIn(tx, home)
		if err != nil {
			return err
		}
		out.Ended, err = tx.EndedFiles(home, ended)
		return err
	})
	return out, err
}

// endedIn is what was kept long enough under the rules of a county.
func endedIn(tx *store.Tx, county region.Code) (archive.Ended, error) {
	office, err := tx.Office(county)
	return archive.EndedOn(office.Policy, office.Today), err
}

// DrawAppraisal makes the list of files whose retention ran out, for the named people to look through (鉴定). Nothing of a person who holds a certificate or has a case is
// on it.
func (d *Desk) DrawAppraisal(ctx context.Context, by access.Actor, a archive.Appraisal) (archive.AppraisalID, error) {
	a.ID = archive.AppraisalID(id.New())
	return a.ID, d.db.Update(ctx, by, func(tx *store.Tx) (err error) {
		if a.Region, err = tx.CountyFor(access.ArchiveAppraise, a.Region); err != nil {
			return err
		}
		if err := a.Check(); err != nil {
			return err
		}
		ended, err := endedIn(tx, a.Region)
		if err != nil {
			return err
		}
		a.Year, a.Day, a.Clerk, a.State = tx.Today().Year(), tx.Today(), by.Name, archive.Drawn
		n, err := tx.Next(a.Region, fmt.Sprintf("appraisal-%d", a.Year))
		if err != nil {
			return err
		}
		a.No = archive.AppraisalNo(a.Region, a.Year, n)
		files, err := tx.DrawAppraisal(a, ended, drawMost)
		if err == nil && files == 0 {
			err = fault.New(fault.Refused, "appraisal.empty")
		}
		return err
	})
}

// AppraisalFilter narrows the files of a list: Verdict is "none", "keep" or "destroy".
type AppraisalFilter struct {
	Verdict string
	After   string // the number of the last row of the page before
	Limit   int
}

// Appraisal is a list with a page of its files.
type Appraisal struct {
	archive.Appraisal
	Files    []store.Appraised
	More     bool
	Counts   map[archive.Verdict]int
	Contents Contents
}

// Contents is what became of the scans of files that were destroyed: taken away, kept because another file holds the same, or still to be taken away.
type Contents struct{ Gone, Shared, Waiting int }

// Appraisal is one list of the actor's county.
func (d *Desk) Appraisal(ctx context.Context, by access.Actor, id archive.AppraisalID, f AppraisalFilter) (Appraisal, error) {
	var out Appraisal
	err := d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		if out.Appraisal, err = listed(tx, access.ArchiveRead, id); err != nil {
			return err
		}
		if out.Files, err = tx.Appraised(out.Appraisal, f.Verdict, f.After, f.Limit+1); err != nil {
			return err
		}
		if out.More = len(out.Files) > f.Limit; out.More {
			out.Files = out.Files[:f.Limit]
		}
		if out.Counts, err = tx.AppraisedCounts(out.Appraisal); err != nil {
			return err
		}
		shredded, err := tx.ShreddedCounts(out.Appraisal)
		out.Contents = Contents{shredded["gone"], shredded["shared"], shredded["waiting"]}
		return err
	})
	return out, err
}

func listed(tx *store.Tx, act access.Act, id archive.AppraisalID) (archive.Appraisal, error) {
	home, err := tx.CountyFor(act, "")
	if err != nil {
		return archive.Appraisal{}, err
	}
	return tx.Appraisal(home, id)
}

// AppraiseFiles notes what was found of files of a list: kept longer and why, or to be destroyed. A file can be taken off what is destroyed up to the end.
func (d *Desk) AppraiseFiles(ctx context.Context, by access.Actor, id archive.AppraisalID, files []person.ID, f archive.Finding) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := listed(tx, access.ArchiveAppraise, id)
		if err != nil {
			return err
		}
		if err := a.Find(&f, len(files)); err != nil {
			return err
		}
		all, err := tx.Appraised(a, "", "", drawMost)
		if err != nil {
			return err
		}
		found := map[person.ID]store.Appraised{}
		for _, r := range all {
			found[r.Person] = r
		}
		for _, of := range files {
			r, ok := found[of]
			if !ok {
				return fault.New(fault.Missing, "record.missing")
			}
			r.Verdict, r.Reason, r.Clerk, r.Until = f.Verdict, f.Reason, by.Name, ""
			if f.Verdict == archive.Keep {
				r.Until = tx.Today().AddYears(f.Years)
			}
			if err := tx.SaveAppraised(a, r); err != nil {
				return err
			}
		}
		if a.State == archive.Approved {
			if err := tx.KeepAppraised(a); err != nil {
				return err
			}
		}
		return tx.SaveAppraisal(access.ArchiveAppraise, a, f.Reason)
	})
}

// ProposeAppraisal hands a list of which every file was looked at to the leader.
func (d *Desk) ProposeAppraisal(ctx context.Context, by access.Actor, id archive.AppraisalID) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := listed(tx, access.ArchiveAppraise, id)
		if err != nil {
			return err
		}
		counts, err := tx.AppraisedCounts(a)
		if err != nil {
			return err
		}
		if err := a.Propose(by.Account, tx.Today(), counts[""]); err != nil {
			return err
		}
		if err := spared(tx, a); err != nil {
			return err
		}
		return tx.SaveAppraisal(access.ArchiveAppraise, a, "")
	})
}

// spared refuses a list on which a file is to be destroyed that may not be: its person came back meanwhile.
func spared(tx *store.Tx, a archive.Appraisal) error {
	doomed, err := tx.Appraised(a, string(archive.Destroy), "", drawMost)
	if err != nil {
		return err
	}
	ended, err := endedIn(tx, a.County())
	if err != nil {
		return err
	}
	for _, r := range doomed {
		if ok, err := tx.StillEnded(a.County(), r.Person, ended); err != nil {
			return err
		} else if !ok {
			return fault.New(fault.Refused, "appraisal.live", r.No, r.Name)
		}
	}
	return nil
}

// DecideAppraisal is the leader's word on what others proposed: approved, or sent back with a reason. What is kept longer is kept from then on.
func (d *Desk) DecideAppraisal(ctx context.Context, by access.Actor, id archive.AppraisalID, grant bool, answer string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := listed(tx, access.ArchiveSentence, id)
		if err != nil {
			return err
		}
		counts, err := tx.AppraisedCounts(a)
		if err != nil {
			return err
		}
		if err := a.Decide(archive.Sentence{Account: by.Account, Name: by.Name, Grant: grant, Answer: answer}, tx.Today(), counts[archive.Destroy]); err != nil {
			return err
		}
		if grant {
			if err := spared(tx, a); err != nil {
				return err
			}
			if err := tx.KeepAppraised(a); err != nil {
				return err
			}
		}
		return tx.SaveAppraisal(access.ArchiveSentence, a, a.Answer)
	})
}

// DestroyFiles records that the files of an approved list were destroyed before two witnesses (监销). Their papers end here and now; the contents are taken away after.
func (d *Desk) DestroyFiles(ctx context.Context, by access.Actor, id archive.AppraisalID, w archive.Witnessed) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := listed(tx, access.ArchiveDestroy, id)
		if err != nil {
			return err
		}
		if err := a.Destroy(w, by.Name, tx.Today()); err != nil {
			return err
		}
		if err := spared(tx, a); err != nil {
			return err
		}
		doomed, err := tx.Appraised(a, string(archive.Destroy), "", drawMost)
		if err != nil {
			return err
		}
		for _, r := range doomed {
			if err := tx.DestroyDossier(a, r); err != nil {
				return err
			}
		}
		if err := tx.EndPiles(a); err != nil {
			return err
		}
		if err := tx.SaveAppraisal(access.ArchiveDestroy, a, a.First+" "+a.Second); err != nil {
			return err
		}
		return tx.Enqueue(job.Shred{County: string(a.County()), Appraisal: string(a.ID)})
	})
}
