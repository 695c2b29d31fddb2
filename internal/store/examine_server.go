package store

import "time"

// ServerTime is the instant of the database's own clock; ok is false for SQLite, which has none beside the machine's.
func (tx *Tx) ServerTime() (at time.Time, ok bool, err error) {
	if !tx.db.postgres {
		return at, false, nil
	}
	n, err := tx.number(`SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)`)
	return time.UnixMicro(n).UTC(), err == nil, err
}

// Standby is a server that follows this database's.
type Standby struct {
	Name   string
	State  string        // streaming, catchup …; "" when the server may not tell us
	Sync   string        // sync, quorum, potential or async
	Behind int64         // bytes of the log that it has not replayed
	Lag    time.Duration // how old its data is
}

// Standbys is the servers that follow this database's, and whether it waits for one before it says that something is kept (synchronous_standby_names). SQLite has none.
func (tx *Tx) Standbys() (all []Standby, waits bool, err error) {
	if !tx.db.postgres {
		return nil, false, nil
	}
	n, err := tx.number(`SELECT CASE WHEN current_setting('synchronous_standby_names') = '' THEN 0 ELSE 1 END`)
	if err != nil {
		return nil, false, err
	}
	all, err = list(tx, func(s *Standby) []any { return []any{&s.Name, &s.State, &s.Sync, &s.Behind, duration{&s.Lag}} }, `
		SELECT COALESCE(application_name, ''), COALESCE(state, ''), COALESCE(sync_state, ''),
			CASE WHEN pg_is_in_recovery() THEN 0 ELSE COALESCE(CAST(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) AS BIGINT), 0) END,
			COALESCE(CAST(EXTRACT(EPOCH FROM replay_lag) * 1000000 AS BIGINT), 0)
		FROM pg_stat_replication
		ORDER BY application_name`)
	return all, n == 1, err
}

// duration scans microseconds.
type duration struct{ to *time.Duration }

// Scan reads the number.
func (d duration) Scan(src any) error {
	n, _ := src.(int64)
	*d.to = time.Duration(n) * time.Microsecond
	return nil
}
