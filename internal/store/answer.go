package store

import (
	"time"

	"hefa/internal/fault"
)

// Answer is what a program was told under an Idempotency-Key.
type Answer struct {
	Request string // digest of method, address and body
	Status  int    // HTTP status; 0 while the first request is under way
	Body    string
	At      time.Time
}

// Answered is what was answered under the actor's key; Missing when the key is new.
func (tx *Tx) Answered(key string) (Answer, error) {
	return one(tx, func(a *Answer) []any { return []any{&a.Request, &a.Status, sealed[string]{tx, &a.Body}, micros{&a.At}} }, `
		SELECT request, status, body, at
		FROM answered
		WHERE account = $1 AND key = $2`, tx.by.Account, key)
}

// BeginAnswer takes a new key, or takes an unfinished one over.
func (tx *Tx) BeginAnswer(key, request string) error {
	_, err := tx.exec(`
		INSERT INTO answered (account, key, request, status, body, at)
		VALUES ($1, $2, $3, 0, '', $4)
		ON CONFLICT (account, key) DO UPDATE SET at = excluded.at`, tx.by.Account, key, request, tx.at.UnixMicro())
	return err
}

// KeepAnswer writes down what was answered, which may tell of people; status 0 frees the key again.
func (tx *Tx) KeepAnswer(key string, status int, body string) error {
	if status == 0 {
		_, err := tx.exec(`DELETE FROM answered WHERE account = $1 AND key = $2 AND status = 0`, tx.by.Account, key)
		return err
	}
	n, err := tx.exec(`
		UPDATE answered
		SET status = $1, body = $2
		WHERE account = $3 AND key = $4`, status, tx.seal(body), tx.by.Account, key)
	if err == nil && n == 0 {
		return fault.New(fault.Stale, "record.stale")
	}
	return err
}

// DropAnswers forgets what was answered before an instant.
func (tx *Tx) DropAnswers(before time.Time) error {
	_, err := tx.exec(`DELETE FROM answered WHERE at < $1`, before.UnixMicro())
	return err
}
