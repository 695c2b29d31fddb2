package casework_test

import (
	"context"
	"io"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/casework"
	"hefa/internal/referral"
	"hefa/internal/sheet"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// borderedReferral is a referral of 芒市 to a third county while strangers knock.
const borderedReferral referral.ID = "referral-of-mangshi"

// referralBorders tries the methods on referrals as an officer of the neighbour county whose role would be right.
var referralBorders = map[string]func(ctx context.Context, d *casework.Desk, id application.ID) error{
	"Guest": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		_, err := d.Guest(ctx, testbed.Stranger(access.Township), testbed.Township, newcomer(1).Number)
		return err
	},
	"Referrals": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		_, err := d.Referrals(ctx, testbed.Stranger(access.Clerk), casework.ReferralFilter{Region: testbed.County, Limit: 1})
		return err
	},
	"ExportReferrals": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		return d.ExportReferrals(ctx, testbed.Stranger(access.Clerk), casework.ReferralFilter{Region: testbed.County}, sheet.Out{To: io.Discard, As: sheet.XLSX})
	},
	"Referral": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		_, err := d.Referral(ctx, testbed.Stranger(access.Clerk), borderedReferral)
		return err
	},
	"WriteReferral": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		return d.WriteReferral(ctx, testbed.Stranger(access.Clerk), borderedReferral, io.Discard)
	},
	"ExportReferral": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		return d.ExportReferral(ctx, testbed.Stranger(access.Clerk), borderedReferral, io.Discard)
	},
	"SendReferral": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		_, err := d.SendReferral(ctx, testbed.Stranger(access.Clerk), id, "某地")
		return err
	},
	"RecallReferral": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		return d.RecallReferral(ctx, testbed.Stranger(access.Clerk), borderedReferral, "理由")
	},
	"ConfirmReferral": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		return d.ConfirmReferral(ctx, testbed.Stranger(access.Clerk), borderedReferral, referral.Answer{Outcome: referral.Done, Receipt: "1"})
	},
	"ReceiveReferral": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		return d.ReceiveReferral(ctx, testbed.Stranger(access.Clerk), borderedReferral)
	},
	"TakeReferral": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		_, err := d.TakeReferral(ctx, testbed.Stranger(access.Clerk), borderedReferral, casework.Registration{})
		return err
	},
	"ReferralAlike": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		_, err := d.ReferralAlike(ctx, testbed.Stranger(access.Clerk), borderedReferral, "")
		return err
	},
	"ReturnReferral": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		return d.ReturnReferral(ctx, testbed.Stranger(access.Clerk), borderedReferral, "理由")
	},
	"DeclineReferral": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		return d.DeclineReferral(ctx, testbed.Stranger(access.Clerk), borderedReferral, "理由")
	},
	"PostReferral": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		return d.PostReferral(ctx, testbed.Stranger(access.Clerk), borderedReferral, referral.Way{Carrier: "EMS", Tracking: "1"})
	},
	"HandReferral": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		return d.HandReferral(ctx, testbed.Stranger(access.Clerk), borderedReferral, card.Delivery{Receiver: "甲"})
	},
	"TellReferral": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		return d.TellReferral(ctx, testbed.Stranger(access.Clerk), testbed.County, id)
	},
}

// keepReferral puts the referral where strangers knock.
func keepReferral(t *testing.T, o *testbed.Office) {
	t.Helper()
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		r := referral.Referral{ID: borderedReferral, Side: referral.Host, Region: testbed.Village, Abroad: "533123", Twin: "twin", State: referral.Sent, Sent: o.Today(), Due: o.Today(),
			Parcel: referral.Parcel{Person: referral.Applicant{Name: "测试人"}}}
		if err := tx.SignReferral(&r); err != nil {
			return err
		}
		return tx.AddReferral(access.ReferralSend, r)
	})
}
