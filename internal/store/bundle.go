package store

import (
	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/region"
	"hefa/internal/reminder"
)

const bundleColumns = `b.id, b.region, b.about, b.reading, b.letters, b.done, b.ended, b.state, b.fault, b.author, b.made, b.last, b.version`

func (tx *Tx) bundle(b *reminder.Bundle) []any {
	return []any{&b.ID, &b.Region, &b.About, &b.Reading, &b.Letters, &b.Done, &b.Ended, &b.State, &b.Fault, &b.Author, micros{&b.Made}, &b.Last, &b.Version}
}

func bundleSubject(b reminder.Bundle, note string) Subject {
	return Subject{Kind: "bundle", ID: string(b.ID), Region: b.Region, Note: note}
}

// Bundle is the bundle with the id.
func (tx *Tx) Bundle(id reminder.BundleID) (reminder.Bundle, error) {
	county, err := tx.home("bundle", string(id))
	if err != nil {
		return reminder.Bundle{}, err
	}
	return one(tx, tx.bundle, `SELECT `+bundleColumns+` FROM bundle b WHERE b.county = $1 AND b.id = $2`, county, string(id))
}

// Bundles is the bundles of the area, the newest first, after the last one of the page before.
func (tx *Tx) Bundles(where region.Code, after reminder.BundleID, limit int) ([]reminder.Bundle, error) {
	a, err := tx.area(where)
	if err != nil {
		return nil, err
	}
	return list(tx, tx.bundle, `
		SELECT `+bundleColumns+`
		FROM bundle b
		WHERE b.county = $1 AND b.region >= $2 AND b.region < $3 AND ($4 = '' OR b.id < $4)
		ORDER BY b.id DESC
		LIMIT $5`, a.county, a.from, a.to, string(after), limit)
}

// AddBundle enters a bundle with its letters in the order of printing.
func (tx *Tx) AddBundle(b reminder.Bundle, letters []reminder.ID, note string) error {
	err := tx.write(access.ListExport, bundleSubject(b, note), `
		INSERT INTO bundle (county, id, region, about, reading, letters, state, author, made, last)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		string(b.County()), string(b.ID), string(b.Region), b.About, b.Reading, b.Letters, string(b.State), b.Author, b.Made.UnixMicro(), string(b.Last))
	if err != nil {
		return err
	}
	rows := make([][]any, len(letters))
	for i, l := range letters {
		rows[i] = []any{string(b.County()), string(b.ID), i + 1, string(l)}
	}
	return tx.insert(`INSERT INTO bundle_letter (county, bundle, no, reminder) VALUES `, rows)
}

// SaveBundle refuses a row that changed since b was read.
func (tx *Tx) SaveBundle(b reminder.Bundle, note string) error {
	return tx.write(access.ListExport, bundleSubject(b, note), `
		UPDATE bundle
		SET done = $1, ended = $2, state = $3, fault = $4, version = version + 1
		WHERE county = $5 AND id = $6 AND version = $7`,
		b.Done, b.Ended, string(b.State), b.Fault, string(b.County()), string(b.ID), b.Version)
}

// BundleLetters is up to limit letters of a bundle behind those that are done, in its order.
func (tx *Tx) BundleLetters(b reminder.Bundle, limit int) ([]Reminded, error) {
	return list(tx, tx.reminded, `
		SELECT `+remindedColumns+`
		FROM bundle_letter l
		JOIN reminder r ON r.county = l.county AND r.id = l.reminder
		JOIN person p ON p.county = r.county AND p.id = r.person
		LEFT JOIN certificate c ON c.county = r.county AND c.id = r.certificate
		WHERE l.county = $1 AND l.bundle = $2 AND l.no > $3
		ORDER BY l.no
		LIMIT $4`, string(b.County()), string(b.ID), b.Done, limit)
}

// AddBundlePart keeps a file of a bundle, in the transaction that notes how far it has come.
func (tx *Tx) AddBundlePart(b reminder.Bundle, p reminder.Part) error {
	_, err := tx.exec(`
		INSERT INTO bundle_part (county, bundle, no, letters, first, last, hash, size)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		string(b.County()), string(b.ID), p.No, p.Letters, p.First, p.Last, p.Hash, p.Size)
	return err
}

// BundleParts is the files of a bundle, the first first.
func (tx *Tx) BundleParts(b reminder.Bundle) ([]reminder.Part, error) {
	return list(tx, func(p *reminder.Part) []any {
		return []any{&p.No, &p.Letters, &p.First, &p.Last, &p.Hash, &p.Size}
	}, `
		SELECT no, letters, first, last, hash, size
		FROM bundle_part
		WHERE county = $1 AND bundle = $2
		ORDER BY no`, string(b.County()), string(b.ID))
}

// BundlesOver is up to limit bundles whose days were over before today and whose files are still there.
func (tx *Tx) BundlesOver(today day.Day, limit int) ([]reminder.Bundle, error) {
	return list(tx, tx.bundle, `
		SELECT `+bundleColumns+`
		FROM bundle b
		WHERE b.last < $1 AND (b.state <> 'gone' OR EXISTS (SELECT 1 FROM bundle_part p WHERE p.county = b.county AND p.bundle = b.id))
		ORDER BY b.county, b.id
		LIMIT $2`, string(today), limit)
}

// ForgetBundle removes what a bundle consisted of.
func (tx *Tx) ForgetBundle(b reminder.Bundle) error {
	for _, table := range []string{"bundle_part", "bundle_letter"} {
		if _, err := tx.exec(`DELETE FROM `+table+` WHERE county = $1 AND bundle = $2`, string(b.County()), string(b.ID)); err != nil {
			return err
		}
	}
	return nil
}
