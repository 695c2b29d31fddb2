package store

import (
	"fmt"

	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/org"
	"hefa/internal/region"
	"hefa/internal/staff"
	"hefa/internal/watch"
)

// watched is the column of the table of grades behind each dimension.
var watched = map[watch.Dimension]string{watch.Hospital: "hospital", watch.Doctor: "doctor", watch.Category: "category", watch.County: "county",
	watch.Township: "SUBSTR(region, 1, 9)"}

// counted is the condition on a finding that counts for each measure.
var counted = map[watch.Measure]string{watch.Severe: "level IN ('1', '2')", watch.Met: "level <> ''", watch.Differs: "differs",
	watch.Upgraded: "level <> '' AND before <> '' AND level < before"}

// GradeFilter narrows grades to a place inside the actor's area ("" is all of it) and to the days from From to To.
type GradeFilter struct {
	Region   region.Code
	From, To day.Day
}

// within is the condition of the filter with its four arguments; what is outside the actor's area is Missing.
func (tx *Tx) within(f GradeFilter) (string, []any, error) {
	if f.Region == "" {
		f.Region = tx.by.Region
	}
	if !tx.by.Region.Contains(f.Region) || f.Region != "" && !f.Region.Valid() {
		return "", nil, fault.New(fault.Missing, "record.missing")
	}
	from, to := f.Region.Range()
	if county := f.Region.County(); county != "" {
		return `county = $1 AND region >= $2 AND region < $3 AND day >= $4 AND day <= $5`, []any{string(county), from, to, string(f.From), string(f.To)}, nil
	}
	return `county >= $1 AND region >= $2 AND region < $3 AND day >= $4 AND day <= $5`, []any{from, from, to, string(f.From), string(f.To)}, nil
}

// GradeTallies counts the grades of an area by a dimension.
func (tx *Tx) GradeTallies(d watch.Dimension, f GradeFilter) ([]watch.Tally, error) {
	where, args, err := tx.within(f)
	if err != nil {
		return nil, err
	}
	column, ok := watched[d]
	if !ok {
		return nil, fmt.Errorf("nothing is counted by %q", d)
	}
	return list(tx, func(t *watch.Tally) []any {
		return []any{&t.Key, &t.Found, &t.Levels[0], &t.Levels[1], &t.Levels[2], &t.Levels[3], &t.Weighed, &t.Differs, &t.Before, &t.Upgraded, &t.Busiest}
	}, `
		SELECT k, CAST(SUM(found) AS BIGINT), CAST(SUM(one) AS BIGINT), CAST(SUM(two) AS BIGINT), CAST(SUM(three) AS BIGINT), CAST(SUM(four) AS BIGINT),
			CAST(SUM(weighed) AS BIGINT), CAST(SUM(differing) AS BIGINT), CAST(SUM(earlier) AS BIGINT), CAST(SUM(upgraded) AS BIGINT), MAX(people)
		FROM (
			SELECT `+column+` AS k, day, COUNT(*) AS found,
				SUM(CASE WHEN level = '1' THEN 1 ELSE 0 END) AS one, SUM(CASE WHEN level = '2' THEN 1 ELSE 0 END) AS two,
				SUM(CASE WHEN level = '3' THEN 1 ELSE 0 END) AS three, SUM(CASE WHEN level = '4' THEN 1 ELSE 0 END) AS four,
				SUM(CASE WHEN outcome <> '' THEN 1 ELSE 0 END) AS weighed, SUM(CASE WHEN `+counted[watch.Differs]+` THEN 1 ELSE 0 END) AS differing,
				SUM(CASE WHEN level <> '' AND before <> '' THEN 1 ELSE 0 END) AS earlier, SUM(CASE WHEN `+counted[watch.Upgraded]+` THEN 1 ELSE 0 END) AS upgraded,
				COUNT(DISTINCT application) AS people
			FROM graded
			WHERE `+where+`
			GROUP BY k, day) AS days
		GROUP BY k
		ORDER BY k`, args...)
}

// GradedCase is one finding that counts for a measure, with the case behind it.
type GradedCase struct {
	Application application.ID
	Day         day.Day
	Region      region.Code
	Hospital    org.ID
	Doctor      staff.ID
	Category    certificate.Category
	Level       certificate.Level // "" when the standard is not met
	Suggested   certificate.Level // "" when nothing was suggested
	Before      certificate.Level // "" for a first grade
}

// GradedCases is up to limit findings of one unit that count for a measure, the newest first.
func (tx *Tx) GradedCases(d watch.Dimension, key string, m watch.Measure, f GradeFilter, limit int) ([]GradedCase, error) {
	where, args, err := tx.within(f)
	if err != nil {
		return nil, err
	}
	column, condition := watched[d], counted[m]
	if column == "" || condition == "" {
		return nil, fmt.Errorf("nothing is counted by %q and %q", d, m)
	}
	return list(tx, func(c *GradedCase) []any {
		return []any{&c.Application, &c.Day, &c.Region, &c.Hospital, &c.Doctor, &c.Category, &c.Level, &c.Suggested, &c.Before}
	}, `
		SELECT application, day, region, hospital, doctor, category, level, suggested, before
		FROM graded
		WHERE `+where+` AND `+column+` = $6 AND `+condition+`
		ORDER BY day DESC, assessment DESC, category
		LIMIT $7`, append(args, key, limit)...)
}

// StaffNames is what accounts are called, whatever area they belong to: a doctor signs with that name in every county.
func (tx *Tx) StaffNames(ids []staff.ID) (map[staff.ID]string, error) {
	type named struct {
		id   staff.ID
		name string
	}
	keys := make([]any, len(ids))
	for i, id := range ids {
		keys[i] = string(id)
	}
	found, err := among(tx, func(n *named) []any { return []any{&n.id, &n.name} }, `SELECT id, name FROM account WHERE id IN `, keys)
	out := map[staff.ID]string{}
	for _, n := range found {
		out[n.id] = n.name
	}
	return out, err
}
