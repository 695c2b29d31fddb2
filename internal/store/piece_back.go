package store

import "hefa/internal/pile"

// AddPieceBack keeps where a paper was before it was taken back, beside the save of the paper that names the act.
func (tx *Tx) AddPieceBack(p pile.Piece, b pile.Back) error {
	return tx.quietly(`
		INSERT INTO piece_back (county, id, pile, piece, kind, subject, no, paper, hash, reason, day, clerk)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		string(p.County()), b.ID, string(p.Pile), string(p.ID), string(b.Kind), b.Subject, b.No, b.Paper, b.Hash, tx.seal(b.Reason), string(b.Day), b.By)
}

// PieceBacks is where papers of a pile were before they were taken back, the oldest first.
func (tx *Tx) PieceBacks(s pile.Pile) ([]pile.Back, error) {
	return list(tx, func(b *pile.Back) []any {
		return []any{&b.ID, &b.Piece, &b.Kind, &b.Subject, &b.No, &b.Paper, &b.Hash, sealed[string]{tx, &b.Reason}, &b.Day, &b.By}
	}, `
		SELECT id, piece, kind, subject, no, paper, hash, reason, day, clerk
		FROM piece_back
		WHERE county = $1 AND pile = $2
		ORDER BY id`, string(s.County()), string(s.ID))
}
