package store

import (
	"context"
	"strconv"
	"strings"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/person"
)

// A mark is a keyed digest of all that a row says. What a disk or a hand has changed in the row no longer fits its mark, and is refused rather than
// shown: somebody's subsidy may hang on it.

func (tx *Tx) certificateMark(c certificate.Certificate) string {
	return tx.lookup(strings.Join([]string{"certificate", string(c.County()), string(c.ID), string(c.Region), string(c.Person), string(c.Number), string(c.Category),
		string(c.Level), jsonText(c.Grades), string(c.State), string(c.Issued), string(c.Expires), c.Issuer, c.Application, string(c.Previous), string(c.Since),
		string(c.Reason), string(or(c.Kind, certificate.Book)), string(c.Graded), c.Remarks, strconv.Itoa(c.Version)}, "\x1f"))
}

func (tx *Tx) personMark(p person.Person) string {
	return tx.lookup(strings.Join([]string{"person", string(p.County()), string(p.ID), string(p.Region), p.Name, string(p.Number), string(p.Sex), string(p.Birth),
		p.Nation, p.Address, p.Phone, p.Guardian.Name, p.Guardian.Relation, p.Guardian.Phone, strconv.FormatBool(p.Poor), strconv.Itoa(p.Version)}, "\x1f"))
}

// fitting scans the mark, the last of a row's columns. It tells which mark the columns before it make, and what to say when that is another.
type fitting func() (mark string, unless *fault.Fault)

// Scan refuses a row that is not what was saved.
func (f fitting) Scan(src any) error {
	if mark, unless := f(); mark != src {
		return unless
	}
	return nil
}

func (tx *Tx) fits(c *certificate.Certificate) fitting {
	return func() (string, *fault.Fault) {
		return tx.certificateMark(*c), fault.New(fault.Refused, "certificate.damaged", string(c.ID))
	}
}

func (tx *Tx) fitsPerson(p *person.Person) fitting {
	return func() (string, *fault.Fault) {
		return tx.personMark(*p), fault.New(fault.Refused, "person.damaged", string(p.ID))
	}
}

// Damage is a row that is not what was saved.
type Damage struct{ Table, ID string }

// Damages is every such row of people and certificates, of every county.
func (tx *Tx) Damages() ([]Damage, error) {
	people, err := unfitting(tx, "person", `SELECT `+unmarkedPerson+`, p.mark FROM person p`, tx.unmarkedPerson, tx.personMark)
	if err != nil {
		return nil, err
	}
	cards, err := unfitting(tx, "certificate", `SELECT `+unmarkedColumns+`, c.mark FROM certificate c`, tx.unmarked, tx.certificateMark)
	return append(people, cards...), err
}

func unfitting[T any](tx *Tx, table, query string, into func(*T) []any, mark func(T) string) ([]Damage, error) {
	rows, err := tx.ask(query, nil)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Damage
	for rows.Next() {
		var row T
		var kept, id string
		places := into(&row)
		if err := rows.Scan(append(places, &kept)...); err == nil && kept == mark(row) {
			continue // a number that does not open is as bad
		}
		blind := make([]any, len(places)+1)
		for i := range blind {
			blind[i] = new(any)
		}
		blind[0] = &id
		if err := rows.Scan(blind...); err != nil {
			return nil, err
		}
		out = append(out, Damage{table, id})
	}
	return out, rows.Err()
}

// markedOnce is written down when every row has its mark; its number rises when they are made in another way.
const markedOnce = "marks.2"

// markAll marks what an older version entered, page by page; a pass that was cut off goes on where it was.
func (db *DB) markAll(ctx context.Context) error {
	done, err := db.sealedParts(ctx)
	if err != nil || done[markedOnce] {
		return err
	}
	for _, page := range []func(*Tx) (int, error){
		func(tx *Tx) (int, error) {
			return markSome(tx, "person p", unmarkedPerson, tx.unmarkedPerson, func(p person.Person) []any { return []any{tx.personMark(p), string(p.County()), string(p.ID)} })
		},
		func(tx *Tx) (int, error) {
			return markSome(tx, "certificate c", unmarkedColumns, tx.unmarked, func(c certificate.Certificate) []any {
				return []any{tx.certificateMark(c), string(c.County()), string(c.ID)}
			})
		},
		(*Tx).markLines,
	} {
		for n := sealAtOnce; n == sealAtOnce; {
			err := db.Update(ctx, access.Program(), func(tx *Tx) (err error) {
				n, err = page(tx)
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	return db.Update(ctx, access.Program(), func(tx *Tx) error {
		_, err := tx.exec(`INSERT INTO sealed (part, at) VALUES ($1, $2) ON CONFLICT DO NOTHING`, markedOnce, tx.at.UnixMicro())
		return err
	})
}

// markSome marks up to sealAtOnce rows of a table and tells how many it found; marked gives a row's mark, county and id.
func markSome[T any](tx *Tx, table, columns string, into func(*T) []any, marked func(T) []any) (int, error) {
	page, err := list(tx, into, `SELECT `+columns+` FROM `+table+` WHERE mark = '' LIMIT `+strconv.Itoa(sealAtOnce))
	if err != nil {
		return 0, err
	}
	name, _, _ := strings.Cut(table, " ")
	for _, row := range page {
		if _, err := tx.exec(`UPDATE `+name+` SET mark = $1 WHERE county = $2 AND id = $3`, marked(row)...); err != nil {
			return 0, err
		}
	}
	return len(page), nil
}
