package records

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/store"
)

// Verified is what somebody learns who holds a card: what its code says, so that it can be compared with what is printed, and whether it holds today.
type Verified struct {
	card.Code
	Holds bool
}

// Verify checks the code of a card. A code that no key of this installation signed is fault.Refused verify.false, a text that is no code fault.Invalid.
// Of a card that does not hold nobody learns why: it was cancelled, replaced, lost, ran out, or was never handed over.
func (d *Desk) Verify(ctx context.Context, by access.Actor, text string) (Verified, error) {
	s, err := card.ReadCode(text)
	if err != nil {
		return Verified{}, err
	}
	v := Verified{Code: s.Code}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		if err := tx.FitsCode(s); err != nil {
			return err
		}
		state, expires, err := tx.Standing(s.Code)
		if fault.Of(err) == fault.Missing {
			return nil // of a certificate that is not in the register any more
		}
		v.Holds = err == nil && holding(state) && (expires == "" || expires >= tx.Today())
		return err
	})
	return v, err
}

// holding says whether a certificate in a state counts, its day of expiry aside: until it is cancelled, one that is reviewed, put up or on the move does.
func holding(s certificate.State) bool {
	switch s {
	case certificate.Valid, certificate.Doubted, certificate.Announced, certificate.Moving:
		return true
	}
	return false
}
