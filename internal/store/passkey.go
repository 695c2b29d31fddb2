package store

import (
	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/staff"
)

// Passkeys is the keys of an account, the oldest first.
func (tx *Tx) Passkeys(of staff.ID) ([]staff.Passkey, error) {
	return list(tx, func(k *staff.Passkey) []any {
		return []any{&k.Account, &k.ID, &k.Name, &k.Handle, sealed[string]{tx, &k.Credential}, &k.Since, &k.Used, &k.Doubled, &k.Version}
	}, `
		SELECT account, id, name, handle, credential, since, used, doubled, version
		FROM passkey
		WHERE account = $1
		ORDER BY since, id`, string(of))
}

// AddPasskey keeps a new key; one that some account has already is refused.
func (tx *Tx) AddPasskey(a staff.Account, k staff.Passkey) error {
	err := tx.write(access.SelfManage, noted(a, "key-on"), `
		INSERT INTO passkey (account, id, name, handle, credential, since)
		VALUES ($1, $2, $3, $4, $5, $6)`, string(a.ID), k.ID, k.Name, k.Handle, tx.seal(k.Credential), k.Since)
	if clash(err) {
		return fault.New(fault.Refused, "key.taken")
	}
	return err
}

// SavePasskey refuses a row that changed since k was read, so that no answer is good twice.
func (tx *Tx) SavePasskey(a staff.Account, k staff.Passkey, note string) error {
	return tx.write(access.SelfManage, noted(a, note), `
		UPDATE passkey
		SET credential = $1, used = $2, doubled = $3, version = version + 1
		WHERE account = $4 AND id = $5 AND version = $6`, tx.seal(k.Credential), k.Used, k.Doubled, string(a.ID), k.ID, k.Version)
}

// DropPasskey takes one key off an account, id "" every one.
func (tx *Tx) DropPasskey(act access.Act, a staff.Account, id, note string) error {
	return tx.write(act, noted(a, note), `DELETE FROM passkey WHERE account = $1 AND ($2 = '' OR id = $2)`, string(a.ID), id)
}

// AskSignin keeps what a key is asked under a sign-in; what was asked before is void.
func (tx *Tx) AskSignin(hash, asked string) error {
	_, err := tx.exec(`UPDATE signin SET asked = $1 WHERE hash = $2`, asked, hash)
	return err
}

// TakeAsked is what was asked under a sign-in, and forgets it: each is answered once.
func (tx *Tx) TakeAsked(hash string) (string, error) {
	asked, err := one(tx, func(s *string) []any { return []any{s} }, `SELECT asked FROM signin WHERE hash = $1`, hash)
	if err != nil || asked == "" {
		return "", err
	}
	n, err := tx.exec(`UPDATE signin SET asked = '' WHERE hash = $1 AND asked = $2`, hash, asked)
	if err == nil && n == 0 {
		err = fault.New(fault.Stale, "record.stale")
	}
	return asked, err
}
