package store

import (
	"strings"

	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/referral"
	"hefa/internal/region"
	"hefa/internal/roster"
)

// What a long list brings is asked and entered many rows at a time. The sizes are few, so that the statements that are kept prepared are few too.
var sizes = [...]int{200, 20, 1}

// insert enters rows of the same width; head is the statement up to VALUES. When it fails the whole transaction is lost, on both engines. SQLite would
// keep a copy of every page that the statement touches, to undo it alone (measured: a quarter of an import); OR FAIL spares that.
func (tx *Tx) insert(head string, rows [][]any) error {
	if !tx.db.postgres {
		head = strings.Replace(head, "INSERT INTO", "INSERT OR FAIL INTO", 1)
	}
	for _, size := range sizes {
		for len(rows) >= size {
			args := make([]any, 0, size*len(rows[0]))
			for _, r := range rows[:size] {
				args = append(args, r...)
			}
			if _, err := tx.exec(head+tx.places(0, size, len(rows[0])), args...); err != nil {
				tx.broken = err
				return err
			}
			rows = rows[size:]
		}
	}
	return nil
}

// among runs query, which ends in IN, for all keys, after the arguments that stand before them.
func among[T any](tx *Tx, into func(*T) []any, query string, keys []any, before ...any) ([]T, error) {
	var out []T
	for len(keys) > 0 {
		size := sizes[len(sizes)-1]
		for _, s := range sizes {
			if s <= len(keys) {
				size = s
				break
			}
		}
		found, err := list(tx, into, query+tx.places(len(before), 1, size), append(append([]any{}, before...), keys[:size]...)...)
		if err != nil {
			return nil, err
		}
		out, keys = append(out, found...), keys[size:]
	}
	return out, nil
}

// places is the placeholders of rows × columns after others that stand before. SQLite gets them without numbers: it looks for each numbered one
// among all, which makes long statements slow (measured: eight times for 3,400 values).
func (tx *Tx) places(before, rows, columns int) string {
	if tx.db.postgres {
		return values(before, rows, columns)
	}
	row := "(?" + strings.Repeat(", ?", columns-1) + ")"
	return row + strings.Repeat(", "+row, rows-1)
}

// quietly changes one row without an audit line, for what the program itself counts; a row that changed in between is refused.
func (tx *Tx) quietly(query string, args ...any) error {
	n, err := tx.exec(query, args...)
	if err == nil && n == 0 {
		err = fault.New(fault.Stale, "record.stale")
	}
	return err
}

// HoldBatch makes whoever decides by all cards of a batch at the same time begin again: PostgreSQL sees no clash where each only reads what the other writes.
func (tx *Tx) HoldBatch(b card.Batch) error {
	return tx.quietly(`UPDATE batch SET version = version WHERE county = $1 AND id = $2`, string(b.County()), string(b.ID))
}

// holdPerson does so for whoever hands a card to a person, or takes a list that names them as dead.
func (tx *Tx) holdPerson(county region.Code, who person.ID) error {
	return tx.quietly(`UPDATE person SET version = version WHERE county = $1 AND id = $2`, string(county), string(who))
}

// HoldReferral does so for whoever makes a guest's card anew, or sends it off.
func (tx *Tx) HoldReferral(r referral.Referral) error {
	return tx.quietly(`UPDATE referral SET version = version WHERE county = $1 AND id = $2`, string(r.County()), string(r.ID))
}

// Home is where the holder of an identity number is registered.
type Home struct {
	County region.Code
	Person person.ID
}

// Homes is where the holders of identity numbers are registered, in the whole country; a number that nobody has is left out.
func (tx *Tx) Homes(numbers []person.Number) (map[person.Number]Home, error) {
	type row struct {
		lookup string
		Home
	}
	back, keys := make(map[string]person.Number, len(numbers)), make([]any, len(numbers))
	for i, n := range numbers {
		k := tx.lookup(string(n))
		back[k], keys[i] = n, k
	}
	found, err := among(tx, func(r *row) []any { return []any{&r.lookup, &r.County, &r.Person} },
		`SELECT lookup, county, person FROM identity WHERE lookup IN `, keys)
	out := make(map[person.Number]Home, len(found))
	for _, r := range found {
		out[back[r.lookup]] = r.Home
	}
	return out, err
}

// Known is what the register holds of one person: the person, the certificate in hand, and whether they stand on the list of a kind already.
type Known struct {
	Person person.Person
	Held   *certificate.Certificate
	Past   []certificate.Certificate // cancelled, replaced or taken over by another county
	Listed bool
	Lifted bool // is marked as poor no more, though was once: a support ended, or somebody took the mark off
}

// Cancelled is the certificate of the person that was cancelled last, nil when none ever was.
func (k *Known) Cancelled() *certificate.Certificate {
	var last *certificate.Certificate
	for i, c := range k.Past {
		if c.State == certificate.Cancelled && c.Reason != certificate.Voided && (last == nil || c.Since > last.Since) {
			last = &k.Past[i]
		}
	}
	return last
}

// KnownPeople is what the county holds of people, and whether they stand on the list of the kind.
func (tx *Tx) KnownPeople(county region.Code, kind roster.Kind, ids []person.ID) (map[person.ID]*Known, error) {
	keys := make([]any, len(ids))
	for i, p := range ids {
		keys[i] = string(p)
	}
	people, err := among(tx, tx.person, `SELECT `+personColumns+` FROM person p WHERE p.county = $1 AND p.id IN `, keys, string(county))
	if err != nil {
		return nil, err
	}
	out := make(map[person.ID]*Known, len(people))
	for _, p := range people {
		out[p.ID] = &Known{Person: p}
	}
	cards, err := among(tx, tx.certificate, `
		SELECT `+certificateColumns+`
		FROM certificate c
		WHERE c.county = $1 AND c.state <> 'pending' AND c.person IN `, keys, string(county))
	if err != nil {
		return nil, err
	}
	for _, c := range cards {
		if k := out[c.Person]; c.State.Live() {
			k.Held = &c
		} else {
			k.Past = append(k.Past, c)
		}
	}
	lifted, err := among(tx, func(p *person.ID) []any { return []any{p} }, `
		SELECT DISTINCT h.person
		FROM person_change h
		WHERE h.county = $1 AND h.field = 'poor' AND h.person IN `, keys, string(county))
	if err != nil {
		return nil, err
	}
	for _, p := range lifted {
		if k := out[p]; k != nil {
			k.Lifted = !k.Person.Poor
		}
	}
	listed, err := among(tx, func(p *person.ID) []any { return []any{p} }, `SELECT person FROM listed WHERE county = $1 AND kind = $2 AND person IN `,
		keys, string(county), string(kind))
	for _, p := range listed {
		out[p].Listed = true
	}
	return out, err
}
