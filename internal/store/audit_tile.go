package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/ledger"
	"hefa/internal/region"
)

// tilesAtOnce is how many tiles of lines one transaction makes at most, and portionsAtOnce how many such transactions one round, so that old logs get
// theirs by and by while clerks go on and new lines are sealed.
const (
	tilesAtOnce    = 8
	portionsAtOnce = 16
)

// tile is the hashes of a tile as they are kept; none when it is not.
func (tx *Tx) tile(county region.Code, id ledger.TileID) ([][]byte, error) {
	texts, err := list(tx, func(s *string) []any { return []any{s} }, `
		SELECT hashes
		FROM audit_tile
		WHERE county = $1 AND level = $2 AND place = $3`, string(county), id.Level, id.Place)
	if err != nil || len(texts) == 0 {
		return nil, err
	}
	return hashesOf(texts[0]), nil
}

// hashesOf takes a tile apart; of what is no base64 the beginning that is.
func hashesOf(text string) (out [][]byte) {
	raw, _ := base64.StdEncoding.DecodeString(text)
	for len(raw) > 0 {
		n := min(32, len(raw))
		out, raw = append(out, raw[:n]), raw[n:]
	}
	return out
}

// saveTile keeps a tile, in place of what it was before it had so many hashes.
func (tx *Tx) saveTile(county region.Code, id ledger.TileID, hashes [][]byte) error {
	_, err := tx.exec(`
		INSERT INTO audit_tile (county, level, place, hashes)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (county, level, place) DO UPDATE SET hashes = excluded.hashes`, string(county), id.Level, id.Place, tileText(hashes))
	return err
}

// tileText is hashes as a tile keeps them.
func tileText(hashes [][]byte) string {
	return base64.StdEncoding.EncodeToString(bytes.Join(hashes, nil))
}

// tiled is how many of a county's lines stand in tiles, a multiple of ledger.TileWidth.
func (tx *Tx) tiled(county region.Code) (int64, error) {
	n, err := tx.number(`SELECT COALESCE(MAX(place), -1) + 1 FROM audit_tile WHERE county = $1 AND level = 0`, string(county))
	return n * ledger.TileWidth, err
}

// openTiles is the tiles from level 1 up that are not full while so many lines are tiled.
func (tx *Tx) openTiles(county region.Code, tiled int64) (open [][][]byte, err error) {
	for level, n := 1, tiled/ledger.TileWidth; n > 0; level, n = level+1, n/ledger.TileWidth {
		id := ledger.TileID{Level: level, Place: n / ledger.TileWidth}
		var hashes [][]byte
		if id.Width(tiled) > 0 {
			if hashes, err = tx.tile(county, id); err != nil {
				return nil, err
			}
		}
		if len(hashes) != id.Width(tiled) {
			return nil, fmt.Errorf("tile %d/%d holds %d hashes, not %d", id.Level, id.Place, len(hashes), id.Width(tiled))
		}
		open = append(open, hashes)
	}
	return open, nil
}

// TileLines makes the next tiles of a county's sealed lines; more says whether others wait. It stops at a line that is not as it was sealed.
func (tx *Tx) TileLines(county region.Code) (more bool, err error) {
	head, _, err := tx.lastHead(county)
	if err != nil {
		return false, err
	}
	tiled, err := tx.tiled(county)
	if err != nil || head.Size < tiled+ledger.TileWidth {
		return false, err
	}
	open, err := tx.openTiles(county, tiled)
	if err != nil {
		return false, err
	}
	tiler := ledger.NewTiler(tx.sum(head.Suite), tiled, open, func(id ledger.TileID, hashes [][]byte) error { return tx.saveTile(county, id, hashes) })
	place, until := tiled, min(tiled+tilesAtOnce*ledger.TileWidth, head.Size/ledger.TileWidth*ledger.TileWidth)
	var lines []auditLine // the statement must be at its end before another may run
	if err := tx.placedLines(string(county), tiled, until, func(l auditLine) error { lines = append(lines, l); return nil }); err != nil {
		return false, err
	}
	for _, l := range lines {
		if l.leaf != place || l.mark != tx.lineMark(l, place) {
			break
		}
		place++
		if err := tiler.Add(l.encoded()); err != nil {
			return false, err
		}
	}
	if place != until {
		return false, fmt.Errorf("line %d is not as it was sealed", place)
	}
	return head.Size >= until+ledger.TileWidth, tiler.Open(func(id ledger.TileID, hashes [][]byte) error { return tx.saveTile(county, id, hashes) })
}

