package store

import (
	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/org"
	"hefa/internal/region"
)

// AgreementFilter narrows a list of agreements; empty fields do not.
type AgreementFilter struct {
	Region   region.Code
	Hospital org.ID
	ID       string
	Bare     bool   // only those without a scan
	After    string // the last id of the page before
	Limit    int
}

const agreementColumns = `county, id, hospital, number, parties, since, until, categories, duties, doctors, version, ` + agreementScan

// agreementScan is the number of an agreement's newest scan, 0 while there is none.
const agreementScan = `(SELECT COALESCE(MAX(d.no), 0) FROM deed d WHERE d.county = agreement.county AND d.kind = 'agreement' AND d.owner = agreement.id)`

// Agreements is the agreements of the counties of the area, the newest first.
func (tx *Tx) Agreements(f AgreementFilter) ([]org.Agreement, error) {
	if f.Region == "" || !tx.by.Region.Contains(f.Region) {
		f.Region = tx.by.Region
	}
	if f.After == "" {
		f.After = "~"
	}
	from, to := f.Region.Range()
	return list(tx, scanAgreement, `
		SELECT `+agreementColumns+`
		FROM agreement
		WHERE county >= $1 AND county < $2 AND ($3 = '' OR hospital = $3) AND ($4 = '' OR id = $4) AND id < $5
			AND ($6 = FALSE OR `+agreementScan+` = 0)
		ORDER BY id DESC
		LIMIT $7`, from, to, string(f.Hospital), f.ID, f.After, f.Bare, f.Limit)
}

func scanAgreement(a *org.Agreement) []any {
	return []any{&a.Region, &a.ID, &a.Hospital, &a.Number, &a.Parties, &a.From, &a.To, categories{&a.Categories}, &a.Duties, &a.Doctors, &a.Version, &a.Scan}
}

// AgreementsWith is every agreement of a county with a hospital; sessions of the county's townships are held to them.
func (tx *Tx) AgreementsWith(county region.Code, hospital org.ID) ([]org.Agreement, error) {
	return list(tx, scanAgreement, `
		SELECT `+agreementColumns+`
		FROM agreement
		WHERE county = $1 AND hospital = $2
		ORDER BY until`, string(county), string(hospital))
}

// Agreement is one agreement of the actor's area.
func (tx *Tx) Agreement(id string) (org.Agreement, error) {
	all, err := tx.Agreements(AgreementFilter{ID: id, Limit: 1})
	if err == nil && (len(all) == 0 || id == "") {
		err = fault.New(fault.Missing, "record.missing")
	}
	if err != nil {
		return org.Agreement{}, err
	}
	return all[0], nil
}

// AddAgreement enters a signed agreement.
func (tx *Tx) AddAgreement(a org.Agreement) error {
	return tx.write(access.AgreementEdit, agreementSubject(a), `
		INSERT INTO agreement (county, id, hospital, number, parties, since, until, categories, duties, doctors)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		string(a.County()), a.ID, string(a.Hospital), a.Number, a.Parties, string(a.From), string(a.To), joined(a.Categories), a.Duties, a.Doctors)
}

// SaveAgreement refuses a row that changed since a was read.
func (tx *Tx) SaveAgreement(a org.Agreement) error {
	return tx.write(access.AgreementEdit, agreementSubject(a), `
		UPDATE agreement
		SET number = $1, parties = $2, since = $3, until = $4, categories = $5, duties = $6, doctors = $7, version = version + 1
		WHERE county = $8 AND id = $9 AND version = $10`,
		a.Number, a.Parties, string(a.From), string(a.To), joined(a.Categories), a.Duties, a.Doctors, string(a.County()), a.ID, a.Version)
}

func agreementSubject(a org.Agreement) Subject {
	return Subject{Kind: "agreement", ID: a.ID, Region: a.Region, Note: a.Number + " " + string(a.From) + " " + string(a.To)}
}
