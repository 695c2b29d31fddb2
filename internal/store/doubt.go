package store

import (
	"time"

	"hefa/internal/id"
	"hefa/internal/staff"
)

// AnswerDoubt keeps what the person of an account said to a question.
func (tx *Tx) AnswerDoubt(of staff.ID, kind staff.Doubt, mine bool) error {
	_, err := tx.exec(`
		INSERT INTO doubt (account, id, kind, at, mine)
		VALUES ($1, $2, $3, $4, $5)`, string(of), id.New(), string(kind), tx.at.UnixMicro(), mine)
	return err
}

// Answers is how many questions of a kind the person of an account answered since an instant.
func (tx *Tx) Answers(of staff.ID, kind staff.Doubt, since time.Time) (int, error) {
	n, err := tx.number(`
		SELECT COUNT(*)
		FROM doubt
		WHERE account = $1 AND kind = $2 AND at >= $3`, string(of), string(kind), since.UnixMicro())
	return int(n), err
}

// TrustSignin lifts the doubt from a sign-in.
func (tx *Tx) TrustSignin(hash string) error {
	_, err := tx.exec(`UPDATE signin SET doubt = '' WHERE hash = $1`, hash)
	return err
}

// FormerPasswords is the hashes of up to n passwords that an account had before, the newest first.
func (tx *Tx) FormerPasswords(of staff.ID, n int) ([]string, error) {
	return list(tx, func(h *string) []any { return []any{h} }, `
		SELECT hash
		FROM former
		WHERE account = $1
		ORDER BY id DESC
		LIMIT $2`, string(of), n)
}

// KeepFormer keeps the hash of the password that an account had until now.
func (tx *Tx) KeepFormer(of staff.ID, hash string) error {
	_, err := tx.exec(`INSERT INTO former (account, id, hash) VALUES ($1, $2, $3)`, string(of), id.New(), hash)
	return err
}
