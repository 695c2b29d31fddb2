package store

import (
	"fmt"
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
	Named      bool // the actor is asked by name
}

const signatureColumns = `s.conclusion, s.hospital, s.state = 'waiting', s.reason, s.returner, s.since, s.seconder`

func (tx *Tx) signature(s *Signature) []any {
	return []any{sealedJSON{tx, &s.Conclusion}, &s.Hospital, &s.Waiting, sealed[string]{tx, &s.Reason}, &s.Returner, micros{&s.Since}, byActor{tx, &s.Named}}
}

// byActor scans an account and tells whether it is the actor's.
type byActor struct {
	tx *Tx
	to *bool
}

// Scan takes the account.
func (n byActor) Scan(src any) error {
	*n.to = fmt.Sprint(src) == n.tx.by.Account
	return nil
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

// SignatureKey is where a page of signatures begins: behind the row that it names; the zero value is before the first.
type SignatureKey struct {
	Named bool // the reader is asked by name
	Since time.Time
	Case  application.ID
}

// rank is the place of a key among the readers' own and the others, -1 before all.
func (k SignatureKey) rank() int {
	switch {
	case k.Case == "":
		return -1
	case k.Named:
		return 0
	}
	return 1
}

// Key is the row's own.
func (s Signed) Key() SignatureKey { return SignatureKey{s.Named, s.Since, s.Case.Application.ID} }

// SignatureBehind is the key of the conclusion of a case that waits at the actor's hospital, the zero value when there is none.
func (tx *Tx) SignatureBehind(id application.ID) (SignatureKey, error) {
	if id == "" {
		return SignatureKey{}, nil
	}
	all, err := list(tx, func(k *SignatureKey) []any { return []any{byActor{tx, &k.Named}, micros{&k.Since}, &k.Case} }, `
		SELECT seconder, since, application
		FROM signature
		WHERE hospital = $1 AND application = $2`, tx.by.Org, string(id))
	if err != nil || len(all) == 0 {
		return SignatureKey{}, err
	}
	return all[0], nil
}

// signatureRank is 0 for what names the actor, whose account is the fourth argument.
const signatureRank = `CASE WHEN s.seconder = $4 THEN 0 ELSE 1 END`

// Signatures is up to limit conclusions that wait for a second doctor of the actor's own hospital in the actor's region, behind a key: those that name the actor before
// the others, the oldest first.
func (tx *Tx) Signatures(behind SignatureKey, limit int) ([]Signed, error) {
	from, to := tx.by.Region.Range()
	return list(tx, func(s *Signed) []any { return append(tx.scanLine(&s.Case), tx.signature(&s.Signature)...) }, `
		SELECT `+applicationColumns+`, `+lineColumns+`, `+signatureColumns+`
		FROM signature s
		JOIN application a ON a.county = s.county AND a.id = s.application AND a.session = s.session AND a.state = 'scheduled'
		JOIN person p ON p.county = a.county AND p.id = a.person
		WHERE s.hospital = $1 AND s.region >= $2 AND s.region < $3 AND s.state = 'waiting'
			AND (`+signatureRank+` > $5 OR `+signatureRank+` = $5 AND (s.since > $6 OR s.since = $6 AND s.application > $7))
		ORDER BY `+signatureRank+`, s.since, s.application
		LIMIT $8`, tx.by.Org, from, to, tx.by.Account, behind.rank(), instant(behind.Since), string(behind.Case), limit)
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
		INSERT INTO signature (county, application, region, session, hospital, state, conclusion, reason, returner, since, seconder)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		string(a.County()), string(a.ID), string(a.Region), a.Session, string(s.Hospital), state, tx.sealJSON(s.Conclusion), tx.seal(s.Reason), s.Returner, s.Since.UnixMicro(), s.Conclusion.Seconder)
	return err
}

// DropSignature forgets the signature of a case, beside the save of the case that names the act.
func (tx *Tx) DropSignature(a application.Application) error {
	_, err := tx.exec(`DELETE FROM signature WHERE county = $1 AND application = $2`, string(a.County()), string(a.ID))
	return err
}
