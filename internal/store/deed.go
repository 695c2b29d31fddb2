package store

import (
	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/org"
	"hefa/internal/region"
)

const deedColumns = `kind, owner, no, type, size, pages, hash, author, at`

// Deeds is every scan of a paper whose owner stands in where, the newest first.
func (tx *Tx) Deeds(p org.Paper, where region.Code) ([]org.Deed, error) {
	return list(tx, func(d *org.Deed) []any {
		d.Region = where
		return []any{&d.Kind, &d.Owner, &d.No, &d.Type, &d.Size, &d.Pages, &d.Hash, &d.Author, micros{&d.At}}
	}, `
		SELECT `+deedColumns+`
		FROM deed
		WHERE county = $1 AND kind = $2 AND owner = $3
		ORDER BY no DESC`, practiceCounty(where), string(p.Kind), p.Owner)
}

// NewestDeeds is the number of the newest scan of a kind, by owner, where the owners stand in where.
func (tx *Tx) NewestDeeds(kind org.DeedKind, where region.Code) (map[string]int, error) {
	type row struct {
		owner string
		no    int
	}
	rows, err := list(tx, func(r *row) []any { return []any{&r.owner, &r.no} }, `
		SELECT owner, MAX(no)
		FROM deed
		WHERE county = $1 AND kind = $2
		GROUP BY owner`, practiceCounty(where), string(kind))
	out := map[string]int{}
	for _, r := range rows {
		out[r.owner] = r.no
	}
	return out, err
}

// AddDeed keeps a scan under its number; when somebody was faster it is Stale.
func (tx *Tx) AddDeed(act access.Act, d org.Deed) error {
	err := tx.write(act, DeedSubject(d), `
		INSERT INTO deed (county, `+deedColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		practiceCounty(d.Region), string(d.Kind), d.Owner, d.No, d.Type, d.Size, d.Pages, d.Hash, tx.by.Name, tx.at.UnixMicro())
	if clash(err) {
		return fault.New(fault.Stale, "record.stale")
	}
	return err
}

// DeedSubject is what the audit says about a scan.
func DeedSubject(d org.Deed) Subject {
	kind := map[org.DeedKind]string{org.AgreementDeed: "agreement", org.DesignationDeed: "org", org.SpecimenDeed: "account"}[d.Kind]
	return Subject{Kind: kind, ID: d.Owner, Region: d.Region, Note: lang.T("deed.no", lang.T(d.Kind.Word()), d.No)}
}
