package store

import (
	"context"
	"fmt"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/key"
)

// Keys shuts and opens what is personal; seal.Ring is handed in by the program, because rooms of one floor do not use each other.
type Keys interface {
	Fresh() ([]key.Key, error)                                  // the keys of an installation that has none
	Load(keys []key.Key, again func() ([]key.Key, error)) error // unwraps; again reads them anew when an unknown one is met
	Seal(clear string) string                                   // empty stays empty
	Open(kept string) (string, error)                           // refuses what was never sealed
	Lookup(number string) string                                // the blind index of a number
	Looked(text string) bool                                    // whether a text is a blind index
	KeyOf(kept string) (id string, ok bool)                     // which key sealed a text, false when it is clear
	Current() string                                            // the key that seals now

	Suite() string                                                      // the algorithms of what is made now
	Sum(suite string, data []byte) []byte                               // the hash of data, 32 bytes
	Sign(message func(key string) []byte) (signature []byte, err error) // signs what is said of the key that signs now
	Signed(k key.Key, message, signature []byte) error                  // nil when the key made the signature
}

// personal is a table with columns that hold personal texts (PIPL Art. 28 and 51).
type personal struct {
	table   string
	key     []string
	columns []string
	lookup  bool // the table is found by the blind index of its first column
	fixed   bool // rows never change once written, not even for a new key; old keys go on opening them
}

// personals is every column that is sealed. What is written into it goes through seal, what is read from it through open.
var personals = []personal{
	{table: "person", key: []string{"county", "id"}, columns: []string{"number", "address", "phone", "guardian", "guardian_phone"}, lookup: true},
	{table: "certificate", key: []string{"county", "id"}, columns: []string{"number"}, lookup: true},
	{table: "roster", key: []string{"county", "id"}, columns: []string{"sample"}},
	{table: "rejected", key: []string{"county", "roster", "row"}, columns: []string{"value", "message", "cells"}},
	{table: "difference", key: []string{"county", "id"}, columns: []string{"ours", "theirs", "reason"}},
	{table: "proposal", key: []string{"county", "application"}, columns: []string{"changes"}},
	{table: "listed", key: []string{"county", "id"}, columns: []string{"condition", "remark"}},
	{table: "attachment", key: []string{"county", "id"}, columns: []string{"name"}},
	{table: "letter", key: []string{"county", "id"}, columns: []string{"reason"}},
	{table: "loan", key: []string{"county", "id"}, columns: []string{"borrower", "reason", "answer"}},
	{table: "appraised", key: []string{"county", "appraisal", "person"}, columns: []string{"reason"}},
	{table: "session", key: []string{"county", "id"}, columns: []string{"place", "round"}},
	{table: "assessment", key: []string{"county", "id"}, columns: []string{"findings"}},
	{table: "finding", key: []string{"county", "application", "category"}, columns: []string{"finding"}},
	{table: "signature", key: []string{"county", "application"}, columns: []string{"conclusion", "reason"}},
	{table: "objection", key: []string{"county", "id"}, columns: []string{"name", "phone", "text", "reason"}},
	{table: "reminder", key: []string{"county", "id"}, columns: []string{"witness", "remark"}},
	{table: "lapse", key: []string{"county", "id"}, columns: []string{"reason"}},
	{table: "departure_list", key: []string{"county", "id"}, columns: []string{"name"}},
	{table: "person_change", key: []string{"county", "id"}, columns: []string{"was", "became"}},
	{table: "life", key: []string{"county", "person"}, columns: []string{"lives_at", "guardian_number"}},
	{table: "piece_back", key: []string{"county", "id"}, columns: []string{"reason"}},
	{table: "attempt", key: []string{"county", "id"}, columns: []string{"note"}},
	{table: "helper", key: []string{"county", "id"}, columns: []string{"phone"}},
	{table: "message", key: []string{"county", "id"}, columns: []string{"phone", "text"}},
	{table: "unwanted", key: []string{"county", "lookup"}, columns: []string{"phone"}, lookup: true},
	{table: "pile", key: []string{"county", "id"}, columns: []string{"name"}},
	{table: "leaf", key: []string{"county", "pile", "no"}, columns: []string{"code"}},
	{table: "piece", key: []string{"county", "id"}, columns: []string{"code", "why", "reason"}},
	{table: "appeal", key: []string{"county", "id"}, columns: []string{"reason", "opinion"}},
	{table: "reassessment", key: []string{"county", "id"}, columns: []string{"examinee", "conclusion", "reason"}},
	{table: "pathway", key: []string{"county", "application"}, columns: []string{"detail", "consent"}},
	{table: "evidence", key: []string{"county", "attachment"}, columns: []string{"detail"}},
	{table: "evidence_request", key: []string{"county", "id"}, columns: []string{"reason", "reply"}},
	{table: "call", key: []string{"county", "id"}, columns: []string{"detail"}},
	{table: "relative", key: []string{"account", "id"}, columns: []string{"number", "name"}, lookup: true},
	{table: "aid", key: []string{"county", "application"}, columns: []string{"needs"}},
	{table: "absence", key: []string{"county", "id"}, columns: []string{"note"}},
	{table: "likeness", key: []string{"county", "first", "second"}, columns: []string{"reason"}},
	{table: "disclosure", key: []string{"county", "id"}, columns: []string{"reason", "receiver", "opinion"}},
	{table: "correction", key: []string{"county", "id"}, columns: []string{"was", "number", "reason", "evidence", "opinion"}},
	{table: "former_number", key: []string{"county", "id"}, columns: []string{"number", "reason"}, lookup: true},
	{table: "paper_mark", key: []string{"county", "id"}, columns: []string{"reason", "answer"}},
	{table: "transfer", key: []string{"county", "id"}, columns: []string{"parcel", "reason"}},
	{table: "referral", key: []string{"county", "id"}, columns: []string{"parcel", "reason", "post"}},
	{table: "departure", key: []string{"county", "id"}, columns: []string{"named", "whither", "reason"}},
	{table: "lapse_objection", key: []string{"county", "id"}, columns: []string{"name", "phone", "text", "reason"}},
	{table: "practice", key: []string{"county", "doctor"}, columns: []string{"licence", "training"}},
	{table: "factor", key: []string{"account"}, columns: []string{"secret"}},
	{table: "linked", key: []string{"account"}, columns: []string{"subject"}, lookup: true},
	{table: "passkey", key: []string{"account", "id"}, columns: []string{"credential"}},
	{table: "card", key: []string{"county", "id"}, columns: []string{"face", "receiver", "note", "papers", "tracking"}},
	{table: "surrender", key: []string{"county", "certificate"}, columns: []string{"reason"}},
	{table: "job", key: []string{"id"}, columns: []string{"args", "error"}},
	{table: "answered", key: []string{"account", "key"}, columns: []string{"body"}},
	{table: "audit", key: []string{"county", "id"}, columns: []string{"note"}, fixed: true},
}

