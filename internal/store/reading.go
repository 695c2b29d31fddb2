package store

import (
	"hefa/internal/access"
	"hefa/internal/region"
	"hefa/internal/roster"
)

// Readings is what the county told of the columns of its sources, by layout.
func (tx *Tx) Readings(county region.Code) (roster.Known, error) {
	all, err := list(tx, func(r *roster.Reading) []any { return []any{asJSON{&r.Titles}, asJSON{&r.Means}, &r.Source, &r.Author} }, `
		SELECT titles, means, source, author
		FROM reading
		WHERE county = $1`, string(county))
	out := roster.Known{}
	for _, r := range all {
		out[r.Layout()] = r
	}
	return out, err
}

// KeepReading keeps what was told of the source of a list, in place of what was told of it before.
func (tx *Tx) KeepReading(u roster.Upload, r roster.Reading) error {
	return tx.write(access.RosterImport, rosterSubject(u), `
		INSERT INTO reading (county, layout, titles, means, source, author, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (county, layout) DO UPDATE
		SET titles = excluded.titles, means = excluded.means, source = excluded.source, author = excluded.author, at = excluded.at, version = reading.version + 1`,
		string(u.County()), r.Layout(), jsonText(r.Titles), jsonText(r.Means), r.Source, r.Author, tx.at.UnixMicro())
}
