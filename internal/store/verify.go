package store

import (
	"encoding/base64"
	"slices"
	"strings"
	"time"

	"hefa/internal/archive"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/key"
	"hefa/internal/region"
)

// SignCode is the code of a face, signed with the key that signs now.
func (tx *Tx) SignCode(f card.Face, county region.Code, of certificate.ID) (card.Signed, error) {
	s := card.Signed{Code: f.Code(county, tx.seed(of))}
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
// holds the card, and so is not scoped; it gives nothing else. One that another county took over with the same card stands as it stands there.
func (tx *Tx) Standing(c card.Code) (certificate.State, day.Day, error) {
	found, err := list(tx, tx.certificate, `
		SELECT `+certificateColumns+`
		FROM certificate c
		WHERE c.lookup = $1`, tx.lookup(string(c.Number)))
	if err != nil {
		return "", "", err
	}
	at := slices.IndexFunc(found, func(f certificate.Certificate) bool { return tx.seed(f.ID) == c.Seed })
	if at < 0 {
		return "", "", fault.New(fault.Missing, "record.missing")
	}
	now, err := tx.carried(found[at])
	return now.State, now.Expires, err
}

// movesMost is how often a card may have moved on between counties; more is a circle that no register should hold.
const movesMost = 50

// carried is the certificate for which a card stands by now: its own, or the one that carries it on in the county that took it over, and so on. One that
// was made anew there, with the same number, is another card's. It is Missing when the other county does not work with this program.
func (tx *Tx) carried(c certificate.Certificate) (certificate.Certificate, error) {
	for range movesMost {
		if c.State != certificate.Left {
			return c, nil
		}
		out, err := one(tx, tx.transfer, `
			SELECT `+transferColumns+`
			FROM transfer t
			WHERE t.county = $1 AND t.person = $2 AND t.certificate = $3 AND t.way = 'out' AND t.state = 'taken'
			ORDER BY t.id DESC
			LIMIT 1`, string(c.County()), string(c.Person), string(c.ID))
		if err != nil {
			return c, err
		}
		in, err := tx.Twin(out)
		if err != nil {
			return c, err
		}
		if c, err = tx.certificateOf(in.County(), in.Certificate); err != nil {
			return c, err
		}
	}
	return c, fault.New(fault.Missing, "record.missing")
}

// hashBytes is how much of a seed's hash stands in the list: nobody finds another seed with the same 128 bits.
const hashBytes = 16

func (tx *Tx) seedHash(seed string) string {
	return base64.RawURLEncoding.EncodeToString(tx.db.keys.Sum(tx.db.keys.Suite(), []byte(seed))[:hashBytes])
}

// endedAbroad is the certificates that another county took over with their card and that do not hold there any more. Each is followed by itself, for
// the counties do not lie together.
func (tx *Tx) endedAbroad(county region.Code) ([]certificate.ID, error) {
	all, err := list(tx, tx.certificate, `SELECT `+certificateColumns+` FROM certificate c WHERE c.county = $1 AND c.state = 'left'`, string(county))
	var out []certificate.ID
	for _, c := range all {
		now, err := tx.carried(c)
		if fault.Of(err) == fault.Missing {
			err, now.State = nil, certificate.Left
		}
		if err != nil {
			return nil, err
		}
		switch now.State {
		case certificate.Valid, certificate.Moving, certificate.Doubted, certificate.Announced:
		default:
			out = append(out, c.ID)
		}
	}
	return out, err
}

// Ended is a county's list of cards that do not hold any more, signed now; it is for everybody, and so is not scoped.
func (tx *Tx) Ended(county region.Code, fresh time.Duration) (card.Ended, error) {
	type row struct {
		id    certificate.ID
		state certificate.State
	}
	all, err := list(tx, func(r *row) []any { return []any{&r.id, &r.state} }, `
		SELECT id, state
		FROM certificate
		WHERE county = $1 AND state IN ('pending', 'cancelled', 'replaced', 'lost', 'frozen')`, string(county))
	if err != nil {
		return card.Ended{}, err
	}
	gone, err := tx.endedAbroad(county)
	if err != nil {
		return card.Ended{}, err
	}
	e := card.Ended{County: county, At: tx.at.UTC().Truncate(time.Second), Next: tx.at.UTC().Truncate(time.Second).Add(fresh), Suite: tx.db.keys.Suite(), Hashes: []string{}, Pending: []string{}}
	for _, r := range all {
		if h := tx.seedHash(tx.seed(r.id)); r.state == certificate.Pending {
			e.Pending = append(e.Pending, h)
		} else {
			e.Hashes = append(e.Hashes, h)
		}
	}
	for _, id := range gone {
		e.Hashes = append(e.Hashes, tx.seedHash(tx.seed(id)))
	}
	slices.Sort(e.Hashes)
	slices.Sort(e.Pending)
	e.Signature, err = tx.db.keys.Sign(func(key string) []byte {
		e.Key = key
		return e.Message()
	})
	if err != nil {
		return e, err
	}
	e.PendingSignature, err = tx.db.keys.Sign(func(string) []byte { return e.PendingMessage() })
	return e, err
}

// SignKeys is the keys that ever signed here; what they signed is checked with their public points, and nothing of them is secret.
func (tx *Tx) SignKeys() ([]key.Key, error) {
	all, err := tx.Keys()
	return slices.DeleteFunc(all, func(k key.Key) bool { return k.Purpose != key.Sign }), err
}

// CardOfCertificate is the card that bears a certificate, Missing when none was made here.
func (tx *Tx) CardOfCertificate(c certificate.Certificate) (card.Card, error) {
	return one(tx, tx.card, `
		SELECT `+cardColumns+`
		FROM card k
		WHERE k.county = $1 AND k.certificate = $2`, string(c.County()), string(c.ID))
}

// SignPackage signs the list of an evidence package, and gives its text and signature.
func (tx *Tx) SignPackage(p archive.Package) (text, signature []byte, err error) {
	keys, err := tx.SignKeys()
	if err != nil {
		return nil, nil, err
	}
	signature, err = tx.db.keys.Sign(func(key string) []byte {
		p.Key = key
		for _, k := range keys {
			if k.ID == key {
				p.Public, p.Suite = k.Public, k.Suite
			}
		}
		text = p.Text()
		return archive.PackageMessage(text)
	})
	return text, signature, err
}

// Sum is the hash of data by the suite of what is made now.
func (tx *Tx) Sum(data []byte) []byte { return tx.db.keys.Sum(tx.db.keys.Suite(), data) }
