package archiving_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/archiving"
	"hefa/internal/attachment"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

var (
	witnessed = archive.Witnessed{Day: "2060-04-02", Way: "粉碎", First: "监销人甲", Second: "监销人乙"}
	drawing   = archive.Appraisal{Head: "组长", Members: []string{"成员甲", "成员乙"}}
	destroy   = archive.Finding{Verdict: archive.Destroy}
	keep      = archive.Finding{Verdict: archive.Keep, Years: 5, Reason: "家属正在申诉"}
)

// ended is a bench of files that were closed in 2020 and are looked at in 2060.
type ended struct {
	*testbed.Office
	t    *testing.T
	desk *archiving.Desk
}

// file puts a case of p with a scan of the text onto the shelf and answers with the scan's hash.
func (e ended) file(p person.Person, text string) string {
	e.t.Helper()
	a := e.Case(e.t, p, application.Delivered)
	kept, err := e.Files.Put(strings.NewReader(text), 1<<20)
	if err != nil {
		e.t.Fatal(err)
	}
	e.Update(e.t, access.Township, func(tx *store.Tx) error {
		return tx.AddAttachment(attachment.Attachment{ID: attachment.ID(a.ID), Region: a.Region, Application: string(a.ID), Paper: "identity", Name: "证件.pdf", Type: "application/pdf", Size: kept.Size, Hash: kept.Hash})
	})
	if err := e.desk.FileApplication(e.t.Context(), clerk, a.ID, lacking); err != nil {
		e.t.Fatal(err)
	}
	return kept.Hash
}

// old makes the content look as if it had been written yesterday.
func (e ended) old(hashes ...string) {
	for _, h := range hashes {
		if err := os.Chtimes(filepath.Join(e.Folder, h[:2], h), time.Time{}, time.Now().Add(-25*time.Hour)); err != nil {
			e.t.Fatal(err)
		}
	}
}

func (e ended) has(hash string) bool {
	ok, err := e.Files.Has(hash)
	if err != nil {
		e.t.Fatal(err)
	}
	return ok
}

// approved draws the list, dooms the files and takes it past the leader.
func (e ended) approved(doomed ...person.ID) archive.AppraisalID {
	e.t.Helper()
	ctx := e.t.Context()
	id, err := e.desk.DrawAppraisal(ctx, clerk, drawing)
	if err == nil {
		err = e.desk.AppraiseFiles(ctx, clerk, id, doomed, destroy)
	}
	if err == nil {
		err = e.desk.ProposeAppraisal(ctx, clerk, id)
	}
	if err == nil {
		err = e.desk.DecideAppraisal(ctx, approver, id, true, "")
	}
	if err != nil {
		e.t.Fatal(err)
	}
	return id
}

func eachEnded(t *testing.T, fn func(t *testing.T, e ended)) {
	testbed.Each(t, func(t *testing.T, o *testbed.Office) { fn(t, ended{o, t, archiving.New(o.DB, o.Files)}) })
}

// eachStored is eachEnded, with the files in a folder and in an object store.
func eachStored(t *testing.T, fn func(t *testing.T, e ended)) {
	t.Run("folder", func(t *testing.T) { eachEnded(t, fn) })
	t.Run("bucket", func(t *testing.T) {
		testbed.Each(t, func(t *testing.T, o *testbed.Office) {
			o.InBucket(t)
			fn(t, ended{o, t, archiving.New(o.DB, o.Files)})
		})
	})
}

