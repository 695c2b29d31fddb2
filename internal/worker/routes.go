package worker

import (
	"context"
	"encoding/json"
	"fmt"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/day"
	"hefa/internal/job"
	"hefa/internal/outreach"
	"hefa/internal/person"
	"hefa/internal/pile"
	"hefa/internal/region"
	"hefa/internal/reminder"
	"hefa/internal/roster"
)

// handlers is the whole table of what is done later: one line a kind.
func handlers(d Desks) map[string]handler {
	return map[string]handler{
		job.CheckRoster{}.Kind(): on(func(ctx context.Context, j job.CheckRoster) error {
			return d.Fieldwork.CheckRoster(ctx, access.Program(), roster.ID(j.Roster))
		}),
		job.StoreRoster{}.Kind(): on(func(ctx context.Context, j job.StoreRoster) error {
			return d.Fieldwork.StoreRoster(ctx, access.Program(), roster.ID(j.Roster))
		}),
		job.RemindAll{}.Kind(): on(func(ctx context.Context, _ job.RemindAll) error {
			if _, err := d.Renewing.RemindAll(ctx, access.Program(), ""); err != nil {
				return err
			}
			if err := d.Renewing.RemoveBundles(ctx, access.Program()); err != nil {
				return err
			}
			return d.Office.LeaveMessages(ctx, access.Program())
		}),
		job.TextReminders{}.Kind(): on(func(ctx context.Context, _ job.TextReminders) error { return textDue(ctx, d.Outreach) }),
		job.Campaign{}.Kind(): on(func(ctx context.Context, j job.Campaign) error {
			_, err := d.Outreach.TextCampaign(ctx, access.Program(), outreach.Audience{Region: region.Code(j.Region), Poor: j.Poor, Expires: day.Day(j.Expires)}, j.Key())
			return err
		}),
		job.PrintBundle{}.Kind(): on(func(ctx context.Context, j job.PrintBundle) error {
			return d.Renewing.PrintBundle(ctx, access.Program(), reminder.BundleID(j.Bundle))
		}),
		job.EndReminders{}.Kind(): on(func(ctx context.Context, j job.EndReminders) error {
			return d.Renewing.EndReminders(ctx, access.Program(), region.Code(j.County), person.ID(j.Person))
		}),
		job.CheckFixity{}.Kind(): on(func(ctx context.Context, _ job.CheckFixity) error {
			_, err := d.Upkeep.CheckFixity(ctx, access.Program())
			return err
		}),
		job.TakeBackup{}.Kind(): on(func(ctx context.Context, _ job.TakeBackup) error {
			return d.Upkeep.TakeNightly(ctx, access.Program())
		}),
		job.RehearseBackup{}.Kind(): on(func(ctx context.Context, j job.RehearseBackup) error {
			return d.Upkeep.RehearseBackup(ctx, access.Program(), j.Name)
		}),
		job.TakeApart{}.Kind(): on(func(ctx context.Context, j job.TakeApart) error {
			return d.Scanning.TakeApart(ctx, access.Program(), pile.ID(j.Pile))
		}),
		job.KeepPapers{}.Kind(): on(func(ctx context.Context, j job.KeepPapers) error {
			return d.Casework.KeepPapers(ctx, access.Program(), region.Code(j.County), application.ID(j.Application))
		}),
		job.Shred{}.Kind(): on(func(ctx context.Context, j job.Shred) error {
			return d.Archiving.Shred(ctx, access.Program(), region.Code(j.County), archive.AppraisalID(j.Appraisal))
		}),
		job.TellReferral{}.Kind(): on(func(ctx context.Context, j job.TellReferral) error {
			return d.Casework.TellReferral(ctx, access.Program(), region.Code(j.County), application.ID(j.Application))
		}),
		job.CloseNotices{}.Kind(): on(func(ctx context.Context, _ job.CloseNotices) error {
			_, err := d.Casework.CloseNotices(ctx, access.Program())
			return err
		}),
	}
}

// on is the handler of one type of job.
func on[J job.Job](do func(context.Context, J) error) handler {
	return func(ctx context.Context, args string) error {
		var j J
		if err := json.Unmarshal([]byte(args), &j); err != nil {
			return fmt.Errorf("reading a job of kind %s: %w", j.Kind(), err)
		}
		return do(ctx, j)
	}
}

// textDue makes the messages of the day: beside letters of expiry, and to those whose cards lie at their townships.
func textDue(ctx context.Context, d *outreach.Desk) error {
	if _, err := d.TextReminders(ctx, access.Program(), ""); err != nil {
		return err
	}
	_, err := d.TextWaiting(ctx, access.Program(), "")
	return err
}
