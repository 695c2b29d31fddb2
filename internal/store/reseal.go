package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hefa/internal/access"
	"hefa/internal/fault"
)

// sealAtOnce is how many rows one transaction seals, so that a clerk never waits long behind it.
const sealAtOnce = 500

// sealClear seals what an older version left clear. Which columns are done is written down, so that a start costs one look, and a pass that was cut
// off begins again and passes over what it had sealed. What was overwritten is then cleared out of the database's free pages.
func (db *DB) sealClear(ctx context.Context, told func(string, int)) error {
	done, err := db.sealedParts(ctx)
	if err != nil {
		return err
	}
	var parts []string
	for _, p := range personals {
		var left []string
		for _, c := range p.columns {
			if part := p.table + "." + c; !done[part] {
				left, parts = append(left, c), append(parts, part)
			}
		}
		if len(left) == 0 {
			continue
		}
		w := walk{db: db, personal: p, clear: true, told: told}
		if _, err := w.run(ctx); err != nil {
			return err
		}
	}
	if len(parts) == 0 {
		return nil
	}
	if err := db.indexIdentities(ctx); err != nil {
		return err
	}
	if err := db.scrub(ctx); err != nil {
		return err
	}
	return db.Update(ctx, access.Program(), func(tx *Tx) error {
		for _, part := range parts {
			if _, err := tx.exec(`INSERT INTO sealed (part, at) VALUES ($1, $2) ON CONFLICT DO NOTHING`, part, tx.at.UnixMicro()); err != nil {
				return err
			}
		}
		return nil
	})
}

// sealedParts is the columns that hold nothing clear any more.
func (db *DB) sealedParts(ctx context.Context) (map[string]bool, error) {
	done := map[string]bool{}
	err := db.View(ctx, access.Program(), func(tx *Tx) error {
		parts, err := list(tx, func(s *string) []any { return []any{s} }, `SELECT part FROM sealed`)
		for _, p := range parts {
			done[p] = true
		}
		return err
	})
	return done, err
}

// scrubbing is the mark that clear texts may still lie in free pages.
const scrubbing = "scrub"

// scrub writes the tables anew when clear texts lay in them, because a database only marks as free what was overwritten.
func (db *DB) scrub(ctx context.Context) error {
	done, err := db.sealedParts(ctx)
	if err != nil || !done[scrubbing] {
		return err
	}
	statements := []string{`VACUUM`, `PRAGMA wal_checkpoint(TRUNCATE)`}
	if db.postgres {
		statements = []string{`VACUUM FULL identity`}
		for _, p := range personals {
			statements = append(statements, `VACUUM FULL `+p.table)
		}
	}
	for _, s := range statements {
		if _, err := db.write.ExecContext(ctx, s); err != nil {
			return fmt.Errorf("clearing free pages: %w", err)
		}
	}
	return db.Update(ctx, access.Program(), func(tx *Tx) error {
		_, err := tx.exec(`DELETE FROM sealed WHERE part = $1`, scrubbing)
		return err
	})
}

// Reseal seals anew, with the current key, every text that another key sealed, and answers how many rows it changed; 0 says that all is done.
// Officers go on working: a row that they change at the same moment is left to them. It may be cut off at any moment and begun again.
func (db *DB) Reseal(ctx context.Context, told func(table string, rows int)) (int, error) {
	sum := 0
	for _, p := range personals {
		if p.fixed {
			continue
		}
		n, err := (&walk{db: db, personal: p, told: told}).run(ctx)
		if err != nil {
			return sum, err
		}
		sum += n
	}
	return sum, nil
}

// walk goes once through a table by its key.
type walk struct {
	db *DB
	personal
	clear bool // seal what is clear, else what another key sealed
	told  func(table string, rows int)
}

// row is one row's key, its kept texts and its look-up.
type keptRow struct {
	key   []any
	texts []string
	found string
}

// run seals page after page. A page in which officers keep changing rows is taken in smaller pieces, down to single rows.
func (w *walk) run(ctx context.Context) (int, error) {
	var last []any
	for sum, size := 0, sealAtOnce; ; {
		var rows []keptRow
		changed := 0
		err := w.db.Update(ctx, access.Program(), func(tx *Tx) error {
			var err error
			if rows, err = w.page(tx, last, size); err != nil {
				return err
			}
			changed, err = w.sealAll(tx, rows)
			return err
		})
		if fault.Of(err) == fault.Busy && size > 1 {
			size = max(1, size/5)
			continue
		}
		if err != nil {
			return sum, fmt.Errorf("sealing %s: %w", w.table, err)
		}
		if sum += changed; changed > 0 && w.told != nil {
			w.told(w.table, sum)
		}
		if len(rows) < size {
			return sum, nil
		}
		last, size = rows[len(rows)-1].key, min(2*size, sealAtOnce)
	}
}

