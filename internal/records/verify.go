package records

import (
	"context"
	"io"
	"sync"
	"time"

	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/key"
	"hefa/internal/lang"
	"hefa/internal/paper"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/store"
)

// Verified is what somebody learns who holds a card: what its code says, so that it can be compared with what is printed, and whether it holds today.
type Verified struct {
	card.Code
	Holds   bool
	Pending bool // it is made, and was not handed over yet
}

// Verify checks the code of a card. A code that no key of this installation signed is fault.Refused verify.false, a text that is no code fault.Invalid.
// Of a card that does not hold nobody learns why: it was cancelled, replaced, lost or ran out; only of one that was not handed over yet that it was not.
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
		v.Pending = err == nil && state == certificate.Pending
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

// The list of cards that do not hold is made anew after an hour and counts as fresh for a day.
const (
	endedEvery = time.Hour
	endedFresh = 24 * time.Hour
)

// ended keeps each county's last list, so that whoever asks again and again costs nothing.
type ended struct {
	sync.Mutex
	lists map[region.Code]card.Ended
}

// Ended is a county's signed list of cards that do not hold any more, for those who check cards without a line; Missing for what is no county.
func (d *Desk) Ended(ctx context.Context, by access.Actor, county region.Code) (card.Ended, error) {
	d.ended.Lock()
	defer d.ended.Unlock()
	var e card.Ended
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		if e = d.ended.lists[county]; !e.At.IsZero() && tx.Now().Sub(e.At) < endedEvery && !tx.Now().Before(e.At) {
			return nil
		}
		if county.Level() != region.County {
			return fault.New(fault.Missing, "record.missing")
		}
		if _, err := tx.Region(county); err != nil {
			return err
		}
		var err error
		e, err = tx.Ended(county, endedFresh)
		return err
	})
	if err == nil {
		d.ended.lists[county] = e
	}
	return e, err
}

// SignKeys is the keys with which codes and lists are checked; their public points alone are of use to anybody.
func (d *Desk) SignKeys(ctx context.Context, by access.Actor) (all []key.Key, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		all, err = tx.SignKeys()
		return err
	})
	return all, err
}

// Electronic is a certificate as its holder carries it on a phone: what the card says, and the code by which it is checked.
type Electronic struct {
	card.Face
	Region region.Code
}

// Electronic makes the electronic form of a certificate that holds: the face of its card, or one taken now from the register when the card was made
// elsewhere. That somebody took it out is written down.
func (d *Desk) Electronic(ctx context.Context, by access.Actor, id certificate.ID) (Electronic, error) {
	var out Electronic
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		c, err := tx.Certificate(id)
		if err != nil {
			return err
		}
		if err := by.May(access.ApplicationPrint, c.Region); err != nil {
			return err
		}
		if !holding(c.State) || c.Expired(tx.Today()) {
			return fault.New(fault.Refused, "electronic.over")
		}
		k, err := tx.CardOfCertificate(c)
		if fault.Of(err) == fault.Missing || err == nil && k.Face.QR == "" {
			k, err = taken(tx, c)
		}
		if err != nil {
			return err
		}
		out = Electronic{k.Face, c.Region}
		return tx.Note(access.ApplicationPrint, store.Subject{Kind: "certificate", ID: string(id), Region: c.Region, Note: lang.T("electronic.note")})
	})
	return out, err
}

// taken is a card that nobody printed here, with its face as the register has it now.
func taken(tx *store.Tx, c certificate.Certificate) (card.Card, error) {
	p, err := tx.Person(c.Person)
	if err != nil {
		return card.Card{}, err
	}
	names, err := tx.RegionNames(p.Region)
	if err != nil {
		return card.Card{}, err
	}
	office, err := tx.Office(c.Region)
	if err != nil {
		return card.Card{}, err
	}
	s := card.Sitting{Person: p, Certificate: c, Place: place(names, p.Region), RedSeveral: office.Policy.Is(policy.MultipleRed)}
	k := card.Card{Region: c.Region, Certificate: c.ID, Face: s.Face()}
	k.Face.QR, err = code(tx, k, office.Policy)
	return k, err
}

// WriteElectronic prints the electronic form of a certificate.
func (d *Desk) WriteElectronic(ctx context.Context, by access.Actor, id certificate.ID, w io.Writer) error {
	e, err := d.Electronic(ctx, by, id)
	if err != nil {
		return err
	}
	b, err := d.booklet(e.Face)
	if err != nil {
		return err
	}
	return paper.Write(w, paper.Electronic{Booklet: b})
}
