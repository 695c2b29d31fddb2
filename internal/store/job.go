package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/job"
)

// Enqueue leaves work for later, in the deciding transaction. A second open job of the same kind and key is not made; one that is being done already, and
// may have read before this was written, is done once more.
func (tx *Tx) Enqueue(j job.Job) error {
	tx.woken = true
	n, err := tx.exec(`UPDATE job SET again = TRUE WHERE kind = $1 AND key = $2 AND state IN ('waiting', 'running')`, j.Kind(), j.Key())
	if err != nil || n > 0 {
		return err
	}
	_, err = tx.exec(`
		INSERT INTO job (id, kind, key, args, due, created)
		VALUES ($1, $2, $3, $4, $5, $5)
		ON CONFLICT DO NOTHING`, id.New(), j.Kind(), j.Key(), tx.sealJSON(j), tx.at.UnixMicro())
	return err
}

// ready is the jobs that are due, or whose worker has died. Nobody leaves work for later than the longest wait, nor holds any for longer than a few
// leases: what claims to was written by a clock that was ahead, and is ready too.
const ready = `(state = 'waiting' AND (due <= $1 OR due > $2) OR state = 'running' AND (lease < $1 OR lease > $3))`

// readyAt is the arguments of ready.
func readyAt(now time.Time) []any {
	return []any{now.UnixMicro(), now.Add(2 * longestWait).UnixMicro(), now.Add(5 * job.Lease).UnixMicro()}
}

// Claim takes up to limit jobs of the kinds that are due, or whose worker has died, and holds each for lease.
func (db *DB) Claim(ctx context.Context, kinds []string, limit int, lease time.Duration) ([]job.Row, error) {
	var rows []job.Row
	err := db.Update(ctx, access.Program(), func(tx *Tx) error {
		var err error
		rows, err = list(tx, func(r *job.Row) []any { return []any{&r.ID, &r.Kind, sealed[string]{tx, &r.Args}, &r.Attempts} }, `
			UPDATE job
			SET state = 'running', lease = $4, attempts = attempts + 1, again = FALSE
			WHERE id IN (
				SELECT id
				FROM job
				WHERE `+ready+` AND $6 LIKE '%,' || kind || ',%'
				ORDER BY due
				LIMIT $5
			)
			RETURNING id, kind, args, attempts`, append(readyAt(tx.at), tx.at.Add(lease).UnixMicro(), limit, ","+strings.Join(kinds, ",")+",")...)
		return err
	})
	return rows, err
}

// Idle says whether no job is due, so that the worker need not write to find out.
func (db *DB) Idle(ctx context.Context) (bool, error) {
	idle := false
	err := db.View(ctx, access.Program(), func(tx *Tx) error {
		n, err := tx.number(`
			SELECT COUNT(*)
			FROM (
				SELECT 1
				FROM job
				WHERE `+ready+`
				LIMIT 1
			) open`, readyAt(tx.at)...)
		idle = n == 0
		return err
	})
	return idle, err
}

// Hold keeps a job longer while its worker is at it.
func (db *DB) Hold(ctx context.Context, r job.Row, lease time.Duration) error {
	return db.Update(ctx, access.Program(), func(tx *Tx) error {
		_, err := tx.exec(`UPDATE job SET lease = $1 WHERE id = $2 AND state = 'running'`, tx.at.UnixMicro()+lease.Microseconds(), r.ID)
		return err
	})
}

// Release gives a job back untried, because its worker stops.
func (db *DB) Release(ctx context.Context, r job.Row) error {
	return db.Update(ctx, access.Program(), func(tx *Tx) error {
		_, err := tx.exec(`UPDATE job SET state = 'waiting', due = $1, attempts = attempts - 1 WHERE id = $2 AND state = 'running'`, tx.at.UnixMicro(), r.ID)
		return err
	})
}

// ForgetJobs drops what was done before the instant.
func (tx *Tx) ForgetJobs(before time.Time) error {
	_, err := tx.exec(`DELETE FROM job WHERE state = 'done' AND due < $1`, before.UnixMicro())
	return err
}

// attempts is how often a job is tried before it is dead; the wait doubles from ten seconds to the longest.
const (
	attempts    = 12
	longestWait = time.Hour
)

// ReviveJobs lets the dead of the kinds be tried again, of several with one key the last, unless it was asked for anew meanwhile.
func (tx *Tx) ReviveJobs(kinds []string) error {
	if len(kinds) == 0 {
		return nil
	}
	args := []any{tx.at.UnixMicro()}
	for _, k := range kinds {
		args = append(args, k)
	}
	n, err := tx.exec(`
		UPDATE job
		SET state = 'waiting', attempts = 0, again = FALSE, due = $1
		WHERE state = 'dead' AND kind IN `+places(2, len(kinds))+` AND id = (
			SELECT MAX(o.id)
			FROM job o
			WHERE o.kind = job.kind AND o.key = job.key AND o.state IN ('dead', 'waiting', 'running'))`, args...)
	tx.woken = tx.woken || n > 0
	return err
}

// Finish ends a job: done, or to be done once more because the same was asked for meanwhile, or to be tried again after a wait, or dead for an operator to
// see. What is owed to a record never dies of something that is away, full or busy.
func (db *DB) Finish(ctx context.Context, r job.Row, failed error) error {
	return db.Update(ctx, access.Program(), func(tx *Tx) error {
		if failed == nil {
			n, err := tx.exec(`UPDATE job SET state = 'waiting', again = FALSE, attempts = 0, due = $1 WHERE id = $2 AND again`, tx.at.UnixMicro(), r.ID)
			if err != nil || n > 0 {
				tx.woken = true
				return err
			}
		}
		state, text := "done", ""
		wait := min(10*time.Second<<min(r.Attempts, 9), longestWait)
		if failed != nil {
			state, text = "waiting", fmt.Sprint(failed)
			kind := fault.Of(failed)
			comesBack := kind == fault.Away || kind == fault.Full || kind == fault.Busy // if only in the morning
			if r.Attempts >= attempts && !(comesBack && slices.Contains(job.Owed, r.Kind)) {
				state = "dead"
			}
		}
		_, err := tx.exec(`UPDATE job SET state = $1, error = $2, due = $3 WHERE id = $4`, state, tx.seal(text), tx.at.Add(wait).UnixMicro(), r.ID)
		return err
	})
}

// JobCounts is how many jobs stand in each state, for the metrics.
func (db *DB) JobCounts(ctx context.Context) (map[string]int, error) {
	out := map[string]int{}
	err := db.View(ctx, access.Program(), func(tx *Tx) error {
		type row struct {
			state string
			n     int
		}
		rows, err := list(tx, func(r *row) []any { return []any{&r.state, &r.n} }, `SELECT state, COUNT(*) FROM job WHERE state <> 'done' GROUP BY state`)
		for _, r := range rows {
			out[r.state] = r.n
		}
		return err
	})
	return out, err
}
