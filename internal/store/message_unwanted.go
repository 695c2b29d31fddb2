package store

import (
	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/region"
)

// Unwanted is a phone to which nothing is sent.
type Unwanted struct {
	ID     string
	Region region.Code
	Phone  string
	Day    day.Day
	Author string // the name of who took it down
}

func (tx *Tx) unwanted(u *Unwanted) []any {
	return []any{&u.ID, &u.Region, sealed[string]{tx, &u.Phone}, &u.Day, &u.Author}
}

// AddUnwanted notes that nothing is sent to a phone any more; one that is noted already is refused at its field.
func (tx *Tx) AddUnwanted(u Unwanted) error {
	err := tx.write(access.MessageRefuse, Subject{Kind: "unwanted", ID: u.ID, Region: u.Region, Note: person.MaskedPhone(u.Phone)}, `
		INSERT INTO unwanted (county, lookup, id, region, phone, day, author)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, string(u.Region.County()), tx.lookup(u.Phone), u.ID, string(u.Region), tx.seal(u.Phone), string(u.Day), u.Author)
	if clash(err) {
		var p fault.Problems
		p.Add("phone", "message.refuse.twice")
		return p.Fault()
	}
	return err
}

// DropUnwanted lets messages go to a phone again.
func (tx *Tx) DropUnwanted(u Unwanted) error {
	return tx.write(access.MessageRefuse, Subject{Kind: "unwanted", ID: u.ID, Region: u.Region, Note: person.MaskedPhone(u.Phone)},
		`DELETE FROM unwanted WHERE county = $1 AND id = $2`, string(u.Region.County()), u.ID)
}

// Unwanted is a phone of a county to which nothing is sent, by its id.
func (tx *Tx) Unwanted(county region.Code, of string) (Unwanted, error) {
	return one(tx, tx.unwanted, `SELECT id, region, phone, day, author FROM unwanted WHERE county = $1 AND id = $2`, string(county), of)
}

// Unwanteds is up to limit phones of an area to which nothing is sent, with those that its township and county noted for all below, the newest first, after the
// last one of the page before.
func (tx *Tx) Unwanteds(where region.Code, after string, limit int) ([]Unwanted, error) {
	from, to := where.Range()
	return list(tx, tx.unwanted, `
		SELECT id, region, phone, day, author
		FROM unwanted
		WHERE county = $1 AND ($2 = '' OR id < $2) AND (region >= $3 AND region < $4 OR region IN ($1, $5))
		ORDER BY id DESC
		LIMIT $6`, string(where.County()), after, from, to, string(where.Township()), limit)
}

// Refuses says which of the phones take no messages.
func (tx *Tx) Refuses(county region.Code, phones []string) (map[string]bool, error) {
	keys := make([]any, len(phones))
	for i, p := range phones {
		keys[i] = tx.lookup(p)
	}
	found, err := among(tx, func(u *string) []any { return []any{sealed[string]{tx, u}} }, `SELECT phone FROM unwanted WHERE county = $1 AND lookup IN `, keys, string(county))
	out := map[string]bool{}
	for _, p := range found {
		out[p] = true
	}
	return out, err
}
