package upkeep_test

import (
	"context"
	"reflect"
	"testing"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/region"
	"hefa/internal/staff"
	"hefa/internal/store"
	"hefa/internal/testbed"
	"hefa/internal/upkeep"
)

var sys = testbed.Stranger(access.Sysadmin)

// borders tries each method as an administrator who is not the program itself.
var borders = map[string]func(ctx context.Context, d *upkeep.Desk) error{
	"TakeBackup": func(ctx context.Context, d *upkeep.Desk) error {
		_, err := d.TakeBackup(ctx, sys, "x", false)
		return err
	},
	"TakeNightly": func(ctx context.Context, d *upkeep.Desk) error { return d.TakeNightly(ctx, sys) },
	"CheckFixity": func(ctx context.Context, d *upkeep.Desk) error {
		_, err := d.CheckFixity(ctx, sys)
		return err
	},
	"CheckFiles": func(ctx context.Context, d *upkeep.Desk) error {
		_, err := d.CheckFiles(ctx, sys)
		return err
	},
	"RehearseBackup": func(ctx context.Context, d *upkeep.Desk) error { return d.RehearseBackup(ctx, sys, "x") },
}

// open is the methods without a border, each with its reason.
var open = map[string]string{
	"Tight":      "the disks are one for all; TestADiskIsTightBeforeItIsFull",
	"Backups":    "the backup is one for all; TestBackupsAreForTheWidestAdministrator",
	"AskBackup":  "the backup is one for all; TestBackupsAreForTheWidestAdministrator",
	"TrustClock": "the clock is one for all; TestAnAdministratorSaysThatTheClockIsRight",
}

func TestNoMethodLetsAStrangerIn(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		d := desk(t, o)
		for m := range reflect.TypeFor[*upkeep.Desk]().Methods() {
			try, ok := borders[m.Name]
			switch {
			case open[m.Name] != "" && !ok:
			case !ok:
				t.Errorf("%s is not tried as a stranger", m.Name)
			default:
				if err := try(t.Context(), d); fault.Of(err) != fault.Missing {
					t.Errorf("%s let a stranger in: %v", m.Name, err)
				}
			}
		}
	})
}

func TestBackupsAreForTheWidestAdministrator(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		d, ctx := desk(t, o), t.Context()
		list := func(by access.Actor) error {
			_, err := d.Backups(ctx, by, "", "", 9)
			return err
		}
		for _, role := range access.Roles {
			want := fault.Forbidden
			if role == access.Sysadmin {
				want = ""
			}
			if err := list(testbed.As(role)); fault.Of(err) != want {
				t.Errorf("%s reads: %v", role, err)
			}
			if err := d.AskBackup(ctx, testbed.As(role)); fault.Of(err) != want {
				t.Errorf("%s asks: %v", role, err)
			}
		}
		above := staff.Account{ID: "above", Login: "above", Name: "上级", Role: access.Sysadmin, Region: region.Code("5331"), Org: "federation-5331"}
		o.Update(t, access.Sysadmin, func(tx *store.Tx) error { return tx.AddAccount(above) })
		if err := list(testbed.As(access.Sysadmin)); fault.Of(err) != fault.Refused {
			t.Errorf("below another administrator: %v", err)
		}
		if err := d.AskBackup(ctx, testbed.As(access.Sysadmin)); fault.Of(err) != fault.Refused {
			t.Errorf("below another administrator: %v", err)
		}
		if err := list(above.Actor("")); err != nil {
			t.Errorf("the one above: %v", err)
		}
	})
}

func TestWithoutAFolderNoBackupIsPromised(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		d := upkeep.New(o.DB, o.Files, o.Keys, upkeep.Place{Data: t.TempDir()})
		if err := d.AskBackup(t.Context(), testbed.As(access.Sysadmin)); fault.Of(err) != fault.Refused {
			t.Errorf("asked without a folder: %v", err)
		}
		if err := d.TakeNightly(t.Context(), access.Program()); err != nil {
			t.Errorf("a night without a folder: %v", err)
		}
	})
}