// tileAll makes the tiles of counties, or of all that have a head, as many as one round may.
func (db *DB) tileAll(ctx context.Context, counties []region.Code) (err error) {
	whole := !db.tiled.Load()
	if whole {
		if err := db.View(ctx, access.Program(), func(tx *Tx) (err error) {
			counties, err = list(tx, func(c *region.Code) []any { return []any{c} }, `SELECT DISTINCT county FROM audit_head ORDER BY county`)
			return err
		}); err != nil {
			return err
		}
	}
	portions := portionsAtOnce
	for _, county := range counties {
		for more := true; more && portions > 0; {
			fail := db.Update(ctx, access.Program(), func(tx *Tx) (err error) {
				more, err = tx.TileLines(county)
				return err
			})
			if fail != nil {
				err = errors.Join(err, fmt.Errorf("tiles of %q: %w", county, fail))
				break
			}
			if more {
				portions--
			}
		}
	}
	db.tiled.Store(err == nil && portions > 0)
	return err
}

// tiles is where a county's proofs are read.
func (tx *Tx) tiles(county region.Code, head ledger.Head) *ledger.Tiles {
	return &ledger.Tiles{Sum: tx.sum(head.Suite), Size: head.Size,
		Tile: func(id ledger.TileID) ([][]byte, error) { return tx.tile(county, id) },
		Lines: func(from, to int64) (out [][]byte, err error) {
			err = tx.placedLines(string(county), from, to, func(l auditLine) error { out = append(out, l.encoded()); return nil })
			return out, err
		}}
}

// DropTiles forgets a county's tiles; the sealer makes them again from the lines.
func (tx *Tx) DropTiles(county region.Code, why string) error {
	if _, err := tx.exec(`DELETE FROM audit_tile WHERE county = $1`, string(county)); err != nil {
		return err
	}
	tx.db.tiled.Store(false)
	return tx.Note(access.AuditRead, Subject{Kind: "audit", ID: string(county), Region: county, Note: why})
}

// tileCheck compares the kept tiles with those that the lines make.
type tileCheck struct {
	tiled int64
	kept  map[ledger.TileID][sha256.Size]byte // digests only; nothing can be asked while the lines go by
	seen  int64
	tiler *ledger.Tiler
	wrong *Tampering
}

// keptTile is a tile with the digest of its text.
type keptTile struct {
	id     ledger.TileID
	digest digested
}

// digested scans a text as its digest.
type digested [sha256.Size]byte

// Scan takes a text.
func (d *digested) Scan(src any) error {
	s, _ := src.(string)
	*d = sha256.Sum256([]byte(s))
	return nil
}

func (tx *Tx) newTileCheck(county region.Code) (*tileCheck, error) {
	c := &tileCheck{kept: map[ledger.TileID][sha256.Size]byte{}}
	all, err := list(tx, func(t *keptTile) []any { return []any{&t.id.Level, &t.id.Place, &t.digest} }, `
		SELECT level, place, hashes
		FROM audit_tile
		WHERE county = $1`, string(county))
	if err != nil {
		return nil, err
	}
	for _, t := range all {
		c.kept[t.id] = t.digest
	}
	c.tiled, err = tx.tiled(county)
	return c, err
}

// add takes the next line, as long as it stands in a tile.
func (c *tileCheck) add(line []byte) error {
	if c.seen++; c.seen > c.tiled {
		return nil
	}
	if err := c.tiler.Add(line); err != nil || c.seen < c.tiled {
		return err
	}
	return c.tiler.Open(c.same)
}

// same looks at one tile that the first tiled lines make.
func (c *tileCheck) same(id ledger.TileID, made [][]byte) error {
	if kept, ok := c.kept[id]; !ok || kept != sha256.Sum256([]byte(tileText(made))) {
		c.name(id)
	}
	delete(c.kept, id)
	return nil
}

// name keeps the tile that covers the earliest line.
func (c *tileCheck) name(id ledger.TileID) {
	if first := id.First(); c.wrong == nil || first < c.wrong.Leaf {
		c.wrong = &Tampering{"tile", first, fmt.Sprintf("%d/%d", id.Level, id.Place)}
	}
}

// surplus is the verdict when all lines went by: the first tile that is wrong, or one that no line made.
func (c *tileCheck) surplus() *Tampering {
	if last := (ledger.TileID{Place: c.tiled/ledger.TileWidth - 1}); c.tiled > c.seen {
		c.name(last)
	}
	if c.wrong == nil {
		for id := range c.kept {
			c.name(id)
		}
	}
	return c.wrong
}

// astray turns a path that leads elsewhere into words; it is for an auditor, not for the log alone.
func astray(err error) error {
	if errors.Is(err, ledger.ErrAstray) {
		return fmt.Errorf("%w: %w", fault.New(fault.Refused, "audit.astray"), err)
	}
	return err
}
