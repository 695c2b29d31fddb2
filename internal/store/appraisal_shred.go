package store

import (
	"hefa/internal/access"
	"hefa/internal/archive"
)

// DestroyDossier ends the papers of one file of a list: their lines and hashes stay as the stub, what they point at is noted to be taken away.
func (tx *Tx) DestroyDossier(a archive.Appraisal, r Appraised) error {
	s := Subject{Kind: "dossier", ID: string(r.Person), Region: r.Region, Note: r.No + " " + a.No}
	err := tx.write(access.ArchiveDestroy, s, `
		UPDATE dossier
		SET state = 'destroyed', box = '', ord = 0, place = '', version = version + 1
		WHERE county = $1 AND person = $2 AND state = 'shelved'`, string(a.County()), string(r.Person))
	for _, q := range []string{shredPapers, shredPages, endBacks, endPieces, endLeaves, endStatements, endAttachments, endItems} {
		if err != nil {
			return err
		}
		args := []any{string(a.County()), string(r.Person), string(a.ID)}
		if q == endAttachments || q == endItems {
			args[2] = a.No
		} else if q == endBacks || q == endPieces || q == endLeaves || q == endStatements {
			args = args[:2]
		}
		_, err = tx.exec(q, args...)
	}
	return err
}

// The cases of a file are those whose papers lie in it; the papers of a pile that were filed there, and their pages, go as well.
const (
	ofFile  = `(SELECT i.application FROM item i WHERE i.county = $1 AND i.person = $2 AND i.destroyed = '' AND i.application <> '')`
	ofPiece = `(SELECT s.id FROM piece s WHERE s.county = $1 AND (s.kind = 'dossier' AND s.subject = $2 OR s.kind = 'case' AND s.subject IN ` + ofFile + ` OR s.kind = 'statement' AND s.subject IN ` + ofSheet + `))`
	// A signed paper goes with the last file that it lies in, and stays while somebody else on it holds a certificate: it will lie in the file that
	// theirs opens.
	ofSheet = `(SELECT k.statement FROM statement_person k WHERE k.county = $1 AND k.person = $2 AND NOT EXISTS (SELECT 1 FROM statement_person o
		WHERE o.county = k.county AND o.statement = k.statement AND o.person <> k.person
			AND (EXISTS (SELECT 1 FROM item i
					JOIN statement z ON z.county = i.county AND z.proof = i.hash
					WHERE i.county = o.county AND i.person = o.person AND i.destroyed = '' AND z.id = o.statement)
				OR EXISTS (SELECT 1 FROM certificate c
					WHERE c.county = o.county AND c.person = o.person AND c.state NOT IN ('cancelled', 'replaced', 'left')))))`

	shredPapers = `
		INSERT INTO shredded (county, appraisal, hash)
		SELECT $1, $3, x.hash
		FROM (SELECT hash FROM item WHERE county = $1 AND person = $2 AND destroyed = ''
			UNION SELECT hash FROM attachment WHERE county = $1 AND destroyed = '' AND application IN ` + ofFile + `
			UNION SELECT original FROM attachment WHERE county = $1 AND destroyed = '' AND application IN ` + ofFile + `
			UNION SELECT small FROM attachment WHERE county = $1 AND destroyed = '' AND application IN ` + ofFile + `) x
		WHERE x.hash <> ''
		ON CONFLICT DO NOTHING`
	shredPages = `
		INSERT INTO shredded (county, appraisal, hash)
		SELECT $1, $3, x.hash
		FROM (SELECT hash FROM piece WHERE county = $1 AND id IN ` + ofPiece + `
			UNION SELECT hash FROM piece_back WHERE county = $1 AND piece IN ` + ofPiece + `
			UNION SELECT picture FROM leaf WHERE county = $1 AND piece IN ` + ofPiece + `
			UNION SELECT small FROM leaf WHERE county = $1 AND piece IN ` + ofPiece + `) x
		WHERE x.hash <> ''
		ON CONFLICT DO NOTHING`
	endLeaves      = `UPDATE leaf SET picture = '', small = '' WHERE county = $1 AND piece IN ` + ofPiece
	endBacks       = `UPDATE piece_back SET hash = '' WHERE county = $1 AND hash <> '' AND piece IN ` + ofPiece // where it lay wrongly before
	endPieces      = `UPDATE piece SET hash = '', version = version + 1 WHERE county = $1 AND id IN ` + ofPiece
	endAttachments = `UPDATE attachment SET destroyed = $3, version = version + 1 WHERE county = $1 AND destroyed = '' AND application IN ` + ofFile
	endStatements  = `UPDATE statement SET proof = '', version = version + 1 WHERE county = $1 AND proof <> '' AND id IN ` + ofSheet
	endItems       = `UPDATE item SET destroyed = $3, version = version + 1 WHERE county = $1 AND person = $2 AND destroyed = ''`
)

// EndPiles ends the scans of piles of a county of which no page and no paper is kept any more, beside DestroyDossier.
func (tx *Tx) EndPiles(a archive.Appraisal) error {
	const over = `county = $1 AND hash <> '' AND EXISTS (SELECT 1 FROM piece s WHERE s.county = source.county AND s.pile = source.pile)
		AND NOT EXISTS (SELECT 1 FROM piece s WHERE s.county = source.county AND s.pile = source.pile AND (s.state = 'waiting' OR s.hash <> ''))
		AND NOT EXISTS (SELECT 1 FROM leaf l WHERE l.county = source.county AND l.pile = source.pile AND l.picture <> '')`
	if _, err := tx.exec(`
		INSERT INTO shredded (county, appraisal, hash)
		SELECT county, $2, hash
		FROM source
		WHERE `+over+`
		ON CONFLICT DO NOTHING`, string(a.County()), string(a.ID)); err != nil {
		return err
	}
	_, err := tx.exec(`UPDATE source SET hash = '' WHERE `+over, string(a.County()))
	return err
}

// Shredding is up to limit contents of a list that are still to be taken away.
func (tx *Tx) Shredding(a archive.Appraisal, limit int) ([]string, error) {
	return list(tx, func(s *string) []any { return []any{s} }, `
		SELECT hash
		FROM shredded
		WHERE county = $1 AND appraisal = $2 AND state = 'waiting'
		ORDER BY hash
		LIMIT $3`, string(a.County()), string(a.ID), limit)
}

// Shredded notes what became of a content: it is gone, or another file holds it too.
func (tx *Tx) Shredded(a archive.Appraisal, hash string, shared bool) error {
	state := "gone"
	if shared {
		state = "shared"
	}
	return tx.quietly(`UPDATE shredded SET state = $1 WHERE county = $2 AND appraisal = $3 AND hash = $4`, state, string(a.County()), string(a.ID), hash)
}

// ShreddedCounts is how many contents of a list are gone, shared and waiting, by these words.
func (tx *Tx) ShreddedCounts(a archive.Appraisal) (map[string]int, error) {
	type count struct {
		of string
		n  int
	}
	all, err := list(tx, func(c *count) []any { return []any{&c.of, &c.n} }, `
		SELECT state, COUNT(*)
		FROM shredded
		WHERE county = $1 AND appraisal = $2
		GROUP BY state`, string(a.County()), string(a.ID))
	out := map[string]int{}
	for _, c := range all {
		out[c.of] = c.n
	}
	return out, err
}
