package casework_test

import (
	"context"
	"io"
	"reflect"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/announcement"
	"hefa/internal/appeal"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/fault"
	"hefa/internal/sheet"
	"hefa/internal/staff"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// borders tries each method of the desk on a case of 芒市 as an officer of the neighbour county whose role would be right.
var borders = map[string]func(ctx context.Context, d *casework.Desk, id application.ID) error{
	"AcceptApplication": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		return d.AcceptApplication(ctx, testbed.Stranger(access.Township), id, casework.Acceptance{Sighted: everything})
	},
	"SetAids": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		return d.SetAids(ctx, testbed.Stranger(access.Township), id, application.Aids{})
	},
	"ReviewApplication": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		return d.ReviewApplication(ctx, testbed.Stranger(access.Reviewer), id, "")
	},
	"RereviewApplication": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		return d.RereviewApplication(ctx, testbed.Stranger(access.Reviewer), id, "")
	},
	"ApproveApplication": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		return d.ApproveApplication(ctx, testbed.Stranger(access.Approver), id)
	},
	"ApproveApplications": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		_, err := d.ApproveApplications(ctx, testbed.Stranger(access.Approver), []application.ID{id})
		return err
	},
	"AddEvidence": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		_, err := d.AddEvidence(ctx, testbed.Stranger(access.Township), id, casework.Piece{Content: strings.NewReader(scan)})
		return err
	},
	"Appeals": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		_, err := d.Appeals(ctx, testbed.Stranger(access.Township), id)
		return err
	},
	"FileAppeal": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		_, err := d.FileAppeal(ctx, testbed.Stranger(access.Township), id, "不服")
		return err
	},
	"AdmitAppeal": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		return d.AdmitAppeal(ctx, testbed.Stranger(access.City), "nobody", "市中心医院") // a real one is tried by TestADeniedOrUpheldAppealLeavesTheCase
	},
	"DenyAppeal": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		return d.DenyAppeal(ctx, testbed.Stranger(access.City), "nobody", "超过期限")
	},
	"Ordering": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		_, err := d.Ordering(ctx, testbed.Stranger(access.City), id, "")
		return err
	},
	"OrderReassessment": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		return d.OrderReassessment(ctx, testbed.Stranger(access.City), id, casework.Order{Hospital: testbed.Other, Reason: "抽查"})
	},
	"DropReassessment": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		return d.DropReassessment(ctx, testbed.Stranger(access.City), "nobody", "取消")
	},
	"DecideReassessment": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		return d.DecideReassessment(ctx, testbed.Stranger(access.City), "nobody", true, "复查")
	},
	"ConcludeAppeal": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		return d.ConcludeAppeal(ctx, testbed.Stranger(access.City), "nobody", appeal.Conclusion{})
	},
	"AppealList": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		_, err := d.AppealList(ctx, testbed.Stranger(access.Clerk), casework.AppealFilter{Region: testbed.County, Limit: 1})
		return err
	},
	"RefuseApplication": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		return d.RefuseApplication(ctx, testbed.Stranger(access.Approver), id, "理由")
	},
	"ReturnApplication": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		return d.ReturnApplication(ctx, testbed.Stranger(access.Township), id, everything, "")
	},
	"DeclineApplication": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		return d.DeclineApplication(ctx, testbed.Stranger(access.Township), id, casework.Declining{Reason: "x"})
	},
	"WithdrawApplication": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		return d.WithdrawApplication(ctx, testbed.Stranger(access.Township), id, "x")
	},
	"UrgeApplication": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		return d.UrgeApplication(ctx, testbed.Stranger(access.Clerk), id, "")
	},
	"HandOverApplication": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		by := testbed.Stranger(access.Clerk)
		return d.HandOverApplication(ctx, by, id, staff.ID(by.Account), "")
	},
	"Colleagues": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		_, err := d.Colleagues(ctx, testbed.Stranger(access.Clerk), id)
		return err
	},
	"WriteEvaluation": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		return d.WriteEvaluation(ctx, testbed.Stranger(access.Clerk), id, io.Discard)
	},
	"KeepPapers": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		return d.KeepPapers(ctx, testbed.As(access.Clerk), testbed.County, id) // nobody but the program
	},
	"WriteForm": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		return d.WriteForm(ctx, testbed.Stranger(access.Clerk), id, true, io.Discard)
	},
	"WritePackage": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		return d.WritePackage(ctx, testbed.Stranger(access.Discipline), id, "县纪委调取", io.Discard)
	},
	"Letter": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		_, err := d.Letter(ctx, testbed.Stranger(access.Clerk), id, casework.SlipLetter)
		return err
	},
	"Application": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		_, err := d.Application(ctx, testbed.Stranger(access.Township), id)
		return err
	},
	"OpenApplication": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		_, err := d.OpenApplication(ctx, testbed.Stranger(access.Township), casework.Opening{Person: newcomer(1), Request: firstRequest})
		return err
	},
	"OpenListed": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		_, err := d.OpenListed(ctx, testbed.Stranger(access.Township), []string{"listed-of-mangshi"})
		return err
	},
	"Applicant": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		_, err := d.Applicant(ctx, testbed.Stranger(access.Township), testbed.Township, newcomer(1).Number)
		return err
	},
	"Places": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		_, err := d.Places(ctx, testbed.Stranger(access.Township), testbed.Township)
		return err
	},
	"EditApplication": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		return d.EditApplication(ctx, testbed.Stranger(access.Township), id, casework.Edit{Person: newcomer(1), Version: 1})
	},
	"SubmitApplication": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		return d.SubmitApplication(ctx, testbed.Stranger(access.Township), id)
	},
	"AddAttachment": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		_, err := d.AddAttachment(ctx, testbed.Stranger(access.Township), id, casework.Upload{Paper: "identity", Content: strings.NewReader(scan)})
		return err
	},
	"Attachment": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		_, _, err := d.Attachment(ctx, testbed.Stranger(access.Township), id, "attachment-of-mangshi", "")
		return err
	},
	"SmallPhoto": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		_, err := d.SmallPhoto(ctx, testbed.Stranger(access.Township), id, "attachment-of-mangshi")
		return err
	},
	"RemoveAttachment": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		return d.RemoveAttachment(ctx, testbed.Stranger(access.Township), id, "attachment-of-mangshi")
	},
	"Proposal": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		_, err := d.Proposal(ctx, testbed.Stranger(access.Township), testbed.Township)
		return err
	},
	"AnnounceApplications": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		_, err := d.AnnounceApplications(ctx, testbed.Stranger(access.Township), testbed.Township, []application.ID{id})
		return err
	},
	"Notices": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		_, err := d.Notices(ctx, testbed.Stranger(access.Township), casework.NoticeFilter{Region: testbed.Township, Limit: 1})
		return err
	},
	"Notice": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		_, err := d.Notice(ctx, testbed.Stranger(access.Township), bordered)
		return err
	},
	"ExportNotices": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		return d.ExportNotices(ctx, testbed.Stranger(access.Township), casework.NoticeFilter{Region: testbed.Township}, sheet.Out{To: io.Discard, As: sheet.XLSX})
	},
	"WriteNotice": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		return d.WriteNotice(ctx, testbed.Stranger(access.Township), bordered, io.Discard)
	},
	"ObjectApplication": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		return d.ObjectApplication(ctx, testbed.Stranger(access.Township), id, doubt)
	},
	"ObjectNotice": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		_, err := d.ObjectNotice(ctx, testbed.Stranger(access.Township), bordered, "", doubt)
		return err
	},
	"ResolveObjection": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		return d.ResolveObjection(ctx, testbed.Stranger(access.Reviewer), id, application.Dismissed, "经复核无误")
	},
	"CloseApplications": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		return d.CloseApplications(ctx, testbed.Stranger(access.Clerk), []application.ID{id})
	},
	"CloseNotices": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		_, err := d.CloseNotices(ctx, testbed.Stranger(access.Clerk))
		return err
	},
	"PublicNotices": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		_, err := d.PublicNotices(ctx, testbed.Stranger(access.Township), testbed.Township)
		return err
	},
	"PublicNotice": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		_, err := d.PublicNotice(ctx, testbed.Stranger(access.Township), bordered)
		return err
	},
	"Guide": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		_, err := d.Guide(ctx, testbed.Stranger(access.Township), testbed.Township)
		return err
	},
	"NextApplication": func(ctx context.Context, d *casework.Desk, id application.ID) error {
		_, err := d.NextApplication(ctx, testbed.Stranger(access.Clerk), id)
		return err
	},
	"Applications": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		_, err := d.Applications(ctx, testbed.Stranger(access.Clerk), casework.CaseFilter{Region: testbed.County, Limit: 1})
		return err
	},
	"ExportApplications": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		return d.ExportApplications(ctx, testbed.Stranger(access.Clerk), casework.CaseFilter{Region: testbed.County}, sheet.Out{To: io.Discard, As: sheet.XLSX})
	},
	"Counties": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		_, err := d.Counties(ctx, testbed.Stranger(access.Clerk), testbed.County)
		return err
	},
	"Tray": func(ctx context.Context, d *casework.Desk, _ application.ID) error {
		_, err := d.Tray(ctx, testbed.Stranger(access.Township), casework.TrayFilter{Region: testbed.Township, Limit: 1})
		return err
	},
}

// bordered is a notice of 芒市 that hangs while strangers knock.
const bordered announcement.ID = "notice-of-mangshi"

func TestNoMethodLetsAStrangerIn(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, id := casework.New(o.DB, o.Files), o.Case(t, o.Person(t), application.Submitted).ID
		o.Update(t, access.Township, func(tx *store.Tx) error {
			return tx.AddNotice(announcement.Notice{ID: bordered, Region: testbed.Township, Starts: o.Today(), Ends: o.Today()})
		})
		keepReferral(t, o)
		for i := range reflect.TypeFor[*casework.Desk]().NumMethod() {
			name := reflect.TypeFor[*casework.Desk]().Method(i).Name
			try, ok := borders[name]
			if !ok {
				try, ok = referralBorders[name]
			}
			if !ok {
				t.Errorf("%s is not tried as a stranger", name)
			} else if err := try(t.Context(), desk, id); fault.Of(err) != fault.Missing {
				t.Errorf("%s let a stranger in: %v", name, err)
			}
		}
	})
}
