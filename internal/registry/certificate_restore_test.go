package registry_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/registry"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestAnImportedFreezeOrLossHasAWayBack(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, approver := registry.New(o.DB, o.Files), t.Context(), testbed.As(access.Approver)
		for step, want := range map[certificate.Step]fault.Kind{certificate.Freeze: "", certificate.Lose: "", certificate.Doubt: fault.Refused} {
			c := o.Certificate(t, o.Person(t), "2030-01-01")
			if err := c.Take(step, o.Today()); err != nil {
				t.Fatal(err)
			}
			o.Update(t, access.Clerk, func(tx *store.Tx) error { return tx.SaveCertificate(access.RosterImport, c) })
			if err := desk.RestoreCertificate(ctx, testbed.As(access.Clerk), c.ID, "本人持证到窗口核实"); fault.Of(err) != fault.Forbidden {
				t.Errorf("%s: a clerk restores: %v", step, err)
			}
			if err := desk.RestoreCertificate(ctx, approver, c.ID, " "); fault.Of(err) != fault.Invalid {
				t.Errorf("%s: without a reason: %v", step, err)
			}
			if err := desk.RestoreCertificate(ctx, approver, c.ID, "本人持证到窗口核实"); fault.Of(err) != want {
				t.Errorf("%s: %v", step, err)
			}
			if f, err := desk.Certificate(ctx, approver, c.ID); err != nil || (f.Certificate.State == certificate.Valid) != (want == "") {
				t.Errorf("%s: it is %s, %v", step, f.Certificate.State, err)
			}
		}
	})
}

func TestNobodyRestoresTheCertificateOfARelative(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, approver, p := registry.New(o.DB, o.Files), testbed.As(access.Approver), o.Person(t)
		c := o.Certificate(t, p, "2030-01-01")
		if err := c.Take(certificate.Freeze, o.Today()); err != nil {
			t.Fatal(err)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error { return tx.SaveCertificate(access.RosterImport, c) })
		o.Declare(t, approver, p.ID)
		if err := desk.RestoreCertificate(t.Context(), approver, c.ID, "本人持证到窗口核实"); !related(err) {
			t.Errorf("restored: %v", err)
		}
	})
}

// related says whether err is that of an officer who declared the person.
func related(err error) bool {
	f, _ := err.(*fault.Fault)
	return f != nil && f.Key == "relative.block"
}
