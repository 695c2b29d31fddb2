package store

import (
	"hefa/internal/access"
	"hefa/internal/person"
)

// belongings is the tables whose rows stand where their person lives, with the condition of those that are still under way.
var belongings = []struct{ table, open string }{
	{"listed", "TRUE"},
	{"reminder", "state IN ('made', 'sent', 'received')"},
	{"lapse", "state NOT IN ('cancelled', 'dropped')"},
	{"departure", "state IN ('proposed', 'frozen')"},
	{"difference", "state IN ('open', 'ours', 'send')"},
}

// relocate lets the certificate in hand, and what is under way about it, follow somebody who moved within the county, so that the township where they live
// now reads, lists and reminds them.
func (tx *Tx) relocate(act access.Act, p person.Person) error {
	held, err := tx.CertificatesOf(p.County(), p.ID)
	if err != nil {
		return err
	}
	for _, c := range held {
		if c.Region == p.Region || !c.State.Live() {
			continue
		}
		c.Region = p.Region
		if err := tx.SaveCertificate(act, c); err != nil {
			return err
		}
	}
	for _, b := range belongings {
		if _, err := tx.exec(`UPDATE `+b.table+` SET region = $1 WHERE county = $2 AND person = $3 AND region <> $1 AND `+b.open,
			string(p.Region), string(p.County()), string(p.ID)); err != nil {
			return err
		}
	}
	return nil
}
