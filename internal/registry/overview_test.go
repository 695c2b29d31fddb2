package registry_test

import (
	"context"
	"io"
	"testing"

	"hefa/internal/access"
	"hefa/internal/correction"
	"hefa/internal/departure"
	"hefa/internal/fault"
	"hefa/internal/household"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/registry"
	"hefa/internal/sheet"
	"hefa/internal/store"
	"hefa/internal/testbed"
	"hefa/internal/transfer"
)

func TestOverviewCountsHoldersAndThoseWhoLapse(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := registry.New(o.DB, o.Files)
		o.Certificate(t, o.Person(t), "2019-12-31") // run out already: still a holder, and lapsing
		o.Certificate(t, o.Person(t), "2020-12-31") // the last day that counts
		o.Certificate(t, o.Person(t), "2021-01-01")
		o.Update(t, access.Sysadmin, func(tx *store.Tx) error {
			return tx.SavePolicy(policy.Value{Key: policy.BaseEstimate, Region: testbed.County, Effective: "2020-01-01", Value: "12", Basis: "M4"})
		})
		got, err := desk.Overview(t.Context(), testbed.As(access.Clerk), "", "")
		if err != nil {
			t.Fatal(err)
		}
		if got.By != "2020-12-31" || got.Sum.Holders != 3 || got.Sum.Lapsing != 2 || got.Rate != 25 || len(got.Townships) != 1 {
			t.Errorf("overview: %+v", got)
		}
		if _, err := desk.Overview(t.Context(), testbed.As(access.City), "", ""); fault.Of(err) != fault.Refused {
			t.Errorf("the city must choose a county first: %v", err)
		}
		if all, err := desk.Counties(t.Context(), testbed.As(access.City)); err != nil || len(all) != 2 {
			t.Errorf("counties of the city: %v %v", all, err)
		}
	})
}