func scanKey(k *key.Key) []any {
	return []any{&k.ID, &k.Suite, &k.Purpose, &k.State, &k.Wrapped, &k.Public, &k.Master, micros{&k.Created}}
}

// Keys is every key, wrapped, the oldest first.
func (tx *Tx) Keys() ([]key.Key, error) {
	return list(tx, scanKey, `
		SELECT id, suite, purpose, state, wrapped, public, master, created
		FROM sealkey
		ORDER BY created, id`)
}

// AddKey makes k the current one of its purpose; the one before goes on opening what it sealed.
func (tx *Tx) AddKey(k key.Key) error {
	if _, err := tx.exec(`UPDATE sealkey SET state = 'old' WHERE purpose = $1 AND state = 'current'`, string(k.Purpose)); err != nil {
		return err
	}
	return tx.write(access.KeyRotate, Subject{Kind: "key", ID: k.ID, Region: tx.by.Region, Note: k.Suite}, `
		INSERT INTO sealkey (id, suite, purpose, state, wrapped, public, master, created)
		VALUES ($1, $2, $3, 'current', $4, $5, $6, $7)`, k.ID, k.Suite, string(k.Purpose), k.Wrapped, k.Public, k.Master, tx.at.UnixMicro())
}

// SaveKey keeps a key that another master key has wrapped.
func (tx *Tx) SaveKey(k key.Key) error {
	return tx.write(access.KeyRotate, Subject{Kind: "key", ID: k.ID, Region: tx.by.Region, Note: k.Master}, `
		UPDATE sealkey
		SET wrapped = $1, master = $2
		WHERE id = $3`, k.Wrapped, k.Master, k.ID)
}

// UseKeys lets what is written from now on be sealed with the keys as they stand.
func (db *DB) UseKeys(ctx context.Context) error {
	keys, err := db.readKeys(ctx)
	if err != nil {
		return err
	}
	return db.keys.Load(keys, nil)
}

func (db *DB) readKeys(ctx context.Context) (keys []key.Key, err error) {
	err = db.View(ctx, access.Program(), func(tx *Tx) error {
		keys, err = tx.Keys()
		return err
	})
	return keys, err
}

// metKey reads the keys beside a transaction that met a text under a key that this process has not seen, without waiting for a turn: every pool
// has one connection more than transactions.
func (db *DB) metKey() ([]key.Key, error) {
	rows, err := db.read.QueryContext(context.Background(), `SELECT id, suite, purpose, state, wrapped, public, master, created FROM sealkey`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []key.Key
	for rows.Next() {
		var k key.Key
		if err := rows.Scan(scanKey(&k)...); err != nil {
			return nil, err
		}
		out = append(out, k)
	}
	return out, rows.Err()
}

// unlock opens the keys of the database, and makes those of a new one.
func (db *DB) unlock(ctx context.Context) error {
	if db.keys == nil {
		return fmt.Errorf("the store was opened without keys")
	}
	keys, err := db.readKeys(ctx)
	if err == nil && len(keys) == 0 {
		keys, err = db.firstKeys(ctx)
	}
	if err != nil {
		return err
	}
	return db.keys.Load(keys, db.metKey)
}

// firstKeys makes the keys of a new installation; of two processes that try at once one wins and the other reads what it made.
func (db *DB) firstKeys(ctx context.Context) ([]key.Key, error) {
	fresh, err := db.keys.Fresh()
	if err != nil {
		return nil, err
	}
	err = db.Update(ctx, access.Program(), func(tx *Tx) error {
		for _, k := range fresh {
			_, err := tx.exec(`
				INSERT INTO sealkey (id, suite, purpose, state, wrapped, public, master, created)
				VALUES ($1, $2, $3, 'current', $4, $5, $6, $7)`, k.ID, k.Suite, string(k.Purpose), k.Wrapped, k.Public, k.Master, tx.at.UnixMicro())
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil && !clash(err) {
		return nil, err
	}
	return db.readKeys(ctx)
}

// damaged is an error of opening in words for an operator: the row is there and cannot be read.
func damaged(err error) error {
	if err == nil {
		return nil
	}
	return fault.New(fault.Refused, "seal.row.damaged").Because(err)
}
