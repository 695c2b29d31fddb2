package store

import (
	"bytes"
	"database/sql"
	"errors"
	"time"

	"hefa/internal/key"
	"hefa/internal/lang"
	"hefa/internal/ledger"
	"hefa/internal/region"
)

// Tampering is the first thing that is not as it was sealed. How says what: "changed", "removed", "inserted", "moved", "head" (a head that is not
// signed by a key of ours or that does not fit the lines before it), "forgotten" (lines that were sealed are gone with their heads) or "tile" (lines and
// heads are whole, but a tile of the tree, level/place, is not what they make).
type Tampering struct {
	How  string `json:"how"`
	Leaf int64  `json:"leaf"` // the place, from 0; -1 for a line that has none
	Line string `json:"line"` // its id, where it is there
}

// Verdict is what a look at a county's whole log found.
type Verdict struct {
	County  region.Code `json:"county"`
	Lines   int64       `json:"lines"` // sealed and as they were
	Heads   int         `json:"heads"`
	Fresh   int64       `json:"fresh"` // lines that wait for the sealer
	Oldest  time.Time   `json:"oldest"`
	Last    ledger.Head `json:"last"`
	Trouble *Tampering  `json:"trouble,omitempty"`
}

// lateAfter is how long an audit line may wait for the sealer, who comes every second.
const lateAfter = 10 * time.Minute

// Words says what was found, in one sentence.
func (v Verdict) Words() string {
	if t := v.Trouble; t != nil {
		return lang.T("audit.log."+t.How, string(v.County), t.Leaf+1, t.Line)
	}
	return lang.T("audit.log.ok", string(v.County), v.Lines, v.Heads, v.Fresh)
}

// Wrong is what somebody must look into, "" when all is well: tampering, or a sealer that has not come for ten minutes.
func (v Verdict) Wrong(now time.Time) string {
	switch {
	case v.Trouble != nil:
		return v.Words()
	case v.Fresh > 0 && now.Sub(v.Oldest) > lateAfter:
		return lang.T("audit.log.late", string(v.County), v.Fresh)
	}
	return ""
}

// VerifyAudit goes through a county's log from its first line and stops at the first thing that is wrong. witnessed are heads that somebody outside
// keeps; the log must have grown from each of them.
func (tx *Tx) VerifyAudit(county region.Code, witnessed []ledger.Head) (Verdict, error) {
	v := Verdict{County: county}
	heads, err := tx.Heads(county)
	if err != nil {
		return v, err
	}
	v.Heads = len(heads)
	if v.Trouble, err = tx.unsigned(heads); err != nil || v.Trouble != nil {
		return v, err
	}
	if len(heads) > 0 {
		v.Last = heads[len(heads)-1]
	}
	at := map[int64][]ledger.Head{}
	for _, h := range append(append([]ledger.Head{}, heads...), witnessed...) {
		if h.County == string(county) {
			at[h.Size] = append(at[h.Size], h)
		}
	}
	tiles, err := tx.newTileCheck(county)
	if err != nil {
		return v, err
	}
	if err := tx.follow(&v, at, tiles); err != nil || v.Trouble != nil {
		return v, err
	}
	for size := range at {
		if size > v.Lines {
			v.Trouble = &Tampering{How: "forgotten", Leaf: v.Lines}
		}
	}
	if v.Trouble == nil && v.Lines > v.Last.Size {
		v.Trouble = &Tampering{How: "inserted", Leaf: v.Last.Size}
	}
	if v.Trouble != nil {
		return v, nil
	}
	if err := tx.waiting(&v); err != nil || v.Trouble != nil {
		return v, err
	}
	v.Trouble = tiles.surplus()
	return v, nil
}

