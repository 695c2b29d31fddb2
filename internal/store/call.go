package store

import (
	"time"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/call"
)

func (tx *Tx) call(c *call.Call) []any {
	return []any{&c.ID, &c.Application, &c.Region, &c.Near, &c.Far, &c.Round, micros{&c.Opened}, moment{&c.Ended}, &c.Outcome, sealedJSON{tx, &c.Detail}, &c.Version}
}

// Calls is the calls about a case, the oldest first.
func (tx *Tx) Calls(a application.Application) ([]call.Call, error) {
	return list(tx, tx.call, `
		SELECT id, application, region, near, far, round, opened, ended, outcome, detail, version
		FROM call
		WHERE county = $1 AND application = $2
		ORDER BY id`, string(a.County()), string(a.ID))
}

func callSubject(c call.Call, note string) Subject {
	return Subject{Kind: "application", ID: c.Application, Region: c.Region, Note: note}
}

// AddCall keeps a call that begins now.
func (tx *Tx) AddCall(c call.Call, note string) error {
	return tx.write(access.CallHold, callSubject(c, note), `
		INSERT INTO call (county, id, application, region, near, far, round, opened, detail)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		string(c.County()), string(c.ID), c.Application, string(c.Region), c.Near, c.Far, c.Round, c.Opened.UnixMicro(), tx.sealJSON(c.Detail))
}

// SaveCall refuses a row that changed since c was read; what has a note stands in the course of the case too.
func (tx *Tx) SaveCall(c call.Call, note string) error {
	s := callSubject(c, note)
	if note == "" {
		s.Kind, s.ID = "call", string(c.ID)
	}
	return tx.write(access.CallHold, s, `
		UPDATE call
		SET near = $1, far = $2, round = $3, ended = $4, outcome = $5, detail = $6, version = version + 1
		WHERE county = $7 AND id = $8 AND version = $9`,
		c.Near, c.Far, c.Round, unixMicro(c.Ended), string(c.Outcome), tx.sealJSON(c.Detail), string(c.County()), string(c.ID), c.Version)
}

// unixMicro is an instant as it is stored, 0 for one that has not come.
func unixMicro(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}
