package archiving_test

import (
	"errors"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/person"
	"hefa/internal/pile"
	"hefa/internal/reminder"
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

// TestAScanThatLayWronglyBeforeGoesWithItsFile: where a paper was filed before it was taken back keeps its content no longer than the file in which it lies.
func TestAScanThatLayWronglyBeforeGoesWithItsFile(t *testing.T) {
	t.Parallel()
	eachEnded(t, func(t *testing.T, e ended) {
		p, other := e.Person(t), e.Person(t)
		hash := e.file(p, "the scan")
		e.Update(t, access.Township, func(tx *store.Tx) error {
			s := pile.Pile{ID: "pile", Region: testbed.Township, Name: "扫描.pdf", Digest: "digest", State: pile.Done, Pages: 1, Received: e.Today(), Signer: reminder.Self, Account: "clerk", At: tx.Now()}
			k := pile.Piece{ID: "piece", Pile: s.ID, Region: s.Region, Order: 1, State: pile.Filed, Pages: 1, Kind: pile.Dossier, Subject: string(p.ID), Hash: hash, By: "clerk"}
			back := pile.Back{ID: "back", Kind: pile.Dossier, Subject: string(other.ID), Hash: hash, Reason: "归错了人", Day: e.Today()}
			err := errors.Join(tx.AddPile(s, nil), tx.AddPiece(k), tx.AddPieceBack(k, back))
			k.Version = 1
			return errors.Join(err, tx.KeepPiece(k))
		})
		e.Wait(365 * 40)
		e.old(hash)
		id, w := e.approved(p.ID), witnessed
		w.Day = e.Today()
		if err := e.desk.DestroyFiles(t.Context(), clerk, id, w); err != nil {
			t.Fatal(err)
		}
		if err := e.desk.Shred(t.Context(), access.Program(), testbed.County, id); err != nil {
			t.Fatal(err)
		}
		if uses, err := e.DB.FileUses(t.Context(), hash); err != nil || len(uses) > 0 || e.has(hash) {
			t.Errorf("it is there still: %v, %v", uses, err)
		}
		e.Update(t, access.Township, func(tx *store.Tx) error {
			all, err := tx.PieceBacks(pile.Pile{ID: "pile", Region: testbed.Township})
			if err != nil || len(all) != 1 || all[0].Reason != "归错了人" {
				t.Errorf("where it lay is told no more: %+v, %v", all, err)
			}
			return nil
		})
	})
}
