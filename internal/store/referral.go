package store

import (
	"encoding/base64"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/key"
	"hefa/internal/person"
	"hefa/internal/referral"
	"hefa/internal/region"
)

const referralColumns = `r.id, r.side, r.region, r.abroad, r.twin, r.application, r.parcel, r.sign_key, r.signature, r.state, r.backs, r.sent, r.due, r.decided, r.decider,
	r.receipt, r.reason, r.post, r.version`

func (tx *Tx) referral(r *referral.Referral) []any {
	return []any{&r.ID, &r.Side, &r.Region, &r.Abroad, &r.Twin, &r.Application, sealedJSON{tx, &r.Parcel}, &r.Key, &r.Signature, &r.State, &r.Backs, &r.Sent, &r.Due,
		&r.Decided, &r.Decider, &r.Receipt, sealed[string]{tx, &r.Reason}, sealedJSON{tx, &r.Way}, &r.Version}
}

// Referral is the actor's county's record with the id.
func (tx *Tx) Referral(id referral.ID) (referral.Referral, error) {
	county, err := tx.home("referral", string(id))
	if err != nil {
		return referral.Referral{}, err
	}
	return tx.referralOf(region.Code(county), id)
}

func (tx *Tx) referralOf(county region.Code, id referral.ID) (referral.Referral, error) {
	return one(tx, tx.referral, `SELECT `+referralColumns+` FROM referral r WHERE r.county = $1 AND r.id = $2`, string(county), string(id))
}

// ReferralTwin is the other county's record of the same referral: r names it, and so lets its own county read and answer it.
func (tx *Tx) ReferralTwin(r referral.Referral) (referral.Referral, error) {
	return tx.referralOf(r.Abroad.County(), r.Twin)
}

// ReferralOf is the record of a case; ok is false for a case without one.
func (tx *Tx) ReferralOf(county region.Code, of application.ID) (r referral.Referral, ok bool, err error) {
	all, err := list(tx, tx.referral, `SELECT `+referralColumns+` FROM referral r WHERE r.county = $1 AND r.application = $2`, string(county), string(of))
	if err != nil || len(all) == 0 {
		return r, false, err
	}
	return all[0], true, nil
}

// ReferredCase is the case of r's own county, whichever county the actor works in: only the twin leads here.
func (tx *Tx) ReferredCase(r referral.Referral) (application.Application, error) {
	return one(tx, scanApplication, `SELECT `+applicationColumns+` FROM application a WHERE a.county = $1 AND a.id = $2`, string(r.County()), r.Application)
}

// ReferredState is where the case of r's own county stands, and its last day: all that the other county is shown of it.
func (tx *Tx) ReferredState(r referral.Referral) (s application.State, last day.Day, err error) {
	type row struct {
		state application.State
		due   day.Day
	}
	found, err := one(tx, func(x *row) []any { return []any{&x.state, due{&x.due}} },
		`SELECT state, due FROM application WHERE county = $1 AND id = $2`, string(r.County()), r.Application)
	return found.state, found.due, err
}

// ReferredCard is the card of a case of another county, with the certificate that it makes and the one that it replaces, nil for none.
func (tx *Tx) ReferredCard(a application.Application) (k card.Card, made certificate.Certificate, old *certificate.Certificate, err error) {
	if k, err = tx.CardOf(a); err != nil {
		return k, made, nil, err
	}
	if made, err = tx.certificateOf(a.County(), k.Certificate); err != nil || a.Previous == "" {
		return k, made, nil, err
	}
	before, err := tx.certificateOf(a.County(), a.Previous)
	return k, made, &before, err
}

func (tx *Tx) certificateOf(county region.Code, id certificate.ID) (certificate.Certificate, error) {
	return one(tx, tx.certificate, `SELECT `+certificateColumns+` FROM certificate c WHERE c.county = $1 AND c.id = $2`, string(county), string(id))
}

// SignReferral signs the parcel of r.
func (tx *Tx) SignReferral(r *referral.Referral) error {
	signature, err := tx.db.keys.Sign(func(key string) []byte {
		r.Key = key
		return r.Parcel.Message()
	})
	r.Signature = base64.StdEncoding.EncodeToString(signature)
	return err
}

// FitsReferral refuses a parcel that is not what was signed.
func (tx *Tx) FitsReferral(r referral.Referral) error {
	fits, err := tx.fitsSignature(r.Key, r.Signature, r.Parcel.Message())
	if err == nil && !fits {
		err = fault.New(fault.Refused, "referral.false")
	}
	return err
}

