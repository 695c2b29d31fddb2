package store

import (
	"strconv"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/region"
)

const batchColumns = `id, region, no, cards, made, dispatched, seal, bearer, receipt, version`

func scanBatch(b *card.Batch) []any {
	return []any{&b.ID, &b.Region, &b.No, &b.Cards, &b.Made, &b.Dispatched, &b.Seal, &b.Bearer, asJSON{&b.Arrival}, &b.Version}
}

// Batch is the print batch with the id.
func (tx *Tx) Batch(id card.BatchID) (card.Batch, error) {
	county, err := tx.home("batch", string(id))
	if err != nil {
		return card.Batch{}, err
	}
	return one(tx, scanBatch, `SELECT `+batchColumns+` FROM batch WHERE county = $1 AND id = $2`, county, string(id))
}

// Batches is the print batches of the area, the latest first.
func (tx *Tx) Batches(where region.Code, after card.BatchID, limit int) ([]card.Batch, error) {
	a, err := tx.area(where)
	if err != nil {
		return nil, err
	}
	if after == "" {
		after = "~"
	}
	return list(tx, scanBatch, `
		SELECT `+batchColumns+`
		FROM batch
		WHERE county = $1 AND id < $2 AND region >= $3 AND region < $4
		ORDER BY id DESC
		LIMIT $5`, a.county, string(after), a.from, a.to, limit)
}

// AddBatch begins a print batch.
func (tx *Tx) AddBatch(b card.Batch) error {
	return tx.write(access.ApplicationPrint, Subject{Kind: "batch", ID: string(b.ID), Region: b.Region, Note: b.No}, `
		INSERT INTO batch (county, id, region, no, cards, made)
		VALUES ($1, $2, $3, $4, $5, $6)`, string(b.County()), string(b.ID), string(b.Region), b.No, b.Cards, string(b.Made))
}

// SaveBatch records that the batch left or came in.
func (tx *Tx) SaveBatch(act access.Act, b card.Batch) error {
	return tx.write(act, Subject{Kind: "batch", ID: string(b.ID), Region: b.Region, Note: b.No}, `
		UPDATE batch
		SET dispatched = $1, seal = $2, bearer = $3, receipt = $4, cards = $5, version = version + 1
		WHERE county = $6 AND id = $7 AND version = $8`,
		string(b.Dispatched), b.Seal, b.Bearer, jsonText(b.Arrival), b.Cards, string(b.County()), string(b.ID), b.Version)
}

const cardColumns = `k.id, k.region, k.batch, k.application, k.certificate, k.face, k.state, k.spoiled, k.serial, k.printed, k.receiver, k.relation, k.recalled, k.note,
	k.delivered, k.means, k.papers, k.tracking, k.notified, k.notices, k.left_on, k.ahead, k.version`

func (tx *Tx) card(c *card.Card) []any {
	return []any{&c.ID, &c.Region, &c.Batch, &c.Application, &c.Certificate, sealedJSON{tx, &c.Face}, &c.State, &c.Spoiled, &c.Serial, &c.Printed, sealed[string]{tx, &c.Receiver}, &c.Relation,
		&c.Recalled, sealed[string]{tx, &c.Note}, &c.Delivered, &c.Means, sealed[string]{tx, &c.Papers},
		sealed[string]{tx, &c.Tracking}, &c.Notified, &c.Notices, &c.Left, &c.Ahead, &c.Version}
}

// Cards is the cards of a batch, in the order in which they are printed.
func (tx *Tx) Cards(b card.Batch) ([]card.Card, error) {
	return list(tx, tx.card, `
		SELECT `+cardColumns+`
		FROM card k
		WHERE k.county = $1 AND k.batch = $2
		ORDER BY k.id`, string(b.County()), string(b.ID))
}

// CardOf is the card of a case; of one that is void only when there is no other.
func (tx *Tx) CardOf(a application.Application) (card.Card, error) {
	return one(tx, tx.card, `
		SELECT `+cardColumns+`
		FROM card k
		WHERE k.county = $1 AND k.application = $2
		ORDER BY CASE WHEN k.state = 'void' THEN 1 ELSE 0 END, k.id DESC
		LIMIT 1`, string(a.County()), string(a.ID))
}

