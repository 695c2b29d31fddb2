package store

import (
	"time"

	"hefa/internal/access"
)

// Backup is one backup that was taken or failed, with its rehearsal: what became of restoring it into a scratch place.
type Backup struct {
	ID      string // its name
	At      time.Time
	Place   string // the folder or file
	Good    bool
	Trouble string // why it failed, in a sentence
	Rows    int64
	Files   int64
	Fresh   int64 // attachments that were copied, because the folder did not hold them
	Bytes   int64
	Wrote   int64 // bytes that were written, because the folder did not hold them
	Took    time.Duration

	Rehearsed time.Time // zero when not yet
	Proved    bool
	Lesson    string // why the rehearsal failed, in a sentence
	Opened    int64  // sealed texts and files that were opened
	Lasted    time.Duration
}

const (
	goodState   = "good"
	failedState = "failed"
)

func verdict(good bool) string {
	if good {
		return goodState
	}
	return failedState
}

// AddBackup notes a backup.
func (tx *Tx) AddBackup(b Backup) error {
	return tx.write(access.BackupTake, Subject{Kind: "backup", ID: b.ID, Region: tx.by.Region, Note: verdict(b.Good)}, `
		INSERT INTO backup (id, at, place, state, trouble, lines, files, fresh, bytes, wrote, took)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		b.ID, b.At.UnixMicro(), b.Place, verdict(b.Good), b.Trouble, b.Rows, b.Files, b.Fresh, b.Bytes, b.Wrote, b.Took.Microseconds())
}

// SaveRehearsal notes what became of restoring a backup.
func (tx *Tx) SaveRehearsal(b Backup) error {
	return tx.write(access.BackupRehearse, Subject{Kind: "backup", ID: b.ID, Region: tx.by.Region, Note: verdict(b.Proved)}, `
		UPDATE backup
		SET rehearsed = $1, outcome = $2, lesson = $3, opened = $4, lasted = $5
		WHERE id = $6`, b.Rehearsed.UnixMicro(), verdict(b.Proved), b.Lesson, b.Opened, b.Lasted.Microseconds(), b.ID)
}

const backupColumns = `id, at, place, state, trouble, lines, files, fresh, bytes, wrote, took, rehearsed, outcome, lesson, opened, lasted`

func scanBackup(b *Backup) []any {
	return []any{&b.ID, micros{&b.At}, &b.Place, isGood{&b.Good}, &b.Trouble, &b.Rows, &b.Files, &b.Fresh, &b.Bytes, &b.Wrote, long{&b.Took},
		since{&b.Rehearsed}, isGood{&b.Proved}, &b.Lesson, &b.Opened, long{&b.Lasted}}
}

// Backups is what was noted of backups, the newest first; after is the name of the last one of the page before. state narrows: "good" is those that
// were taken and restored, "failed" those of which either went wrong, "" all.
func (tx *Tx) Backups(state, after string, limit int) ([]Backup, error) {
	if after == "" {
		after = "~"
	}
	return list(tx, scanBackup, `
		SELECT `+backupColumns+`
		FROM backup
		WHERE id < $1 AND ($2 = '' OR $2 = 'good' AND outcome = 'good' OR $2 = 'failed' AND (state = 'failed' OR outcome = 'failed'))
		ORDER BY id DESC
		LIMIT $3`, after, state, limit)
}

// BackupNamed is one backup.
func (tx *Tx) BackupNamed(id string) (Backup, error) {
	return one(tx, scanBackup, `SELECT `+backupColumns+` FROM backup WHERE id = $1`, id)
}

type isGood struct{ is *bool }

// Scan takes good or anything else.
func (g isGood) Scan(src any) error {
	text, _ := src.(string)
	*g.is = text == goodState
	return nil
}

type long struct{ d *time.Duration }

// Scan takes microseconds.
func (l long) Scan(src any) error {
	n, _ := src.(int64)
	*l.d = time.Duration(n) * time.Microsecond
	return nil
}

type since struct{ t *time.Time }

// Scan takes microseconds since 1970, or 0 for never.
func (s since) Scan(src any) error {
	if n, _ := src.(int64); n != 0 {
		*s.t = time.UnixMicro(n).UTC()
	}
	return nil
}
