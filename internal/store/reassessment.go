package store

import (
	"fmt"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/reassessment"
	"hefa/internal/region"
)

const reassessmentColumns = `r.id, r.region, r.appeal, r.application, r.person, r.hospital, r.wanted, r.state, r.day, r.ordered, r.examinee, r.conclusion, r.reason, r.version`

func (tx *Tx) reassessment(r *reassessment.Reassessment) []any {
	return []any{&r.ID, &r.Region, &r.Appeal, &r.Application, &r.Person, &r.Hospital, words[certificate.Category]{&r.Wanted}, &r.State, &r.Day, &r.Ordered,
		sealedJSON{tx, &r.Examinee}, sealedJSON{tx, &r.Conclusion}, sealed[string]{tx, &r.Reason}, &r.Version}
}

// ReassessmentsOf is every re-assessment of a case, the oldest first.
func (tx *Tx) ReassessmentsOf(a application.Application) ([]reassessment.Reassessment, error) {
	all, err := list(tx, tx.reassessment, `
		SELECT `+reassessmentColumns+`
		FROM reassessment r
		WHERE r.county = $1 AND r.application = $2
		ORDER BY r.id`, string(a.County()), string(a.ID))
	for i := range all {
		if err == nil {
			all[i].Doctors, err = tx.reassessors(all[i])
		}
	}
	return all, err
}

func (tx *Tx) reassessors(r reassessment.Reassessment) ([]reassessment.Doctor, error) {
	return list(tx, func(d *reassessment.Doctor) []any { return []any{&d.Account, &d.Name} }, `
		SELECT account, name
		FROM reassessor
		WHERE county = $1 AND reassessment = $2
		ORDER BY place`, string(r.County()), string(r.ID))
}

// MyReassessments is those for which the actor is named, wherever the person lives, those that wait first; id narrows to one.
func (tx *Tx) MyReassessments(id reassessment.ID, limit int) ([]reassessment.Reassessment, error) {
	return list(tx, tx.reassessment, `
		SELECT `+reassessmentColumns+`
		FROM reassessor d
		JOIN reassessment r ON r.county = d.county AND r.id = d.reassessment
		WHERE d.account = $1 AND ($2 = '' OR r.id = $2) AND r.state <> 'dropped'
		ORDER BY CASE WHEN r.state IN ('ordered', 'signed') THEN 0 ELSE 1 END, r.id DESC
		LIMIT $3`, tx.by.Account, string(id), limit)
}

// MyReassessment is one for which the actor is named; to everybody else it does not exist.
func (tx *Tx) MyReassessment(id reassessment.ID) (r reassessment.Reassessment, err error) {
	all, err := tx.MyReassessments(id, 1)
	if err == nil && (len(all) == 0 || id == "") {
		err = fault.New(fault.Missing, "record.missing")
	}
	if err != nil {
		return r, err
	}
	r = all[0]
	r.Doctors, err = tx.reassessors(r)
	return r, err
}

func reassessmentSubject(r reassessment.Reassessment) Subject {
	return Subject{Kind: "application", ID: r.Application, Region: r.Region}
}

// AddReassessment keeps an order with the doctors whom it names; it stands in the course of its case.
func (tx *Tx) AddReassessment(r reassessment.Reassessment) error {
	err := tx.write(access.ReassessmentOrder, reassessmentSubject(r), `
		INSERT INTO reassessment (county, id, region, appeal, application, person, hospital, wanted, state, day, ordered, examinee)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		string(r.County()), string(r.ID), string(r.Region), r.Appeal, r.Application, string(r.Person), string(r.Hospital), joined(r.Wanted), string(r.State), string(r.Day),
		string(r.Ordered), tx.sealJSON(r.Examinee))
	if clash(err) {
		return fault.New(fault.Stale, "record.stale")
	}
	for i, d := range r.Doctors {
		if err == nil {
			_, err = tx.exec(`INSERT INTO reassessor (county, reassessment, account, name, place) VALUES ($1, $2, $3, $4, $5)`, string(r.County()), string(r.ID), d.Account, d.Name, i)
		}
	}
	return err
}

// SaveReassessment refuses a row that changed since r was read.
func (tx *Tx) SaveReassessment(act access.Act, r reassessment.Reassessment) error {
	return tx.write(act, reassessmentSubject(r), `
		UPDATE reassessment
		SET state = $1, conclusion = $2, reason = $3, version = version + 1
		WHERE county = $4 AND id = $5 AND version = $6`,
		string(r.State), tx.sealJSON(r.Conclusion), tx.seal(r.Reason), string(r.County()), string(r.ID), r.Version)
}

// blinding is the people of a county of whom a doctor may see nothing but a re-assessment that is under way.
const blinding = `SELECT r.person FROM reassessor d JOIN reassessment r ON r.county = d.county AND r.id = d.reassessment
	WHERE d.county = %s AND d.account = %s AND r.state IN ('ordered', 'signed', 'done')`

// sees hides from a doctor who examines somebody anew whatever else is kept about them.
func (tx *Tx) sees(county region.Code, of person.ID) error {
	if tx.by.Role != access.Doctor {
		return nil
	}
	blind, err := tx.blinded(county)
	if err == nil && blind[of] {
		err = fault.New(fault.Missing, "record.missing")
	}
	return err
}

// blinded is those of whom the actor may see nothing.
func (tx *Tx) blinded(county region.Code) (map[person.ID]bool, error) {
	all, err := list(tx, func(p *person.ID) []any { return []any{p} }, fmt.Sprintf(blinding, "$1", "$2"), string(county), tx.by.Account)
	out := map[person.ID]bool{}
	for _, p := range all {
		out[p] = true
	}
	return out, err
}