// page is the next rows of the table, up to size.
func (w *walk) page(tx *Tx, last []any, size int) ([]keptRow, error) {
	columns := slices.Concat(w.key, w.columns)
	if w.lookup {
		columns = append(columns, "lookup")
	}
	where := ""
	if last != nil {
		where = `WHERE (` + strings.Join(w.key, ", ") + `) > ` + places(1, len(last))
	}
	return list(tx, func(r *keptRow) []any {
		r.key, r.texts = make([]any, len(w.key)), make([]string, len(w.columns))
		var into []any
		for i := range r.key {
			into = append(into, &r.key[i])
		}
		for i := range r.texts {
			into = append(into, &r.texts[i])
		}
		if w.lookup {
			into = append(into, &r.found)
		}
		return into
	}, `SELECT `+strings.Join(columns, ", ")+` FROM `+w.table+` `+where+` ORDER BY `+strings.Join(w.key, ", ")+` LIMIT `+strconv.Itoa(size), last...)
}

// sealAll seals what is to be sealed in rows, and marks that free pages are to be cleared when something clear was overwritten.
func (w *walk) sealAll(tx *Tx, rows []keptRow) (int, error) {
	changed, cleared := 0, 0
	for _, r := range rows {
		texts, found, err := w.sealed(tx, r)
		if err != nil {
			return 0, err
		}
		if texts == nil {
			continue
		}
		n, err := w.save(tx, r, texts, found)
		if err != nil {
			return 0, err
		}
		changed += int(n)
		if !slices.Equal(texts, r.texts) { // not only the blind index that a migration left to be filled in
			cleared += int(n)
		}
	}
	if cleared == 0 || !w.clear {
		return changed, nil
	}
	_, err := tx.exec(`INSERT INTO sealed (part, at) VALUES ($1, $2) ON CONFLICT DO NOTHING`, scrubbing, tx.at.UnixMicro())
	return changed, err
}

// sealed is the row's texts as they should be kept, nil when they are kept so already.
func (w *walk) sealed(tx *Tx, r keptRow) (texts []string, found string, err error) {
	keys, same := w.db.keys, true
	texts, found = slices.Clone(r.texts), r.found
	for i, kept := range r.texts {
		id, ok := keys.KeyOf(kept)
		if kept == "" || ok && (w.clear || id == keys.Current()) {
			continue
		}
		clear, err := w.clearText(tx, kept)
		if err != nil {
			return nil, "", err
		}
		same, texts[i] = false, tx.seal(clear)
	}
	if w.lookup && w.clear && found == "" { // a migration left it to be filled in
		if found, err = w.clearText(tx, r.texts[0]); err != nil {
			return nil, "", err
		}
	}
	if w.lookup && !keys.Looked(found) {
		same, found = false, tx.lookup(found)
	}
	if same {
		return nil, "", nil
	}
	return texts, found, nil
}

// clearText is a text as it was before it was sealed; one that never was stays as it is.
func (w *walk) clearText(tx *Tx, kept string) (string, error) {
	if _, ok := w.db.keys.KeyOf(kept); !ok {
		return kept, nil
	}
	clear, err := tx.open(kept)
	return clear, damaged(err)
}

// save writes the row back unless somebody changed it since it was read. Its version stays, because what it says is the same.
func (w *walk) save(tx *Tx, r keptRow, texts []string, found string) (int64, error) {
	var set, where []string
	var args []any
	put := func(to *[]string, column string, value any) {
		args = append(args, value)
		*to = append(*to, column+" = $"+strconv.Itoa(len(args)))
	}
	for i, c := range w.columns {
		put(&set, c, texts[i])
	}
	if w.lookup {
		put(&set, "lookup", found)
	}
	for i, c := range w.key {
		put(&where, c, r.key[i])
	}
	for i, c := range w.columns {
		put(&where, c, r.texts[i])
	}
	return tx.exec(`UPDATE `+w.table+` SET `+strings.Join(set, ", ")+` WHERE `+strings.Join(where, " AND "), args...)
}

// indexIdentities puts the blind index in the place of clear numbers; a clear one begins with a digit, which sorts before the index's first sign.
func (db *DB) indexIdentities(ctx context.Context) error {
	for more := true; more; {
		err := db.Update(ctx, access.Program(), func(tx *Tx) error {
			clear, err := list(tx, func(s *string) []any { return []any{s} }, `SELECT lookup FROM identity WHERE lookup < '=' LIMIT `+strconv.Itoa(sealAtOnce))
			if err != nil {
				return err
			}
			for _, number := range clear {
				if _, err := tx.exec(`UPDATE identity SET lookup = $1 WHERE lookup = $2`, tx.lookup(number), number); err != nil {
					return err
				}
			}
			more = len(clear) > 0
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
