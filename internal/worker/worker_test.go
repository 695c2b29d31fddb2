package worker

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/archiving"
	"hefa/internal/casework"
	"hefa/internal/fieldwork"
	"hefa/internal/job"
	"hefa/internal/office"
	"hefa/internal/outreach"
	"hefa/internal/renewing"
	"hefa/internal/roster"
	"hefa/internal/scanning"
	"hefa/internal/store"
	"hefa/internal/testbed"
	"hefa/internal/upkeep"
)

// Whoever comes while their job is being done is not forgotten: it may have read before they came. Asked for twice while it waits, it is done once.
func TestAJobAskedForWhileItIsDoneIsDoneOnceMore(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		j := job.EndReminders{County: string(testbed.County), Person: "somebody"}
		leave := func() {
			t.Helper()
			if err := o.DB.Update(t.Context(), access.Program(), func(tx *store.Tx) error { return tx.Enqueue(j) }); err != nil {
				t.Fatal(err)
			}
		}
		claim := func(want int) (r job.Row) {
			t.Helper()
			rows, err := o.DB.Claim(t.Context(), []string{j.Kind()}, 9, time.Minute)
			if err != nil || len(rows) != want {
				t.Fatalf("%d jobs are ready, want %d: %v", len(rows), want, err)
			}
			if want > 0 {
				r = rows[0]
			}
			return r
		}
		finish := func(r job.Row) {
			t.Helper()
			if err := o.DB.Finish(t.Context(), r, nil); err != nil {
				t.Fatal(err)
			}
		}
		leave()
		leave()
		r := claim(1)
		leave()
		claim(0) // nobody else takes it meanwhile
		finish(r)
		again := claim(1)
		if again.ID != r.ID || again.Attempts != 1 {
			t.Errorf("%+v came again as %+v", r, again)
		}
		finish(again)
		claim(0)
	})
}

// at is a worker over an office.
func at(t *testing.T, o *testbed.Office) *Worker {
	t.Helper()
	return New(Desks{Office: office.New(o.DB), Fieldwork: fieldwork.New(o.DB, o.Files), Casework: casework.New(o.DB, o.Files),
		Renewing: renewing.New(o.DB, o.Files), Outreach: outreach.New(o.DB, &post{}), Scanning: scanning.New(o.DB, o.Files), Archiving: archiving.New(o.DB, o.Files), Upkeep: upkeep.New(o.DB, o.Files, o.Keys, upkeep.Place{Data: t.TempDir(), Backups: filepath.Join(t.TempDir(), "b")})}, slog.New(slog.NewTextHandler(t.Output(), nil)))
}

// running runs w until the test ends or stop is called, which comes back when the worker has.
func running(t *testing.T, w *Worker) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	over := make(chan struct{})
	go func() {
		w.Run(ctx)
		close(over)
	}()
	stop = func() { cancel(); <-over }
	t.Cleanup(stop)
	return stop
}

// until waits for something that the worker brings about.
func until(t *testing.T, there func() bool) {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for late := time.After(time.Minute); !there(); {
		select {
		case <-tick.C:
		case <-late:
			t.Fatal("it never came")
		}
	}
}

func TestAListIsCheckedAndStoredInTheBackground(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		file, err := os.ReadFile("../sheet/testdata/533103105-suspected.xlsx")
		if err != nil {
			t.Fatal(err)
		}
		w, clerk := at(t, o), testbed.As(access.Township)
		desk := w.desks.Fieldwork
		stop := running(t, w)
		id, err := desk.UploadRoster(t.Context(), clerk, fieldwork.Paper{Kind: roster.Suspected, Region: testbed.Township, Name: "名单.xlsx", File: bytes.NewReader(file)})
		if err != nil {
			t.Fatal(err)
		}
		is := func(s roster.State) func() bool {
			return func() bool {
				h, _, err := desk.Roster(t.Context(), clerk, id, 0, 0)
				return err == nil && h.State == s
			}
		}
		until(t, is(roster.Ready))
		if err := desk.ConfirmRoster(t.Context(), clerk, id); err != nil {
			t.Fatal(err)
		}
		until(t, is(roster.Stored))
		stop()
		o.Update(t, access.Township, func(tx *store.Tx) error {
			lines, err := tx.Timeline(testbed.County, "roster", string(id))
			for _, l := range lines {
				if l.Account != clerk.Account {
					t.Errorf("%s was done by %s, not by the clerk", l.Act, l.Name)
				}
			}
			if len(lines) != 3 { // handed in, confirmed, stored
				t.Errorf("%d lines", len(lines))
			}
			return err
		})
	})
}

