package store

import (
	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/fault"
	"hefa/internal/pile"
	"hefa/internal/region"
)

const pileColumns = `id, region, name, digest, state, trouble, pages, taken, waiting, filed, dropped, received, signer, account, author, at, version`

func (tx *Tx) pile(s *pile.Pile) []any {
	return []any{&s.ID, &s.Region, sealed[string]{tx, &s.Name}, &s.Digest, &s.State, &s.Trouble, &s.Pages, &s.Read, &s.Waiting, &s.Filed, &s.Dropped, &s.Received,
		&s.Signer, &s.Account, &s.Author, micros{&s.At}, &s.Version}
}

func pileSubject(s pile.Pile, note string) Subject {
	return Subject{Kind: "pile", ID: string(s.ID), Region: s.Region, Note: note}
}

// Pile is the scanned pile with the id.
func (tx *Tx) Pile(id pile.ID) (pile.Pile, error) {
	county, err := tx.home("pile", string(id))
	if err != nil {
		return pile.Pile{}, err
	}
	return one(tx, tx.pile, `SELECT `+pileColumns+` FROM pile WHERE county = $1 AND id = $2`, county, string(id))
}

// PileFilter narrows a list of piles; empty fields do not.
type PileFilter struct {
	Region region.Code
	State  pile.State
	After  pile.ID // the last one of the page before
	Limit  int
}

// Piles is the piles of the area, the newest first.
func (tx *Tx) Piles(f PileFilter) ([]pile.Pile, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	if f.After == "" {
		f.After = "~"
	}
	return list(tx, tx.pile, `
		SELECT `+pileColumns+`
		FROM pile
		WHERE county = $1 AND region >= $2 AND region < $3 AND id < $4 AND ($5 = '' OR state = $5)
		ORDER BY id DESC
		LIMIT $6`, a.county, a.from, a.to, string(f.After), string(f.State), f.Limit)
}

// SamePile is the pile of the same place that was made of the same files; its ID is "" when there is none.
func (tx *Tx) SamePile(where region.Code, digest string) (pile.Pile, error) {
	all, err := list(tx, tx.pile, `
		SELECT `+pileColumns+`
		FROM pile
		WHERE county = $1 AND region = $2 AND digest = $3 AND state <> 'failed'`, string(where.County()), string(where), digest)
	if err != nil || len(all) == 0 {
		return pile.Pile{}, err
	}
	return all[0], nil
}

// AddPile enters a pile whose files lie in the store of files; the same one at the same place is refused as Stale.
func (tx *Tx) AddPile(s pile.Pile, sources []pile.Source) error {
	err := tx.write(access.PileAdd, pileSubject(s, s.Name), `
		INSERT INTO pile (county, id, region, name, digest, state, pages, received, signer, account, author, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		string(s.County()), string(s.ID), string(s.Region), tx.seal(s.Name), s.Digest, string(s.State), s.Pages, string(s.Received), string(s.Signer), s.Account,
		s.Author, s.At.UnixMicro())
	if clash(err) {
		return fault.New(fault.Stale, "record.stale").Because(err)
	}
	if err != nil {
		return err
	}
	rows := make([][]any, len(sources))
	for i, f := range sources {
		rows[i] = []any{string(s.County()), string(s.ID), i, f.Hash, f.Type, f.Size, f.Pages}
	}
	return tx.insert(`INSERT INTO source (county, pile, no, hash, type, size, pages) VALUES `, rows)
}

// KeepPile notes how far a pile is; it refuses a row that changed since s was read.
func (tx *Tx) KeepPile(s pile.Pile) error {
	return tx.quietly(`
		UPDATE pile
		SET state = $1, trouble = $2, taken = $3, waiting = $4, filed = $5, dropped = $6, version = version + 1
		WHERE county = $7 AND id = $8 AND version = $9`,
		string(s.State), s.Trouble, s.Read, s.Waiting, s.Filed, s.Dropped, string(s.County()), string(s.ID), s.Version)
}

// Sources is the files of a pile, in their order.
func (tx *Tx) Sources(s pile.Pile) ([]pile.Source, error) {
	return list(tx, func(f *pile.Source) []any { return []any{&f.Hash, &f.Type, &f.Size, &f.Pages} }, `
		SELECT hash, type, size, pages
		FROM source
		WHERE county = $1 AND pile = $2
		ORDER BY no`, string(s.County()), string(s.ID))
}

// AddLeaf enters a page that was looked at.
func (tx *Tx) AddLeaf(s pile.Pile, l pile.Leaf) error {
	return tx.quietly(`
		INSERT INTO leaf (county, pile, no, source, page, turn, picture, small, code)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		string(s.County()), string(s.ID), l.No, l.Source, l.Page, l.Turn, l.Picture, l.Small, tx.seal(l.Code))
}

