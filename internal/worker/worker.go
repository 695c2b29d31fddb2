// Package worker is the door of the clock: it does the work that was left for later, and begins the round of each new day.
package worker

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"hefa/internal/access"
	"hefa/internal/archiving"
	"hefa/internal/casework"
	"hefa/internal/day"
	"hefa/internal/fieldwork"
	"hefa/internal/job"
	"hefa/internal/ledger"
	"hefa/internal/office"
	"hefa/internal/outreach"
	"hefa/internal/renewing"
	"hefa/internal/scanning"
	"hefa/internal/upkeep"
)

// Desks is what jobs are done by.
type Desks struct {
	Office    *office.Desk
	Fieldwork *fieldwork.Desk
	Casework  *casework.Desk
	Renewing  *renewing.Desk
	Outreach  *outreach.Desk
	Upkeep    *upkeep.Desk
	Scanning  *scanning.Desk
	Archiving *archiving.Desk
}

// Worker does jobs until it is told to stop.
type Worker struct {
	desks Desks
	log   *slog.Logger
	does  map[string]handler
	kinds []string
	round bool
	began day.Day
	held  string // why the round did not begin, as it was last said

	Witness func(ledger.Head) error // shown each new head of the audit; nil for nobody
	Hand    Hand                    // takes the newest heads each hour and answers with a receipt; nil for nobody
	Rate    int                     // text messages that may go out in a second; 0 is none
	Moved   bool                    // the office's day is moved on purpose, for a demonstration
}

// Hand gives heads of the audit to a witness outside and answers with its receipt.
type Hand func(context.Context, []ledger.Head) (string, error)

// handler does one kind of job; it may be called again for the same one.
type handler func(ctx context.Context, args string) error

const (
	atOnce = 2               // jobs at the same time; more would only fight for the disk
	poll   = 5 * time.Second // for jobs that another process left, or whose wait is over
)

// New is the worker over its desks. It logs kinds and errors of jobs, never what they are about.
func New(desks Desks, log *slog.Logger) *Worker {
	w := &Worker{desks: desks, log: log, round: true, does: handlers(desks)}
	w.does[job.HandHeads{}.Kind()] = on(func(ctx context.Context, _ job.HandHeads) error {
		if w.Hand == nil {
			return nil // the witness was taken away meanwhile
		}
		return desks.Office.HandHeads(ctx, access.Program(), w.Hand)
	})
	for k := range w.does {
		w.kinds = append(w.kinds, k)
	}
	return w
}

// NewImporter is a worker that only takes lists in, for the command line.
func NewImporter(desks Desks, log *slog.Logger) *Worker {
	w := New(desks, log)
	w.round, w.kinds = false, []string{job.CheckRoster{}.Kind(), job.StoreRoster{}.Kind()}
	return w
}

// Run does jobs until ctx ends, and comes back when those under way have stopped.
func (w *Worker) Run(ctx context.Context) {
	var under sync.WaitGroup
	defer under.Wait()
	free := make(chan struct{}, atOnce)
	tick := time.NewTicker(poll)
	defer tick.Stop()
	if w.round {
		under.Go(func() { w.sealAudit(ctx) })
		if w.Rate > 0 && w.desks.Outreach != nil {
			under.Go(func() { w.sendMessages(ctx) })
			under.Go(func() {
				if err := w.desks.Outreach.HearCarriers(ctx, access.Program()); err != nil {
					w.log.Error("carriers are not heard", "error", err)
				}
			})
		}
		if w.Hand != nil {
			under.Go(func() { w.askWitness(ctx) })
		}
	}
	for {
		w.newDay(ctx)
		for w.next(ctx, free, &under) {
		}
		select {
		case <-ctx.Done():
			return
		case <-w.desks.Office.Work():
		case <-tick.C:
		}
	}
}

