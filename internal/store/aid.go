package store

import (
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/fault"
	"hefa/internal/lang"
)

// AidsOf is what the applicants of cases of one county need on the day, by case; who needs nothing is left out.
func (tx *Tx) AidsOf(all ...application.Application) (map[application.ID]application.Aids, error) {
	out := map[application.ID]application.Aids{}
	if len(all) == 0 {
		return out, nil
	}
	args := []any{string(all[0].County())}
	for _, a := range all {
		args = append(args, string(a.ID))
	}
	type row struct {
		id application.ID
		application.Aids
	}
	rows, err := list(tx, func(r *row) []any { return []any{&r.id, sealedJSON{tx, &r.All}, &r.Version} }, `
		SELECT application, needs, version
		FROM aid
		WHERE county = $1 AND application IN `+places(2, len(all)), args...)
	for _, r := range rows {
		out[r.id] = r.Aids
	}
	return out, err
}

// SaveAids keeps what an applicant needs on the day; when it changed since it was read it is Stale.
func (tx *Tx) SaveAids(of application.Application, a application.Aids) error {
	var note []string
	for _, one := range a.All {
		note = append(note, lang.T(one.Word()))
	}
	s := Subject{Kind: "application", ID: string(of.ID), Region: of.Region, Note: strings.Join(note, "、")}
	if a.Version > 0 {
		return tx.write(access.ApplicationAid, s, `
			UPDATE aid
			SET needs = $1, version = version + 1
			WHERE county = $2 AND application = $3 AND version = $4`, tx.sealJSON(a.All), string(of.County()), string(of.ID), a.Version)
	}
	err := tx.write(access.ApplicationAid, s, `
		INSERT INTO aid (county, application, needs)
		VALUES ($1, $2, $3)`, string(of.County()), string(of.ID), tx.sealJSON(a.All))
	if clash(err) {
		return fault.New(fault.Stale, "record.stale")
	}
	return err
}
