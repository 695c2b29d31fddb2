package store

import (
	"time"

	"hefa/internal/access"
	"hefa/internal/staff"
)

// LastDeed is the instant of the newest audit line, zero when there is none.
func (tx *Tx) LastDeed() (time.Time, error) {
	n, err := tx.number(`SELECT COALESCE(MAX(at), 0) FROM audit`)
	if err != nil || n == 0 {
		return time.Time{}, err
	}
	return time.UnixMicro(n).UTC(), nil
}

// Stuck is jobs of one kind that do not get on.
type Stuck struct {
	Kind  string
	State string // dead, waiting or running
	Count int
	Since time.Time // when the oldest was left
}

// StuckJobs is the jobs that are dead, and those that were due or whose worker was silent before an instant.
func (tx *Tx) StuckJobs(before time.Time) ([]Stuck, error) {
	return list(tx, func(s *Stuck) []any { return []any{&s.Kind, &s.State, &s.Count, micros{&s.Since}} }, `
		SELECT kind, state, COUNT(*), MIN(created)
		FROM job
		WHERE state = 'dead' OR state = 'waiting' AND due < $1 OR state = 'running' AND lease < $1
		GROUP BY kind, state
		ORDER BY kind, state`, before.UnixMicro())
}

// Admitted is every account that can sign in, administrators first, for an examination of their passwords.
func (tx *Tx) Admitted() ([]staff.Account, error) {
	return list(tx, scanAccount, `
		SELECT `+accountColumns+`
		FROM account
		WHERE disabled = FALSE AND hash <> ''
		ORDER BY CASE WHEN role IN ($1, $2, $3) THEN 0 ELSE 1 END, login`, string(access.Sysadmin), string(access.Secadmin), string(access.Auditor))
}
