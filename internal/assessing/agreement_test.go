package assessing_test

import (
	"io"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/assessing"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/org"
	"hefa/internal/staff"
	"hefa/internal/testbed"
)

// amend changes the agreement of 芒市 with its hospital.
func (c clinic) amend(t *testing.T, to day.Day, named ...certificate.Category) {
	t.Helper()
	a, err := c.Agreement(t.Context(), testbed.As(access.Clerk), "agreement-hospital-533103")
	if err != nil {
		t.Fatal(err)
	}
	a.To, a.Categories = to, named
	if err := c.EditAgreement(t.Context(), testbed.As(access.Clerk), a); err != nil {
		t.Fatal(err)
	}
}

// Clauses N16 and N17: refused when a day is planned, moved, given seats, and when a doctor signs; the agreement names the categories.
func TestWithoutAnAgreementNobodyIsScheduledOrAssessed(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		clerk, doctor, id := testbed.As(access.Clerk), testbed.As(access.Doctor), c.planned(t, morrow, 3)
		a := c.seated(t, id, "1961-05-04", certificate.Physical)
		c.amend(t, "2020-04-01", certificate.Physical)
		_, err := c.PlanSession(t.Context(), clerk, plan(morrow, 3))
		want(t, "planned", err, fault.Refused, "agreement.none")
		d, err := c.Session(t.Context(), clerk, id)
		if err != nil {
			t.Fatal(err)
		}
		d.Session.Day = "2020-04-03"
		want(t, "moved", c.ChangeSession(t.Context(), clerk, d.Session), fault.Refused, "agreement.none")
		c.Until(morrow)
		good := signed(met(certificate.Physical, certificate.Second))
		want(t, "kept", c.KeepFindings(t.Context(), doctor, a, good), fault.Refused, "agreement.none")
		c.amend(t, morrow, certificate.Vision)
		want(t, "outside the agreement's categories", c.AssessApplication(t.Context(), doctor, a, good), fault.Invalid, "assessment.category.unlicensed")
		c.amend(t, morrow, certificate.Vision, certificate.Physical)
		if err := c.AssessApplication(t.Context(), doctor, a, good); err != nil {
			t.Errorf("on the last day of the agreement: %v", err)
		}
	})
}

func TestAgreementsAreKeptByTheCountyAndSeenByTheirHospital(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		clerk := testbed.As(access.Clerk)
		next := testbed.Agreement("", org.ID(testbed.As(access.Doctor).Org))
		next.From, next.To = "2020-04-01", "2020-05-01"
		id, err := c.AddAgreement(t.Context(), clerk, next)
		if err != nil {
			t.Fatal(err)
		}
		l, err := c.Agreements(t.Context(), testbed.As(access.Hospital), assessing.AgreementFilter{Limit: 1})
		if err != nil || len(l.Agreements) != 1 || !l.More {
			t.Fatalf("the first page: %+v %v", l, err)
		}
		l, err = c.Agreements(t.Context(), testbed.As(access.City), assessing.AgreementFilter{Limit: 9})
		if err != nil || len(l.Agreements) != 3 || l.Warn != 60 {
			t.Errorf("the prefecture sees %d, warned %d days ahead: %v", len(l.Agreements), l.Warn, err)
		}
		other := testbed.As(access.Hospital)
		other.Org = "another"
		if _, err := c.Agreement(t.Context(), other, id); fault.Of(err) != fault.Missing {
			t.Errorf("another hospital reads it: %v", err)
		}
		next.Hospital = "nobody"
		_, err = c.AddAgreement(t.Context(), clerk, next)
		want(t, "with nobody", err, fault.Invalid, "agreement.hospital.missing")
		_, err = c.AddAgreement(t.Context(), testbed.As(access.Health), testbed.Agreement(testbed.County, "hospital-533103"))
		want(t, "entered by the health commission", err, fault.Forbidden, "")
		old, err := c.Agreement(t.Context(), clerk, id)
		if err != nil {
			t.Fatal(err)
		}
		old.Version = 7
		want(t, "on an old page", c.EditAgreement(t.Context(), clerk, old), fault.Stale, "")
	})
}

