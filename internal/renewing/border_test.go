package renewing_test

import (
	"bytes"
	"context"
	"io"
	"reflect"
	"testing"

	"rsc.io/qr"

	"hefa/internal/access"
	"hefa/internal/announcement"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/lapse"
	"hefa/internal/paper"
	"hefa/internal/reminder"
	"hefa/internal/renewing"
	"hefa/internal/sheet"
	"hefa/internal/testbed"
)

// strange is what a stranger tries: an office with one reminder of 芒市.
type strange struct {
	desk *renewing.Desk
	by   access.Actor
	made renewing.Reminded

	posting string
	lapse   lapse.ID
	bundle  reminder.BundleID
}

// objection is what somebody says against a cancellation.
var objection = announcement.Objection{Text: "此人常年在家，请再核实"}

// slipOf is a photo of a slip with the code of a number.
func slipOf(no string) []byte {
	code, err := qr.Encode(no, qr.M)
	if err != nil {
		panic(err) // a number fits
	}
	return code.PNG()
}

// borders tries each method of the desk as an officer of the neighbour county.
var borders = map[string]func(ctx context.Context, s strange) error{
	"RemindAll": func(ctx context.Context, s strange) error {
		_, err := s.desk.RemindAll(ctx, s.by, testbed.County)
		return err
	},
	"BeginBundle": func(ctx context.Context, s strange) error {
		_, err := s.desk.BeginBundle(ctx, s.by, renewing.Filter{Region: testbed.County}, paper.Ordinary)
		return err
	},
	"PrintBundle":   func(ctx context.Context, s strange) error { return s.desk.PrintBundle(ctx, s.by, s.bundle) },
	"RemoveBundles": func(ctx context.Context, s strange) error { return s.desk.RemoveBundles(ctx, s.by) },
	"Bundles": func(ctx context.Context, s strange) error {
		_, _, err := s.desk.Bundles(ctx, s.by, testbed.County, renewing.BundlePage{Limit: 1})
		return err
	},
	"Bundle": func(ctx context.Context, s strange) error {
		_, _, err := s.desk.Bundle(ctx, s.by, s.bundle)
		return err
	},
	"OpenBundlePart": func(ctx context.Context, s strange) error {
		_, err := s.desk.OpenBundlePart(ctx, s.by, s.bundle, 1)
		return err
	},
	"EndReminders": func(ctx context.Context, s strange) error {
		return s.desk.EndReminders(ctx, s.by, testbed.County, s.made.Person.ID)
	},
	"MakeReminder": func(ctx context.Context, s strange) error {
		_, err := s.desk.MakeReminder(ctx, s.by, s.made.Person.ID, reminder.Review)
		return err
	},
	"SendReminders": func(ctx context.Context, s strange) error {
		return s.desk.SendReminders(ctx, s.by, []reminder.ID{s.made.Reminder.ID}, reminder.Hand, s.made.Reminder.Made)
	},
	"ReceiveReminder": func(ctx context.Context, s strange) error {
		return s.desk.ReceiveReminder(ctx, s.by, s.made.Reminder.ID, renewing.Slip{Receipt: reminder.Receipt{On: s.made.Reminder.Made, Signer: reminder.Self}})
	},
	"Proof": func(ctx context.Context, s strange) error {
		_, _, err := s.desk.Proof(ctx, s.by, s.made.Reminder.ID, "核对")
		return err
	},
	"AnswerReminder": func(ctx context.Context, s strange) error {
		return s.desk.AnswerReminder(ctx, s.by, s.made.Reminder.ID, reminder.Away, "")
	},
	"Reminders": func(ctx context.Context, s strange) error {
		_, err := s.desk.Reminders(ctx, s.by, renewing.Filter{Region: testbed.County, Limit: 9})
		return err
	},
	"Reminder": func(ctx context.Context, s strange) error {
		_, err := s.desk.Reminder(ctx, s.by, s.made.Reminder.ID)
		return err
	},
	"FindReminder": func(ctx context.Context, s strange) error {
		_, err := s.desk.FindReminder(ctx, s.by, s.made.Reminder.No)
		return err
	},
	"Villages": func(ctx context.Context, s strange) error {
		_, err := s.desk.Villages(ctx, s.by, testbed.County, "")
		return err
	},
	"ProposeLapses": func(ctx context.Context, s strange) error {
		_, err := s.desk.ProposeLapses(ctx, s.by, testbed.Township)
		return err
	},
	"AnnounceLapses": func(ctx context.Context, s strange) error {
		_, err := s.desk.AnnounceLapses(ctx, s.by, testbed.Township, []certificate.ID{s.made.Reminder.Certificate})
		return err
	},
	"ObjectLapse": func(ctx context.Context, s strange) error { return s.desk.ObjectLapse(ctx, s.by, s.lapse, objection) },
	"ResolveLapse": func(ctx context.Context, s strange) error {
		return s.desk.ResolveLapse(ctx, s.by, s.lapse, lapse.Uphold, "不实")
	},
	"DropLapse": func(ctx context.Context, s strange) error {
		return s.desk.DropLapse(ctx, s.by, s.lapse, "已来办理")
	},
	"CancelLapses": func(ctx context.Context, s strange) error {
		_, err := s.desk.CancelLapses(ctx, s.by, []lapse.ID{s.lapse})
		return err
	},
	"ObjectPosting": func(ctx context.Context, s strange) error {
		_, err := s.desk.ObjectPosting(ctx, s.by, s.posting, "", objection)
		return err
	},
	"Lapses": func(ctx context.Context, s strange) error {
		_, err := s.desk.Lapses(ctx, s.by, renewing.LapseFilter{Region: testbed.County, Limit: 9})
		return err
	},
	"Lapse": func(ctx context.Context, s strange) error {
		_, err := s.desk.Lapse(ctx, s.by, s.lapse)
		return err
	},
	"LapseLoad": func(ctx context.Context, s strange) error {
		_, err := s.desk.LapseLoad(ctx, s.by, testbed.County)
		return err
	},
	"Posting": func(ctx context.Context, s strange) error {
		_, err := s.desk.Posting(ctx, s.by, s.posting)
		return err
	},
	"Postings": func(ctx context.Context, s strange) error {
		_, _, err := s.desk.Postings(ctx, s.by, testbed.County, "", 9)
		return err
	},
	"PublicPostings": func(ctx context.Context, s strange) error {
		_, err := s.desk.PublicPostings(ctx, s.by, testbed.County)
		return err
	},
	"PublicPosting": func(ctx context.Context, s strange) error {
		_, err := s.desk.PublicPosting(ctx, s.by, s.posting)
		return err
	},
	"WritePosting": func(ctx context.Context, s strange) error {
		return s.desk.WritePosting(ctx, s.by, s.posting, io.Discard)
	},
	"ExportLapses": func(ctx context.Context, s strange) error {
		return s.desk.ExportLapses(ctx, s.by, renewing.LapseFilter{Region: testbed.County}, sheet.Out{To: io.Discard, As: sheet.XLSX})
	},
	"Year": func(ctx context.Context, s strange) error {
		_, err := s.desk.Year(ctx, s.by, testbed.County)
		return err
	},
	"Reasons": func(ctx context.Context, s strange) error {
		_, err := s.desk.Reasons(ctx, s.by, testbed.Township, "")
		return err
	},
	"ExportReasons": func(ctx context.Context, s strange) error {
		return s.desk.ExportReasons(ctx, s.by, testbed.Township, "", sheet.Out{To: io.Discard, As: sheet.XLSX})
	},
	"ExportYear": func(ctx context.Context, s strange) error {
		return s.desk.ExportYear(ctx, s.by, testbed.County, sheet.Out{To: io.Discard, As: sheet.XLSX})
	},
	"Load": func(ctx context.Context, s strange) error {
		_, err := s.desk.Load(ctx, s.by, testbed.County)
		return err
	},
	"PersonReminders": func(ctx context.Context, s strange) error {
		_, err := s.desk.PersonReminders(ctx, s.by, s.made.Person.ID)
		return err
	},
	"Letter": func(ctx context.Context, s strange) error {
		_, err := s.desk.Letter(ctx, s.by, s.made.Reminder.ID, paper.Ordinary)
		return err
	},
	"WriteReminder": func(ctx context.Context, s strange) error {
		return s.desk.WriteReminder(ctx, s.by, s.made.Reminder.ID, paper.Large, io.Discard)
	},
	"WriteReminders": func(ctx context.Context, s strange) error {
		_, err := s.desk.WriteReminders(ctx, s.by, renewing.Filter{Region: testbed.County}, paper.Ordinary, io.Discard)
		return err
	},
	"WriteReminderFiles": func(ctx context.Context, s strange) error {
		_, err := s.desk.WriteReminderFiles(ctx, s.by, renewing.Filter{Region: testbed.County}, paper.Ordinary, io.Discard)
		return err
	},
	"FileScans": func(ctx context.Context, s strange) error {
		filed, err := s.desk.FileScans(ctx, s.by, []renewing.Scanned{{Name: "a.png", File: bytes.NewReader(slipOf(s.made.Reminder.No))}},
			reminder.Receipt{On: s.made.Reminder.Made, Signer: reminder.Self})
		if err == nil && filed[0].Reminder == "" && fault.Of(filed[0].Err) == fault.Refused {
			return fault.New(fault.Missing, "record.missing") // a letter of elsewhere is none
		}
		return err
	},
	"TellLapsed": func(ctx context.Context, s strange) error {
		_, err := s.desk.TellLapsed(ctx, s.by, testbed.Township)
		return err
	},
	"WriteRoster": func(ctx context.Context, s strange) error {
		return s.desk.WriteRoster(ctx, s.by, renewing.Filter{Region: testbed.County}, io.Discard)
	},
	"ExportReminders": func(ctx context.Context, s strange) error {
		return s.desk.ExportReminders(ctx, s.by, renewing.Filter{Region: testbed.County}, sheet.Out{To: io.Discard, As: sheet.XLSX})
	},
	"WriteBlank": func(ctx context.Context, s strange) error {
		return s.desk.WriteBlank(ctx, s.by, testbed.County, renewing.Wanted{Form: renewing.BlankPledge}, io.Discard)
	},
}

func TestNoMethodLetsAStrangerIn(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		s := strange{desk: renewing.New(o.DB, o.Files), by: testbed.Stranger(access.Township)}
		o.Certificate(t, o.Person(t), "2020-09-01")
		round(t, s.desk)
		s.made = all(t, s.desk)[0]
		lapses(t, o, s.desk, 1)
		l, err := s.desk.Lapses(t.Context(), testbed.As(access.Clerk), renewing.LapseFilter{Limit: 9})
		if err != nil || len(l.Lapses) != 1 {
			t.Fatal(l.Lapses, err)
		}
		if s.bundle, err = s.desk.BeginBundle(t.Context(), testbed.As(access.Clerk), renewing.Filter{}, paper.Ordinary); err != nil {
			t.Fatal(err)
		}
		s.lapse, s.posting = l.Lapses[0].Lapse.ID, l.Lapses[0].Lapse.Posting
		for m := range reflect.TypeFor[*renewing.Desk]().Methods() {
			try, ok := borders[m.Name]
			if !ok {
				t.Errorf("%s is not tried as a stranger", m.Name)
			} else if err := try(t.Context(), s); fault.Of(err) != fault.Missing {
				t.Errorf("%s let a stranger in: %v", m.Name, err)
			}
		}
	})
}