// AddCard keeps a card's face before it is printed.
func (tx *Tx) AddCard(c card.Card) error {
	return tx.write(access.ApplicationPrint, Subject{Kind: "card", ID: string(c.ID), Region: c.Region}, `
		INSERT INTO card (county, id, region, batch, application, certificate, face, state)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		string(c.County()), string(c.ID), string(c.Region), string(c.Batch), c.Application, string(c.Certificate), tx.sealJSON(c.Face), string(c.State))
}

// SaveCard refuses a row that changed since c was read, and a blank's serial that was used before; the face never changes.
func (tx *Tx) SaveCard(act access.Act, c card.Card, note string) error {
	err := tx.write(act, Subject{Kind: "card", ID: string(c.ID), Region: c.Region, Note: note}, `
		UPDATE card
		SET state = $1, spoiled = $2, serial = $3, printed = $4, receiver = $5, relation = $6, recalled = $7, note = $8, delivered = $9, means = $10,
			papers = $11, tracking = $12, notified = $13, notices = $14, batch = $15, ahead = $16, left_on = $17, version = version + 1
		WHERE county = $18 AND id = $19 AND version = $20`,
		string(c.State), c.Spoiled, c.Serial, string(c.Printed), tx.seal(c.Receiver), c.Relation, c.Recalled, tx.seal(c.Note), string(c.Delivered),
		string(c.Means), tx.seal(c.Papers), tx.seal(c.Tracking), string(c.Notified), c.Notices, string(c.Batch), c.Ahead, string(c.Left),
		string(c.County()), string(c.ID), c.Version)
	if clash(err) {
		return fault.New(fault.Refused, "card.serial.used", c.Serial)
	}
	return err
}

// Printed is a card with its case and person, as lists show them.
type Printed struct {
	Card card.Card
	Case Case
}

func (tx *Tx) printed(p *Printed) []any { return append(tx.card(&p.Card), tx.scanCase(&p.Case)...) }

// BatchCards is the cards of a batch with their people, by village.
func (tx *Tx) BatchCards(b card.Batch) ([]Printed, error) {
	return list(tx, tx.printed, `
		SELECT `+cardColumns+`, `+applicationColumns+`, `+personColumns+`
		FROM card k
		JOIN application a ON a.county = k.county AND a.id = k.application
		JOIN person p ON p.county = a.county AND p.id = a.person
		WHERE k.county = $1 AND k.batch = $2
		ORDER BY k.region, k.id`, string(b.County()), string(b.ID))
}

// HandoutFilter narrows the cards that wait to be handed out; empty fields do not. Name is the beginning of the name.
type HandoutFilter struct {
	Region region.Code
	Batch  card.BatchID
	Name   string
	Due    day.Day // of the case, before this day
	Stage  card.Stage
	Waits  card.Waits               // the days of the stages, where one is asked for
	After  *application.Application // the last one of the page before
	Limit  int
}

// Handouts is the dispatched cards of the area that wait to be fetched, the longest waiting first.
func (tx *Tx) Handouts(f HandoutFilter) ([]Printed, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	from, id := "", ""
	if f.After != nil {
		from, id = stored(f.After.Due), string(f.After.ID)
	}
	return list(tx, tx.printed, `
		SELECT `+cardColumns+`, `+applicationColumns+`, `+personColumns+`
		FROM application a
		JOIN card k ON k.county = a.county AND k.application = a.id AND k.state <> 'void'
		JOIN person p ON p.county = a.county AND p.id = a.person
		WHERE a.county = $1 AND a.state = 'dispatched' AND a.due >= $2 AND (a.due > $3 OR a.id > $4) AND a.region >= $5 AND a.region < $6
			AND ($7 = '' OR a.batch = $7) AND p.name >= $8 AND p.name < $9
			AND ($10 = '' OR a.due < $10) AND `+held+` = ($11 = 'held')
			AND ($11 <> 'urge' OR a.since <= $12 AND a.since > $13 AND k.notified <= $12) AND ($11 <> 'visit' OR a.since <= $13)
		ORDER BY a.due, a.id
		LIMIT $14`, a.county, from, from, id, a.from, a.to, string(f.Batch), f.Name, f.Name+"\U0010FFFF", string(f.Due), string(f.Stage),
		string(f.Waits.Urge), string(f.Waits.Visit), f.Limit)
}

// HandoutStages is how many cards of the area stand in each stage.
func (tx *Tx) HandoutStages(where region.Code, w card.Waits) (map[card.Stage]int, error) {
	a, err := tx.area(where)
	if err != nil {
		return nil, err
	}
	type row struct{ urge, visit int }
	r, err := one(tx, func(r *row) []any { return []any{&r.urge, &r.visit} }, `
		SELECT COUNT(*) FILTER (WHERE a.since > $5 AND k.notified <= $4), COUNT(*) FILTER (WHERE a.since <= $5)
		FROM application a
		JOIN card k ON k.county = a.county AND k.application = a.id AND k.state <> 'void'
		WHERE a.county = $1 AND a.state = 'dispatched' AND a.region >= $2 AND a.region < $3 AND a.since <= $4 AND NOT `+held,
		a.county, a.from, a.to, string(w.Urge), string(w.Visit))
	return map[card.Stage]int{card.Urge: r.urge, card.Visit: r.visit}, err
}

// BatchTally is how many cards of each batch of a page of Batches stand in each state.
func (tx *Tx) BatchTally(page []card.Batch) (map[card.BatchID]map[card.State]int, error) {
	out := map[card.BatchID]map[card.State]int{}
	if len(page) == 0 {
		return out, nil
	}
	args := []any{string(page[0].County())}
	for _, b := range page {
		out[b.ID] = map[card.State]int{}
		args = append(args, string(b.ID))
	}
	type row struct {
		batch card.BatchID
		state card.State
		n     int
	}
	rows, err := list(tx, func(r *row) []any { return []any{&r.batch, &r.state, &r.n} }, `
		SELECT batch, state, COUNT(*)
		FROM card
		WHERE county = $1 AND batch IN `+places(2, len(page))+`
		GROUP BY batch, state`, args...)
	for _, r := range rows {
		out[r.batch][r.state] = r.n
	}
	return out, err
}

// places is a row of n placeholders from the first number on: ($2, $3, $4).
func places(first, n int) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = "$" + strconv.Itoa(first+i)
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

// Townships is how many cases in a state each township of the area has.
func (tx *Tx) Townships(where region.Code, state application.State) (map[region.Code]int, error) {
	a, err := tx.area(where)
	if err != nil {
		return nil, err
	}
	type row struct {
		code region.Code
		n    int
	}
	rows, err := list(tx, func(r *row) []any { return []any{&r.code, &r.n} }, `
		SELECT township, CAST(SUM(n) AS BIGINT)
		FROM tally
		WHERE county = $1 AND township >= $2 AND township < $3 AND state = $4
		GROUP BY township
		HAVING SUM(n) > 0`, a.county, a.from, a.to, string(state))
	out := map[region.Code]int{}
	for _, r := range rows {
		out[r.code] = r.n
	}
	return out, err
}
