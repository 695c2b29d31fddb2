package store

import (
	"encoding/base64"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/attachment"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/household"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/transfer"
)

const transferColumns = `t.id, t.way, t.region, t.abroad, t.twin, t.person, t.certificate, t.application, t.parcel, t.sign_key, t.signature, t.state, t.sent, t.due,
	t.decided, t.decider, t.receipt, t.reason, t.version`

func (tx *Tx) transfer(t *transfer.Transfer) []any {
	return []any{&t.ID, &t.Way, &t.Region, &t.Abroad, &t.Twin, &t.Person, &t.Certificate, &t.Application, sealedJSON{tx, &t.Parcel}, &t.Key, &t.Signature,
		&t.State, &t.Sent, &t.Due, &t.Decided, &t.Decider, &t.Receipt, sealed[string]{tx, &t.Reason}, &t.Version}
}

// Transfer is the actor's county's record with the id.
func (tx *Tx) Transfer(id transfer.ID) (transfer.Transfer, error) {
	county, err := tx.home("transfer", string(id))
	if err != nil {
		return transfer.Transfer{}, err
	}
	return tx.transferOf(region.Code(county), id)
}

func (tx *Tx) transferOf(county region.Code, id transfer.ID) (transfer.Transfer, error) {
	return one(tx, tx.transfer, `SELECT `+transferColumns+` FROM transfer t WHERE t.county = $1 AND t.id = $2`, string(county), string(id))
}

// Twin is the other county's record of the same transfer: t names it, and so lets its own county read and answer it.
func (tx *Tx) Twin(t transfer.Transfer) (transfer.Transfer, error) {
	return tx.transferOf(t.Abroad.County(), t.Twin)
}

// SignTransfer signs the parcel of t.
func (tx *Tx) SignTransfer(t *transfer.Transfer) error {
	signature, err := tx.db.keys.Sign(func(key string) []byte {
		t.Key = key
		return t.Parcel.Message()
	})
	t.Signature = base64.StdEncoding.EncodeToString(signature)
	return err
}

// FitsTransfer refuses a parcel that is not what was signed.
func (tx *Tx) FitsTransfer(t transfer.Transfer) error {
	fits, err := tx.fitsSignature(t.Key, t.Signature, t.Parcel.Message())
	if err == nil && !fits {
		err = fault.New(fault.Refused, "transfer.false")
	}
	return err
}

func transferSubject(t transfer.Transfer) Subject {
	return Subject{Kind: "transfer", ID: string(t.ID), Region: t.Region, Note: t.Parcel.No}
}