// fitsSignature says whether one of the installation's keys made the signature of the message.
func (tx *Tx) fitsSignature(of, text string, message []byte) (bool, error) {
	keys, err := tx.SignKeys()
	if err != nil {
		return false, err
	}
	signature, err := base64.StdEncoding.DecodeString(text)
	for _, k := range keys {
		if err == nil && k.ID == of && k.Purpose == key.Sign && tx.db.keys.Signed(k, message, signature) == nil {
			return true, nil
		}
	}
	return false, nil
}

func referralSubject(r referral.Referral) Subject {
	return Subject{Kind: "referral", ID: string(r.ID), Region: r.Region, Note: r.Parcel.No}
}

// AddReferral keeps one county's record.
func (tx *Tx) AddReferral(act access.Act, r referral.Referral) error {
	return tx.write(act, referralSubject(r), `
		INSERT INTO referral (county, id, side, region, abroad, twin, application, parcel, sign_key, signature, state, backs, sent, due, post)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
		string(r.County()), string(r.ID), string(r.Side), string(r.Region), string(r.Abroad), string(r.Twin), r.Application, tx.sealJSON(r.Parcel), r.Key, r.Signature,
		string(r.State), r.Backs, string(r.Sent), string(r.Due), tx.sealJSON(r.Way))
}

// SaveReferral refuses a record that changed since r was read.
func (tx *Tx) SaveReferral(act access.Act, r referral.Referral) error {
	return tx.write(act, referralSubject(r), `
		UPDATE referral
		SET region = $1, application = $2, parcel = $3, sign_key = $4, signature = $5, state = $6, backs = $7, sent = $8, due = $9, decided = $10, decider = $11,
			receipt = $12, reason = $13, post = $14, version = version + 1
		WHERE county = $15 AND id = $16 AND version = $17`,
		string(r.Region), r.Application, tx.sealJSON(r.Parcel), r.Key, r.Signature, string(r.State), r.Backs, string(r.Sent), string(r.Due), string(r.Decided), r.Decider,
		r.Receipt, tx.seal(r.Reason), tx.sealJSON(r.Way), string(r.County()), string(r.ID), r.Version)
}

// ReferralFilter narrows a list of referrals; empty fields do not.
type ReferralFilter struct {
	Region region.Code
	Side   referral.Side
	State  referral.State
	After  string // day due and id of the last row of the page before, joined by a space
	Limit  int
}

// Referrals is the referrals of the area that fit, by their last day.
func (tx *Tx) Referrals(f ReferralFilter) ([]referral.Referral, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	due, after := "", ""
	if len(f.After) > 11 {
		due, after = f.After[:10], f.After[11:]
	}
	return list(tx, tx.referral, `
		SELECT `+referralColumns+`
		FROM referral r
		WHERE r.county = $1 AND r.region >= $2 AND r.region < $3 AND r.due >= $4 AND (r.due > $4 OR r.id > $5) AND ($6 = '' OR r.side = $6) AND ($7 = '' OR r.state = $7)
		ORDER BY r.due, r.id
		LIMIT $8`, a.county, a.from, a.to, due, after, string(f.Side), string(f.State), f.Limit)
}

// GuestsWaiting is how many cards that another county made for people of the area lie here since a day or longer.
func (tx *Tx) GuestsWaiting(where region.Code, since day.Day) (int, error) {
	a, err := tx.area(where)
	if err != nil {
		return 0, err
	}
	n, err := tx.number(`
		SELECT COUNT(*)
		FROM referral r
		WHERE r.county = $1 AND r.side = 'host' AND r.state = 'arrived' AND r.region >= $2 AND r.region < $3 AND r.decided <= $4`, a.county, a.from, a.to, string(since))
	return int(n), err
}

// Guests is the people of a county who have the identity number, but who: they are registered elsewhere.
func (tx *Tx) Guests(county region.Code, n person.Number, who person.ID) ([]person.Person, error) {
	return list(tx, tx.person, `
		SELECT `+personColumns+`
		FROM person p
		WHERE p.county = $1 AND p.lookup = $2 AND p.id <> $3
		ORDER BY p.id`, string(county), tx.lookup(string(n)), string(who))
}

// AddGuest enters a person who is registered in another county: their identity number goes on leading there.
func (tx *Tx) AddGuest(act access.Act, p person.Person) error { return tx.enter(act, p) }
