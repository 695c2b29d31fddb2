package store

import (
	"fmt"
	"strconv"

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

// kindred is the cases of declared relatives.
const kindred = `SELECT DISTINCT a.county AS kin_county, a.id AS kin_id
			FROM relative r
			JOIN identity i ON i.lookup = r.lookup
			JOIN application a ON a.county = i.county AND a.person = i.person
			WHERE r.ended = ''`

// alike is what findings of one doctor have in common that stand in a cluster of a day.
const alike = `hospital, doctor, day, category, level`

// behind is the findings that count for a measure, out of those that fit where.
func (f GradeFilter) behind(m watch.Measure, where string) (string, error) {
	from := `(SELECT * FROM graded WHERE ` + where + `) AS graded`
	condition, known := counted[m]
	switch {
	case m == watch.Kin:
		return from + ` JOIN (` + kindred + `) AS kin ON kin_county = graded.county AND kin_id = graded.application`, nil
	case m == watch.Alike:
		return `(SELECT graded.*, COUNT(*) OVER (PARTITION BY ` + alike + `) AS alike FROM graded WHERE ` + where + ` AND level <> '') AS graded WHERE alike >= ` + strconv.Itoa(f.Alike), nil
	case m == watch.Quick:
		return from + ` WHERE seconds >= 0 AND seconds < ` + strconv.Itoa(f.Quick*60), nil
	case !known:
		return "", fmt.Errorf("nothing is counted by %q", m)
	}
	return from + ` WHERE ` + condition, nil
}

// GradeFilter narrows grades to a place inside the actor's area ("" is all of it) and to the days from From to To.
type GradeFilter struct {
	Region   region.Code
	From, To day.Day
	Quick    int // minutes below which a time is short
	Alike    int // from how many findings of a day on they are a cluster
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
	all, err := list(tx, func(t *watch.Tally) []any {
		return []any{&t.Key, &t.Found, &t.Levels[0], &t.Levels[1], &t.Levels[2], &t.Levels[3], &t.Weighed, &t.Differs, &t.Before, &t.Upgraded, &t.Timed, &t.Quick, &t.Busiest}
	}, `
		SELECT k, CAST(SUM(found) AS BIGINT), CAST(SUM(one) AS BIGINT), CAST(SUM(two) AS BIGINT), CAST(SUM(three) AS BIGINT), CAST(SUM(four) AS BIGINT),
			CAST(SUM(weighed) AS BIGINT), CAST(SUM(differing) AS BIGINT), CAST(SUM(earlier) AS BIGINT), CAST(SUM(upgraded) AS BIGINT), CAST(SUM(timed) AS BIGINT), CAST(SUM(quick) AS BIGINT),
			MAX(people)
		FROM (
			SELECT `+column+` AS k, day, COUNT(*) AS found,
				SUM(CASE WHEN level = '1' THEN 1 ELSE 0 END) AS one, SUM(CASE WHEN level = '2' THEN 1 ELSE 0 END) AS two,
				SUM(CASE WHEN level = '3' THEN 1 ELSE 0 END) AS three, SUM(CASE WHEN level = '4' THEN 1 ELSE 0 END) AS four,
				SUM(CASE WHEN outcome <> '' THEN 1 ELSE 0 END) AS weighed, SUM(CASE WHEN `+counted[watch.Differs]+` THEN 1 ELSE 0 END) AS differing,
				SUM(CASE WHEN level <> '' AND before <> '' THEN 1 ELSE 0 END) AS earlier, SUM(CASE WHEN `+counted[watch.Upgraded]+` THEN 1 ELSE 0 END) AS upgraded,
				SUM(CASE WHEN seconds >= 0 THEN 1 ELSE 0 END) AS timed, SUM(CASE WHEN seconds >= 0 AND seconds < `+strconv.Itoa(f.Quick*60)+` THEN 1 ELSE 0 END) AS quick,
				COUNT(DISTINCT application) AS people
			FROM graded
			WHERE `+where+`
			GROUP BY k, day) AS days
		GROUP BY k
		ORDER BY k`, args...)
	if err != nil {
		return nil, err
	}
	if err := tx.medians(all, column, where, args); err != nil {
		return nil, err
	}
	return all, tx.clusters(all, column, where, f.Alike, args)
}

// clusters adds to tallies how many findings stand in a cluster of a day, and how many are those of declared relatives.
func (tx *Tx) clusters(all []watch.Tally, column, where string, least int, args []any) error {
	type count struct {
		key string
		n   int
	}
	scan := func(c *count) []any { return []any{&c.key, &c.n} }
	same, err := list(tx, scan, `
		SELECT k, CAST(SUM(n) AS BIGINT)
		FROM (
			SELECT `+column+` AS k, COUNT(*) AS n
			FROM graded
			WHERE `+where+` AND level <> ''
			GROUP BY k, `+alike+`
			HAVING COUNT(*) >= `+strconv.Itoa(least)+`) AS days
		GROUP BY k`, args...)
	if err != nil {
		return err
	}
	kin, err := list(tx, scan, `
		SELECT `+column+` AS k, COUNT(*)
		FROM (SELECT * FROM graded WHERE `+where+`) AS graded
		JOIN (`+kindred+`) AS kin ON kin_county = graded.county AND kin_id = graded.application
		GROUP BY k`, args...)
	if err != nil {
		return err
	}
	at := map[string]*watch.Tally{}
	for i := range all {
		at[all[i].Key] = &all[i]
	}
	for _, c := range same {
		at[c.key].Alike = c.n
	}
	for _, c := range kin {
		at[c.key].Kin = c.n
	}
	return nil
}

// medians adds to tallies how long half of the timed findings took at most.
func (tx *Tx) medians(all []watch.Tally, column, where string, args []any) error {
	type middle struct {
		key        string
		sum, count int
	}
	found, err := list(tx, func(m *middle) []any { return []any{&m.key, &m.sum, &m.count} }, `
		SELECT k, CAST(SUM(seconds) AS BIGINT), COUNT(*)
		FROM (
			SELECT `+column+` AS k, seconds, ROW_NUMBER() OVER (PARTITION BY `+column+` ORDER BY seconds) AS place, COUNT(*) OVER (PARTITION BY `+column+`) AS n
			FROM graded
			WHERE `+where+` AND seconds >= 0) AS timed
		WHERE 2 * place BETWEEN n AND n + 2
		GROUP BY k`, args...)
	of := map[string]int{}
	for _, m := range found {
		of[m.key] = m.sum / m.count
	}
	for i := range all {
		all[i].Median = of[all[i].Key]
	}
	return err
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
	Seconds     int               // that the doctor took, -1 when nobody knows
}

// GradedCases is up to limit findings of one unit that count for a measure, the newest first.
func (tx *Tx) GradedCases(d watch.Dimension, key string, m watch.Measure, f GradeFilter, limit int) ([]GradedCase, error) {
	where, args, err := tx.within(f)
	if err != nil {
		return nil, err
	}
	column := watched[d]
	if column == "" {
		return nil, fmt.Errorf("nothing is counted by %q", d)
	}
	found, err := f.behind(m, where+` AND `+column+` = $6`)
	if err != nil {
		return nil, err
	}
	return list(tx, func(c *GradedCase) []any {
		return []any{&c.Application, &c.Day, &c.Region, &c.Hospital, &c.Doctor, &c.Category, &c.Level, &c.Suggested, &c.Before, &c.Seconds}
	}, `
		SELECT application, day, region, hospital, doctor, category, level, suggested, before, seconds
		FROM `+found+`
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
