package archiving

import (
	"context"
	"encoding/hex"

	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/seal"
	"hefa/internal/store"
)

// sums is the hashes of the scans of what ended by the suite of today, read before the transaction that files them, because reading takes long. A scan that cannot be read has none:
// the daily reading of files says so.
func (d *Desk) sums(ctx context.Context, by access.Actor, ends []archive.End) ([]store.Digest, error) {
	var hashes []string
	var suite seal.Suite
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		suite = seal.Suite(tx.Suite())
		for _, of := range ends {
			e, err := collect(tx, of)
			if err != nil {
				return err
			}
			for _, i := range e.items {
				if i.Hash != "" {
					hashes = append(hashes, i.Hash)
				}
			}
		}
		return nil
	})
	var out []store.Digest
	for _, hash := range hashes {
		sum := suite.Hash()
		if d.files.Check(hash, sum) == nil {
			out = append(out, store.Digest{Hash: hash, Suite: string(suite), Sum: hex.EncodeToString(sum.Sum(nil))})
		}
	}
	return out, err
}
