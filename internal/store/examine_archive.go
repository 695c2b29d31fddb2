package store

import "time"

// Archiving is how the archive of the log of PostgreSQL stands, from which it goes back to any second.
type Archiving struct {
	On       bool // archive_mode, or somebody who streams the log away (pg_receivewal)
	Archived time.Time
	Failed   time.Time // when it last failed, zero for never
	Name     string    // of the segment with which it failed
}

// Archiving is how the archive stands; ok is false for SQLite, which has none.
func (tx *Tx) Archiving() (a Archiving, ok bool, err error) {
	if !tx.db.postgres {
		return a, false, nil
	}
	var on int
	into := func(*struct{}) []any { return []any{&on, micros{&a.Archived}, micros{&a.Failed}, &a.Name} }
	_, err = one(tx, into, `
		SELECT CASE WHEN current_setting('archive_mode') <> 'off' OR EXISTS (SELECT 1 FROM pg_stat_replication WHERE application_name = 'pg_receivewal') THEN 1 ELSE 0 END,
			COALESCE(CAST(EXTRACT(EPOCH FROM last_archived_time) * 1000000 AS BIGINT), 0), COALESCE(CAST(EXTRACT(EPOCH FROM last_failed_time) * 1000000 AS BIGINT), 0),
			COALESCE(last_failed_wal, '')
		FROM pg_stat_archiver`)
	a.On = on == 1
	return a, true, err
}
