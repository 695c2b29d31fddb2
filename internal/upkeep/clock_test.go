package upkeep_test

import (
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/job"
	"hefa/internal/office"
	"hefa/internal/staff"
	"hefa/internal/store"
	"hefa/internal/testbed"
	"hefa/internal/upkeep"
)

func TestAnAdministratorSaysThatTheClockIsRight(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		d, ctx, rounds := desk(t, o), t.Context(), office.New(o.DB)
		if err := rounds.DailyRound(ctx, access.Program(), false); err != nil {
			t.Fatal(err)
		}
		if err := d.TrustClock(ctx, testbed.As(access.Sysadmin), "对过时间"); fault.Of(err) != fault.Refused {
			t.Errorf("a clock that nobody doubts: %v", err)
		}
		first := o.Today()
		o.Wait(366)
		l, err := d.Backups(ctx, testbed.As(access.Sysadmin), "", "", 9)
		if err != nil || l.Clock.Leap != job.Ahead || l.Clock.Last != first || l.Clock.Today != o.Today() {
			t.Errorf("%+v, %v", l.Clock, err)
		}
		for _, role := range access.Roles {
			if role == access.Sysadmin {
				continue
			}
			if err := d.TrustClock(ctx, testbed.As(role), "对过时间"); fault.Of(err) != fault.Forbidden {
				t.Errorf("%s: %v", role, err)
			}
		}
		for _, reason := range []string{"  ", strings.Repeat("长", upkeep.ReasonMost+1)} {
			if err := d.TrustClock(ctx, testbed.As(access.Sysadmin), reason); fault.Of(err) != fault.Invalid || fault.Fields(err)[0].Name != "reason" {
				t.Errorf("a reason of %d bytes: %v", len(reason), err)
			}
		}
		if err := d.TrustClock(ctx, testbed.As(access.Sysadmin), "停用一年，已对照手机时间"); err != nil {
			t.Fatal(err)
		}
		if err := rounds.DailyRound(ctx, access.Program(), false); err != nil {
			t.Errorf("after it was said: %v", err)
		}
		o.Wait(-30)
		if l, err := d.Backups(ctx, testbed.As(access.Sysadmin), "", "", 9); err != nil || l.Clock.Leap != job.Back {
			t.Errorf("%+v, %v", l.Clock, err)
		}
		if err := d.TrustClock(ctx, testbed.As(access.Sysadmin), "上个月拨快过"); err != nil {
			t.Fatal(err)
		}
		if err := rounds.DailyRound(ctx, access.Program(), false); err != nil {
			t.Errorf("after it was said again: %v", err)
		}
		said := 0
		o.Update(t, access.Auditor, func(tx *store.Tx) error {
			lines, err := tx.Lines(store.AuditFilter{County: "533103", Act: access.ClockTrust, Limit: 9})
			for _, l := range lines {
				if strings.Contains(l.Note, "拨快过") || strings.Contains(l.Note, "停用一年") {
					said++
				}
			}
			return err
		})
		if said != 2 {
			t.Errorf("%d lines of the audit", said)
		}
	})
}

func TestTheClockIsTrustedByTheWidestAdministratorOnly(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		d, ctx := desk(t, o), t.Context()
		if err := office.New(o.DB).DailyRound(ctx, access.Program(), false); err != nil {
			t.Fatal(err)
		}
		o.Wait(100)
		above := staff.Account{ID: "above", Login: "above", Name: "上级", Role: access.Sysadmin, Region: "5331", Org: "federation-5331"}
		o.Update(t, access.Sysadmin, func(tx *store.Tx) error { return tx.AddAccount(above) })
		if err := d.TrustClock(ctx, testbed.As(access.Sysadmin), "对过"); fault.Of(err) != fault.Refused {
			t.Errorf("below another administrator: %v", err)
		}
		if err := d.TrustClock(ctx, above.Actor(""), "对过"); err != nil {
			t.Errorf("the one above: %v", err)
		}
	})
}
