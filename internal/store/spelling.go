package store

import (
	"context"
	"slices"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/person"
	"hefa/internal/region"
)

const insertSpelling = `INSERT INTO spelling (county, text, person) VALUES `

// spelt is every text that p is found by in the table of spellings: parts of the name, pinyin, and the blind index of each telephone number.
func (tx *Tx) spelt(p person.Person) []string {
	out := p.Spellings()
	for _, phone := range []string{p.Phone, p.Guardian.Phone} {
		if digits := person.PhoneDigits(phone); digits != "" {
			out = append(out, tx.lookup(digits))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (tx *Tx) spellingRows(people []person.Person) [][]any {
	var out [][]any
	for _, p := range people {
		for _, text := range tx.spelt(p) {
			out = append(out, []any{string(p.County()), text, string(p.ID)})
		}
	}
	return out
}

// respell brings the spellings of a person up to date before the row changes.
func (tx *Tx) respell(p person.Person) error {
	known, err := list(tx, tx.person, `
		SELECT `+personColumns+`
		FROM person p
		WHERE p.county = $1 AND p.id = $2`, string(p.County()), string(p.ID))
	if err != nil || len(known) == 0 {
		return err // a person who is not there is refused when the row is written
	}
	before, now := tx.spelt(known[0]), tx.spelt(p)
	for _, text := range before {
		if slices.Contains(now, text) {
			continue
		}
		if _, err := tx.exec(`DELETE FROM spelling WHERE county = $1 AND text = $2 AND person = $3`, string(p.County()), text, string(p.ID)); err != nil {
			return err
		}
	}
	for _, text := range now {
		if slices.Contains(before, text) {
			continue
		}
		if err := tx.spell(p.County(), text, p.ID); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) spell(county region.Code, text string, id person.ID) error {
	_, err := tx.exec(`INSERT INTO spelling (county, text, person) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, string(county), text, string(id))
	return err
}

// speltOut is the mark that everybody has spellings; its number rises when they are made in another way.
const speltOut = "spelling.1"

// spellAll writes down the spellings of people whom an older version entered, page by page; a pass that was cut off begins again.
func (db *DB) spellAll(ctx context.Context) error {
	done, err := db.sealedParts(ctx)
	if err != nil || done[speltOut] {
		return err
	}
	for last := (Home{}); ; {
		var page []person.Person
		err := db.Update(ctx, access.Program(), func(tx *Tx) error {
			var err error
			page, err = list(tx, tx.person, `
				SELECT `+personColumns+`
				FROM person p
				WHERE (p.county, p.id) > ($1, $2)
				ORDER BY p.county, p.id
				LIMIT `+strconv.Itoa(sealAtOnce), string(last.County), string(last.Person))
			for _, p := range page {
				for _, text := range tx.spelt(p) {
					if err == nil {
						err = tx.spell(p.County(), text, p.ID)
					}
				}
			}
			return err
		})
		if err != nil {
			return err
		}
		if len(page) < sealAtOnce {
			break
		}
		last = Home{page[len(page)-1].County(), page[len(page)-1].ID}
	}
	return db.Update(ctx, access.Program(), func(tx *Tx) error {
		_, err := tx.exec(`INSERT INTO sealed (part, at) VALUES ($1, $2) ON CONFLICT DO NOTHING`, speltOut, tx.at.UnixMicro())
		return err
	})
}
