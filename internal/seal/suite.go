package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"hash"

	"github.com/emmansun/gmsm/sm3"
	"github.com/emmansun/gmsm/sm4"
)

// Suite is which algorithms a key is for; it is kept beside every key, so that keys of both live side by side.
type Suite string

// The suites.
const (
	National      Suite = "sm"  // SM4-GCM (GB/T 32907, GB/T 36624), SM3 (GB/T 32905), SM2 (GB/T 32918); what 密评 (GB/T 39786) asks for
	International Suite = "aes" // AES-256-GCM, SHA-256, ECDSA on P-256; for sites outside 密评
)

// algorithms is what differs between the suites; everything else is written once.
type algorithms struct {
	keySize int // bytes of a key for block
	block   func(key []byte) (cipher.Block, error)
	hash    func() hash.Hash
	signing
}

var suites = map[Suite]algorithms{
	National:      {sm4.BlockSize, sm4.NewCipher, sm3.New, sm2Signing},
	International: {32, aes.NewCipher, sha256.New, p256Signing},
}

// Valid says whether the suite is known.
func (s Suite) Valid() bool { return suites[s].keySize > 0 }

// Hash is a new hash of 32 bytes: SM3 or SHA-256.
func (s Suite) Hash() hash.Hash { return suites[s].hash() }

// Sum is the hash of data, 32 bytes.
func (s Suite) Sum(data []byte) []byte {
	h := s.Hash()
	_, _ = h.Write(data) // a hash takes everything
	return h.Sum(nil)
}

// MAC is the keyed hash (HMAC, GB/T 15852.2) of data, 32 bytes.
func (s Suite) MAC(key, data []byte) []byte {
	h := hmac.New(suites[s].hash, key)
	_, _ = h.Write(data) // a hash takes everything
	return h.Sum(nil)
}

// aead is authenticated encryption under key, whose length must be the suite's.
func (s Suite) aead(key []byte) (cipher.AEAD, error) {
	a, ok := suites[s]
	if !ok {
		return nil, fmt.Errorf("unknown suite %q", s)
	}
	block, err := a.block(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}
