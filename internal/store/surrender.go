package store

import (
	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/region"
)

// Owed is a cancelled certificate with its holder whose card was not given back; of one that was found not to be obtained also when and why.
type Owed struct {
	Holder
	Surrender card.Surrender
}

// OwedFilter narrows the cards that cancelled holders still have.
type OwedFilter struct {
	Region region.Code
	Given  bool   // only those that were found not to be obtained, else only those about which nothing was done
	After  string // day of the cancellation, of Given the day of the finding, and id of the last certificate of the page before, joined by a space
	Limit  int
}

// Owed is the cancelled certificates of the area whose cards were not given back, the latest first: these are the likeliest to be had.
func (tx *Tx) Owed(f OwedFilter) ([]Owed, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	to, id := "~", ""
	if len(f.After) > 10 {
		to, id = f.After[:10], f.After[11:]
	}
	from, open, on := "certificate c LEFT JOIN surrender s ON s.county = c.county AND s.certificate = c.id", "c.county = $1 AND s.certificate IS NULL", "c.since"
	if f.Given { // few among all that are cancelled: read by the day of the finding
		from, open, on = "surrender s JOIN certificate c ON c.county = s.county AND c.id = s.certificate", "s.county = $1 AND NOT s.obtained", "s.day"
	}
	return list(tx, func(o *Owed) []any {
		s := &o.Surrender
		return append(append(tx.certificate(&o.Certificate), tx.person(&o.Person)...), &s.Day, sealed[string]{tx, &s.Reason}, &s.Clerk)
	}, `
		SELECT `+certificateColumns+`, `+personColumns+`, COALESCE(s.day, ''), COALESCE(s.reason, ''), COALESCE(s.clerk, '')
		FROM `+from+`
		JOIN person p ON p.county = c.county AND p.id = c.person
		WHERE `+open+` AND c.state = 'cancelled' AND c.reason <> 'void' AND `+on+` <= $2 AND (`+on+` < $3 OR c.id < $4) AND c.region >= $5 AND c.region < $6
		ORDER BY `+on+` DESC, c.id DESC
		LIMIT $7`, a.county, to, to, id, a.from, a.to, f.Limit)
}

// Surrender keeps what became of the card of c; one that was given back stays so, one that was not to be obtained may still turn up,
// and why it was not is not written over by somebody who had not seen it.
func (tx *Tx) Surrender(c certificate.Certificate, s card.Surrender) error {
	return tx.write(access.RecallTake, Subject{Kind: "certificate", ID: string(c.ID), Region: c.Region, Note: s.Reason}, `
		INSERT INTO surrender (county, certificate, day, obtained, reason, clerk)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (county, certificate) DO UPDATE
		SET day = excluded.day, obtained = excluded.obtained, reason = excluded.reason, clerk = excluded.clerk
		WHERE NOT surrender.obtained AND excluded.obtained`, string(c.County()), string(c.ID), string(s.Day), s.Obtained, tx.seal(s.Reason), s.Clerk)
}

// Retract takes back what was recorded of the card of c; Stale when something else is recorded by now, or the card was destroyed.
func (tx *Tx) Retract(c certificate.Certificate, obtained bool, note string) error {
	return tx.write(access.RecallTake, Subject{Kind: "certificate", ID: string(c.ID), Region: c.Region, Note: note}, `
		DELETE FROM surrender
		WHERE county = $1 AND certificate = $2 AND obtained = $3 AND destruction = ''`, string(c.County()), string(c.ID), obtained)
}

// surrendered is which of some recalled cards of a county are those of cancelled certificates, which bear the id of the certificate.
func (tx *Tx) surrendered(county region.Code, cards []card.ID) (map[card.ID]bool, error) {
	out := map[card.ID]bool{}
	if len(cards) == 0 {
		return out, nil
	}
	args := []any{string(county)}
	for _, id := range cards {
		args = append(args, string(id))
	}
	all, err := list(tx, func(id *card.ID) []any { return []any{id} }, `
		SELECT certificate
		FROM surrender
		WHERE county = $1 AND certificate IN `+places(2, len(cards)), args...)
	for _, id := range all {
		out[id] = true
	}
	return out, err
}
