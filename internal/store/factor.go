package store

import (
	"hefa/internal/access"
	"hefa/internal/staff"
)

func (tx *Tx) factor(f *staff.Factor) []any {
	return []any{&f.Account, sealed[string]{tx, &f.Secret}, &f.Since, &f.Step, words[string]{&f.Spare}, &f.Version}
}

// Factor is the second factor of an account, Missing when it has none.
func (tx *Tx) Factor(id staff.ID) (staff.Factor, error) {
	return one(tx, tx.factor, `SELECT account, secret, since, step, spare, version FROM factor WHERE account = $1`, string(id))
}

// PutFactor begins the second factor of an account; one that was begun and never confirmed is overwritten.
func (tx *Tx) PutFactor(a staff.Account, secret string) error {
	return tx.write(access.SelfManage, noted(a, "second-begun"), `
		INSERT INTO factor (account, secret)
		VALUES ($1, $2)
		ON CONFLICT (account) DO UPDATE SET secret = excluded.secret, step = 0, version = factor.version + 1
		WHERE factor.since = 0`, string(a.ID), tx.seal(secret))
}

// SaveFactor refuses a row that changed since f was read, so that no code is good twice.
func (tx *Tx) SaveFactor(a staff.Account, f staff.Factor, note string) error {
	return tx.write(access.SelfManage, noted(a, note), `
		UPDATE factor
		SET since = $1, step = $2, spare = $3, version = version + 1
		WHERE account = $4 AND version = $5`, f.Since, f.Step, joined(f.Spare), string(a.ID), f.Version)
}

// PutSpare gives an account recovery codes, whatever it had before.
func (tx *Tx) PutSpare(a staff.Account, spare []string) error {
	return tx.write(access.SelfManage, noted(a, "spare-on"), `
		INSERT INTO factor (account, secret, spare)
		VALUES ($1, '', $2)
		ON CONFLICT (account) DO UPDATE SET spare = excluded.spare, version = factor.version + 1`, string(a.ID), joined(spare))
}

// ClearFactor takes the one-time codes off an account and leaves the recovery codes to its keys.
func (tx *Tx) ClearFactor(act access.Act, a staff.Account, note string) error {
	return tx.write(act, noted(a, note), `UPDATE factor SET secret = '', since = 0, step = 0, version = version + 1 WHERE account = $1`, string(a.ID))
}

// DropFactor takes the second factor off an account.
func (tx *Tx) DropFactor(act access.Act, a staff.Account, note string) error {
	return tx.write(act, noted(a, note), `DELETE FROM factor WHERE account = $1`, string(a.ID))
}

// SpareIndex is what a recovery code is kept as.
func (tx *Tx) SpareIndex(a staff.ID, code string) string { return tx.lookup(string(a) + " " + code) }
