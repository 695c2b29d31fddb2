package store_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/attachment"
	"hefa/internal/call"
	"hefa/internal/evidence"
	"hefa/internal/pathway"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func keepEvidence(t *testing.T, o *testbed.Office, a application.Application) {
	t.Helper()
	o.Update(t, access.Doctor, func(tx *store.Tx) error {
		w, err := tx.Way(a)
		if err != nil {
			return err
		}
		w.Path, w.Reason, w.Guardian.Name, w.Consent = pathway.Remote, "瘫痪八年", "测试监护", &evidence.Consent{Name: "测试监护"}
		if err := tx.SaveWay(access.PathChoose, w, ""); err != nil {
			return err
		}
		f := attachment.Attachment{ID: "evidence", Region: a.Region, Application: string(a.ID), Paper: attachment.Evidence, Name: "右下肢.jpg", Hash: "0"}
		if err := tx.AddAttachment(f); err != nil {
			return err
		}
		if err := tx.AddEvidence(a.County(), evidence.Item{Attachment: f.ID, Application: f.Application, Kind: evidence.Photo, Taken: tx.Now(), Detail: evidence.Detail{Shows: "右下肢"}}); err != nil {
			return err
		}
		r := evidence.Request{ID: "request", Application: f.Application, Reason: "右手看不清", Reply: "已补拍", Answered: tx.Now()}
		if err := tx.AddRequest(a.County(), r); err != nil {
			return err
		}
		if err := tx.AddCall(call.Call{ID: "call", Application: f.Application, Region: a.Region, Opened: tx.Now(), Detail: call.Detail{Offer: "v=0 192.168.1.2"}}, ""); err != nil {
			return err
		}
		return tx.AnswerRequest(a, r)
	})
}
