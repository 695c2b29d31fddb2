package store

import (
	"hefa/internal/archive"
	"hefa/internal/person"
	"hefa/internal/region"
)

// Closings is what was put into the person's file though papers were lacking, the oldest first.
func (tx *Tx) Closings(county region.Code, of person.ID) ([]archive.Closing, error) {
	return list(tx, func(c *archive.Closing) []any {
		return []any{&c.Kind, &c.ID, &c.No, &c.Day, &c.Mark, words[archive.Lack]{&c.Lacking}, &c.Reason, words[archive.Lack]{&c.Wanting}}
	}, `
		SELECT 'case', a.id, a.no, c.day, c.closed AS mark, c.lacking, c.reason, c.wanting
		FROM application a
		JOIN casefile c ON c.county = a.county AND c.application = a.id
		WHERE a.county = $1 AND a.person = $2 AND c.county = $1 AND c.lacking <> ''
		UNION ALL
		SELECT f.kind, f.subject, '', f.day, f.closed, f.lacking, f.reason, f.wanting
		FROM filed f
		WHERE f.county = $1 AND f.person = $2 AND f.lacking <> ''
		ORDER BY mark`, string(county), string(of))
}

// reckon writes down anew what the person's file still lacks, beside the entry of the paper that came or went.
func (tx *Tx) reckon(county region.Code, of person.ID) error {
	all, err := tx.Closings(county, of)
	if err != nil || len(all) == 0 {
		return err
	}
	items, err := tx.Items(archive.Dossier{Region: county, Person: of})
	if err != nil {
		return err
	}
	was := make([]string, len(all))
	for n, c := range all {
		was[n] = joined(c.Wanting)
	}
	letters, err := list(tx, func(no *string) []any { return []any{no} }, `
		SELECT r.no
		FROM reminder r
		WHERE r.county = $1 AND r.person = $2 AND r.no <> ''`, string(county), string(of))
	if err != nil {
		return err
	}
	archive.Want(all, items, letters)
	for n, c := range all {
		wanting := joined(c.Wanting)
		switch {
		case wanting == was[n]:
		case c.Kind == archive.CaseEnd:
			err = tx.quietly(`UPDATE casefile SET wanting = $1 WHERE county = $2 AND application = $3`, wanting, string(county), c.ID)
		default:
			err = tx.quietly(`UPDATE filed SET wanting = $1 WHERE county = $2 AND kind = $3 AND subject = $4`, wanting, string(county), string(c.Kind), c.ID)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
