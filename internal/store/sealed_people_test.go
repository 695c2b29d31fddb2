package store_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/correction"
	"hefa/internal/person"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func keepCorrection(t *testing.T, o *testbed.Office, p person.Person) {
	t.Helper()
	c := correction.Correction{ID: "correction", Region: p.Region, Person: p.ID, Was: p.Number, Number: person.MakeNumber("533199", p.Birth, 998), Cause: correction.Typed,
		Reason: "录入时看错一位", Evidence: "居民身份证原件", Author: "clerk", AuthorName: "测试办证员", On: o.Today(), State: correction.Asked}
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		if err := tx.AddCorrection(c); err != nil {
			return err
		}
		c.State, c.Judge, c.Opinion, c.Version = correction.Denied, "approver", "再核对", 1
		if err := tx.SaveCorrection(c); err != nil {
			return err
		}
		q, x := p, c
		q.ID, q.Number, x.ID, x.Number = "renumbered", person.MakeNumber("533199", p.Birth, 997), "granted", person.MakeNumber("533199", p.Birth, 996)
		if err := tx.AddPerson(access.PersonEdit, q); err != nil {
			return err
		}
		q.Version = 1
		if err := tx.RenumberPerson(q, x); err != nil {
			return err
		}
		before, err := tx.FormersOf(q)
		if err != nil {
			return err
		}
		before[0].Apart, before[0].Reason = true, "双胞胎兄弟，户口簿已核对"
		return tx.SaveFormer(q, before[0])
	})
}

func keepLikeness(t *testing.T, o *testbed.Office, a application.Application) {
	t.Helper()
	other := o.Person(t)
	o.Update(t, access.Township, func(tx *store.Tx) error {
		return tx.KeepLikeness(access.ApplicationAccept, store.Likeness{Application: a.ID, Region: a.Region, Person: a.Person, Other: other, Reason: "双胞胎兄弟，户口簿已核对"})
	})
}
