package outreach_test

import (
	"context"
	"reflect"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/fault"
	"hefa/internal/message"
	"hefa/internal/outreach"
	"hefa/internal/sms"
	"hefa/internal/testbed"
)

// borders is each method tried by somebody of another county.
var borders = map[string]func(context.Context, *outreach.Desk, message.ID, application.ID) error{
	"TextReminders": func(ctx context.Context, d *outreach.Desk, _ message.ID, _ application.ID) error {
		_, err := d.TextReminders(ctx, testbed.Stranger(access.Clerk), testbed.County)
		return err
	},
	"TextWaiting": func(ctx context.Context, d *outreach.Desk, _ message.ID, _ application.ID) error {
		_, err := d.TextWaiting(ctx, testbed.Stranger(access.Clerk), testbed.County)
		return err
	},
	"TextHolders": func(ctx context.Context, d *outreach.Desk, _ message.ID, a application.ID) error {
		_, err := d.TextHolders(ctx, testbed.Stranger(access.Clerk), []application.ID{a})
		return err
	},
	"BeginCampaign": func(ctx context.Context, d *outreach.Desk, _ message.ID, _ application.ID) error {
		return d.BeginCampaign(ctx, testbed.Stranger(access.Clerk), outreach.Audience{Region: testbed.Township})
	},
	"TextCampaign": func(ctx context.Context, d *outreach.Desk, _ message.ID, _ application.ID) error {
		_, err := d.TextCampaign(ctx, testbed.Stranger(access.Clerk), outreach.Audience{Region: testbed.Township}, "spring")
		return err
	},
	"SendMessages": func(ctx context.Context, d *outreach.Desk, _ message.ID, _ application.ID) error {
		_, err := d.SendMessages(ctx, testbed.Stranger(access.Clerk), 1)
		return err
	},
	"ReportMessage": func(ctx context.Context, d *outreach.Desk, m message.ID, _ application.ID) error {
		return d.ReportMessage(ctx, testbed.Stranger(access.Clerk), m, true, "")
	},
	"RetryMessages": func(ctx context.Context, d *outreach.Desk, m message.ID, _ application.ID) error {
		return d.RetryMessages(ctx, testbed.Stranger(access.Clerk), []message.ID{m})
	},
	"Messages": func(ctx context.Context, d *outreach.Desk, _ message.ID, _ application.ID) error {
		_, err := d.Messages(ctx, testbed.Stranger(access.Clerk), outreach.Filter{Region: testbed.County, Limit: 1})
		return err
	},
	"ReportPart": func(ctx context.Context, d *outreach.Desk, _ message.ID, _ application.ID) error {
		return d.ReportPart(ctx, testbed.Stranger(access.Clerk), sms.Report{Ref: "x:1"})
	},
	"HearSpeech": func(ctx context.Context, d *outreach.Desk, _ message.ID, _ application.ID) error {
		return d.HearSpeech(ctx, testbed.Stranger(access.Clerk), "13911111111", "TD")
	},
	"HearCarriers": func(ctx context.Context, d *outreach.Desk, _ message.ID, _ application.ID) error {
		return d.HearCarriers(ctx, testbed.Stranger(access.Clerk))
	},
	"Unwanted": func(ctx context.Context, d *outreach.Desk, _ message.ID, _ application.ID) error {
		_, _, err := d.Unwanted(ctx, testbed.Stranger(access.Village), testbed.County, outreach.Page{Limit: 1})
		return err
	},
	"AllowMessages": func(ctx context.Context, d *outreach.Desk, _ message.ID, _ application.ID) error {
		return d.AllowMessages(ctx, testbed.Stranger(access.Village), "unwanted")
	},
}

// own are the methods that name nothing of anybody.
var own = map[string]bool{"RefuseMessages": true}

func TestNoMethodLetsAStrangerIn(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := outreach.New(o.DB, nil)
		a := waiting(t, o, withPhone(t, o, "13911111111", ""))
		on(t, o)
		if _, err := desk.TextHolders(t.Context(), testbed.As(access.Clerk), []application.ID{a.ID}); err != nil {
			t.Fatal(err)
		}
		m := all(t, desk).Messages[0].ID
		for method := range reflect.TypeFor[*outreach.Desk]().Methods() {
			try, ok := borders[method.Name]
			switch {
			case own[method.Name]:
			case !ok:
				t.Errorf("%s is not tried as a stranger", method.Name)
			default:
				if err := try(t.Context(), desk, m, a.ID); fault.Of(err) != fault.Missing {
					t.Errorf("%s let a stranger in: %v", method.Name, err)
				}
			}
		}
	})
}
