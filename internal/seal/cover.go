package seal

import (
	"crypto/cipher"
	"encoding/hex"
	"fmt"

	"hefa/internal/key"
)

// Cover is what seals one backup: a key of its own under the master key, because the data keys lie inside the backup.
type Cover struct {
	Key    key.Key // wrapped, as it may lie beside what it covers
	suite  Suite
	secret []byte
}

// Cover is the key of a new backup.
func (r *Ring) Cover() (*Cover, error) {
	k, err := r.Make(key.Backup)
	if err != nil {
		return nil, err
	}
	return r.Uncover(k)
}

// Uncover is the key of a backup that was made under the same master key; under another one it is refused.
func (r *Ring) Uncover(k key.Key) (*Cover, error) {
	if k.Purpose != key.Backup || !Suite(k.Suite).Valid() {
		return nil, fmt.Errorf("the key %q is not a backup's", k.ID)
	}
	secret, err := r.master.unwrap(Suite(k.Suite), bound(k), k.Wrapped)
	if err != nil {
		return nil, err
	}
	return &Cover{k, Suite(k.Suite), secret}, nil
}

// FileKey is the cipher of one part of the backup, as Ring.FileKey is that of one file.
func (c *Cover) FileKey(head []byte) (with cipher.AEAD, fresh []byte, err error) {
	if head == nil {
		head = freshHead(c.Key.ID)
	} else if len(head) != idSize+fileSalt || string(head[:idSize]) != c.Key.ID {
		return nil, nil, ErrKey
	}
	with, err = c.suite.aead(c.suite.MAC(c.secret, head)[:suites[c.suite].keySize])
	return with, head, err
}

// Current is the id of the backup's key.
func (c *Cover) Current() string { return c.Key.ID }

// MAC is the keyed hash of data in hexadecimal digits.
func (c *Cover) MAC(data []byte) string {
	return hex.EncodeToString(c.suite.MAC(c.suite.MAC(c.secret, []byte("hefa manifest")), data))
}

// Bare is a ring under the same master key without any keys, for a database that was restored beside the one that is open.
func (r *Ring) Bare() *Ring { return &Ring{master: r.master, suite: r.suite} }