// unsigned is the first head that no key of ours signed.
func (tx *Tx) unsigned(heads []ledger.Head) (*Tampering, error) {
	all, err := tx.Keys()
	if err != nil {
		return nil, err
	}
	keys := map[string]key.Key{}
	for _, k := range all {
		keys[k.ID] = k
	}
	for _, h := range heads {
		if k, ok := keys[h.Key]; !ok || tx.db.keys.Signed(k, h.Message(), h.Signature) != nil {
			return &Tampering{How: "head", Leaf: h.Size - 1}, nil
		}
	}
	return nil, nil
}

// errStop ends a walk early.
var errStop = errors.New("stop")

// follow walks the sealed lines in their order against the heads.
func (tx *Tx) follow(v *Verdict, at map[int64][]ledger.Head, tiles *tileCheck) error {
	suite := v.Last.Suite
	if suite == "" {
		suite = tx.db.keys.Suite()
	}
	tree, err := ledger.Grow(tx.sum(suite), 0, nil)
	if err != nil {
		return err
	}
	tiles.tiler = ledger.NewTiler(tx.sum(suite), 0, nil, tiles.same)
	wrong := func(how string, place int64, id string) error {
		v.Trouble = &Tampering{how, place, id}
		return errStop
	}
	var bad auditLine
	err = tx.sealedLines(v.County, func(l auditLine) error {
		place := tree.Size()
		switch {
		case l.leaf > place:
			return wrong("removed", place, "")
		case l.leaf < place:
			return wrong("inserted", place, l.ID)
		case l.mark != tx.lineMark(l, place):
			if place >= v.Last.Size {
				return wrong("inserted", place, l.ID)
			}
			bad = l
			return errStop
		}
		if err := tree.Append(l.encoded()); err != nil {
			return err
		}
		v.Lines = tree.Size()
		if err := tiles.add(l.encoded()); err != nil {
			return err
		}
		for _, h := range at[v.Lines] {
			if root, err := tree.Root(); err != nil || !bytes.Equal(h.Root, root) {
				return wrong("head", place, l.ID)
			}
		}
		return nil
	})
	if err == errStop && bad.ID != "" {
		v.Trouble, err = tx.misplaced(bad, tree.Size())
	}
	if err == errStop {
		return nil
	}
	return err
}

// near is how far around a place its line, and around a line its place, is looked for.
const near = 1000

// misplaced says what happened at a place where another line stands than the one that was sealed there.
func (tx *Tx) misplaced(l auditLine, place int64) (*Tampering, error) {
	ours := false // whether l was sealed at another place
	for p := max(-1, place-near); p < place+near && !ours; p++ {
		ours = l.mark == tx.lineMark(l, p)
	}
	there := false // whether the line that was sealed here stands at another place
	err := tx.placedLines(l.county, max(0, place-near), place+near, func(o auditLine) error {
		there = there || o.mark == tx.lineMark(o, place)
		return nil
	})
	switch {
	case ours && there:
		return &Tampering{"moved", place, l.ID}, err
	case ours:
		return &Tampering{"removed", place, ""}, err
	case there:
		return &Tampering{"inserted", place, l.ID}, err
	}
	return &Tampering{"changed", place, l.ID}, err
}

// waiting counts the lines that are not sealed and finds one that this program did not write.
func (tx *Tx) waiting(v *Verdict) error {
	fresh, err := list(tx, func(f *[2]sql.NullInt64) []any { return []any{&f[0], &f[1]} }, `
		SELECT COUNT(*), MIN(at)
		FROM audit
		WHERE county = $1 AND leaf < 0`, string(v.County))
	if err != nil {
		return err
	}
	v.Fresh = fresh[0][0].Int64
	if v.Fresh > 0 {
		v.Oldest = time.UnixMicro(fresh[0][1].Int64).UTC()
	}
	for after := ""; ; {
		page, err := tx.freshPage(v.County, after)
		if err != nil {
			return err
		}
		for _, l := range page {
			if l.mark != tx.lineMark(l, -1) {
				v.Trouble = &Tampering{"inserted", -1, l.ID}
				return nil
			}
		}
		if len(page) < sealLines {
			return nil
		}
		after = page[len(page)-1].ID
	}
}
