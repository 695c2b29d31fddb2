package store

import (
	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/region"
)

const blankColumns = `county, serial, kind, state, desk, card, reason, witness, moved, booked, version`

func scanBlank(b *card.Blank) []any {
	return []any{&b.Region, &b.Serial, &b.Kind, &b.State, &b.Desk, &b.Card, &b.Reason, &b.Witness, &b.Moved, &b.Booked, &b.Version}
}

// ReceiveBlanks enters a delivery and each of its blanks; a serial that the county knows refuses the whole.
func (tx *Tx) ReceiveBlanks(r card.Receipt) error {
	var rows [][]any
	for _, serial := range r.Run.Serials() {
		rows = append(rows, []any{string(r.Region), serial, string(r.Run.Kind), string(card.Stock), string(r.Day), string(r.Day)})
	}
	err := tx.insert(`INSERT INTO blank (county, serial, kind, state, moved, booked) VALUES `, rows)
	if clash(err) {
		return fault.New(fault.Refused, "blank.serial.known", r.Run.First, r.Last)
	}
	if err != nil {
		return err
	}
	return tx.write(access.BlankReceive, Subject{Kind: "blank", ID: r.Run.First, Region: r.Region, Note: lang.T("blank.note.run", r.Run.First, r.Last, r.Run.Count) + " " + r.Supplier}, `
		INSERT INTO blank_receipt (county, id, day, kind, first, last, count, supplier, clerk)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		string(r.Region), r.ID, string(r.Day), string(r.Run.Kind), r.Run.First, r.Last, r.Run.Count, r.Supplier, r.Clerk)
}

// BlankReceipts is the latest deliveries of the county.
func (tx *Tx) BlankReceipts(county region.Code, limit int) ([]card.Receipt, error) {
	return list(tx, func(r *card.Receipt) []any {
		return []any{&r.Region, &r.ID, &r.Day, &r.Run.Kind, &r.Run.First, &r.Last, &r.Run.Count, &r.Supplier, &r.Clerk}
	}, `
		SELECT county, id, day, kind, first, last, count, supplier, clerk
		FROM blank_receipt
		WHERE county = $1
		ORDER BY id DESC
		LIMIT $2`, string(county), limit)
}

// Blank is the blank with the serial.
func (tx *Tx) Blank(county region.Code, serial string) (card.Blank, error) {
	all, err := list(tx, scanBlank, `
		SELECT `+blankColumns+`
		FROM blank
		WHERE county = $1 AND serial = $2`, string(county), serial)
	switch {
	case err != nil:
		return card.Blank{}, err
	case len(all) == 0:
		return card.Blank{}, fault.New(fault.Refused, "blank.unknown", serial)
	}
	return all[0], nil
}

// BlankOf is the blank that a card was made of; ok is false when none was noted.
func (tx *Tx) BlankOf(c card.Card) (b card.Blank, ok bool, err error) {
	all, err := list(tx, scanBlank, `
		SELECT `+blankColumns+`
		FROM blank
		WHERE county = $1 AND card = $2 AND state = 'used'`, string(c.County()), string(c.ID))
	if err != nil || len(all) == 0 {
		return card.Blank{}, false, err
	}
	return all[0], true, nil
}

// BlankFilter narrows a list of blanks; empty fields do not. From is the beginning of the serial.
type BlankFilter struct {
	County region.Code
	State  card.BlankState
	Kind   card.Kind
	Desk   string
	From   string
	After  string // the serial of the last row of the page before
	Limit  int
}

// Blanks is the blanks of a county by serial.
func (tx *Tx) Blanks(f BlankFilter) ([]card.Blank, error) {
	return list(tx, scanBlank, `
		SELECT `+blankColumns+`
		FROM blank
		WHERE county = $1 AND serial > $2 AND ($3 = '' OR state = $3) AND ($4 = '' OR kind = $4) AND ($5 = '' OR desk = $5)
			AND serial >= $6 AND serial < $7
		ORDER BY serial
		LIMIT $8`, string(f.County), f.After, string(f.State), string(f.Kind), f.Desk, f.From, f.From+"~", f.Limit)
}

// BlankRun is the known blanks of a run, in order.
func (tx *Tx) BlankRun(county region.Code, r card.Run) ([]card.Blank, error) {
	return list(tx, scanBlank, `
		SELECT `+blankColumns+`
		FROM blank
		WHERE county = $1 AND serial >= $2 AND serial <= $3 AND LENGTH(serial) = $4
		ORDER BY serial`, string(county), r.First, r.Last(), len(r.First))
}

// MoveBlanks takes a whole run one step: all stand in from and become as to says. One that does not refuses all.
func (tx *Tx) MoveBlanks(act access.Act, r card.Run, from card.BlankState, to card.Blank) error {
	n, err := tx.exec(`
		UPDATE blank
		SET state = $1, desk = $2, reason = $3, moved = $4, booked = $5, version = version + 1
		WHERE county = $6 AND serial >= $7 AND serial <= $8 AND LENGTH(serial) = $9 AND state = $10`,
		string(to.State), to.Desk, to.Reason, string(to.Moved), string(to.Booked), string(to.Region), r.First, r.Last(), len(r.First), string(from))
	if err != nil {
		return err
	}
	if int(n) != r.Count {
		return fault.New(fault.Stale, "record.stale")
	}
	if to.Desk != "" {
		if err := tx.DeskWorked(to.Region, to.Desk, to.Booked); err != nil {
			return err
		}
	}
	return tx.audit(act, Subject{Kind: "blank", ID: r.First, Region: to.Region, Note: lang.T("blank.note.run", r.First, r.Last(), r.Count) + " " + lang.T(to.State.Word()) + " " + to.Desk})
}

// SaveBlank refuses a blank that changed since b was read, and a second blank for one card.
func (tx *Tx) SaveBlank(act access.Act, b card.Blank) error {
	if b.Desk != "" {
		if err := tx.DeskWorked(b.Region, b.Desk, b.Booked); err != nil {
			return err
		}
	}
	return tx.write(act, Subject{Kind: "blank", ID: b.Serial, Region: b.Region, Note: lang.T(b.State.Word()) + " " + b.Reason + " " + b.Witness}, `
		UPDATE blank
		SET state = $1, desk = $2, card = $3, reason = $4, witness = $5, moved = $6, booked = $7, version = version + 1
		WHERE county = $8 AND serial = $9 AND version = $10`,
		string(b.State), b.Desk, string(b.Card), b.Reason, b.Witness, string(b.Moved), string(b.Booked), string(b.Region), b.Serial, b.Version)
}

// BlanksKept says whether the county keeps the book of its blanks: it has taken some in.
func (tx *Tx) BlanksKept(county region.Code) (bool, error) {
	n, err := tx.number(`SELECT COUNT(*) FROM (SELECT 1 FROM blank_receipt WHERE county = $1 LIMIT 1) AS one`, string(county))
	return n > 0, err
}

// BlankTally is one line of the book: how many blanks of a kind stand in a state at a desk.
type BlankTally struct {
	Desk  string
	Kind  card.Kind
	State card.BlankState
	N     int
}

func scanTally(t *BlankTally) []any { return []any{&t.Desk, &t.Kind, &t.State, &t.N} }

// BlankTally is the whole book of a county; only blanks that are, or ended, at a desk have one.
func (tx *Tx) BlankTally(county region.Code) ([]BlankTally, error) {
	return list(tx, scanTally, `
		SELECT desk, kind, state, COUNT(*)
		FROM blank
		WHERE county = $1
		GROUP BY desk, kind, state
		ORDER BY desk, kind, state`, string(county))
}

// DeskTally is what happened at a desk on a day, and what lies there.
func (tx *Tx) DeskTally(county region.Code, desk string, on day.Day) ([]BlankTally, error) {
	return list(tx, scanTally, `
		SELECT desk, kind, state, COUNT(*)
		FROM blank
		WHERE county = $1 AND desk = $2 AND (state = 'issued' OR booked = $3 AND state IN ('used', 'spoiled', 'lost'))
		GROUP BY desk, kind, state`, string(county), desk, string(on))
}

// NextBlanks is the next n blanks of a kind that lie at a desk, by serial.
func (tx *Tx) NextBlanks(county region.Code, desk string, kind card.Kind, n int) ([]card.Blank, error) {
	return list(tx, scanBlank, `
		SELECT `+blankColumns+`
		FROM blank
		WHERE county = $1 AND state = 'issued' AND kind = $2 AND desk = $3
		ORDER BY serial
		LIMIT $4`, string(county), string(kind), desk, n)
}

// DeskWorked notes that a desk worked on a day; it never goes back.
func (tx *Tx) DeskWorked(county region.Code, desk string, on day.Day) error {
	_, err := tx.exec(`
		INSERT INTO blank_desk (county, desk, worked)
		VALUES ($1, $2, $3)
		ON CONFLICT (county, desk) DO UPDATE
		SET worked = excluded.worked
		WHERE blank_desk.worked < excluded.worked`, string(county), desk, string(on))
	return err
}

// BlankDesks is the names of the desks of a county that ever held blanks, in order.
func (tx *Tx) BlankDesks(county region.Code) ([]string, error) {
	return list(tx, func(s *string) []any { return []any{s} }, `
		SELECT desk
		FROM blank_desk
		WHERE county = $1
		ORDER BY desk`, string(county))
}

// DeskLast is the last day on which the desk worked, and the last day that it closed; "" for none.
func (tx *Tx) DeskLast(county region.Code, desk string) (worked, closed day.Day, err error) {
	type row struct{ worked, closed day.Day }
	r, err := one(tx, func(r *row) []any { return []any{&r.worked, &r.closed} }, `
		SELECT COALESCE((SELECT worked FROM blank_desk WHERE county = $1 AND desk = $2), ''),
			COALESCE((SELECT MAX(day) FROM blank_day WHERE county = $1 AND desk = $2), '')`, string(county), desk)
	return r.worked, r.closed, err
}

// CloseDesk enters a desk's closed day; a second one for the day is refused.
func (tx *Tx) CloseDesk(d card.DeskDay) error {
	err := tx.write(access.BlankClose, Subject{Kind: "desk", ID: d.Desk, Region: d.Region, Note: string(d.Day)}, `
		INSERT INTO blank_day (county, desk, day, held, used, spoiled, lost, clerk)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		string(d.Region), d.Desk, string(d.Day), jsonText(d.Held), d.Used, d.Spoiled, d.Gone, d.Clerk)
	if clash(err) {
		return fault.New(fault.Refused, "blank.day.closed", d.Desk, d.Day)
	}
	return err
}

// DeskDays is the latest closed days of the county's desks.
func (tx *Tx) DeskDays(county region.Code, limit int) ([]card.DeskDay, error) {
	return list(tx, func(d *card.DeskDay) []any {
		return []any{&d.Region, &d.Desk, &d.Day, asJSON{&d.Held}, &d.Used, &d.Spoiled, &d.Gone, &d.Clerk}
	}, `
		SELECT county, desk, day, held, used, spoiled, lost, clerk
		FROM blank_day
		WHERE county = $1
		ORDER BY day DESC, desk
		LIMIT $2`, string(county), limit)
}
