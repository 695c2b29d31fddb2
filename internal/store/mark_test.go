package store_test

import (
	"fmt"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// changedPerson is the same of a person; a number that was changed does not open.
var changedPerson = map[string]string{"name": "'别人'", "sex": "CASE sex WHEN 'male' THEN 'female' ELSE 'male' END", "birth": "'1971-05-04'", "nation": "'傣族'", "guardian_relation": "'母亲'", "poor": "TRUE",
	"region": "'533103105202'", "version": "7", "mark": "'x'", "number": "'x'"}

// changed is for every column that a page shows of a certificate a value that was not saved.
var changed = map[string]string{"category": "'1'", "level": "'1'", "grades": `'[{"category":"4","level":"1"}]'`, "state": "'frozen'", "issued": "'2020-01-02'", "expires": "'2039-12-31'",
	"issuer": "'别的残联'", "application": "'x'", "previous": "'x'", "since": "'2020-01-02'", "reason": "'wish'", "kind": "'card'", "graded": "'sight'", "remarks": "'一级'",
	"region": "'533103105202'", "version": "7", "mark": "''"}

func TestACertificateThatIsNotWhatWasSavedIsNeverShown(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		for column, value := range changed {
			whole, spoilt := o.Certificate(t, o.Person(t), "2029-12-31"), o.Certificate(t, o.Person(t), "2029-12-31")
			if err := o.DB.Spoil(t.Context(), fmt.Sprintf(`UPDATE certificate SET %s = %s WHERE id = '%s'`, column, value, spoilt.ID)); err != nil {
				t.Fatal(column, err)
			}
			o.Update(t, access.Township, func(tx *store.Tx) error {
				if c, err := tx.Certificate(whole.ID); err != nil || c.Expires != whole.Expires {
					t.Errorf("%s: the other certificate reads %+v %v", column, c, err)
				}
				if c, err := tx.Certificate(spoilt.ID); fault.Of(err) != fault.Refused || !strings.Contains(err.Error(), "certificate.damaged") {
					t.Errorf("%s was changed and is shown: %+v %v", column, c, err)
				}
				if _, err := tx.CertificatesOf(spoilt.County(), spoilt.Person); fault.Of(err) != fault.Refused {
					t.Errorf("%s was changed and is listed: %v", column, err)
				}
				return nil
			})
		}
		o.Update(t, access.Township, func(tx *store.Tx) error {
			found, err := tx.Damages()
			if len(found) != len(changed) || err != nil {
				t.Errorf("%d of %d are found: %v", len(found), len(changed), err)
			}
			return nil
		})
	})
}

func TestAPersonWhoIsNotWhoWasSavedIsNeverShown(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		for column, value := range changedPerson {
			p := o.Person(t)
			if err := o.DB.Spoil(t.Context(), fmt.Sprintf(`UPDATE person SET %s = %s WHERE id = '%s'`, column, value, p.ID)); err != nil {
				t.Fatal(column, err)
			}
			o.Update(t, access.Township, func(tx *store.Tx) error {
				if read, err := tx.Person(p.ID); err == nil {
					t.Errorf("%s was changed and is shown: %+v", column, read)
				}
				return nil
			})
		}
		o.Update(t, access.Township, func(tx *store.Tx) error {
			found, err := tx.Damages()
			if len(found) != len(changedPerson) || err != nil {
				t.Errorf("%d of %d are found: %v", len(found), len(changedPerson), err)
			}
			return nil
		})
	})
}

func TestACertificateThatIsSavedAgainFitsItsMark(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		c := o.Certificate(t, o.Person(t), "2029-12-31")
		for _, state := range []certificate.State{certificate.Frozen, certificate.Valid, certificate.Cancelled} {
			o.Update(t, access.Clerk, func(tx *store.Tx) error {
				read, err := tx.Certificate(c.ID)
				if err != nil {
					return err
				}
				read.State, read.Since, read.Remarks = state, tx.Today(), "备注"+string(state)
				return tx.SaveCertificate(access.ApplicationDeliver, read)
			})
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			read, err := tx.Certificate(c.ID)
			if err != nil || read.State != certificate.Cancelled || read.Version != 4 {
				t.Errorf("it reads %+v %v", read, err)
			}
			return nil
		})
	})
}
