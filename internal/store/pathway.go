package store

import (
	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/evidence"
	"hefa/internal/fault"
	"hefa/internal/pathway"
	"hefa/internal/region"
)

const pathwayColumns = `w.application, w.region, w.path, w.detail, w.consent, w.version`

// Way is the way that was chosen for a case, with the consent to evidence.
type Way struct {
	pathway.Choice
	Consent *evidence.Consent
}

func (tx *Tx) way(w *Way) []any {
	return []any{&w.Application, &w.Region, &w.Path, sealedJSON{tx, &w.Detail}, sealedJSON{tx, &w.Consent}, &w.Version}
}

// Way is the way that was chosen for a case; one with an empty path when nobody chose.
func (tx *Tx) Way(a application.Application) (Way, error) {
	w, err := one(tx, tx.way, `
		SELECT `+pathwayColumns+`
		FROM pathway w
		WHERE w.county = $1 AND w.application = $2`, string(a.County()), string(a.ID))
	if fault.Of(err) == fault.Missing {
		return Way{Choice: pathway.Choice{Application: string(a.ID), Region: a.Region}}, nil
	}
	return w, err
}

// SaveWay keeps the way and the consent of a case under the act; a row that changed since w was read is refused.
func (tx *Tx) SaveWay(act access.Act, w Way, note string) error {
	consent := ""
	if w.Consent != nil {
		consent = tx.sealJSON(w.Consent)
	}
	s := Subject{Kind: "application", ID: w.Application, Region: w.Region, Note: note}
	if w.Version == 0 {
		err := tx.write(act, s, `
			INSERT INTO pathway (county, application, region, path, detail, consent)
			VALUES ($1, $2, $3, $4, $5, $6)`, string(w.County()), w.Application, string(w.Region), string(w.Path), tx.sealJSON(w.Detail), consent)
		if clash(err) {
			return fault.New(fault.Stale, "record.stale").Because(err)
		}
		return err
	}
	return tx.write(act, s, `
		UPDATE pathway
		SET path = $1, detail = $2, consent = $3, version = version + 1
		WHERE county = $4 AND application = $5 AND version = $6`, string(w.Path), tx.sealJSON(w.Detail), consent, string(w.County()), w.Application, w.Version)
}

// WayFilter narrows a list of ways; empty fields do not.
type WayFilter struct {
	Region region.Code
	Path   pathway.Path
	Open   bool           // only cases that nobody has concluded yet
	After  application.ID // the last row of the page before
	Limit  int
}

// OnWay is a case with its person and the way that was chosen for it.
type OnWay struct {
	Case
	Way
	Asked bool // the hospital asked for more evidence and nobody has answered
}

// Ways is the cases of the area whose way was chosen, the newest first.
func (tx *Tx) Ways(f WayFilter) ([]OnWay, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	return list(tx, func(o *OnWay) []any { return append(append(tx.scanLine(&o.Case), tx.way(&o.Way)...), &o.Asked) }, `
		SELECT `+applicationColumns+`, `+lineColumns+`, `+pathwayColumns+`,
			EXISTS (SELECT 1 FROM evidence_request r WHERE r.county = w.county AND r.application = w.application AND r.answered = 0)
		FROM pathway w
		JOIN application a ON a.county = w.county AND a.id = w.application
		JOIN person p ON p.county = a.county AND p.id = a.person
		WHERE w.county = $1 AND w.region >= $2 AND w.region < $3 AND ($4 = '' OR w.path = $4) AND ($5 = '' OR w.application < $5)
			AND ($6 = '' OR a.state IN ('draft', 'submitted', 'returned', 'accepted', 'scheduled'))
		ORDER BY w.application DESC
		LIMIT $7`, a.county, a.from, a.to, string(f.Path), string(f.After), map[bool]string{true: "open"}[f.Open], f.Limit)
}