// borders tries each method of the desk as an officer of the neighbour county.
var borders = map[string]func(ctx context.Context, d *registry.Desk, o *testbed.Office) error{
	"Overview": func(ctx context.Context, d *registry.Desk, _ *testbed.Office) error {
		_, err := d.Overview(ctx, testbed.Stranger(access.Clerk), testbed.County, "")
		return err
	},
	"RestoreCertificate": func(ctx context.Context, d *registry.Desk, o *testbed.Office) error {
		l, err := d.Certificates(ctx, testbed.As(access.Clerk), registry.CertificateFilter{Limit: 1})
		if err != nil {
			return err
		}
		return d.RestoreCertificate(ctx, testbed.Stranger(access.Approver), l.Holders[0].Certificate.ID, "本人持证到窗口核实")
	},
	"ExportStops": func(ctx context.Context, d *registry.Desk, _ *testbed.Office) error {
		return d.ExportStops(ctx, testbed.Stranger(access.Clerk), registry.StopFilter{Region: testbed.County}, sheet.Out{To: io.Discard, As: sheet.XLSX})
	},
	"Counties": func(ctx context.Context, d *registry.Desk, _ *testbed.Office) error {
		all, err := d.Counties(ctx, testbed.Stranger(access.Clerk))
		for _, c := range all {
			if c.Code == testbed.County {
				return nil
			}
		}
		return missing(err)
	},
	"SearchPeople": func(ctx context.Context, d *registry.Desk, _ *testbed.Office) error {
		_, err := d.SearchPeople(ctx, testbed.Stranger(access.Clerk), registry.PeopleFilter{Region: testbed.County, Q: "测", Limit: 1})
		return err
	},
	"Person": func(ctx context.Context, d *registry.Desk, o *testbed.Office) error {
		_, err := d.Person(ctx, testbed.Stranger(access.Clerk), anybody(ctx, o))
		return err
	},
	"PersonChanges": func(ctx context.Context, d *registry.Desk, o *testbed.Office) error {
		_, err := d.PersonChanges(ctx, testbed.Stranger(access.Clerk), anybody(ctx, o))
		return err
	},
	"RevealPerson": func(ctx context.Context, d *registry.Desk, o *testbed.Office) error {
		_, err := d.RevealPerson(ctx, testbed.Stranger(access.Clerk), anybody(ctx, o), "核对身份信息")
		return err
	},
	"Corrections": func(ctx context.Context, d *registry.Desk, _ *testbed.Office) error {
		_, err := d.Corrections(ctx, testbed.Stranger(access.Clerk), registry.CorrectionFilter{Region: testbed.County, Limit: 1})
		return err
	},
	"Correction": func(ctx context.Context, d *registry.Desk, o *testbed.Office) error {
		_, err := d.Correction(ctx, testbed.Stranger(access.Clerk), anybody(ctx, o))
		return err
	},
	"AskCorrection": func(ctx context.Context, d *registry.Desk, o *testbed.Office) error {
		return d.AskCorrection(ctx, testbed.Stranger(access.Clerk), correction.Correction{Person: anybody(ctx, o)})
	},
	"FindApart": func(ctx context.Context, d *registry.Desk, o *testbed.Office) error {
		return d.FindApart(ctx, testbed.Stranger(access.Clerk), anybody(ctx, o), registry.Finding{Apart: true, Reason: "户口簿已核对"})
	},
	"JudgeCorrection": func(ctx context.Context, d *registry.Desk, o *testbed.Office) error {
		return d.JudgeCorrection(ctx, testbed.Stranger(access.Approver), anybody(ctx, o), correction.Verdict{Grant: true})
	},
	"EditPerson": func(ctx context.Context, d *registry.Desk, o *testbed.Office) error {
		return d.EditPerson(ctx, testbed.Stranger(access.Clerk), registry.PersonEdit{ID: anybody(ctx, o), Version: 1})
	},
	"Household": func(ctx context.Context, d *registry.Desk, o *testbed.Office) error {
		_, err := d.Household(ctx, testbed.Stranger(access.Clerk), anybody(ctx, o))
		return err
	},
	"EditLife": func(ctx context.Context, d *registry.Desk, o *testbed.Office) error {
		return d.EditLife(ctx, testbed.Stranger(access.Clerk), household.Life{Person: anybody(ctx, o)})
	},
	"JoinHousehold": func(ctx context.Context, d *registry.Desk, o *testbed.Office) error {
		return d.JoinHousehold(ctx, testbed.Stranger(access.Clerk), anybody(ctx, o), person.MakeNumber("533199", "1950-01-01", 1))
	},
	"LeaveHousehold": func(ctx context.Context, d *registry.Desk, o *testbed.Office) error {
		return d.LeaveHousehold(ctx, testbed.Stranger(access.Clerk), anybody(ctx, o))
	},
	"AddSupport": func(ctx context.Context, d *registry.Desk, o *testbed.Office) error {
		return d.AddSupport(ctx, testbed.Stranger(access.Clerk), anybody(ctx, o), household.Lifted, o.Today())
	},
	"EndSupport": func(ctx context.Context, d *registry.Desk, o *testbed.Office) error {
		return d.EndSupport(ctx, testbed.Stranger(access.Clerk), anybody(ctx, o), "support", o.Today())
	},
	"AddHelper": func(ctx context.Context, d *registry.Desk, o *testbed.Office) error {
		return d.AddHelper(ctx, testbed.Stranger(access.Clerk), anybody(ctx, o), household.Helper{})
	},
	"EndHelper": func(ctx context.Context, d *registry.Desk, o *testbed.Office) error {
		return d.EndHelper(ctx, testbed.Stranger(access.Clerk), anybody(ctx, o), "helper", o.Today())
	},
	"Helpers": func(ctx context.Context, d *registry.Desk, _ *testbed.Office) error {
		_, err := d.Helpers(ctx, testbed.Stranger(access.Clerk), registry.HelperFilter{Region: testbed.County, Limit: 1})
		return err
	},
	"Certificates": func(ctx context.Context, d *registry.Desk, _ *testbed.Office) error {
		_, err := d.Certificates(ctx, testbed.Stranger(access.Clerk), registry.CertificateFilter{Region: testbed.County, Limit: 1})
		return err
	},
	"Holding": func(ctx context.Context, d *registry.Desk, o *testbed.Office) error {
		_, _, err := d.Holding(ctx, testbed.Stranger(access.Clerk), held(ctx, o))
		return err
	},
	"Certificate": func(ctx context.Context, d *registry.Desk, o *testbed.Office) error {
		_, err := d.Certificate(ctx, testbed.Stranger(access.Clerk), held(ctx, o))
		return err
	},
	"ExportCertificates": func(ctx context.Context, d *registry.Desk, _ *testbed.Office) error {
		return d.ExportCertificates(ctx, testbed.Stranger(access.Clerk), registry.CertificateFilter{Region: testbed.County}, sheet.Out{To: io.Discard, As: sheet.XLSX})
	},
	"Undecided": func(ctx context.Context, d *registry.Desk, _ *testbed.Office) error {
		_, err := d.Undecided(ctx, testbed.Stranger(access.Approver), testbed.County)
		return err
	},
	"Disclosures": func(ctx context.Context, d *registry.Desk, _ *testbed.Office) error {
		_, err := d.Disclosures(ctx, testbed.Stranger(access.Clerk), registry.DisclosureFilter{Region: testbed.County, Limit: 1})
		return err
	},
	"Disclosure": func(ctx context.Context, d *registry.Desk, _ *testbed.Office) error {
		_, err := d.Disclosure(ctx, testbed.Stranger(access.Clerk), firstDisclosure(ctx, d))
		return err
	},
	"AskDisclosure": func(ctx context.Context, d *registry.Desk, _ *testbed.Office) error {
		x := wanted()
		x.Region = testbed.County
		_, err := d.AskDisclosure(ctx, testbed.Stranger(access.Clerk), x)
		return err
	},
	"JudgeDisclosure": func(ctx context.Context, d *registry.Desk, _ *testbed.Office) error {
		return d.JudgeDisclosure(ctx, testbed.Stranger(access.Approver), firstDisclosure(ctx, d), true, "")
	},
	"TakeDisclosure": func(ctx context.Context, d *registry.Desk, _ *testbed.Office) error {
		return d.TakeDisclosure(ctx, testbed.Stranger(access.Clerk), firstDisclosure(ctx, d), sheet.XLSX, io.Discard)
	},
	"Transfers": func(ctx context.Context, d *registry.Desk, _ *testbed.Office) error {
		_, err := d.Transfers(ctx, testbed.Stranger(access.Clerk), registry.TransferFilter{Region: testbed.County, Limit: 1})
		return err
	},
	"Transfer": func(ctx context.Context, d *registry.Desk, _ *testbed.Office) error {
		_, err := d.Transfer(ctx, testbed.Stranger(access.Clerk), firstTransfer(ctx, d))
		return err
	},
	"TakeTransfer": func(ctx context.Context, d *registry.Desk, _ *testbed.Office) error {
		_, err := d.TakeTransfer(ctx, testbed.Stranger(access.Clerk), firstTransfer(ctx, d), transfer.Arrival{})
		return err
	},
	"ReturnTransfer": func(ctx context.Context, d *registry.Desk, _ *testbed.Office) error {
		return d.ReturnTransfer(ctx, testbed.Stranger(access.Clerk), firstTransfer(ctx, d), "户口尚未迁入")
	},
	"RecallTransfer": func(ctx context.Context, d *registry.Desk, _ *testbed.Office) error {
		return d.RecallTransfer(ctx, testbed.Stranger(access.Clerk), firstTransfer(ctx, d), "本人不再迁移")
	},
	"ConfirmTransfer": func(ctx context.Context, d *registry.Desk, _ *testbed.Office) error {
		return d.ConfirmTransfer(ctx, testbed.Stranger(access.Clerk), firstTransfer(ctx, d), "回执 1 号")
	},
	"WriteTransfer": func(ctx context.Context, d *registry.Desk, _ *testbed.Office) error {
		return d.WriteTransfer(ctx, testbed.Stranger(access.Clerk), firstTransfer(ctx, d), io.Discard)
	},
	"ExportTransfers": func(ctx context.Context, d *registry.Desk, _ *testbed.Office) error {
		return d.ExportTransfers(ctx, testbed.Stranger(access.Clerk), registry.TransferFilter{Region: testbed.County}, sheet.Out{To: io.Discard, As: sheet.XLSX})
	},
	"TakeDepartures": func(ctx context.Context, d *registry.Desk, o *testbed.Office) error {
		_, err := d.TakeDepartures(ctx, testbed.Stranger(access.Clerk), departures(departure.Death, "测试,53319919500101001X"))
		return err
	},
	"Departures": func(ctx context.Context, d *registry.Desk, o *testbed.Office) error {
		_, err := d.Departures(ctx, testbed.Stranger(access.Clerk), registry.DepartureFilter{Region: testbed.County, Limit: 9})
		return err
	},
	"ApplyDepartures": func(ctx context.Context, d *registry.Desk, o *testbed.Office) error {
		_, err := d.ApplyDepartures(ctx, testbed.Stranger(access.Approver), []departure.ID{firstDeparture(ctx, d)})
		return err
	},
	"DismissDepartures": func(ctx context.Context, d *registry.Desk, o *testbed.Office) error {
		return d.DismissDepartures(ctx, testbed.Stranger(access.Clerk), []departure.ID{firstDeparture(ctx, d)}, "名单有误")
	},
	"ExportDepartures": func(ctx context.Context, d *registry.Desk, o *testbed.Office) error {
		return d.ExportDepartures(ctx, testbed.Stranger(access.Clerk), registry.DepartureFilter{Region: testbed.County}, sheet.Out{To: io.Discard, As: sheet.XLSX})
	},
}

// missing is what a list answers that a stranger sees nothing of.
func missing(err error) error {
	if err != nil {
		return err
	}
	return fault.New(fault.Missing, "record.missing")
}
