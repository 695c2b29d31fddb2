package store

import (
	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/day"
	"hefa/internal/id"
	"hefa/internal/person"
	"hefa/internal/region"
)

const dossierColumns = `d.person, d.region, d.no, d.year, d.term, d.box, d.ord, d.place, d.opened, d.closed, d.state, d.kept_until, d.version`

func scanDossier(d *archive.Dossier) []any {
	return []any{&d.Person, &d.Region, &d.No, &d.Year, &d.Term, &d.Box, &d.Order, &d.Place, &d.Opened, &d.Closed, &d.State, &d.KeptUntil, &d.Version}
}

func about(d archive.Dossier, note string) Subject {
	return Subject{Kind: "dossier", ID: string(d.Person), Region: d.Region, Note: d.No + " " + note}
}

// Dossier is the file of a person; ok is false while no case of the person was filed.
func (tx *Tx) Dossier(county region.Code, of person.ID) (d archive.Dossier, ok bool, err error) {
	all, err := list(tx, scanDossier, `
		SELECT `+dossierColumns+`
		FROM dossier d
		WHERE d.county = $1 AND d.person = $2`, string(county), string(of))
	if err != nil || len(all) == 0 {
		return archive.Dossier{}, false, err
	}
	return all[0], true, nil
}

// AddDossier opens a person's file.
func (tx *Tx) AddDossier(act access.Act, d archive.Dossier) error {
	return tx.write(act, about(d, ""), `
		INSERT INTO dossier (county, person, region, no, year, term, box, ord, opened, closed, state)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		string(d.County()), string(d.Person), string(d.Region), d.No, d.Year, string(d.Term), string(d.Box), d.Order, string(d.Opened), string(d.Closed), string(d.State))
}

// SaveDossier refuses a file that changed since d was read.
func (tx *Tx) SaveDossier(act access.Act, d archive.Dossier, note string) error {
	return tx.write(act, about(d, note), `
		UPDATE dossier
		SET box = $1, ord = $2, place = $3, closed = $4, state = $5, year = $6, kept_until = $7, version = version + 1
		WHERE county = $8 AND person = $9 AND version = $10`,
		string(d.Box), d.Order, d.Place, string(d.Closed), string(d.State), d.Year, string(d.KeptUntil), string(d.County()), string(d.Person), d.Version)
}

// Kept is a file with its person and its box, as lists show it; the box's number is "" for a file that stands in none.
type Kept struct {
	archive.Dossier
	Holder person.Person
	InBox  string
	Stands string // where the box stands
}

func (tx *Tx) kept(k *Kept) []any {
	return append(append(scanDossier(&k.Dossier), tx.person(&k.Holder)...), &k.InBox, &k.Stands)
}

// DossierFilter narrows a list of files; empty fields do not. No is the beginning of the number, Name of the name.
type DossierFilter struct {
	Region region.Code
	No     string
	Name   string
	State  archive.State
	Box    archive.BoxID
	After  string // the number of the last row of the page before
	Limit  int
}

// Dossiers is the files of the area by number.
func (tx *Tx) Dossiers(f DossierFilter) ([]Kept, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	return list(tx, tx.kept, `
		SELECT `+dossierColumns+`, `+personColumns+`, COALESCE(b.no, ''), COALESCE(TRIM(b.room || ' ' || b.rack || ' ' || b.shelf), d.place)
		FROM dossier d
		JOIN person p ON p.county = d.county AND p.id = d.person
		LEFT JOIN box b ON b.county = d.county AND b.id = d.box
		WHERE d.county = $1 AND d.no > $2 AND d.region >= $3 AND d.region < $4 AND d.no >= $5 AND d.no < $6 AND p.name >= $7 AND p.name < $8
			AND ($9 = '' OR d.state = $9) AND ($10 = '' OR d.box = $10)
		ORDER BY d.no
		LIMIT $11`, a.county, f.After, a.from, a.to, f.No, f.No+"\U0010FFFF", f.Name, f.Name+"\U0010FFFF", string(f.State), string(f.Box), f.Limit)
}

// AddItems puts papers into a file, beside the save of the case that names the act.
func (tx *Tx) AddItems(d archive.Dossier, items []archive.Item) error {
	var rows [][]any
	for _, i := range items {
		rows = append(rows, []any{string(d.County()), i.ID, string(d.Person), i.Application, string(i.Kind), i.Title, i.Author, i.Number, string(i.Day), i.Pages,
			string(i.Origin), i.Hash, i.Note})
	}
	if err := tx.insert(`INSERT INTO item (county, id, person, application, kind, title, author, number, day, pages, origin, hash, note) VALUES `, rows); err != nil {
		return err
	}
	return tx.reckon(d.County(), d.Person)
}

// Items is the papers of a file, in its order.
func (tx *Tx) Items(d archive.Dossier) ([]archive.Item, error) {
	return list(tx, func(i *archive.Item) []any {
		return []any{&i.ID, &i.Application, &i.Kind, &i.Title, &i.Author, &i.Number, &i.Day, &i.Pages, &i.Origin, &i.Hash, &i.Note, &i.Destroyed, &i.Version, &i.Digest, &i.Suite}
	}, `
		SELECT i.id, i.application, i.kind, i.title, i.author, i.number, i.day, i.pages, i.origin, i.hash, i.note, i.destroyed, i.version, COALESCE(g.sum, ''), COALESCE(g.suite, '')
		FROM item i
		LEFT JOIN digest g ON g.hash = i.hash
		WHERE i.county = $1 AND i.person = $2
		ORDER BY i.id`, string(d.County()), string(d.Person))
}

// SaveItem refuses a paper that changed since i was read.
func (tx *Tx) SaveItem(act access.Act, d archive.Dossier, i archive.Item) error {
	return tx.write(act, about(d, i.Title), `
		UPDATE item
		SET pages = $1, note = $2, version = version + 1
		WHERE county = $3 AND id = $4 AND version = $5`, i.Pages, i.Note, string(d.County()), i.ID, i.Version)
}

// TakeOutItem takes a paper that was filed wrongly out of a file; what lay there is told by the audit and by whoever took it.
func (tx *Tx) TakeOutItem(act access.Act, d archive.Dossier, i archive.Item, note string) error {
	err := tx.write(act, about(d, i.Title+" "+i.Hash+" "+note), `
		DELETE FROM item
		WHERE county = $1 AND id = $2 AND version = $3`, string(d.County()), i.ID, i.Version)
	if err != nil {
		return err
	}
	return tx.reckon(d.County(), d.Person)
}

// KeepItem writes down under which hash the content of a paper that was born here is kept, and its pages, beside the entry of the attachment that names the act.
func (tx *Tx) KeepItem(d archive.Dossier, i archive.Item) error {
	return tx.quietly(`
		UPDATE item
		SET hash = $1, pages = $2, version = version + 1
		WHERE county = $3 AND id = $4 AND version = $5`, i.Hash, i.Pages, string(d.County()), i.ID, i.Version)
}

// Casefile is what is known of a case on the shelf: its person's file, what it lacked and why it was filed all the same.
type Casefile struct {
	No, Box, Place string
	Lacking        []archive.Lack
	Wanting        []archive.Lack // of which nothing was filed since
	Reason         string
	State          application.State // in which the case was filed
	Day            day.Day
}

// Holds says whether the papers of the case as it stands now are in the file: one that ended without a card may have been taken up again since.
func (c Casefile) Holds(a application.Application) bool {
	return c.No != "" && c.State == a.State && c.Day >= a.Since
}

// Casefile is where the case's papers are; its number is "" while it is not filed.
func (tx *Tx) Casefile(a application.Application) (Casefile, error) {
	all, err := list(tx, func(c *Casefile) []any {
		return []any{&c.No, &c.Box, &c.Place, words[archive.Lack]{&c.Lacking}, words[archive.Lack]{&c.Wanting}, &c.Reason, &c.State, &c.Day}
	}, `
		SELECT c.no, COALESCE(b.no, ''), COALESCE(TRIM(b.room || ' ' || b.rack || ' ' || b.shelf), d.place, c.place), c.lacking, c.wanting, c.reason, c.state, c.day
		FROM casefile c
		LEFT JOIN dossier d ON d.county = c.county AND d.person = $3
		LEFT JOIN box b ON b.county = d.county AND b.id = d.box
		WHERE c.county = $1 AND c.application = $2`, string(a.County()), string(a.ID), string(a.Person))
	if err != nil || len(all) == 0 {
		return Casefile{}, err
	}
	return all[0], nil
}

// AddCasefile records that the case's papers lie in the file, beside the save of the case that names the act. A case that was filed when it ended without a card, and was
// taken up again, is filed anew.
func (tx *Tx) AddCasefile(a application.Application, d archive.Dossier, lacking []archive.Lack, reason string) error {
	err := tx.quietly(`
		INSERT INTO casefile (county, application, no, day, lacking, reason, state, closed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (county, application) DO UPDATE
		SET no = excluded.no, day = excluded.day, lacking = excluded.lacking, reason = excluded.reason, state = excluded.state, closed = excluded.closed, wanting = ''
		WHERE casefile.state <> excluded.state OR casefile.day < $9`,
		string(a.County()), string(a.ID), d.No, string(tx.Today()), joined(lacking), reason, string(a.State), id.New(), string(a.Since))
	if err != nil {
		return err
	}
	return tx.reckon(d.County(), d.Person)
}

// LackPapers records what the papers of a filed case lack since one was taken out of the file, beside the entry that names the act.
func (tx *Tx) LackPapers(a application.Application, lacking []archive.Lack) error {
	if err := tx.quietly(`UPDATE casefile SET lacking = $1 WHERE county = $2 AND application = $3`, joined(lacking), string(a.County()), string(a.ID)); err != nil {
		return err
	}
	return tx.reckon(a.County(), a.Person)
}
