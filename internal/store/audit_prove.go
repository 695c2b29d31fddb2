package store

import (
	"hefa/internal/fault"
	"hefa/internal/ledger"
	"hefa/internal/region"
)

// Evidence is a proof with the public point of the key that signed its head, base64, so that it can be checked without the database.
type Evidence struct {
	ledger.Proof
	Public string `json:"public"`
}

// ProveLine shows that a sealed line stands in the last head of its county.
func (tx *Tx) ProveLine(county region.Code, line string) (e Evidence, err error) {
	found, err := one(tx, tx.auditLine, `SELECT `+auditLineColumns+` FROM audit WHERE county = $1 AND id = $2`, string(county), line)
	if err != nil {
		return e, err
	}
	head, _, err := tx.lastHead(county)
	if err != nil {
		return e, err
	}
	if found.leaf < 0 || found.leaf >= head.Size {
		return e, fault.New(fault.Refused, "audit.fresh")
	}
	if e.Public, err = tx.publicOf(head.Key); err != nil {
		return e, err
	}
	if err := tx.ours(head); err != nil {
		return e, err
	}
	e.Proof, err = tx.tiles(county, head).Prove(found.leaf, head)
	return e, astray(err)
}

// ours refuses a head that no key of this installation signed.
func (tx *Tx) ours(head ledger.Head) error {
	bad, err := tx.unsigned([]ledger.Head{head})
	if err == nil && bad != nil {
		err = fault.New(fault.Refused, "audit.astray")
	}
	return err
}

// ProveLines shows which of the lines stand in the last head of their county, each with its path; what the sealer did not reach yet is named as waiting.
func (tx *Tx) ProveLines(county region.Code, lines []Line) (s ledger.Shown, err error) {
	s.Lines, s.Waiting = []ledger.Standing{}, []string{}
	if s.Head, _, err = tx.lastHead(county); err != nil {
		return s, err
	}
	var leaves []int64
	for _, l := range lines {
		leaf, err := tx.number(`SELECT leaf FROM audit WHERE county = $1 AND id = $2`, string(county), l.ID)
		if err != nil {
			return s, err
		}
		if leaf < 0 || leaf >= s.Head.Size {
			s.Waiting = append(s.Waiting, l.ID)
			continue
		}
		leaves = append(leaves, leaf)
	}
	if len(leaves) == 0 {
		return s, nil
	}
	if s.Public, err = tx.publicOf(s.Head.Key); err != nil {
		return s, err
	}
	if err := tx.ours(s.Head); err != nil {
		return s, err
	}
	tiles := tx.tiles(county, s.Head)
	for _, leaf := range leaves {
		p, err := tiles.Prove(leaf, s.Head)
		if err != nil {
			return s, astray(err)
		}
		s.Lines = append(s.Lines, ledger.Standing{Leaf: p.Leaf, Line: p.Line, Path: p.Path})
	}
	return s, nil
}

// publicOf is the public point of a signing key, base64.
func (tx *Tx) publicOf(id string) (string, error) {
	keys, err := tx.Keys()
	for _, k := range keys {
		if k.ID == id {
			return k.Public, err
		}
	}
	return "", err
}