// sealAudit takes new audit lines into their logs every second. The hand that stops it stops the program.
func (w *Worker) sealAudit(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for said := ""; ; {
		err := w.desks.Office.SealAudit(ctx, access.Program(), w.Witness)
		switch {
		case err == nil || ctx.Err() != nil:
			said = ""
		case err.Error() != said: // once, not every second
			said = err.Error()
			w.log.Error("the audit is not sealed", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// askWitness leaves the work of handing heads over, once an hour.
func (w *Worker) askWitness(ctx context.Context) {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for last := ""; ; {
		hour := w.desks.Office.Hour()
		if hour != last {
			if err := w.desks.Office.AskWitness(ctx, access.Program()); err == nil {
				last = hour
			} else if ctx.Err() == nil {
				w.log.Error("the witness was not asked", "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// sendMessages hands text messages to their carrier, so many a second.
func (w *Worker) sendMessages(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		if _, err := w.desks.Outreach.SendMessages(ctx, access.Program(), w.Rate); err != nil && ctx.Err() == nil {
			w.log.Error("messages were not sent", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// newDay begins the round when the office's day is another one than the last time.
func (w *Worker) newDay(ctx context.Context) {
	today := w.desks.Office.Today()
	if !w.round || w.began == today || ctx.Err() != nil {
		return
	}
	if err := w.desks.Office.DailyRound(ctx, access.Program(), w.Moved); err != nil {
		if w.held != err.Error() { // once, not at every turn
			w.held = err.Error()
			w.log.Error("the daily round did not begin", "error", err)
		}
		return
	}
	w.began, w.held = today, ""
}

// next begins one job; not when there is none.
func (w *Worker) next(ctx context.Context, free chan struct{}, under *sync.WaitGroup) bool {
	select {
	case free <- struct{}{}:
	case <-ctx.Done():
		return false
	}
	rows, err := w.desks.Office.NextJobs(ctx, access.Program(), w.kinds, 1)
	if err != nil && ctx.Err() == nil {
		w.log.Error("jobs could not be asked for", "error", err)
	}
	if err != nil || len(rows) == 0 {
		<-free
		return false
	}
	under.Go(func() {
		defer func() { <-free }()
		w.do(ctx, rows[0])
	})
	return true
}

// do does one job, holding it meanwhile, and says how it ended.
func (w *Worker) do(ctx context.Context, r job.Row) {
	began := time.Now()
	held, stop := context.WithCancel(ctx)
	var holding sync.WaitGroup
	holding.Go(func() { w.hold(held, r) })
	err := w.try(ctx, r)
	stop()
	holding.Wait()
	last := context.WithoutCancel(ctx)
	if err != nil && ctx.Err() != nil && errors.Is(err, context.Canceled) {
		err = w.desks.Office.ReleaseJob(last, access.Program(), r)
	} else {
		if err != nil {
			w.log.Error("a job failed", "kind", r.Kind, "job", r.ID, "attempt", r.Attempts, "error", err)
		} else {
			w.log.Info("a job is done", "kind", r.Kind, "job", r.ID, "took", time.Since(began).String())
		}
		err = w.desks.Office.FinishJob(last, access.Program(), r, err)
	}
	if err != nil {
		w.log.Error("the end of a job was not noted", "kind", r.Kind, "job", r.ID, "error", err)
	}
}

// hold shows a sign of life until ctx ends.
func (w *Worker) hold(ctx context.Context, r job.Row) {
	tick := time.NewTicker(job.Lease / 3)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := w.desks.Office.HoldJob(ctx, access.Program(), r); err != nil && ctx.Err() == nil {
				w.log.Error("a job was not held", "kind", r.Kind, "job", r.ID, "error", err)
			}
		}
	}
}

// try runs the handler; a panic is an error of this job and not the end of the program.
func (w *Worker) try(ctx context.Context, r job.Row) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("job %s panicked: %v\n%s", r.Kind, p, debug.Stack())
		}
	}()
	do, ok := w.does[r.Kind]
	if !ok {
		return fmt.Errorf("nobody does jobs of kind %s", r.Kind)
	}
	return do(ctx, r.Args)
}
