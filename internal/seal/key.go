package seal

import (
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"hash"
	"strings"
	"sync"
)

// A kept text is "#", the key's id, "#" and the base64 of nonce, ciphertext and tag. Key ids have idSize characters.
const (
	mark      = '#'
	idSize    = 8
	nonceSize = 12
	tagSize   = 16
	headSize  = idSize + 2
)

var encoding = base64.RawStdEncoding.Strict()

// scratch is buffers for the ciphertext of short texts, so that a page of them leaves no garbage.
var scratch = sync.Pool{New: func() any { return new([512]byte) }}

// ErrKey is a text or file that was sealed with a key that the ring does not hold.
var ErrKey = errors.New("sealed with a key that is not known here")

// ErrClear is a text that should be sealed and is not.
var ErrClear = errors.New("not sealed")

// Key seals and opens with one data key. It may be used by many at once.
type Key struct {
	ID     string
	aead   cipher.AEAD
	suite  Suite
	secret []byte
}

// NewKey is the data key with the secret, whose length is the suite's: 16 bytes for SM4, 32 for AES-256.
func NewKey(id string, s Suite, secret []byte) (*Key, error) {
	if len(id) != idSize {
		return nil, fmt.Errorf("key id %q has not %d characters", id, idSize)
	}
	aead, err := s.aead(secret)
	if err != nil {
		return nil, fmt.Errorf("reading data key %s: %w", id, err)
	}
	return &Key{id, aead, s, secret}, nil
}

// Seal is clear as it is kept; an empty text stays empty, because that there is nothing to tell is no secret.
func (k *Key) Seal(clear string) string {
	if clear == "" {
		return ""
	}
	room := scratch.Get().(*[512]byte)
	defer scratch.Put(room)
	raw := room[:nonceSize]
	if need := nonceSize + len(clear) + tagSize; need > len(room) {
		raw = make([]byte, nonceSize, need)
	}
	_, _ = rand.Read(raw) // crypto/rand ends the program rather than fail
	raw = k.aead.Seal(raw, raw, []byte(clear), nil)
	out := make([]byte, headSize, headSize+encoding.EncodedLen(len(raw)))
	out[0], out[headSize-1] = mark, mark
	copy(out[1:], k.ID)
	return string(encoding.AppendEncode(out, raw))
}

// Open is the text that was sealed with this key.
func (k *Key) Open(kept string) (string, error) {
	if id, ok := KeyOf(kept); !ok || id != k.ID {
		return "", ErrKey
	}
	room := scratch.Get().(*[512]byte)
	defer scratch.Put(room)
	raw := room[:]
	if need := encoding.DecodedLen(len(kept) - headSize); need > len(room) {
		raw = make([]byte, need)
	}
	n, err := encoding.Decode(raw, []byte(kept[headSize:]))
	if err != nil || n < nonceSize+tagSize {
		return "", errors.New("a sealed text is damaged")
	}
	clear, err := k.aead.Open(raw[nonceSize:nonceSize], raw[:nonceSize], raw[nonceSize:n], nil)
	if err != nil {
		return "", errors.New("a sealed text was changed")
	}
	return string(clear), nil
}

// KeyOf is the id of the key that a kept text was sealed with; false when it is a clear text.
func KeyOf(kept string) (id string, ok bool) {
	if len(kept) < headSize || kept[0] != mark || kept[headSize-1] != mark || strings.IndexByte(kept[1:headSize-1], mark) >= 0 {
		return "", false
	}
	return kept[1 : headSize-1], true
}

// Index is a keyed blind index: what a number is found by without telling the number (HMAC-SM3 or HMAC-SHA-256, cut to 128 bits).
type Index struct{ free sync.Pool }

// NewIndex is the index with a secret key.
func NewIndex(s Suite, secret []byte) *Index {
	return &Index{sync.Pool{New: func() any { return hmac.New(suites[s].hash, secret) }}}
}

// Lookup is what text is found by: 22 characters, the same for the same text and key. Empty stays empty.
func (x *Index) Lookup(text string) string {
	if text == "" {
		return ""
	}
	mac := x.free.Get().(hash.Hash)
	defer x.free.Put(mac)
	mac.Reset()
	var in [64]byte
	_, _ = mac.Write(append(in[:0], text...)) // a hash takes everything
	var sum [32]byte
	return encoding.EncodeToString(mac.Sum(sum[:0])[:16])
}
