package store

import (
	"time"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/evidence"
	"hefa/internal/region"
)

func (tx *Tx) evidence(i *evidence.Item) []any {
	return []any{&i.Attachment, &i.Application, &i.Kind, micros{&i.Taken}, micros{&i.Received}, &i.Call, sealedJSON{tx, &i.Detail}}
}

// Evidence is the evidence of a case, the oldest first.
func (tx *Tx) Evidence(a application.Application) ([]evidence.Item, error) {
	return list(tx, tx.evidence, `
		SELECT attachment, application, kind, taken, received, call, detail
		FROM evidence
		WHERE county = $1 AND application = $2
		ORDER BY attachment`, string(a.County()), string(a.ID))
}

// AddEvidence keeps what is known of an attachment, beside the entry of the attachment that names the act.
func (tx *Tx) AddEvidence(county region.Code, i evidence.Item) error {
	_, err := tx.exec(`
		INSERT INTO evidence (county, attachment, application, kind, taken, received, call, detail)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		string(county), string(i.Attachment), i.Application, string(i.Kind), i.Taken.UnixMicro(), tx.at.UnixMicro(), i.Call, tx.sealJSON(i.Detail))
	return err
}

// moment scans an instant of which 0 says that it has not come.
type moment struct{ t *time.Time }

// Scan takes the number of microseconds since 1970, UTC.
func (m moment) Scan(src any) error {
	if err := micros(m).Scan(src); err != nil {
		return err
	}
	if m.t.UnixMicro() == 0 {
		*m.t = time.Time{}
	}
	return nil
}

// Requests is what doctors asked for beyond the evidence of a case, the oldest first.
func (tx *Tx) Requests(a application.Application) ([]evidence.Request, error) {
	return list(tx, func(r *evidence.Request) []any {
		return []any{&r.ID, &r.Application, micros{&r.Asked}, &r.Doctor, &r.Hospital, sealed[string]{tx, &r.Reason}, moment{&r.Answered}, sealed[string]{tx, &r.Reply}}
	}, `
		SELECT id, application, asked, doctor, hospital, reason, answered, reply
		FROM evidence_request
		WHERE county = $1 AND application = $2
		ORDER BY id`, string(a.County()), string(a.ID))
}

// AddRequest keeps what a doctor asks for, beside the save of the case that names the act.
func (tx *Tx) AddRequest(county region.Code, r evidence.Request) error {
	_, err := tx.exec(`
		INSERT INTO evidence_request (county, id, application, asked, doctor, hospital, reason)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		string(county), r.ID, r.Application, tx.at.UnixMicro(), r.Doctor, r.Hospital, tx.seal(r.Reason))
	return err
}

// AnswerRequest closes what a doctor asked for; one that is closed is refused.
func (tx *Tx) AnswerRequest(a application.Application, r evidence.Request) error {
	return tx.write(access.EvidenceAnswer, Subject{Kind: "application", ID: string(a.ID), Region: a.Region, Note: r.Reply}, `
		UPDATE evidence_request
		SET answered = $1, reply = $2
		WHERE county = $3 AND id = $4 AND answered = 0`, r.Answered.UnixMicro(), tx.seal(r.Reply), string(a.County()), r.ID)
}