// A scan is kept by its real type, a new one beside the old; a designation is read where the hospital serves and sent by who keeps hospitals or agreements.
func TestWhatWasSignedIsScannedAndKeptInItsVersions(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		clerk, keeper, ctx := testbed.As(access.Clerk), testbed.As(access.Sysadmin), t.Context()
		pdf := func() io.Reader { return strings.NewReader("%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n") }
		want(t, "no PDF", c.KeepDeed(ctx, clerk, signedPaper, strings.NewReader("PK"), 0), fault.Invalid, "attachment.type")
		want(t, "half a PDF", c.KeepDeed(ctx, clerk, signedPaper, strings.NewReader("%PDF-1.7"), 0), fault.Invalid, "attachment.broken")
		for last := range 2 {
			if err := c.KeepDeed(ctx, clerk, signedPaper, pdf(), last); err != nil {
				t.Fatal(err)
			}
		}
		want(t, "on an old page", c.KeepDeed(ctx, clerk, signedPaper, pdf(), 1), fault.Stale, "")
		want(t, "by the hospital", c.KeepDeed(ctx, testbed.As(access.Hospital), signedPaper, pdf(), 2), fault.Forbidden, "")
		all, err := c.Deeds(ctx, testbed.As(access.Hospital), signedPaper)
		if err != nil || len(all) != 2 || all[0].No != 2 || all[0].Author != clerk.Name {
			t.Fatalf("the scans: %+v %v", all, err)
		}
		a, err := c.Agreement(ctx, clerk, signedPaper.Owner)
		if err != nil || a.Scan != 2 {
			t.Errorf("the agreement's scan is %d: %v", a.Scan, err)
		}
		named := org.Paper{Kind: org.DesignationDeed, Owner: string(a.Hospital)}
		want(t, "a designation by the hospital", c.KeepDeed(ctx, testbed.As(access.Hospital), named, pdf(), 0), fault.Forbidden, "")
		for last, by := range []access.Actor{keeper, clerk} {
			if err := c.KeepDeed(ctx, by, named, pdf(), last); err != nil {
				t.Fatal(err)
			}
		}
		other := testbed.As(access.Hospital)
		other.Org = "another"
		_, _, err = c.OpenDeed(ctx, other, named, 1)
		want(t, "read by another hospital", err, fault.Missing, "")
		for _, by := range []access.Actor{clerk, keeper, testbed.As(access.Health)} {
			_, f, err := c.OpenDeed(ctx, by, named, 1)
			if err != nil {
				t.Errorf("read as %s: %v", by.Role, err)
				continue
			}
			if err := f.Close(); err != nil {
				t.Error(err)
			}
		}
		_, _, err = c.OpenDeed(ctx, testbed.Stranger(access.Clerk), named, 1)
		want(t, "read by the neighbour", err, fault.Missing, "")
		signs := org.Paper{Kind: org.SpecimenDeed, Owner: testbed.As(access.Doctor).Account}
		want(t, "a specimen by a reviewer", c.KeepDeed(ctx, testbed.As(access.Reviewer), signs, pdf(), 0), fault.Forbidden, "")
		want(t, "a specimen of a clerk", c.KeepDeed(ctx, testbed.As(access.Health), org.Paper{Kind: org.SpecimenDeed, Owner: clerk.Account}, pdf(), 0), fault.Missing, "")
		if err := c.KeepDeed(ctx, testbed.As(access.Health), signs, pdf(), 0); err != nil {
			t.Fatal(err)
		}
		l, err := c.Doctors(ctx, testbed.As(access.Reviewer), assessing.DoctorFilter{Limit: 9})
		if err != nil || l.Specimens[staff.ID(signs.Owner)] != 1 || len(l.Specimens) != 1 {
			t.Errorf("specimens %v, %v", l.Specimens, err)
		}
		_, _, err = c.OpenDeed(ctx, other, signs, 1)
		want(t, "a specimen read by another hospital", err, fault.Missing, "")
	})
}