// Leaves is the pages of a pile as they lie in its papers.
func (tx *Tx) Leaves(s pile.Pile) ([]pile.Leaf, error) {
	return list(tx, func(l *pile.Leaf) []any {
		return []any{&l.No, &l.Source, &l.Page, &l.Piece, &l.Order, &l.Turn, &l.Picture, &l.Small, sealed[string]{tx, &l.Code}}
	}, `
		SELECT no, source, page, piece, ord, turn, picture, small, code
		FROM leaf
		WHERE county = $1 AND pile = $2
		ORDER BY piece, ord, no`, string(s.County()), string(s.ID))
}

// PutLeaves puts pages into a paper, as they say.
func (tx *Tx) PutLeaves(p pile.Piece, leaves []pile.Leaf) error {
	for _, l := range leaves {
		err := tx.quietly(`
			UPDATE leaf
			SET piece = $1, ord = $2, turn = $3
			WHERE county = $4 AND pile = $5 AND no = $6`, string(p.ID), l.Order, l.Turn, string(p.County()), string(p.Pile), l.No)
		if err != nil {
			return err
		}
	}
	return nil
}

const pieceColumns = `id, pile, region, ord, state, code, pages, kind, subject, no, paper, why, reason, hash, type, clerk, version`

func (tx *Tx) piece(p *pile.Piece) []any {
	return []any{&p.ID, &p.Pile, &p.Region, &p.Order, &p.State, sealed[string]{tx, &p.Code}, &p.Pages, &p.Kind, &p.Subject, &p.No, &p.Paper, sealed[string]{tx, &p.Why},
		sealed[string]{tx, &p.Reason}, &p.Hash, &p.Type, &p.By, &p.Version}
}

// Pieces is the papers of a pile, in their order.
func (tx *Tx) Pieces(s pile.Pile) ([]pile.Piece, error) {
	return list(tx, tx.piece, `
		SELECT `+pieceColumns+`
		FROM piece
		WHERE county = $1 AND pile = $2
		ORDER BY ord, id`, string(s.County()), string(s.ID))
}

// AddPiece enters a paper of a pile.
func (tx *Tx) AddPiece(p pile.Piece) error {
	return tx.quietly(`
		INSERT INTO piece (county, id, pile, region, ord, state, code, pages, why)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		string(p.County()), string(p.ID), string(p.Pile), string(p.Region), p.Order, string(p.State), tx.seal(p.Code), p.Pages, tx.seal(p.Why))
}

const savePiece = `
	UPDATE piece
	SET ord = $1, state = $2, code = $3, pages = $4, kind = $5, subject = $6, no = $7, paper = $8, why = $9, reason = $10, hash = $11, type = $12, clerk = $13,
		version = version + 1
	WHERE county = $14 AND id = $15 AND version = $16`

func (tx *Tx) pieceRow(p pile.Piece) []any {
	return []any{p.Order, string(p.State), tx.seal(p.Code), p.Pages, string(p.Kind), p.Subject, p.No, p.Paper, tx.seal(p.Why), tx.seal(p.Reason), p.Hash, p.Type, p.By,
		string(p.County()), string(p.ID), p.Version}
}

// SavePiece refuses a paper that changed since p was read; note is what the audit says of the act.
func (tx *Tx) SavePiece(act access.Act, p pile.Piece, note string) error {
	return tx.write(act, Subject{Kind: "pile", ID: string(p.Pile), Region: p.Region, Note: note}, savePiece, tx.pieceRow(p)...)
}

// KeepPiece is SavePiece for what the program could not file, which is no act.
func (tx *Tx) KeepPiece(p pile.Piece) error { return tx.quietly(savePiece, tx.pieceRow(p)...) }

// DropPiece forgets a paper whose pages joined another one.
func (tx *Tx) DropPiece(p pile.Piece) error {
	return tx.quietly(`DELETE FROM piece WHERE county = $1 AND id = $2 AND version = $3`, string(p.County()), string(p.ID), p.Version)
}

// ApplicationByNo is the case that bears the number.
func (tx *Tx) ApplicationByNo(county region.Code, no string) (application.Application, error) {
	id, err := one(tx, func(s *application.ID) []any { return []any{s} }, `
		SELECT id
		FROM application
		WHERE county = $1 AND no = $2 AND no <> ''`, string(county), no)
	if err != nil {
		return application.Application{}, err
	}
	return tx.Application(id)
}

// LetterByNo is the case to which the letter with the number was written.
func (tx *Tx) LetterByNo(county region.Code, no string) (application.Application, error) {
	id, err := one(tx, func(s *application.ID) []any { return []any{s} }, `
		SELECT application
		FROM letter
		WHERE county = $1 AND no = $2`, string(county), no)
	if err != nil {
		return application.Application{}, err
	}
	return tx.Application(id)
}

// DossierByNo is the file that bears the number.
func (tx *Tx) DossierByNo(county region.Code, no string) (archive.Dossier, error) {
	return one(tx, scanDossier, `
		SELECT `+dossierColumns+`
		FROM dossier d
		WHERE d.county = $1 AND d.no = $2`, string(county), no)
}
