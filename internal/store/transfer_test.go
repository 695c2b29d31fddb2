package store_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/certificate"
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
