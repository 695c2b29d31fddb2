package store

import (
	"time"

	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/org"
)

// Signature is a conclusion that one doctor has signed.
type Signature struct {
	Conclusion assessment.Conclusion
	Hospital   org.ID
	Waiting    bool   // a second doctor is to sign; false when it was sent back
	Reason     string // why it was sent back
	Returner   string // by whom
	Since      time.Time
}

const signatureColumns = `s.conclusion, s.hospital, s.state = 'waiting', s.reason, s.returner, s.since`

func (tx *Tx) signature(s *Signature) []any {
	return []any{sealedJSON{tx, &s.Conclusion}, &s.Hospital, &s.Waiting, sealed[string]{tx, &s.Reason}, &s.Returner, micros{&s.Since}}
}

// Signature is what was signed once for a case in the session that it is in now, nil for nothing.
func (tx *Tx) Signature(a application.Application) (*Signature, error) {
	all, err := list(tx, tx.signature, `
		SELECT `+signatureColumns+`
		FROM signature s
		WHERE s.county = $1 AND s.application = $2 AND s.session = $3`, string(a.County()), string(a.ID), a.Session)
	if err != nil || len(all) == 0 || a.State != application.Scheduled {
		return nil, err
	}
	return &all[0], nil
}

// Signed is a case with what was signed once.
type Signed struct {
	Case
	Signature
}

// Signatures is the conclusions that wait for a second doctor of the actor's own hospital in the actor's region, the oldest first.
func (tx *Tx) Signatures(limit int) ([]Signed, error) {
	from, to := tx.by.Region.Range()
	return list(tx, func(s *Signed) []any { return append(tx.scanLine(&s.Case), tx.signature(&s.Signature)...) }, `
		SELECT `+applicationColumns+`, `+lineColumns+`, `+signatureColumns+`
		FROM signature s
		JOIN application a ON a.county = s.county AND a.id = s.application AND a.session = s.session AND a.state = 'scheduled'
		JOIN person p ON p.county = a.county AND p.id = a.person
		WHERE s.hospital = $1 AND s.region >= $2 AND s.region < $3 AND s.state = 'waiting'
		ORDER BY s.since
		LIMIT $4`, tx.by.Org, from, to, limit)
}

// PutSignature keeps a signature in the place of an earlier one of the case, beside the save of the case that names the act.
func (tx *Tx) PutSignature(a application.Application, s Signature) error {
	if err := tx.DropSignature(a); err != nil {
		return err
	}
	state := "returned"
	if s.Waiting {
		state = "waiting"
	}
	_, err := tx.exec(`
		INSERT INTO signature (county, application, region, session, hospital, state, conclusion, reason, returner, since)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		string(a.County()), string(a.ID), string(a.Region), a.Session, string(s.Hospital), state, tx.sealJSON(s.Conclusion), tx.seal(s.Reason), s.Returner, s.Since.UnixMicro())
	return err
}

// DropSignature forgets the signature of a case, beside the save of the case that names the act.
func (tx *Tx) DropSignature(a application.Application) error {
	_, err := tx.exec(`DELETE FROM signature WHERE county = $1 AND application = $2`, string(a.County()), string(a.ID))
	return err
}
