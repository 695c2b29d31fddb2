package seal

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/emmansun/gmsm/sm2"
)

// signing is how a suite signs; private keys are 32 bytes, public ones the uncompressed point of 65 bytes.
type signing struct {
	make   func() ([]byte, error)
	public func(private []byte) ([]byte, error)
	sign   func(private, message []byte) ([]byte, error)
	verify func(public, message, signature []byte) error
}

// errSignature is a signature that does not belong to its message and key.
var errSignature = errors.New("the signature does not fit")

// sm2Signing is SM2 with SM3 and the usual user id (GB/T 32918.2, GM/T 0009).
var sm2Signing = signing{
	make: func() ([]byte, error) {
		k, err := sm2.GenerateKey(rand.Reader)
		if err != nil {
			return nil, err
		}
		return k.D.FillBytes(make([]byte, 32)), nil
	},
	public: func(private []byte) ([]byte, error) {
		k, err := sm2.NewPrivateKey(private)
		if err != nil {
			return nil, err
		}
		public, err := sm2.PublicKeyToECDH(&k.PublicKey)
		if err != nil {
			return nil, err
		}
		return public.Bytes(), nil
	},
	sign: func(private, message []byte) ([]byte, error) {
		k, err := sm2.NewPrivateKey(private)
		if err != nil {
			return nil, err
		}
		return k.Sign(rand.Reader, message, sm2.DefaultSM2SignerOpts)
	},
	verify: func(public, message, signature []byte) error {
		k, err := sm2.NewPublicKey(public)
		if err != nil {
			return err
		}
		if !sm2.VerifyASN1WithSM2(k, nil, message, signature) {
			return errSignature
		}
		return nil
	},
}

// p256Signing is ECDSA on P-256 with SHA-256.
var p256Signing = signing{
	make: func() ([]byte, error) {
		k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			return nil, err
		}
		return k.Bytes()
	},
	public: func(private []byte) ([]byte, error) {
		k, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), private)
		if err != nil {
			return nil, err
		}
		return k.PublicKey.Bytes()
	},
	sign: func(private, message []byte) ([]byte, error) {
		k, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), private)
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(message)
		return ecdsa.SignASN1(rand.Reader, k, sum[:])
	},
	verify: func(public, message, signature []byte) error {
		k, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), public)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(message)
		if !ecdsa.VerifyASN1(k, sum[:], signature) {
			return errSignature
		}
		return nil
	},
}

// Signer signs with one private key. It may be used by many at once.
type Signer struct {
	ID      string // short name of the key, kept beside its signatures
	Suite   Suite
	Public  []byte // the uncompressed point, 65 bytes
	private []byte
}

// NewSigner is the signer with a private key of 32 bytes.
func NewSigner(id string, s Suite, private []byte) (*Signer, error) {
	if !s.Valid() {
		return nil, fmt.Errorf("unknown suite %q", s)
	}
	public, err := suites[s].public(private)
	if err != nil {
		return nil, fmt.Errorf("reading a signing key: %w", err)
	}
	return &Signer{id, s, public, private}, nil
}

// MakeSigner is a signer with a fresh key.
func MakeSigner(id string, s Suite) (*Signer, error) {
	if !s.Valid() {
		return nil, fmt.Errorf("unknown suite %q", s)
	}
	private, err := suites[s].make()
	if err != nil {
		return nil, fmt.Errorf("making a signing key: %w", err)
	}
	return NewSigner(id, s, private)
}

// Sign is the signature of message in ASN.1, some 70 bytes.
func (s *Signer) Sign(message []byte) ([]byte, error) {
	return suites[s.Suite].sign(s.private, message)
}

// VerifySignature says with nil that signature was made over message with the private key of public.
func VerifySignature(s Suite, public, message, signature []byte) error {
	if !s.Valid() {
		return fmt.Errorf("unknown suite %q", s)
	}
	return suites[s].verify(public, message, signature)
}
