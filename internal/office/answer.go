package office

import (
	"context"
	"time"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/store"
)

// answerHeld is how long a request that has not been answered keeps its key; after that its program has died and the request may be sent again.
// Acts are safe to repeat: the course refuses a step that was taken.
const answerHeld = 2 * time.Minute

// answerKept is how long an answer can be asked for again.
const answerKept = 7 * 24 * time.Hour

// Repeat is what was answered before under a key, or ok false when the request is to be done now. The same key with another request is refused, and
// so is a request that is still under way.
func (d *Desk) Repeat(ctx context.Context, by access.Actor, key, request string) (a store.Answer, ok bool, err error) {
	err = d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err = tx.Answered(key)
		switch {
		case fault.Of(err) == fault.Missing:
			if err := tx.DropAnswers(tx.Now().Add(-answerKept)); err != nil {
				return err
			}
			return tx.BeginAnswer(key, request)
		case err != nil:
			return err
		case a.Request != request:
			return fault.New(fault.Refused, "answer.key.other")
		case a.Status != 0:
			ok = true
			return nil
		case tx.Now().Sub(a.At) < answerHeld:
			return fault.New(fault.Refused, "answer.key.running")
		}
		return tx.BeginAnswer(key, request)
	})
	return a, ok, err
}

// Keep writes down what was answered under a key; a failure of ours (status 500 and above) frees the key.
func (d *Desk) Keep(ctx context.Context, by access.Actor, key string, status int, body string) error {
	if status >= 500 {
		status = 0
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error { return tx.KeepAnswer(key, status, body) })
}