func TestAFailedJobIsTriedAgainLater(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		w, tried := at(t, o), make(chan struct{}, 10)
		w.round = false
		w.does[job.CheckRoster{}.Kind()] = func(context.Context, string) error {
			tried <- struct{}{}
			if len(tried) == 1 {
				panic("the first time it falls over")
			}
			return errors.New("then it fails")
		}
		o.Update(t, access.Township, func(tx *store.Tx) error { return tx.Enqueue(job.CheckRoster{Roster: "x"}) })
		stop := running(t, w)
		until(t, func() bool { return len(tried) == 1 })
		stop()
		idle := func() bool {
			idle, err := o.DB.Idle(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return idle
		}
		if !idle() {
			t.Error("the job is due again at once")
		}
		o.Wait(1)
		stop = running(t, w)
		until(t, func() bool { return len(tried) == 2 })
		stop()
		if !idle() {
			t.Error("the job is due again at once")
		}
	})
}

func TestStoppingGivesTheJobBack(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		w, begun := at(t, o), make(chan struct{})
		w.round = false
		w.does[job.StoreRoster{}.Kind()] = func(ctx context.Context, _ string) error {
			close(begun)
			<-ctx.Done()
			return ctx.Err()
		}
		o.Update(t, access.Township, func(tx *store.Tx) error { return tx.Enqueue(job.StoreRoster{Roster: "x"}) })
		stop := running(t, w)
		<-begun
		stop()
		rows, err := o.DB.Claim(t.Context(), w.kinds, 5, time.Minute)
		if err != nil || len(rows) != 1 || rows[0].Attempts != 1 {
			t.Errorf("claimed again: %+v, %v", rows, err)
		}
	})
}

func TestEveryNewDayBeginsTheRound(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		w, days := at(t, o), make(chan string, 10)
		w.does[job.CloseNotices{}.Kind()] = func(_ context.Context, args string) error {
			days <- args
			return nil
		}
		stop := running(t, w)
		if got := <-days; got != `{"day":"2020-04-01"}` {
			t.Errorf("the first round is of %s", got)
		}
		stop()
		running(t, w)()
		if len(days) != 0 {
			t.Error("one day had two rounds")
		}
		o.Wait(1)
		stop = running(t, w)
		if got := <-days; got != `{"day":"2020-04-02"}` {
			t.Errorf("the next round is of %s", got)
		}
		stop()
	})
}

func TestTheRoundIsRealWork(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		w := at(t, o)
		if err := w.does[job.CloseNotices{}.Kind()](t.Context(), `{"day":"2020-04-01"}`); err != nil {
			t.Error(err)
		}
		if err := w.does[job.CheckRoster{}.Kind()](t.Context(), `{`); err == nil {
			t.Error("a broken job was done")
		}
	})
}

func TestEveryNightABackupIsTakenAndRestoredOnTrial(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		w := at(t, o)
		running(t, w)
		until(t, func() bool {
			l, err := w.desks.Upkeep.Backups(t.Context(), testbed.As(access.Sysadmin), "good", "", 9)
			return err == nil && len(l.Backups) == 1 && l.Proved.ID == l.Backups[0].ID && !l.Late
		})
	})
}