// AddTransfer keeps one county's record.
func (tx *Tx) AddTransfer(act access.Act, t transfer.Transfer) error {
	return tx.write(act, transferSubject(t), `
		INSERT INTO transfer (county, id, way, region, abroad, twin, person, certificate, application, parcel, sign_key, signature, state, sent, due)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
		string(t.County()), string(t.ID), string(t.Way), string(t.Region), string(t.Abroad), string(t.Twin), string(t.Person), string(t.Certificate), t.Application,
		tx.sealJSON(t.Parcel), t.Key, t.Signature, string(t.State), string(t.Sent), string(t.Due))
}

// SaveTransfer refuses a record that changed since t was read.
func (tx *Tx) SaveTransfer(act access.Act, t transfer.Transfer) error {
	return tx.write(act, transferSubject(t), `
		UPDATE transfer
		SET person = $1, certificate = $2, application = $3, state = $4, decided = $5, decider = $6, receipt = $7, reason = $8, version = version + 1
		WHERE county = $9 AND id = $10 AND version = $11`,
		string(t.Person), string(t.Certificate), t.Application, string(t.State), string(t.Decided), t.Decider, t.Receipt, tx.seal(t.Reason),
		string(t.County()), string(t.ID), t.Version)
}

// TransferFilter narrows a list of transfers; empty fields do not.
type TransferFilter struct {
	Region region.Code
	Way    transfer.Way
	State  transfer.State
	After  string // day due and id of the last row of the page before, joined by a space
	Limit  int
}

// Transfers is the transfers of the area that fit, by their last day.
func (tx *Tx) Transfers(f TransferFilter) ([]transfer.Transfer, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	due, after := "", ""
	if len(f.After) > 11 {
		due, after = f.After[:10], f.After[11:]
	}
	return list(tx, tx.transfer, `
		SELECT `+transferColumns+`
		FROM transfer t
		WHERE t.county = $1 AND t.region >= $2 AND t.region < $3 AND t.due >= $4 AND (t.due > $4 OR t.id > $5) AND ($6 = '' OR t.way = $6) AND ($7 = '' OR t.state = $7)
		ORDER BY t.due, t.id
		LIMIT $8`, a.county, a.from, a.to, due, after, string(f.Way), string(f.State), f.Limit)
}

// TransfersOf is every transfer of a person of the county, the oldest first.
func (tx *Tx) TransfersOf(county region.Code, of person.ID) ([]transfer.Transfer, error) {
	return list(tx, tx.transfer, `
		SELECT `+transferColumns+`
		FROM transfer t
		WHERE t.county = $1 AND t.person = $2
		ORDER BY t.id`, string(county), string(of))
}

// ArrivalOf is the transfer that left a case in the county of arrival; ok is false for every other case.
func (tx *Tx) ArrivalOf(a application.Application) (t transfer.Transfer, ok bool, err error) {
	all, err := list(tx, tx.transfer, `
		SELECT `+transferColumns+`
		FROM transfer t
		WHERE t.county = $1 AND t.person = $2 AND t.application = $3 AND t.way = 'in'`, string(a.County()), string(a.Person), string(a.ID))
	if err != nil || len(all) == 0 {
		return t, false, err
	}
	return all[0], true, nil
}

// Consigned is what the sending county keeps of somebody who is being taken over.
type Consigned struct {
	Person      person.Person
	Certificate certificate.Certificate
	Life        household.Life
	Attachments []attachment.Attachment
}

// Consigned reads what out, the record of the sending county, stands for, whichever county the actor works in: only its twin leads here.
func (tx *Tx) Consigned(out transfer.Transfer) (c Consigned, err error) {
	county := string(out.County())
	if c.Person, err = one(tx, tx.person, `SELECT `+personColumns+` FROM person p WHERE p.county = $1 AND p.id = $2`, county, string(out.Person)); err != nil {
		return c, err
	}
	if c.Certificate, err = one(tx, tx.certificate, `SELECT `+certificateColumns+` FROM certificate c WHERE c.county = $1 AND c.id = $2`, county, string(out.Certificate)); err != nil {
		return c, err
	}
	if c.Life, err = tx.Life(c.Person); err != nil {
		return c, err
	}
	c.Attachments, err = list(tx, tx.attachment, `
		SELECT `+attachmentColumns+`
		FROM attachment
		WHERE county = $1 AND application IN (SELECT a.id FROM application a WHERE a.county = $1 AND a.person = $2)
		ORDER BY id`, county, string(out.Person))
	return c, err
}

// CasesOf is every case of a person, the oldest first.
func (tx *Tx) CasesOf(county region.Code, of person.ID) ([]application.Application, error) {
	return list(tx, scanApplication, `
		SELECT `+applicationColumns+`
		FROM application a
		WHERE a.county = $1 AND a.person = $2
		ORDER BY a.id`, string(county), string(of))
}

// SettlePerson enters somebody who is known in another county as was: from now on their identity number leads here.
func (tx *Tx) SettlePerson(act access.Act, was, p person.Person) error {
	n, err := tx.exec(`UPDATE identity SET county = $1, person = $2 WHERE lookup = $3 AND county = $4 AND person = $5`,
		string(p.County()), string(p.ID), tx.lookup(string(p.Number)), string(was.County()), string(was.ID))
	if err == nil && n == 0 {
		err = fault.New(fault.Stale, "record.stale")
	}
	if err != nil {
		return err
	}
	if err := tx.moveFormers(was, p); err != nil {
		return err
	}
	return tx.enter(act, p)
}

// ReleasePerson lets an identity number go, and those of before: its holder is registered in a county that does not work with this program.
func (tx *Tx) ReleasePerson(p person.Person) error {
	if _, err := tx.exec(`DELETE FROM former_number WHERE county = $1 AND person = $2`, string(p.County()), string(p.ID)); err != nil {
		return err
	}
	return tx.letGo(p)
}

// letGo lets the number lead to nobody.
func (tx *Tx) letGo(p person.Person) error {
	_, err := tx.exec(`DELETE FROM identity WHERE lookup = $1 AND county = $2 AND person = $3`, tx.lookup(string(p.Number)), string(p.County()), string(p.ID))
	return err
}
