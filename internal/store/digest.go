package store

import "hefa/internal/archive"

// Suite is the algorithms of what is made now.
func (tx *Tx) Suite() string { return tx.db.keys.Suite() }

// Digest is the hash of a kept content by a suite.
type Digest struct {
	Hash  string // under which it is kept: SHA-256, hexadecimal
	Suite string
	Sum   string // hexadecimal
}

// Digests is every hash beside a name.
func (tx *Tx) Digests() ([]Digest, error) {
	return list(tx, func(d *Digest) []any { return []any{&d.Hash, &d.Suite, &d.Sum} }, `SELECT hash, suite, sum FROM digest ORDER BY hash`)
}

// FillDigests sets the hashes of those papers whose content is kept and was hashed.
func (tx *Tx) FillDigests(items []archive.Item) error {
	for n := range items {
		if items[n].Hash == "" {
			continue
		}
		all, err := list(tx, func(d *Digest) []any { return []any{&d.Hash, &d.Suite, &d.Sum} }, `SELECT hash, suite, sum FROM digest WHERE hash = $1`, items[n].Hash)
		if err != nil {
			return err
		}
		for _, d := range all {
			items[n].Digest, items[n].Suite = d.Sum, d.Suite
		}
	}
	return nil
}

// KeepDigest keeps a hash, which is no act; the first one stays.
func (tx *Tx) KeepDigest(d Digest) error {
	_, err := tx.exec(`
		INSERT INTO digest (hash, suite, sum, at)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (hash) DO NOTHING`, d.Hash, d.Suite, d.Sum, tx.at.UnixMicro())
	return err
}
