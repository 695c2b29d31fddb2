package archiving_test

import (
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/person"
	"hefa/internal/statement"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// sheet is a survey sheet on which the people stand, signed and back, in the files of those who have one.
func (e ended) sheet(text string, people ...person.Person) statement.ID {
	e.t.Helper()
	kept, err := e.Files.Put(strings.NewReader(text), 1<<20)
	if err != nil {
		e.t.Fatal(err)
	}
	s := statement.Statement{ID: statement.ID(text), Issue: statement.ID(text), Region: testbed.Village, No: "533103-2020-F" + text, Kind: statement.Survey, State: statement.Out,
		Printed: e.Today(), Clerk: "clerk", Version: 1}
	e.Update(e.t, access.Township, func(tx *store.Tx) error {
		if err := tx.AddStatement(s, people); err != nil {
			return err
		}
		s.State, s.Received, s.Proof, s.ProofType, s.Pages = statement.Back, e.Today(), kept.Hash, "application/pdf", 1
		if err := tx.SaveStatement(access.StatementReceive, s, ""); err != nil {
			return err
		}
		for _, p := range people {
			if err := tx.FileStatement(s, p); err != nil {
				return err
			}
		}
		return nil
	})
	return s.ID
}

// proof is the name of the sheet's scan, "" when it was destroyed.
func (e ended) proof(of statement.ID) (hash string) {
	e.t.Helper()
	e.Update(e.t, access.Township, func(tx *store.Tx) error {
		s, err := tx.Statement(of)
		hash = s.Proof
		return err
	})
	return hash
}

// TestASharedSheetStaysWhileSomebodyOnItNeedsIt: a sheet goes with the last file that it lies in, and not while another person on it, whose file is not
// opened yet, holds a certificate.
func TestASharedSheetStaysWhileSomebodyOnItNeedsIt(t *testing.T) {
	t.Parallel()
	eachEnded(t, func(t *testing.T, e ended) {
		gone, holder, filed, nobody := e.Person(t), e.Person(t), e.Person(t), e.Person(t)
		e.file(gone, "gone")
		e.file(filed, "filed")
		e.Certificate(t, holder, "")
		alone, both, held, free := e.sheet("000001", gone), e.sheet("000002", gone, filed), e.sheet("000003", gone, holder), e.sheet("000004", gone, nobody)
		e.Wait(365 * 40)
		destroyed := func(who person.Person) {
			t.Helper()
			w := witnessed
			w.Day = e.Today()
			id, err := e.desk.DrawAppraisal(t.Context(), clerk, drawing)
			if err == nil {
				err = e.desk.AppraiseFiles(t.Context(), clerk, id, []person.ID{who.ID}, destroy)
			}
			if err == nil && who.ID == gone.ID {
				err = e.desk.AppraiseFiles(t.Context(), clerk, id, []person.ID{filed.ID}, keep)
			}
			if err == nil {
				err = e.desk.ProposeAppraisal(t.Context(), clerk, id)
			}
			if err == nil {
				err = e.desk.DecideAppraisal(t.Context(), approver, id, true, "")
			}
			if err == nil {
				err = e.desk.DestroyFiles(t.Context(), clerk, id, w)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		destroyed(gone)
		for of, stays := range map[statement.ID]bool{alone: false, both: true, held: true, free: false} {
			if (e.proof(of) != "") != stays {
				t.Errorf("sheet %s after the first file: %v", of, e.proof(of))
			}
		}
		e.Wait(365 * 6)
		destroyed(filed)
		if e.proof(both) != "" || e.proof(held) == "" {
			t.Errorf("after the second file: %q, %q", e.proof(both), e.proof(held))
		}
	})
}
