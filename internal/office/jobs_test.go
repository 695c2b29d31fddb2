package office_test

import (
	"errors"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/job"
	"hefa/internal/office"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// TestWhatARecordWaitsForIsNotGivenUp: a job whose store is away all night goes on in the morning, and one that died of something else is tried again by the daily
// round; a message is not, and of two that died with one key one goes on.
func TestWhatARecordWaitsForIsNotGivenUp(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, program := office.New(o.DB), access.Program()
		pile, text := job.TakeApart{County: string(testbed.County), Pile: "pile"}, job.TextReminders{Day: "2020-04-01"}
		kinds := []string{pile.Kind(), text.Kind()}
		leave := func(all ...job.Job) {
			o.Update(t, access.Clerk, func(tx *store.Tx) error {
				var err error
				for _, j := range all {
					err = errors.Join(err, tx.Enqueue(j))
				}
				return err
			})
		}
		tried := func(failed error) (n int) {
			o.Pass(2 * time.Hour)
			rows, err := o.DB.Claim(t.Context(), kinds, 9, job.Lease)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range rows {
				if err := o.DB.Finish(t.Context(), r, failed); err != nil {
					t.Fatal(err)
				}
			}
			return len(rows)
		}
		dead := func(want int) {
			t.Helper()
			if n, err := o.DB.JobCounts(t.Context()); err != nil || n["dead"] != want {
				t.Errorf("%d are dead, want %d: %v", n["dead"], want, err)
			}
		}
		leave(pile)
		for _, kind := range []fault.Kind{fault.Away, fault.Full, fault.Busy} {
			for range 13 {
				if tried(fault.New(kind, "files.away")) != 1 {
					t.Fatalf("%s: it is not tried any more", kind)
				}
			}
		}
		dead(0)
		leave(text)
		for range 12 {
			tried(fault.New(fault.Away, "files.away"))
		}
		dead(1) // a message that waits for days is stale
		for range 12 {
			tried(errors.New("a bug"))
		}
		dead(2)
		leave(pile)
		for range 12 {
			tried(errors.New("a bug"))
		}
		dead(3)
		if n := tried(nil); n != 0 {
			t.Fatalf("%d of the dead are tried", n)
		}
		if err := desk.DailyRound(t.Context(), program, true); err != nil {
			t.Fatal(err)
		}
		if n := tried(nil); n != 1 {
			t.Errorf("%d are tried after the round, want the pile's", n)
		}
		dead(2)
	})
}
