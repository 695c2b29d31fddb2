package store

import (
	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/fault"
	"hefa/internal/region"
)

const registerColumns = `r.id, r.region, r.batch, r.no, r.pages, r.printed, r.clerk`

func scanRegister(r *card.Register) []any {
	return []any{&r.ID, &r.Region, &r.Batch, &r.No, &r.Pages, &r.Printed, &r.Clerk}
}

// RegisterSubject is what the audit says of a register: it stands in the course of its batch.
func RegisterSubject(r card.Register, note string) Subject {
	return Subject{Kind: "batch", ID: string(r.Batch), Region: r.Region, Note: r.No + " " + note}
}

// Registers is the registers of a batch, the oldest first.
func (tx *Tx) Registers(b card.Batch) ([]card.Register, error) {
	return list(tx, scanRegister, `
		SELECT `+registerColumns+`
		FROM register r
		WHERE r.county = $1 AND r.batch = $2
		ORDER BY r.id`, string(b.County()), string(b.ID))
}

// RegisterByNo is the register of a county with the number.
func (tx *Tx) RegisterByNo(county region.Code, no string) (card.Register, error) {
	return one(tx, scanRegister, `SELECT `+registerColumns+` FROM register r WHERE r.county = $1 AND r.no = $2`, string(county), no)
}

// RegisterLines is the cards of a register, in their order.
func (tx *Tx) RegisterLines(r card.Register) ([]card.RegisterLine, error) {
	return list(tx, func(l *card.RegisterLine) []any { return []any{&l.Line, &l.Page, &l.Card} }, `
		SELECT line, page, card
		FROM register_line
		WHERE county = $1 AND register = $2
		ORDER BY line`, string(r.County()), string(r.ID))
}

// AddRegister enters a register that is printed, with its cards, beside the note that it was taken.
func (tx *Tx) AddRegister(r card.Register, lines []card.RegisterLine) error {
	err := tx.quietly(`
		INSERT INTO register (county, id, region, batch, no, pages, printed, clerk)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		string(r.County()), string(r.ID), string(r.Region), string(r.Batch), r.No, r.Pages, string(r.Printed), r.Clerk)
	if err != nil {
		return err
	}
	rows := make([][]any, len(lines))
	for i, l := range lines {
		rows[i] = []any{string(r.County()), string(r.ID), l.Line, l.Page, string(l.Card)}
	}
	return tx.insert(`INSERT INTO register_line (county, register, line, page, card) VALUES `, rows)
}

// RegisterScans is the scans of a register, by page, the newest of a page first.
func (tx *Tx) RegisterScans(r card.Register) ([]card.RegisterScan, error) {
	return list(tx, func(s *card.RegisterScan) []any {
		return []any{&s.ID, &s.Register, &s.Page, &s.Hash, &s.Type, &s.Pages, &s.Received, &s.Clerk}
	}, `
		SELECT id, register, page, hash, type, pages, received, clerk
		FROM register_scan
		WHERE county = $1 AND register = $2
		ORDER BY page, id DESC`, string(r.County()), string(r.ID))
}

// AddRegisterScan keeps a scan of a page with its batch.
func (tx *Tx) AddRegisterScan(r card.Register, s card.RegisterScan, note string) error {
	err := tx.write(access.PileFile, RegisterSubject(r, note), `
		INSERT INTO register_scan (county, id, register, page, hash, type, pages, received, clerk)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		string(r.County()), s.ID, string(r.ID), s.Page, s.Hash, s.Type, s.Pages, string(s.Received), s.Clerk)
	if clash(err) {
		return fault.New(fault.Refused, "register.twice", r.No, s.Page)
	}
	return err
}

// TakeOutRegisterScan takes a scan that is not of this register out of its batch.
func (tx *Tx) TakeOutRegisterScan(r card.Register, s card.RegisterScan, note string) error {
	return tx.write(access.PileBack, RegisterSubject(r, note), `
		DELETE FROM register_scan
		WHERE county = $1 AND register = $2 AND id = $3`, string(r.County()), string(r.ID), s.ID)
}

// SignedFor is where it can be seen that a card was signed for: the newest scan of each page that lists it, of those that came back on the day of the signature or later.
// A sheet that was printed after that day has an empty line for the card, and nobody signs on one for a card that came by post.
func (tx *Tx) SignedFor(c card.Card) ([]card.Signature, error) {
	if c.State != card.Delivered || c.Means == card.Post {
		return nil, nil
	}
	all, err := list(tx, func(s *card.Signature) []any {
		return []any{&s.Batch, &s.No, &s.Page, &s.Line, &s.Scan, &s.Received}
	}, `
		SELECT r.batch, r.no, l.page, l.line, s.id, s.received
		FROM register_line l
		JOIN register r ON r.county = l.county AND r.id = l.register
		JOIN register_scan s ON s.county = l.county AND s.register = l.register AND s.page = l.page
		WHERE l.county = $1 AND l.card = $2 AND r.county = $1 AND r.batch = $3 AND s.county = $1 AND r.printed <= $4 AND s.received >= $4
		ORDER BY r.id DESC, s.id DESC`, string(c.County()), string(c.ID), string(c.Batch), string(c.Delivered))
	var out []card.Signature
	for _, s := range all {
		if len(out) == 0 || out[len(out)-1].No != s.No {
			out = append(out, s)
		}
	}
	return out, err
}

// RegisterCards is the cards on one page of a register.
func (tx *Tx) RegisterCards(r card.Register, page int) ([]card.Card, error) {
	return list(tx, tx.card, `
		SELECT `+cardColumns+`
		FROM register_line l
		JOIN card k ON k.county = l.county AND k.id = l.card
		WHERE l.county = $1 AND k.county = $1 AND l.register = $2 AND l.page = $3
		ORDER BY l.line`, string(r.County()), string(r.ID), page)
}
