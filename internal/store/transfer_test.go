package store_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/referral"
	"hefa/internal/store"
	"hefa/internal/testbed"
	"hefa/internal/transfer"
)

// keepTransfer is a certificate that another county sent back.
func keepTransfer(t *testing.T, o *testbed.Office, held certificate.Certificate) {
	t.Helper()
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		x := transfer.Transfer{ID: "transfer", Way: transfer.Out, Region: held.Region, Abroad: testbed.Elsewhere, Twin: "twin", Person: held.Person, Certificate: held.ID,
			Parcel: transfer.Parcel{Name: "测试人", Certificate: held.Number}, State: transfer.Sent, Sent: tx.Today(), Due: tx.Today()}
		if err := tx.SignTransfer(&x); err != nil {
			return err
		}
		if err := tx.AddTransfer(access.ApplicationApprove, x); err != nil {
			return err
		}
		x.State, x.Reason, x.Version = transfer.Returned, "其户口仍在三组", 1
		return tx.SaveTransfer(access.TransferReturn, x)
	})
}

// keepReferral is a case that another county sent back, with a card that was handed over.
func keepReferral(t *testing.T, o *testbed.Office) {
	t.Helper()
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		x := referral.Referral{ID: "referral", Side: referral.Host, Region: testbed.Village, Abroad: testbed.Elsewhere, Twin: "twin", State: referral.Sent, Sent: tx.Today(), Due: tx.Today(),
			Parcel: referral.Parcel{Person: referral.Applicant{Name: "测试人", Phone: "13900000009"}}, Way: referral.Way{Delivery: card.Delivery{Receiver: "测试邻居"}}}
		if err := tx.SignReferral(&x); err != nil {
			return err
		}
		if err := tx.AddReferral(access.ReferralSend, x); err != nil {
			return err
		}
		x.State, x.Reason, x.Version = referral.Returned, "缺病历", 1
		return tx.SaveReferral(access.ReferralReturn, x)
	})
}
