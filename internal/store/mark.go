package store

import (
	"context"
	"strconv"
	"strings"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/fault"
)

// mark is a keyed digest of all that a certificate's row says. What a disk or a hand has changed in the row no longer fits its mark, and is refused
// rather than shown: somebody's subsidy may hang on it.
func (tx *Tx) mark(c certificate.Certificate) string {
	return tx.lookup(strings.Join([]string{"certificate", string(c.County()), string(c.ID), string(c.Region), string(c.Person), string(c.Number), string(c.Category),
		string(c.Level), jsonText(c.Grades), string(c.State), string(c.Issued), string(c.Expires), c.Issuer, c.Application, string(c.Previous), string(c.Since),
		string(c.Reason), string(or(c.Kind, certificate.Book)), string(c.Graded), c.Remarks, strconv.Itoa(c.Version)}, "\x1f"))
}

// fitting scans the mark, the last of a certificate's columns, and compares it with those scanned before it.
type fitting struct {
	tx *Tx
	c  *certificate.Certificate
}

// Scan refuses a row that is not what was saved.
func (f fitting) Scan(src any) error {
	if text, _ := src.(string); text != f.tx.mark(*f.c) {
		return fault.New(fault.Refused, "certificate.damaged", string(f.c.ID))
	}
	return nil
}

// Unfitting is the certificates of every county whose rows are not what was saved.
func (tx *Tx) Unfitting() ([]certificate.ID, error) {
	var out []certificate.ID
	rows, err := tx.ask(`
		SELECT `+certificateColumns+`
		FROM certificate c`, nil)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var c certificate.Certificate
		var kept string
		if err := rows.Scan(append(tx.unmarked(&c), &kept)...); err != nil || kept != tx.mark(c) {
			out = append(out, c.ID) // a number that does not open is as bad
		}
	}
	return out, rows.Err()
}

// markedOnce is written down when every certificate has its mark; its number rises when they are made in another way.
const markedOnce = "certificate.mark.1"

// markAll marks what an older version entered, page by page; a pass that was cut off begins again.
func (db *DB) markAll(ctx context.Context) error {
	done, err := db.sealedParts(ctx)
	if err != nil || done[markedOnce] {
		return err
	}
	for more := true; more; {
		err := db.Update(ctx, access.Program(), func(tx *Tx) error {
			page, err := list(tx, tx.unmarked, `
				SELECT `+unmarkedColumns+`
				FROM certificate c
				WHERE c.mark = ''
				LIMIT `+strconv.Itoa(sealAtOnce))
			for _, c := range page {
				if _, err := tx.exec(`UPDATE certificate SET mark = $1 WHERE county = $2 AND id = $3`, tx.mark(c), string(c.County()), string(c.ID)); err != nil {
					return err
				}
			}
			more = len(page) == sealAtOnce
			return err
		})
		if err != nil {
			return err
		}
	}
	return db.Update(ctx, access.Program(), func(tx *Tx) error {
		_, err := tx.exec(`INSERT INTO sealed (part, at) VALUES ($1, $2) ON CONFLICT DO NOTHING`, markedOnce, tx.at.UnixMicro())
		return err
	})
}
