package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/ledger"
	"hefa/internal/region"
)

// sealLines is how many audit lines one transaction seals at most.
const sealLines = 1000

// auditLine is a line as it lies in its table.
type auditLine struct {
	Line
	county string
	leaf   int64
	mark   string
}

const auditLineColumns = `id, at, account, name, role, act, kind, subject, region, addr, note, county, leaf, mark`

func (tx *Tx) auditLine(l *auditLine) []any {
	return append(tx.line(&l.Line), &l.county, &l.leaf, &l.mark)
}

// encoded is what the tree holds of a line.
func (l auditLine) encoded() []byte {
	return ledger.Encode(l.county, l.ID, strconv.FormatInt(l.At.UnixMicro(), 10), l.Account, l.Name, string(l.Role), string(l.Act), l.Kind, l.Subject,
		string(l.Region), l.Addr, l.Note)
}

// lineMark is the keyed digest of a line at its place; place is -1 before it has one.
func (tx *Tx) lineMark(l auditLine, place int64) string {
	return tx.lookup("audit\x1f" + strconv.FormatInt(place, 10) + "\x1f" + string(l.encoded()))
}

// FreshCounties is the counties with lines that are not sealed yet, "" for what belongs to none.
func (tx *Tx) FreshCounties() ([]region.Code, error) {
	return list(tx, func(c *region.Code) []any { return []any{c} }, `SELECT DISTINCT county FROM audit WHERE leaf < 0`)
}

// SealLines takes a county's next lines into its tree and signs the new head; more says whether others wait. A line that this program did not write
// is not sealed, so that it stays found.
func (tx *Tx) SealLines(county region.Code) (head ledger.Head, more bool, err error) {
	fresh, more, err := tx.freshLines(county)
	if err != nil {
		return head, false, err
	}
	last, edge, err := tx.lastHead(county)
	if err != nil {
		return head, false, err
	}
	suite := last.Suite
	if suite == "" {
		suite = tx.db.keys.Suite()
	} else if bad, err := tx.unsigned([]ledger.Head{last}); err != nil || bad != nil {
		return head, false, errors.Join(fmt.Errorf("the head of %d lines is not signed by a key of ours", last.Size), err)
	}
	tree, err := ledger.Grow(tx.sum(suite), last.Size, edge)
	if err != nil {
		return head, false, err
	}
	for _, l := range fresh {
		place := tree.Size()
		if err := tree.Append(l.encoded()); err != nil {
			return head, false, err
		}
		n, err := tx.exec(`UPDATE audit SET leaf = $1, mark = $2 WHERE county = $3 AND id = $4 AND leaf < 0`, place, tx.lineMark(l, place), l.county, l.ID)
		if err != nil {
			return head, false, err
		}
		if n != 1 {
			return head, false, fault.New(fault.Stale, "record.stale")
		}
	}
	if tree.Size() == last.Size {
		return last, false, nil // nothing that is ours waits
	}
	head, err = tx.addHead(county, suite, tree, last)
	return head, more, err
}

// freshPage is up to sealLines of a county's lines without a place, behind the one with the id.
func (tx *Tx) freshPage(county region.Code, after string) ([]auditLine, error) {
	return list(tx, tx.auditLine, `
		SELECT `+auditLineColumns+`
		FROM audit
		WHERE county = $1 AND leaf < 0 AND id > $2
		ORDER BY id
		LIMIT `+strconv.Itoa(sealLines), string(county), after)
}

// freshLines is a county's next lines that this program wrote, and whether others wait. Those that it did not write are passed over, however many.
func (tx *Tx) freshLines(county region.Code) (good []auditLine, more bool, err error) {
	for after := ""; ; {
		page, err := tx.freshPage(county, after)
		if err != nil {
			return nil, false, err
		}
		for _, l := range page {
			if l.mark == tx.lineMark(l, -1) {
				good = append(good, l)
			}
		}
		if more = len(page) == sealLines; !more || len(good) > 0 {
			return good, more, nil
		}
		after = page[len(page)-1].ID
	}
}

func (tx *Tx) sum(suite string) ledger.Sum {
	return func(data []byte) []byte { return tx.db.keys.Sum(suite, data) }
}

const headColumns = `county, size, root, edge, at, suite, key, signature`

type storedHead struct {
	ledger.Head
	edge [][]byte
}

func (h *storedHead) places() []any {
	return []any{&h.County, &h.Size, asJSON{&h.Root}, asJSON{&h.edge}, micros{&h.At}, &h.Suite, &h.Key, asJSON{&h.Signature}}
}

// lastHead is a county's newest head with the tree's edge; an empty one when nothing was sealed yet.
func (tx *Tx) lastHead(county region.Code) (ledger.Head, [][]byte, error) {
	found, err := list(tx, (*storedHead).places, `
		SELECT `+headColumns+`
		FROM audit_head
		WHERE county = $1
		ORDER BY size DESC
		LIMIT 1`, string(county))
	if err != nil || len(found) == 0 {
		return ledger.Head{County: string(county)}, nil, err
	}
	return found[0].Head, found[0].edge, nil
}