// TestFilesAreAppraisedApprovedAndDestroyed is the whole way: drawn, looked at, proposed, approved by a second person, destroyed before two witnesses; the stub stays.
func TestFilesAreAppraisedApprovedAndDestroyed(t *testing.T) {
	t.Parallel()
	eachStored(t, func(t *testing.T, e ended) {
		ctx := t.Context()
		gone, longer, other := e.Person(t), e.Person(t), e.Person(t)
		mine, stays, shared := e.file(gone, "mine"), e.file(longer, "stays"), e.file(gone, "shared")
		if e.file(other, "shared") != shared {
			t.Fatal("two contents of one text")
		}
		if _, err := e.desk.DrawAppraisal(ctx, clerk, drawing); fault.Of(err) != fault.Refused {
			t.Errorf("drawn before anything ran out: %v", err)
		}
		e.Wait(365 * 40)
		o := e.Case(t, other, application.Submitted) // has a case now
		id, err := e.desk.DrawAppraisal(ctx, clerk, drawing)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := e.desk.DrawAppraisal(ctx, clerk, drawing); fault.Of(err) != fault.Refused {
			t.Errorf("a second list of the same files: %v", err)
		}
		a, err := e.desk.Appraisal(ctx, clerk, id, archiving.AppraisalFilter{Limit: 10})
		if err != nil || len(a.Files) != 2 || a.Files[0].Person != gone.ID || a.Files[0].Pages != 2 || a.Counts[""] != 2 {
			t.Fatalf("%+v %v", a, err)
		}
		if err := e.desk.ProposeAppraisal(ctx, clerk, id); fault.Of(err) != fault.Refused {
			t.Errorf("proposed unseen: %v", err)
		}
		for _, f := range []struct {
			of   person.ID
			what archive.Finding
		}{{gone.ID, destroy}, {longer.ID, keep}} {
			if err := e.desk.AppraiseFiles(ctx, clerk, id, []person.ID{f.of}, f.what); err != nil {
				t.Fatal(err)
			}
		}
		if err := e.desk.AppraiseFiles(ctx, clerk, id, []person.ID{other.ID}, destroy); fault.Of(err) != fault.Missing {
			t.Errorf("a file that is not on the list: %v", err)
		}
		if err := e.desk.ProposeAppraisal(ctx, clerk, id); err != nil {
			t.Fatal(err)
		}
		if err := e.desk.DestroyFiles(ctx, clerk, id, witnessed); fault.Of(err) != fault.Refused {
			t.Errorf("destroyed before the leader spoke: %v", err)
		}
		if err := e.desk.DecideAppraisal(ctx, testbed.As(access.Reviewer), id, true, ""); fault.Of(err) != fault.Forbidden {
			t.Errorf("decided by a reviewer: %v", err)
		}
		if err := e.desk.DecideAppraisal(ctx, approver, id, true, ""); err != nil {
			t.Fatal(err)
		}
		w := witnessed
		w.Day = e.Today()
		if err := e.desk.DestroyFiles(ctx, clerk, id, w); err != nil {
			t.Fatal(err)
		}
		e.checkDestroyed(id, gone.ID, longer.ID)
		e.shredded(id, mine, stays, shared)
		_ = o
	})
}

// checkDestroyed says that the papers of one file are a stub and that the other one is kept.
func (e ended) checkDestroyed(id archive.AppraisalID, gone, longer person.ID) {
	e.t.Helper()
	ctx := e.t.Context()
	d, err := e.desk.Dossier(ctx, clerk, gone)
	if err != nil || d.State != archive.Destroyed || d.Box != "" || len(d.Items) != 2 || d.Items[0].Hash == "" || d.Items[0].Destroyed == "" {
		e.t.Errorf("the stub: %+v %v", d, err)
	}
	if d, err = e.desk.Dossier(ctx, clerk, longer); err != nil || d.State != archive.Shelved || d.KeptUntil != e.Today().AddYears(5) || d.Ends() != d.KeptUntil {
		e.t.Errorf("kept longer: %+v %v", d, err)
	}
	var out bytes.Buffer
	if err := e.desk.WriteAppraisal(ctx, clerk, id, &out); err != nil || !bytes.HasPrefix(out.Bytes(), []byte("%PDF-")) {
		e.t.Errorf("the record: %d bytes, %v", out.Len(), err)
	}
	wanted, err := e.DB.Contents(ctx)
	if err != nil || len(wanted) != 2 { // what is kept, and what another file shares
		e.t.Errorf("rows point at %v, %v", wanted, err)
	}
}

// shredded says that a content goes once it is settled, that a shared one and a kept one stay, and that a second run finds nothing to do.
func (e ended) shredded(id archive.AppraisalID, mine, stays, shared string) {
	e.t.Helper()
	shred := func() error { return e.desk.Shred(e.t.Context(), access.Program(), testbed.County, id) }
	if err := shred(); fault.Of(err) != fault.Busy || !e.has(mine) {
		e.t.Errorf("a content that was just written: %v", err)
	}
	e.old(mine, stays, shared)
	for range 2 {
		if err := shred(); err != nil {
			e.t.Fatal(err)
		}
	}
	if e.has(mine) || !e.has(stays) || !e.has(shared) {
		e.t.Errorf("mine %v, stays %v, shared %v", e.has(mine), e.has(stays), e.has(shared))
	}
	a, err := e.desk.Appraisal(e.t.Context(), clerk, id, archiving.AppraisalFilter{Limit: 1})
	if err != nil || a.Contents != (archiving.Contents{Gone: 1, Shared: 1}) {
		e.t.Errorf("%+v %v", a.Contents, err)
	}
}

