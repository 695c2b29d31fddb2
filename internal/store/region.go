package store

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/region"
)

// regionsAtOnce is how many places one statement enters.
const regionsAtOnce = 500

// Furnish fills an empty store with the places and the statutory working days that the program comes with; a filled one is left alone.
func (db *DB) Furnish(ctx context.Context, places iter.Seq2[region.Region, error]) error {
	return db.Update(ctx, access.Program(), func(tx *Tx) error {
		n, err := tx.number(`SELECT COUNT(*) FROM (SELECT 1 FROM region LIMIT 1) first`)
		if err != nil || n > 0 {
			return err
		}
		if err := tx.addRegions(places); err != nil {
			return fmt.Errorf("entering the country's places: %w", err)
		}
		for _, h := range day.Holidays() {
			if _, err := tx.exec(`INSERT INTO holiday (day, working, name) VALUES ($1, $2, $3)`, string(h.Day), h.Working, h.Name); err != nil {
				return err
			}
		}
		tx.forget()
		_, err = tx.exec(`CREATE INDEX IF NOT EXISTS region_name ON region (name)`)
		return err
	})
}

func (tx *Tx) addRegions(places iter.Seq2[region.Region, error]) error {
	args := make([]any, 0, 3*regionsAtOnce)
	for p, err := range places {
		if err != nil {
			return err
		}
		args = append(args, string(p.Code), p.Name, p.Local)
		if len(args) == cap(args) {
			if err := tx.insertRegions(args); err != nil {
				return err
			}
			args = args[:0]
		}
	}
	if len(args) == 0 {
		return nil
	}
	return tx.insertRegions(args)
}

func (tx *Tx) insertRegions(args []any) error {
	_, err := tx.exec(`INSERT INTO region (code, name, local) VALUES `+tx.places(0, len(args)/3, 3), args...)
	return err
}

// values is the placeholders of rows × columns: ($1, $2), ($3, $4) …, after as many others as stand before.
func values(before, rows, columns int) string {
	var b strings.Builder
	for i := range rows {
		if i > 0 {
			b.WriteString(", ")
		}
		for j := range columns {
			b.WriteString([]string{"(", ", "}[min(j, 1)])
			fmt.Fprintf(&b, "$%d", before+i*columns+j+1)
		}
		b.WriteByte(')')
	}
	return b.String()
}

func scanRegion(r *region.Region) []any { return []any{&r.Code, &r.Name, &r.Local} }

// Region is the place with the code; places are reference data that everybody may name.
func (tx *Tx) Region(code region.Code) (region.Region, error) {
	return one(tx, scanRegion, `SELECT code, name, local FROM region WHERE code = $1`, string(code))
}

// Regions is the places directly below a place, by code.
func (tx *Tx) Regions(below region.Code) ([]region.Region, error) {
	from, to := below.Range()
	depth := map[region.Level]int{region.Country: 2, region.Province: 4, region.Prefecture: 6, region.County: 9, region.Township: 12}[below.Level()]
	return list(tx, scanRegion, `
		SELECT code, name, local
		FROM region
		WHERE code >= $1 AND code < $2 AND LENGTH(code) = $3
		ORDER BY code`, from, to, depth)
}

// RegionNames is the names of places by code, of every place above each too.
func (tx *Tx) RegionNames(codes ...region.Code) (map[region.Code]string, error) {
	want := map[region.Code]bool{}
	for _, c := range codes {
		for ; c != ""; c = c.Parent() {
			want[c] = true
		}
	}
	out := make(map[region.Code]string, len(want))
	if len(want) == 0 {
		return out, nil
	}
	args := make([]any, 0, len(want))
	for c := range want {
		args = append(args, string(c))
	}
	rows, err := list(tx, scanRegion, `SELECT code, name, local FROM region WHERE code IN `+tx.places(0, 1, len(args)), args...)
	for _, r := range rows {
		out[r.Code] = r.Name
	}
	return out, err
}

// FindRegions is up to limit places inside a place whose code begins with q or whose name holds it; in the whole country the name begins with it.
func (tx *Tx) FindRegions(within region.Code, q string, limit int) ([]region.Region, error) {
	from, to := within.Range()
	switch {
	case region.Code(q).Valid() && q != "":
		qFrom, qTo := region.Code(q).Range()
		return list(tx, scanRegion, `
			SELECT code, name, local
			FROM region
			WHERE code >= $1 AND code < $2 AND code >= $3 AND code < $4
			ORDER BY code
			LIMIT $5`, from, to, qFrom, qTo, limit)
	case within.Level() >= region.Prefecture:
		return list(tx, scanRegion, `
			SELECT code, name, local
			FROM region
			WHERE code >= $1 AND code < $2 AND name LIKE '%' || $3 || '%'
			ORDER BY code
			LIMIT $4`, from, to, q, limit)
	}
	return list(tx, scanRegion, `
		SELECT code, name, local
		FROM region
		WHERE name >= $1 AND name < $2 AND code >= $3 AND code < $4
		ORDER BY name, code
		LIMIT $5`, q, q+"\U0010FFFF", from, to, limit)
}

// AddRegion enters a place that has no official code.
func (tx *Tx) AddRegion(r region.Region) error {
	return tx.write(access.RegionAdd, Subject{Kind: "region", ID: string(r.Code), Region: r.Code, Note: r.Name}, `
		INSERT INTO region (code, name, local)
		VALUES ($1, $2, TRUE)
		ON CONFLICT (code) DO NOTHING`, string(r.Code), r.Name)
}
