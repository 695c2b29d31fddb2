package store

import (
	"bytes"
	"database/sql"
	"errors"
	"time"

	"hefa/internal/fault"
	"hefa/internal/key"
	"hefa/internal/ledger"
	"hefa/internal/region"
)

// Tampering is the first thing that is not as it was sealed. How says what: "changed", "removed", "inserted", "moved", "head" (a head that is not
// signed by a key of ours or that does not fit the lines before it) or "forgotten" (lines that were sealed are gone with their heads).
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
	if err := tx.follow(&v, at); err != nil || v.Trouble != nil {
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
	return v, tx.waiting(&v)
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
func (tx *Tx) follow(v *Verdict, at map[int64][]ledger.Head) error {
	suite := v.Last.Suite
	if suite == "" {
		suite = tx.db.keys.Suite()
	}
	tree, err := ledger.Grow(tx.sum(suite), 0, nil)
	if err != nil {
		return err
	}
	wrong := func(how string, place int64, id string) error {
		v.Trouble = &Tampering{how, place, id}
		return errStop
	}
	err = tx.sealedLines(v.County, func(l auditLine) error {
		place := tree.Size()
		switch {
		case l.leaf > place:
			return wrong("removed", place, "")
		case l.leaf < place:
			return wrong("inserted", place, l.ID)
		case l.mark != tx.lineMark(l, place):
			how := "changed"
			if tx.elsewhere(l, place, v.Last.Size) {
				how = "moved"
			}
			return wrong(how, place, l.ID)
		}
		if err := tree.Append(l.encoded()); err != nil {
			return err
		}
		v.Lines = tree.Size()
		for _, h := range at[v.Lines] {
			if root, err := tree.Root(); err != nil || !bytes.Equal(h.Root, root) {
				return wrong("head", place, l.ID)
			}
		}
		return nil
	})
	if err == errStop {
		return nil
	}
	return err
}

// near is how far around a line its old place is looked for.
const near = 1000

// elsewhere says whether a line's mark is that of another place near by, so that it was moved and not changed.
func (tx *Tx) elsewhere(l auditLine, place, size int64) bool {
	for p := max(-1, place-near); p < min(size, place+near); p++ {
		if p != place && l.mark == tx.lineMark(l, p) {
			return true
		}
	}
	return false
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

// ProveLine shows that a sealed line stands in the last head of its county.
func (tx *Tx) ProveLine(county region.Code, line string) (ledger.Proof, error) {
	found, err := one(tx, tx.auditLine, `SELECT `+auditLineColumns+` FROM audit WHERE county = $1 AND id = $2`, string(county), line)
	if err != nil {
		return ledger.Proof{}, err
	}
	head, _, err := tx.lastHead(county)
	if err != nil {
		return ledger.Proof{}, err
	}
	if found.leaf < 0 || found.leaf >= head.Size {
		return ledger.Proof{}, fault.New(fault.Refused, "audit.fresh")
	}
	return ledger.Prove(tx.sum(head.Suite), found.leaf, head, func(yield func([]byte) error) error {
		return tx.sealedLines(county, func(l auditLine) error { return yield(l.encoded()) })
	})
}
