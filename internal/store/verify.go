package store

import (
	"strings"

	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/key"
)

// SignCode is the code of a face, signed with the key that signs now.
func (tx *Tx) SignCode(f card.Face, of certificate.ID) (card.Signed, error) {
	s := card.Signed{Code: f.Code(tx.seed(of))}
	var err error
	s.Signature, err = tx.db.keys.Sign(func(key string) []byte {
		s.Key, s.Message = key, s.Code.Message(key)
		return s.Message
	})
	return s, err
}

// seed is what finds a certificate in the list of those that do not hold any more, for whoever has its code; nobody else can tell whose line it is. It
// is a blind index, 128 bits.
func (tx *Tx) seed(of certificate.ID) string {
	return strings.TrimPrefix(tx.lookup("card "+string(of)), "=")
}

// FitsCode says with nil that a key of this installation signed the code; fault.Refused verify.false when none did.
func (tx *Tx) FitsCode(s card.Signed) error {
	keys, err := tx.Keys()
	if err != nil {
		return err
	}
	for _, k := range keys {
		if k.ID == s.Key && k.Purpose == key.Sign && tx.db.keys.Signed(k, s.Message, s.Signature) == nil {
			return nil
		}
	}
	return fault.New(fault.Refused, "verify.false")
}

// Standing is the state of the certificate that a code was made for, and the day until which it holds; Missing when there is none. It is asked by whoever
// holds the card, and so is not scoped; it gives nothing else.
func (tx *Tx) Standing(c card.Code) (certificate.State, day.Day, error) {
	found, err := list(tx, tx.certificate, `
		SELECT `+certificateColumns+`
		FROM certificate c
		WHERE c.lookup = $1`, tx.lookup(string(c.Number)))
	if err != nil {
		return "", "", err
	}
	for _, f := range found {
		if tx.seed(f.ID) == c.Seed {
			return f.State, f.Expires, nil
		}
	}
	return "", "", fault.New(fault.Missing, "record.missing")
}
