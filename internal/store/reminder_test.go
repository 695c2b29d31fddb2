package store_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/person"
	"hefa/internal/reminder"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// keepReminder is a letter whose slip was refused before a witness.
func keepReminder(t *testing.T, o *testbed.Office, p person.Person) {
	t.Helper()
	r := reminder.Reminder{ID: "reminder", Region: p.Region, No: "533103-2020-T0000001", Kind: reminder.Flow, Step: "2020-04-01", Person: p.ID, State: reminder.Made,
		Made: o.Today()}
	o.Update(t, access.Township, func(tx *store.Tx) error { return tx.AddReminder(r) })
	o.Update(t, access.Village, func(tx *store.Tx) error {
		kept, err := tx.Reminder(r.ID)
		if err != nil {
			return err
		}
		kept.State, kept.Signer, kept.Witness, kept.Reason, kept.Remark = reminder.Received, reminder.Refused, "测试见证", reminder.Other, "在昆明打工"
		return tx.SaveReminder(access.ReminderReceive, kept)
	})
	o.Update(t, access.Village, func(tx *store.Tx) error {
		kept, err := tx.ReminderByNo(testbed.County, r.No)
		if kept.Witness != "测试见证" || kept.Remark != "在昆明打工" || kept.Due != "" {
			t.Errorf("came back as %+v", kept)
		}
		return err
	})
}
