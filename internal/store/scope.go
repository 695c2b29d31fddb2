package store

import (
	"fmt"
	"strings"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/region"
)

// area is the part of one county that a list may show: every list belongs to one county, the tenant.
type area struct{ county, from, to string }

// area narrows the actor's region to the place asked for; "" asks for all that the actor answers for.
func (tx *Tx) area(asked region.Code) (area, error) {
	if asked == "" {
		asked = tx.by.Region
	}
	if !tx.by.Region.Contains(asked) || !asked.Valid() {
		return area{}, fault.New(fault.Missing, "record.missing")
	}
	if asked.Level() < region.County {
		return area{}, fault.New(fault.Refused, "scope.county.wanted")
	}
	from, to := asked.Range()
	return area{string(asked.County()), from, to}, nil
}

// town is the condition that lets the index of one township's cases be used, with its argument after args; a whole county has none.
func (a area) town(column string, args []any) (string, []any) {
	if region.Code(a.from).Level() < region.Township {
		return `TRUE`, args
	}
	args = append(args, township(a.from))
	return fmt.Sprintf(`SUBSTR(%s, 1, 9) = $%d`, column, len(args)), args
}

// home is the county whose row of table has the id; officers of one county know it, those above look it up.
func (tx *Tx) home(table, id string) (string, error) {
	if c := tx.by.Region.County(); c != "" {
		return string(c), nil
	}
	from, to := tx.by.Region.Range()
	return one(tx, func(s *string) []any { return []any{s} },
		`SELECT county FROM `+table+` WHERE id = $1 AND county >= $2 AND county < $3`, id, from, to)
}

// County is the county asked for, or the only one that the actor answers for.
func (tx *Tx) County(asked region.Code) (region.Code, error) {
	a, err := tx.area(asked)
	return region.Code(a.county), err
}

// CountyFor is the county asked for, or the only one that the actor answers for, where the actor may do act; the post is asked before the place.
func (tx *Tx) CountyFor(act access.Act, asked region.Code) (region.Code, error) {
	if err := tx.by.May(act, tx.by.Region); err != nil {
		return "", err
	}
	where, err := tx.County(asked)
	if err != nil {
		return "", err
	}
	return where, tx.by.May(act, where)
}

// Counties is every county that has cases, for the daily round and for officers above the county.
func (tx *Tx) Counties() ([]region.Code, error) {
	from, to := tx.by.Region.Range()
	return list(tx, func(c *region.Code) []any { return []any{c} }, `
		SELECT DISTINCT county
		FROM tally
		WHERE county >= $1 AND county < $2
		ORDER BY county`, from, to)
}

// never is how "no last day" is stored, so that it sorts last.
const never = "9999-12-31"

func stored(d day.Day) string {
	if d == "" {
		return never
	}
	return string(d)
}

// due scans a last day.
type due struct{ d *day.Day }

// Scan takes the text; never is no day.
func (s due) Scan(src any) error {
	text, _ := src.(string)
	if text == never {
		text = ""
	}
	*s.d = day.Day(text)
	return nil
}

// words scans a list of words joined by commas into a slice of a string type.
type words[T ~string] struct{ to *[]T }

// Scan takes the text.
func (w words[T]) Scan(src any) error {
	text, _ := src.(string)
	*w.to = nil
	for s := range strings.SplitSeq(text, ",") {
		if s != "" {
			*w.to = append(*w.to, T(s))
		}
	}
	return nil
}

func joined[T ~string](all []T) string {
	parts := make([]string, len(all))
	for i, s := range all {
		parts[i] = string(s)
	}
	return strings.Join(parts, ",")
}

type categories = words[certificate.Category]

// township cuts a code to its township, so that people of a village find what their township has.
func township(code string) string {
	if len(code) > 9 {
		return code[:9]
	}
	return code
}
