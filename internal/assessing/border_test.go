package assessing_test

import (
	"context"
	"io"
	"reflect"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessing"
	"hefa/internal/certificate"
	"hefa/internal/evidence"
	"hefa/internal/fault"
	"hefa/internal/org"
	"hefa/internal/paper"
	"hefa/internal/pathway"
	"hefa/internal/session"
	"hefa/internal/sheet"
	"hefa/internal/staff"
	"hefa/internal/testbed"
)

// borders tries each method of the desk on a session and a case of 芒市 as an officer of the neighbour county whose role would be right.
var borders = map[string]func(ctx context.Context, d *assessing.Desk, s session.ID, a application.ID) error{
	"Plan": func(ctx context.Context, d *assessing.Desk, _ session.ID, _ application.ID) error {
		p, err := d.Plan(ctx, testbed.Stranger(access.Clerk))
		if err == nil && p.County.Code != testbed.Elsewhere {
			return nil
		}
		return fault.New(fault.Missing, "record.missing") // there is nothing to name: everybody plans in their own county
	},
	"PlanSession": func(ctx context.Context, d *assessing.Desk, _ session.ID, _ application.ID) error {
		_, err := d.PlanSession(ctx, testbed.Stranger(access.Clerk), plan(morrow, 1))
		return err
	},
	"ChangeSession": func(ctx context.Context, d *assessing.Desk, s session.ID, _ application.ID) error {
		to := plan(morrow, 1)
		to.ID = s
		return d.ChangeSession(ctx, testbed.Stranger(access.Clerk), to)
	},
	"Sessions": func(ctx context.Context, d *assessing.Desk, _ session.ID, _ application.ID) error {
		_, err := d.Sessions(ctx, testbed.Stranger(access.Clerk), assessing.Filter{Region: testbed.Township, Limit: 1})
		return err
	},
	"ExportSessions": func(ctx context.Context, d *assessing.Desk, _ session.ID, _ application.ID) error {
		return d.ExportSessions(ctx, testbed.Stranger(access.Clerk), assessing.Filter{Region: testbed.Township}, sheet.Out{To: io.Discard, As: sheet.XLSX})
	},
	"Session": func(ctx context.Context, d *assessing.Desk, s session.ID, _ application.ID) error {
		_, err := d.Session(ctx, testbed.Stranger(access.Clerk), s)
		return err
	},
	"Waiting": func(ctx context.Context, d *assessing.Desk, s session.ID, _ application.ID) error {
		_, err := d.Waiting(ctx, testbed.Stranger(access.Clerk), s, "", 1)
		return err
	},
	"WriteDayList": func(ctx context.Context, d *assessing.Desk, s session.ID, _ application.ID) error {
		return d.WriteDayList(ctx, testbed.Stranger(access.Clerk), s, io.Discard)
	},
	"ScheduleApplications": func(ctx context.Context, d *assessing.Desk, s session.ID, a application.ID) error {
		_, err := d.ScheduleApplications(ctx, testbed.Stranger(access.Clerk), s, []application.ID{a})
		return err
	},
	"Touring": func(ctx context.Context, d *assessing.Desk, _ session.ID, _ application.ID) error {
		return ofTheCounty(d.Touring(ctx, testbed.Stranger(access.Clerk)))
	},
	"ProposeTour": func(ctx context.Context, d *assessing.Desk, _ session.ID, _ application.ID) error {
		return ofTheCounty(d.ProposeTour(ctx, testbed.Stranger(access.Clerk), tourOrder(testbed.Township)))
	},
	"PlanTour": func(ctx context.Context, d *assessing.Desk, _ session.ID, _ application.ID) error {
		_, err := d.PlanTour(ctx, testbed.Stranger(access.Clerk), tourOrder(testbed.Township))
		if fault.Of(err) == fault.Invalid { // neither the township nor the hospital is known to the neighbour
			return fault.New(fault.Missing, "record.missing")
		}
		return err
	},
	"WriteCallList": func(ctx context.Context, d *assessing.Desk, s session.ID, _ application.ID) error {
		return d.WriteCallList(ctx, testbed.Stranger(access.Clerk), s, io.Discard)
	},
	"WriteRoute": func(ctx context.Context, d *assessing.Desk, s session.ID, _ application.ID) error {
		return d.WriteRoute(ctx, testbed.Stranger(access.Clerk), s, io.Discard)
	},
	"Summons": func(ctx context.Context, d *assessing.Desk, _ session.ID, a application.ID) error {
		_, err := d.Summons(ctx, testbed.Stranger(access.Clerk), a)
		return err
	},
	"WriteSummons": func(ctx context.Context, d *assessing.Desk, s session.ID, _ application.ID) error {
		return d.WriteSummons(ctx, testbed.Stranger(access.Clerk), s, paper.Ordinary, io.Discard)
	},
	"MissApplications": func(ctx context.Context, d *assessing.Desk, _ session.ID, a application.ID) error {
		return d.MissApplications(ctx, testbed.Stranger(access.Clerk), []application.ID{a}, application.Ill, "")
	},
	"Examination": func(ctx context.Context, d *assessing.Desk, _ session.ID, a application.ID) error {
		_, err := d.Examination(ctx, testbed.Stranger(access.Doctor), a)
		return err
	},
	"OpenExamination": func(ctx context.Context, d *assessing.Desk, _ session.ID, a application.ID) error {
		return d.OpenExamination(ctx, testbed.Stranger(access.Doctor), a)
	},
	"KeepFindings": func(ctx context.Context, d *assessing.Desk, _ session.ID, a application.ID) error {
		return d.KeepFindings(ctx, testbed.Stranger(access.Doctor), a, signed(met(certificate.Physical, "1")))
	},
	"ConfirmFinding": func(ctx context.Context, d *assessing.Desk, _ session.ID, a application.ID) error {
		return d.ConfirmFinding(ctx, testbed.Stranger(access.Doctor), a, certificate.Physical)
	},
	"Agreements": func(ctx context.Context, d *assessing.Desk, _ session.ID, _ application.ID) error {
		_, err := d.Agreements(ctx, testbed.Stranger(access.Clerk), assessing.AgreementFilter{Region: testbed.County, Limit: 1})
		return err
	},
	"Agreement": func(ctx context.Context, d *assessing.Desk, _ session.ID, _ application.ID) error {
		_, err := d.Agreement(ctx, testbed.Stranger(access.Clerk), "agreement-hospital-533103")
		return err
	},
	"AddAgreement": func(ctx context.Context, d *assessing.Desk, _ session.ID, _ application.ID) error {
		_, err := d.AddAgreement(ctx, testbed.Stranger(access.Clerk), testbed.Agreement(testbed.County, "hospital-533103"))
		return err
	},
	"EditAgreement": func(ctx context.Context, d *assessing.Desk, _ session.ID, _ application.ID) error {
		return d.EditAgreement(ctx, testbed.Stranger(access.Clerk), testbed.Agreement(testbed.County, "hospital-533103"))
	},
	"Deeds": func(ctx context.Context, d *assessing.Desk, _ session.ID, _ application.ID) error {
		_, err := d.Deeds(ctx, testbed.Stranger(access.Clerk), signedPaper)
		return err
	},
	"KeepDeed": func(ctx context.Context, d *assessing.Desk, _ session.ID, _ application.ID) error {
		return d.KeepDeed(ctx, testbed.Stranger(access.Clerk), signedPaper, strings.NewReader(""), 0)
	},
	"OpenDeed": func(ctx context.Context, d *assessing.Desk, _ session.ID, _ application.ID) error {
		_, _, err := d.OpenDeed(ctx, testbed.Stranger(access.Clerk), signedPaper, 1)
		return err
	},
	"Doctors": func(ctx context.Context, d *assessing.Desk, _ session.ID, _ application.ID) error {
		_, err := d.Doctors(ctx, testbed.Stranger(access.Health), assessing.DoctorFilter{Region: testbed.County, Limit: 1})
		return err
	},
	"Doctor": func(ctx context.Context, d *assessing.Desk, _ session.ID, _ application.ID) error {
		_, err := d.Doctor(ctx, testbed.Stranger(access.Health), staff.ID(testbed.As(access.Doctor).Account))
		return err
	},
	"EditDoctor": func(ctx context.Context, d *assessing.Desk, _ session.ID, _ application.ID) error {
		return d.EditDoctor(ctx, testbed.Stranger(access.Health), staff.Practice{Doctor: staff.ID(testbed.As(access.Doctor).Account)})
	},
	"TryGrading": func(ctx context.Context, d *assessing.Desk, _ session.ID, _ application.ID) error {
		_, err := d.TryGrading(ctx, testbed.Stranger(access.Doctor), assessing.Trial{Category: certificate.Vision, Region: testbed.County})
		return err
	},
	"TryMultiple": func(ctx context.Context, d *assessing.Desk, _ session.ID, _ application.ID) error {
		_, err := d.TryMultiple(ctx, testbed.Stranger(access.Doctor), []assessing.Trial{{Category: certificate.Vision, Region: testbed.County}})
		return err
	},
	"Pathway": func(ctx context.Context, d *assessing.Desk, _ session.ID, a application.ID) error {
		_, err := d.Pathway(ctx, testbed.Stranger(access.Township), a)
		return err
	},
	"ProposePathway": func(ctx context.Context, d *assessing.Desk, _ session.ID, a application.ID) error {
		_, err := d.ProposePathway(ctx, testbed.Stranger(access.Township), a, pathway.Facts{})
		return err
	},
	"ChoosePathway": func(ctx context.Context, d *assessing.Desk, _ session.ID, a application.ID) error {
		return d.ChoosePathway(ctx, testbed.Stranger(access.Township), a, bedridden())
	},
	"Pathways": func(ctx context.Context, d *assessing.Desk, _ session.ID, _ application.ID) error {
		_, err := d.Pathways(ctx, testbed.Stranger(access.Clerk), assessing.PathwayFilter{Region: testbed.Township, Limit: 1})
		return err
	},
	"ExportPathways": func(ctx context.Context, d *assessing.Desk, _ session.ID, _ application.ID) error {
		return d.ExportPathways(ctx, testbed.Stranger(access.Clerk), assessing.PathwayFilter{Region: testbed.Township}, sheet.Out{To: io.Discard, As: sheet.XLSX})
	},
	"Remote": func(ctx context.Context, d *assessing.Desk, _ session.ID, a application.ID) error {
		_, err := d.Remote(ctx, testbed.Stranger(access.Doctor), a)
		return err
	},
	"TakeConsent": func(ctx context.Context, d *assessing.Desk, _ session.ID, a application.ID) error {
		return d.TakeConsent(ctx, testbed.Stranger(access.Township), a, evidence.Consent{})
	},
	"WithdrawConsent": func(ctx context.Context, d *assessing.Desk, _ session.ID, a application.ID) error {
		return d.WithdrawConsent(ctx, testbed.Stranger(access.Township), a)
	},
	"AskEvidence": func(ctx context.Context, d *assessing.Desk, _ session.ID, a application.ID) error {
		return d.AskEvidence(ctx, testbed.Stranger(access.Doctor), a, "右手看不清")
	},
	"AnswerEvidence": func(ctx context.Context, d *assessing.Desk, _ session.ID, a application.ID) error {
		return d.AnswerEvidence(ctx, testbed.Stranger(access.Township), a, "没有更多")
	},
	"CallRoom": func(ctx context.Context, d *assessing.Desk, _ session.ID, a application.ID) error {
		_, err := d.CallRoom(ctx, testbed.Stranger(access.Doctor), a)
		return err
	},
	"JoinCall": func(ctx context.Context, d *assessing.Desk, _ session.ID, a application.ID) error {
		_, err := d.JoinCall(ctx, testbed.Stranger(access.Township), a)
		return err
	},
	"HearCall": func(ctx context.Context, d *assessing.Desk, _ session.ID, a application.ID) error {
		_, err := d.HearCall(ctx, testbed.Stranger(access.Township), a, "call")
		return err
	},
	"SayCall": func(ctx context.Context, d *assessing.Desk, _ session.ID, a application.ID) error {
		return d.SayCall(ctx, testbed.Stranger(access.Township), assessing.CallAt{Application: a, Call: "call"}, "v=0")
	},
	"EndCall": func(ctx context.Context, d *assessing.Desk, _ session.ID, a application.ID) error {
		return d.EndCall(ctx, testbed.Stranger(access.Township), a, "call", "held")
	},
	"Reassessments": func(ctx context.Context, d *assessing.Desk, _ session.ID, _ application.ID) error {
		all, err := d.Reassessments(ctx, testbed.Stranger(access.Doctor))
		if err == nil && len(all) == 0 {
			return fault.New(fault.Missing, "record.missing") // there is nothing to name: everybody sees their own
		}
		return err
	},
	"Reassessment": func(ctx context.Context, d *assessing.Desk, _ session.ID, _ application.ID) error {
		_, err := d.Reassessment(ctx, testbed.Stranger(access.Doctor), "nobody") // a real one is tried by casework's TestOtherDoctorsExamineAnewAndTheCityDecides
		return err
	},
	"KeepReassessment": func(ctx context.Context, d *assessing.Desk, _ session.ID, _ application.ID) error {
		return d.KeepReassessment(ctx, testbed.Stranger(access.Doctor), "nobody", signed(met(certificate.Physical, "1")))
	},
	"SignReassessment": func(ctx context.Context, d *assessing.Desk, _ session.ID, _ application.ID) error {
		return d.SignReassessment(ctx, testbed.Stranger(access.Doctor), "nobody", signed(met(certificate.Physical, "1")))
	},
	"CountersignReassessment": func(ctx context.Context, d *assessing.Desk, _ session.ID, _ application.ID) error {
		return d.CountersignReassessment(ctx, testbed.Stranger(access.Doctor), "nobody")
	},
	"ReturnReassessment": func(ctx context.Context, d *assessing.Desk, _ session.ID, _ application.ID) error {
		return d.ReturnReassessment(ctx, testbed.Stranger(access.Doctor), "nobody", "不清")
	},
	"CountersignApplication": func(ctx context.Context, d *assessing.Desk, _ session.ID, a application.ID) error {
		return d.CountersignApplication(ctx, testbed.Stranger(access.Doctor), a)
	},
	"ReturnSignature": func(ctx context.Context, d *assessing.Desk, _ session.ID, a application.ID) error {
		return d.ReturnSignature(ctx, testbed.Stranger(access.Doctor), a, "不清")
	},
	"Signatures": func(ctx context.Context, d *assessing.Desk, _ session.ID, a application.ID) error {
		all, err := d.Signatures(ctx, testbed.Stranger(access.Doctor), a, 9)
		if err == nil && len(all.Lines) == 0 {
			return fault.New(fault.Missing, "record.missing") // there is nothing to name: everybody sees what waits at their own hospital
		}
		return err
	},
	"AssessApplication": func(ctx context.Context, d *assessing.Desk, _ session.ID, a application.ID) error {
		return d.AssessApplication(ctx, testbed.Stranger(access.Doctor), a, signed(met(certificate.Physical, "1")))
	},
}

var signedPaper = org.Paper{Kind: org.AgreementDeed, Owner: "agreement-hospital-533103"}

func TestNoMethodLetsAStrangerIn(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		s := c.planned(t, morrow, 3)
		a := c.seated(t, s, "1961-05-04", certificate.Physical)
		c.Until(morrow)
		for i := range reflect.TypeFor[*assessing.Desk]().NumMethod() {
			name := reflect.TypeFor[*assessing.Desk]().Method(i).Name
			try, ok := borders[name]
			if !ok {
				t.Errorf("%s is not tried as a stranger", name)
			} else if err := try(t.Context(), c.Desk, s, a); fault.Of(err) != fault.Missing {
				t.Errorf("%s let a stranger in: %v", name, err)
			}
		}
	})
}
