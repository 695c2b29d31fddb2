package records_test

import (
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/correction"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/records"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestANewCardHasItsMattersNumberTermAndRemark(t *testing.T) {
	t.Parallel()
	for name, try := range map[string]struct {
		matter application.Matter
		lost   bool
		suffix certificate.Number
		remark string
	}{
		"damaged": {application.Replace, false, "", "换新，证号和有效期与原证相同"},
		"updated": {application.Update, false, "", "换新，证号和有效期与原证相同"},
		"lost":    {application.Reissue, true, "B1", "遗失作废，补发本证"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			testbed.Each(t, func(t *testing.T, o *testbed.Office) {
				desk, p := records.New(o.DB, o.Files), o.Person(t)
				first := certificate.MakeNumber(p.Number, certificate.Physical, certificate.Third)
				a, old := exchange(t, o, sought{p, first, try.matter}, func(a *application.Application) { a.Category, a.Level = "", "" })
				o.Update(t, access.Clerk, func(tx *store.Tx) error {
					held, err := tx.Certificate(old.ID)
					if err != nil {
						return err
					}
					if try.lost {
						if err := held.Take(certificate.Lose, tx.Today()); err != nil {
							return err
						}
					}
					return tx.SaveCertificate(access.ApplicationAccept, held)
				})
				if err := desk.PrintApplication(t.Context(), clerk, a.ID, ""); err != nil {
					t.Fatal(err)
				}
				if err := desk.DispatchApplication(t.Context(), clerk, a.ID, ""); err != nil {
					t.Fatal(err)
				}
				handed := card.Delivery{Receiver: p.Name}
				if err := desk.DeliverApplication(t.Context(), township, a.ID, handed); (fault.Of(err) == fault.Invalid) == try.lost {
					t.Errorf("handed over without the old card: %v", err)
				}
				if !try.lost {
					handed.Recalled = true
					if err := desk.DeliverApplication(t.Context(), township, a.ID, handed); err != nil {
						t.Fatal(err)
					}
				}
				_, k, c := now(t, o, a.ID)
				if c.Number != first+try.suffix || c.Expires != old.Expires || c.State != certificate.Valid || !strings.Contains(k.Face.Remarks, try.remark) {
					t.Errorf("%s until %s, %s, %q", c.Number, c.Expires, c.State, k.Face.Remarks)
				}
				o.Update(t, access.Clerk, func(tx *store.Tx) error {
					was, err := tx.Certificate(old.ID)
					if was.State != certificate.Replaced {
						t.Errorf("the old one is %s", was.State)
					}
					return err
				})
			})
		})
	}
}

// TestACardMadeAfterACorrectionBearsTheRightNumber corrects the identity number of somebody whose card is to be made anew: category, level and term stay.
func TestACardMadeAfterACorrectionBearsTheRightNumber(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, p := records.New(o.DB, o.Files), o.Person(t)
		n := person.MakeNumber("533199", p.Birth, 904)
		first := certificate.MakeNumber(p.Number, certificate.Physical, certificate.Third) + "B1"
		a, old := exchange(t, o, sought{p, first, application.Update}, func(a *application.Application) { a.Category, a.Level = "", "" })
		o.Update(t, access.Approver, func(tx *store.Tx) error {
			now, err := tx.Person(p.ID)
			if err != nil {
				return err
			}
			return tx.RenumberPerson(now, correction.Correction{ID: "correction", Number: n})
		})
		step(t, "print", desk.PrintApplication(t.Context(), clerk, a.ID, ""))
		_, k, c := now(t, o, a.ID)
		if c.Number != certificate.MakeNumber(n, "4", "3")+"B1" || c.Expires != old.Expires || !strings.Contains(k.Face.Remarks, string(first)) {
			t.Errorf("%s until %s, %q", c.Number, c.Expires, k.Face.Remarks)
		}
	})
}
