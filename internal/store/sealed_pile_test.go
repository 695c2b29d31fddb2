package store_test

import (
	"errors"
	"testing"

	"hefa/internal/access"
	"hefa/internal/appeal"
	"hefa/internal/application"
	"hefa/internal/pile"
	"hefa/internal/reassessment"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func keepPile(t *testing.T, o *testbed.Office) {
	t.Helper()
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		p := pile.Pile{ID: "pile", Region: testbed.Township, Name: "岩小罕.pdf", State: pile.Reading, Pages: 1, Received: o.Today(), Signer: "self", At: tx.Now()}
		k := pile.Piece{ID: "piece", Pile: p.ID, Region: p.Region, State: pile.Waiting, Code: "533103-2020-T0000001", Pages: 1, Why: "没有"}
		if err := errors.Join(tx.AddPile(p, nil), tx.AddLeaf(p, pile.Leaf{No: 1, Page: 1, Code: k.Code}), tx.AddPiece(k)); err != nil {
			return err
		}
		k.Reason, k.Version = "重复扫描", 1
		if err := tx.AddPieceBack(k, pile.Back{ID: "back", Kind: pile.Case, Subject: "case", Hash: "hash", Reason: "归错了人"}); err != nil {
			return err
		}
		return tx.KeepPiece(k)
	})
}

func keepAppeal(t *testing.T, o *testbed.Office, a application.Application) {
	t.Helper()
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		l := appeal.Appeal{ID: "appeal", Region: a.Region, No: "1", Application: string(a.ID), Origin: appeal.Person, Level: appeal.City, State: appeal.Filed, Filed: o.Today(), Reason: "评低了"}
		if err := tx.AddAppeal(access.AppealFile, l); err != nil {
			return err
		}
		l.State, l.Opinion, l.Version = appeal.Denied, "超过期限", 1
		if err := tx.SaveAppeal(access.AppealAdmit, l); err != nil {
			return err
		}
		r := reassessment.Reassessment{ID: "reassessment", Region: a.Region, Appeal: "appeal", Application: string(a.ID), Person: a.Person, Hospital: "h", State: reassessment.Ordered,
			Day: o.Today(), Ordered: o.Today(), Examinee: reassessment.Examinee{Name: "测试人", Phone: "13900000000"}}
		if err := tx.AddReassessment(r); err != nil {
			return err
		}
		r.Conclusion.First, r.Reason, r.Version = "测试医生", "看不清", 1
		if err := tx.PutSignature(a, store.Signature{Hospital: "h", Conclusion: r.Conclusion, Reason: "写反了", Since: tx.Now()}); err != nil {
			return err
		}
		return tx.SaveReassessment(access.ReassessmentSign, r)
	})
}
