package renewing_test

import (
	"context"
	"io"
	"reflect"
	"testing"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/paper"
	"hefa/internal/reminder"
	"hefa/internal/renewing"
	"hefa/internal/testbed"
)

// strange is what a stranger tries: an office with one reminder of 芒市.
type strange struct {
	desk *renewing.Desk
	by   access.Actor
	made renewing.Reminded
}

// borders tries each method of the desk as an officer of the neighbour county.
var borders = map[string]func(ctx context.Context, s strange) error{
	"RemindAll": func(ctx context.Context, s strange) error {
		_, err := s.desk.RemindAll(ctx, s.by, testbed.County)
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
		_, _, err := s.desk.Proof(ctx, s.by, s.made.Reminder.ID)
		return err
	},
	"UrgeReminder": func(ctx context.Context, s strange) error { return s.desk.UrgeReminder(ctx, s.by, s.made.Reminder.ID) },
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
	"WriteRoster": func(ctx context.Context, s strange) error {
		return s.desk.WriteRoster(ctx, s.by, renewing.Filter{Region: testbed.County}, io.Discard)
	},
	"ExportReminders": func(ctx context.Context, s strange) error {
		return s.desk.ExportReminders(ctx, s.by, renewing.Filter{Region: testbed.County}, io.Discard)
	},
	"WriteBlank": func(ctx context.Context, s strange) error {
		return s.desk.WriteBlank(ctx, s.by, testbed.County, renewing.BlankPledge, io.Discard)
	},
}

func TestNoMethodLetsAStrangerIn(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		s := strange{desk: renewing.New(o.DB, o.Files), by: testbed.Stranger(access.Township)}
		o.Certificate(t, o.Person(t), "2020-09-01")
		round(t, s.desk)
		s.made = all(t, s.desk)[0]
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
