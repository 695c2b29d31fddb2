// Package key is the keys that personal data is sealed with, as they lie in the database: each wrapped by the master key, which never lies there.
package key

import "time"

// Purpose is what a key is for.
type Purpose string

// The purposes.
const (
	Data  Purpose = "data"  // seals texts and files; there is one current one, older ones still open what they sealed
	Index Purpose = "index" // makes the blind index that numbers are found by; it stays, because every index would change with it
	Sign  Purpose = "sign"  // signs the audit's heads and the codes on cards

	Backup Purpose = "backup" // seals one backup and lies beside it, never in the database
)

// State says whether a key still seals.
type State string

// The states.
const (
	Current State = "current" // what is written now is sealed with it
	Old     State = "old"     // it only opens; kept for backups and for what was not sealed anew yet
)

// Key is one wrapped key.
type Key struct {
	ID      string // eight hexadecimal digits; stands before every ciphertext
	Suite   string // sm or aes
	Purpose Purpose
	State   State
	Wrapped string // the secret under the master key
	Public  string // base64 of the public point, for signing keys
	Master  string // which master key wrapped it: a fingerprint, or what sort it is
	Created time.Time
}
