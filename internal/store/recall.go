package store

import (
	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/region"
)

// Recall is an old card that came in: when the new one was fetched, or after its certificate was cancelled.
type Recall struct {
	ID          card.ID        // of the new card; of a cancelled certificate its id
	Application application.ID // the case of the new card, "" for a cancelled certificate
	Certificate certificate.ID // the old one
	Name        string
	Old         certificate.Number
	Region      region.Code
	Handed      day.Day
	Receiver    string // who fetched the new card
}

// RecallFilter narrows the old cards that were handed in. Destruction "" is those that are kept.
type RecallFilter struct {
	Region      region.Code
	Destruction string
	After       string // delivery day and id of the last card of the page before, joined by a space
	Limit       int
}

// Recalls is the old cards of the area that were handed in, the longest kept first.
func (tx *Tx) Recalls(f RecallFilter) ([]Recall, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	from, id := "", ""
	if len(f.After) > 11 {
		from, id = f.After[:10], f.After[11:]
	}
	return list(tx, func(r *Recall) []any {
		return []any{&r.ID, &r.Application, &r.Certificate, &r.Name, sealed[certificate.Number]{tx, &r.Old}, &r.Region, &r.Handed, sealed[string]{tx, &r.Receiver}}
	}, `
		SELECT k.id AS which, a.id, c.id, p.name, c.number, k.region, k.delivered AS handed, k.receiver
		FROM card k
		JOIN application a ON a.county = k.county AND a.id = k.application
		JOIN person p ON p.county = a.county AND p.id = a.person
		JOIN certificate c ON c.county = a.county AND c.id = a.previous
		WHERE k.county = $1 AND k.recalled AND k.destruction = $2 AND k.delivered >= $3 AND (k.delivered > $4 OR k.id > $5) AND k.region >= $6 AND k.region < $7
		UNION ALL
		SELECT s.certificate, '', c.id, p.name, c.number, c.region, s.day, ''
		FROM surrender s
		JOIN certificate c ON c.county = s.county AND c.id = s.certificate
		JOIN person p ON p.county = c.county AND p.id = c.person
		WHERE s.county = $1 AND s.obtained AND s.destruction = $2 AND s.day >= $3 AND (s.day > $4 OR s.certificate > $5) AND c.region >= $6 AND c.region < $7
		ORDER BY handed, which
		LIMIT $8`, a.county, f.Destruction, from, from, id, a.from, a.to, f.Limit)
}

// LastRecalled is the day on which the last of some old cards of a county was handed in, "" for none.
func (tx *Tx) LastRecalled(county region.Code, cards []card.ID) (day.Day, error) {
	args := []any{string(county)}
	for _, id := range cards {
		args = append(args, string(id))
	}
	if len(cards) == 0 {
		return "", nil
	}
	return one(tx, func(d *day.Day) []any { return []any{d} }, `
		SELECT COALESCE(MAX(r.handed), '')
		FROM (
			SELECT delivered AS handed
			FROM card
			WHERE county = $1 AND id IN `+places(2, len(cards))+`
			UNION ALL
			SELECT day
			FROM surrender
			WHERE county = $1 AND certificate IN `+places(2, len(cards))+`) r`, args...)
}

const destructionColumns = `id, region, no, day, way, first, second, clerk, cards`

func scanDestruction(d *card.Destruction) []any {
	return []any{&d.ID, &d.Region, &d.No, &d.Day, &d.Way, &d.First, &d.Second, &d.Clerk, &d.Cards}
}

// Destruction is the record with the id.
func (tx *Tx) Destruction(id string) (card.Destruction, error) {
	county, err := tx.home("destruction", id)
	if err != nil {
		return card.Destruction{}, err
	}
	return one(tx, scanDestruction, `SELECT `+destructionColumns+` FROM destruction WHERE county = $1 AND id = $2`, county, id)
}

// Destructions is the records of the county, the newest first.
func (tx *Tx) Destructions(county region.Code, limit int) ([]card.Destruction, error) {
	return list(tx, scanDestruction, `
		SELECT `+destructionColumns+`
		FROM destruction
		WHERE county = $1
		ORDER BY id DESC
		LIMIT $2`, string(county), limit)
}

// AddDestruction keeps the record, and that the old cards are no more; one that was destroyed before is refused.
func (tx *Tx) AddDestruction(d card.Destruction, cards []card.ID) error {
	s := Subject{Kind: "destruction", ID: d.ID, Region: d.Region, Note: d.No}
	err := tx.write(access.RecallDestroy, s, `
		INSERT INTO destruction (county, id, region, no, day, way, first, second, clerk, cards)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		string(d.County()), d.ID, string(d.Region), d.No, string(d.Day), d.Way, d.First, d.Second, d.Clerk, d.Cards)
	if err != nil {
		return err
	}
	cancelled, err := tx.surrendered(d.County(), cards)
	for _, id := range cards {
		if err != nil {
			return err
		}
		if cancelled[id] {
			err = tx.write(access.RecallDestroy, Subject{Kind: "certificate", ID: string(id), Region: d.Region, Note: d.No}, `
				UPDATE surrender
				SET destruction = $1
				WHERE county = $2 AND certificate = $3 AND obtained AND destruction = ''`, d.ID, string(d.County()), string(id))
			continue
		}
		err = tx.write(access.RecallDestroy, Subject{Kind: "card", ID: string(id), Region: d.Region, Note: d.No}, `
			UPDATE card
			SET destruction = $1, version = version + 1
			WHERE county = $2 AND id = $3 AND recalled AND destruction = ''`, d.ID, string(d.County()), string(id))
	}
	return err
}
