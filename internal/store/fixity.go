package store

import "time"

// Fixity is one kept file as it was when it was last read to its end.
type Fixity struct {
	Hash  string
	At    time.Time
	State string // good, missing or changed
}

func scanFixity(f *Fixity) []any { return []any{&f.Hash, micros{&f.At}, &f.State} }

// Fixities is every file that was ever looked at.
func (tx *Tx) Fixities() ([]Fixity, error) {
	return list(tx, scanFixity, `SELECT hash, at, state FROM fixity ORDER BY at, hash`)
}

// Unsound is the files that were missing or changed when they were last looked at, the newest first.
func (tx *Tx) Unsound(limit int) ([]Fixity, error) {
	return list(tx, scanFixity, `
		SELECT hash, at, state
		FROM fixity
		WHERE state <> 'good'
		ORDER BY at DESC, hash
		LIMIT $1`, limit)
}

// FixityStand is how many files were looked at, and the instant of the longest ago and of the last.
type FixityStand struct {
	Seen        int64
	First, Last time.Time
}

// FixityStand is what is known of the regular reading of files.
func (tx *Tx) FixityStand() (FixityStand, error) {
	return one(tx, func(s *FixityStand) []any { return []any{&s.Seen, since{&s.First}, since{&s.Last}} }, `
		SELECT COUNT(*), COALESCE(MIN(at), 0), COALESCE(MAX(at), 0)
		FROM fixity`)
}

// NoteFixity keeps how a file was found just now, which is no act.
func (tx *Tx) NoteFixity(hash, state string) error {
	_, err := tx.exec(`
		INSERT INTO fixity (hash, at, state)
		VALUES ($1, $2, $3)
		ON CONFLICT (hash) DO UPDATE SET at = excluded.at, state = excluded.state`, hash, tx.at.UnixMicro(), state)
	return err
}

// ForgetFixity forgets a file that no row points at any more.
func (tx *Tx) ForgetFixity(hash string) error {
	_, err := tx.exec(`DELETE FROM fixity WHERE hash = $1`, hash)
	return err
}