// TestNothingOfALiveCertificateIsProposed tries every way in which a person still needs the file, when the list is drawn and up to the destruction.
func TestNothingOfALiveCertificateIsProposed(t *testing.T) {
	t.Parallel()
	eachEnded(t, func(t *testing.T, e ended) {
		ctx := t.Context()
		holder, asker, borrowed, gone := e.Person(t), e.Person(t), e.Person(t), e.Person(t)
		for _, p := range []person.Person{holder, asker, borrowed, gone} {
			e.file(p, p.Name)
		}
		e.Certificate(t, holder, "")
		if err := e.desk.AskLoan(ctx, clerk, borrowed.ID, loan); err != nil {
			t.Fatal(err)
		}
		e.Wait(365 * 40)
		e.Case(t, asker, application.Accepted)
		id := e.approved(gone.ID)
		a, err := e.desk.Appraisal(ctx, clerk, id, archiving.AppraisalFilter{Limit: 10})
		if err != nil || len(a.Files) != 1 || a.Files[0].Person != gone.ID {
			t.Fatalf("%+v %v", a.Files, err)
		}
		held := e.Certificate(t, gone, "")
		w := witnessed
		w.Day = e.Today()
		if err := e.desk.DestroyFiles(ctx, clerk, id, w); fault.Of(err) != fault.Refused {
			t.Errorf("destroyed though the person holds a certificate again: %v", err)
		}
		if held.State != certificate.Valid {
			t.Fatal("the test's certificate does not hold")
		}
		if err := e.desk.AppraiseFiles(ctx, clerk, id, []person.ID{gone.ID}, keep); err != nil {
			t.Fatal(err)
		}
		if err := e.desk.DestroyFiles(ctx, clerk, id, w); err != nil {
			t.Fatal(err)
		}
		if d, err := e.desk.Dossier(ctx, clerk, gone.ID); err != nil || d.State != archive.Shelved || d.KeptUntil == "" {
			t.Errorf("taken off at the last moment: %+v %v", d, err)
		}
	})
}

// TestAPaperThatIsKeptLongerKeepsItsFile is retention per kind; and a file that was destroyed opens again for a new case.
func TestAPaperThatIsKeptLongerKeepsItsFile(t *testing.T) {
	t.Parallel()
	eachEnded(t, func(t *testing.T, e ended) {
		ctx, p := context.Background(), e.Person(t)
		hash := e.file(p, "text")
		e.Policy(t, policy.FileTermOf("supplement"), "Y")
		e.Wait(365 * 40)
		if all, err := e.desk.Appraisals(ctx, clerk, "", "", 10); err != nil || all.Ended != 0 {
			t.Errorf("%d files ran out though a paper is kept for ever, %v", all.Ended, err)
		}
		e.Update(t, access.Sysadmin, func(tx *store.Tx) error {
			return tx.SavePolicy(policy.Value{Key: policy.FileTermOf("supplement"), Region: testbed.County, Effective: "2050-01-01", Value: "D10", Basis: "test"})
		})
		if all, err := e.desk.Appraisals(ctx, clerk, "", "", 10); err != nil || all.Ended != 1 {
			t.Errorf("%d files ran out, %v", all.Ended, err)
		}
		w := witnessed
		w.Day = e.Today()
		if err := e.desk.DestroyFiles(ctx, clerk, e.approved(p.ID), w); err != nil {
			t.Fatal(err)
		}
		if e.file(p, "text") != hash {
			t.Fatal("another content of one text")
		}
		d, err := e.desk.Dossier(ctx, clerk, p.ID)
		if err != nil || d.State != archive.Shelved || d.Box == "" || len(d.Items) != 2 || d.Items[0].Destroyed == "" || d.Items[1].Destroyed != "" {
			t.Errorf("opened again: %+v %v", d, err)
		}
	})
}