// addHead signs the tree as it is now; the head before is dropped when it is of the same hour.
func (tx *Tx) addHead(county region.Code, suite string, tree *ledger.Tree, last ledger.Head) (ledger.Head, error) {
	root, err := tree.Root()
	if err != nil {
		return last, err
	}
	h := ledger.Head{County: string(county), Size: tree.Size(), Root: root, At: tx.at, Suite: suite}
	h.Signature, err = tx.db.keys.Sign(func(key string) []byte {
		h.Key = key
		return h.Message()
	})
	if err != nil {
		return last, err
	}
	_, err = tx.exec(`INSERT INTO audit_head (`+headColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		h.County, h.Size, jsonText(h.Root), jsonText(tree.Edge()), h.At.UnixMicro(), h.Suite, h.Key, jsonText(h.Signature))
	if err == nil && last.Size > 0 && last.At.Truncate(time.Hour).Equal(h.At.Truncate(time.Hour)) {
		_, err = tx.exec(`DELETE FROM audit_head WHERE county = $1 AND size = $2`, h.County, last.Size)
	}
	return h, err
}

// Heads is a county's heads, the oldest first.
func (tx *Tx) Heads(county region.Code) ([]ledger.Head, error) {
	found, err := list(tx, (*storedHead).places, `
		SELECT `+headColumns+`
		FROM audit_head
		WHERE county = $1
		ORDER BY size`, string(county))
	return heads(found), err
}

// LoggedCounties is every county of the actor's region that has audit lines or heads; "" is for what belongs to none.
func (tx *Tx) LoggedCounties() ([]region.Code, error) {
	from, to := tx.by.Region.Range()
	return list(tx, func(c *region.Code) []any { return []any{c} }, `
		SELECT county
		FROM audit
		WHERE county >= $1 AND county < $2
		UNION
		SELECT county
		FROM audit_head
		WHERE county >= $1 AND county < $2
		ORDER BY county`, from, to)
}

// LastHeads is the newest head of each county of the actor's region.
func (tx *Tx) LastHeads() ([]ledger.Head, error) {
	from, to := tx.by.Region.Range()
	found, err := list(tx, (*storedHead).places, `
		SELECT `+headColumns+`
		FROM audit_head h
		WHERE county >= $1 AND county < $2 AND size = (SELECT MAX(size) FROM audit_head l WHERE l.county = h.county)
		ORDER BY county`, from, to)
	return heads(found), err
}

func heads(found []storedHead) []ledger.Head {
	out := make([]ledger.Head, len(found))
	for i, h := range found {
		out[i] = h.Head
	}
	return out
}

// sealedLines shows every sealed line of a county in its order.
func (tx *Tx) sealedLines(county region.Code, yield func(auditLine) error) error {
	return tx.placedLines(string(county), 0, 1<<62, yield)
}

// placedLines shows the lines of a county at places from one to before another, in their order. SQLite begins at the first lower bound that it reads,
// so that the one that only makes the index fit stands last: before, 256 lines of 1.6 million took 3 s.
func (tx *Tx) placedLines(county string, from, to int64, yield func(auditLine) error) error {
	rows, err := tx.ask(`
		SELECT `+auditLineColumns+`
		FROM audit
		WHERE county = $1 AND leaf >= $2 AND leaf < $3 AND leaf >= 0
		ORDER BY leaf`, []any{county, from, to})
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var l auditLine
		if err := rows.Scan(tx.auditLine(&l)...); err != nil {
			l.mark, l.county = "", county // a note that does not open: the line is not what was sealed
			var raw [14]any
			for i := range raw {
				raw[i] = new(any)
			}
			raw[0], raw[12] = &l.ID, &l.leaf
			if err := rows.Scan(raw[:]...); err != nil {
				return err
			}
		}
		if err := yield(l); err != nil {
			return err
		}
	}
	return rows.Err()
}

// markLines marks the lines of an older version; they are sealed like new ones.
func (tx *Tx) markLines() (int, error) {
	page, err := list(tx, tx.auditLine, `SELECT `+auditLineColumns+` FROM audit WHERE mark = '' LIMIT `+strconv.Itoa(sealAtOnce))
	for _, l := range page {
		if err == nil {
			_, err = tx.exec(`UPDATE audit SET mark = $1 WHERE county = $2 AND id = $3`, tx.lineMark(l, -1), l.county, l.ID)
		}
	}
	return len(page), err
}

// SealAll seals every line that waits, county by county, and shows each new head; then it makes the tiles that proofs are read from.
func (db *DB) SealAll(ctx context.Context, seen func(ledger.Head) error) error {
	var counties []region.Code
	err := db.View(ctx, access.Program(), func(tx *Tx) (err error) {
		counties, err = tx.FreshCounties()
		return err
	})
	for _, county := range counties {
		for more := err == nil; more; {
			var head ledger.Head
			err = db.Update(ctx, access.Program(), func(tx *Tx) (err error) {
				head, more, err = tx.SealLines(county)
				return err
			})
			if err == nil && seen != nil {
				err = seen(head)
			}
			if err != nil {
				return fmt.Errorf("sealing the audit of %q: %w", county, err)
			}
		}
	}
	if err != nil {
		return err
	}
	return db.tileAll(ctx, counties)
}
