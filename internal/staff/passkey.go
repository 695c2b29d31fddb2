package staff

import (
	"strings"

	"hefa/internal/fault"
)

// Passkey is a key on a USB stick, in a phone or in the computer itself that proves a person beside the password (WebAuthn Level 3, W3C).
type Passkey struct {
	Account    ID
	ID         string
	Name       string // what its person calls it
	Handle     string // the digest of the credential's own id; no two keys have the same
	Credential string // the credential record as JSON: its public key and how often it has signed
	Since      int64  // instant from which it is taken, microseconds
	Used       int64  // instant of its last use, 0 for never
	Doubled    int64  // instant at which its count went back, as that of a copy does; 0 for never
	Version    int
}

// Good says whether the key is still taken: one that may have been copied is not (WebAuthn 6.1.1).
func (k Passkey) Good() bool { return k.Doubled == 0 }

// NameMost is how many letters the name of a key may have.
const NameMost = 30

// CheckName finds what is wrong with the name of a key beside the names of the others.
func (k Passkey) CheckName(field string, others []Passkey) error {
	var p fault.Problems
	switch {
	case strings.TrimSpace(k.Name) == "":
		p.Add(field, "key.name.missing")
	case len([]rune(k.Name)) > NameMost:
		p.Add(field, "key.name.long", NameMost)
	}
	for _, o := range others {
		if o.Name == k.Name {
			p.Add(field, "key.name.taken")
		}
	}
	return p.Fault()
}

// Means is what an account has beside its password.
type Means struct {
	Code bool // one-time codes of an app
	Key  bool // a key, be it one that is taken no more: a copy must not bring the account back to the password alone
}

// Any says whether there is a second factor at all.
func (m Means) Any() bool { return m.Code || m.Key }
