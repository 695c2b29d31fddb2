package ledger

import (
	"fmt"

	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/proof"
)

// Prove is the path of a line in the tree of head, from all lines up to it in their order.
func Prove(sum Sum, leaf int64, head Head, lines func(yield func(line []byte) error) error) (Proof, error) {
	all, err := ProveAll(sum, []int64{leaf}, head, lines)
	if err != nil {
		return Proof{Leaf: leaf, Head: head}, err
	}
	return all[0], nil
}

// ProveAll is the paths of several lines in the tree of head, in the order of leaves, from one pass over all lines up to it in their order.
func ProveAll(sum Sum, leaves []int64, head Head, lines func(yield func(line []byte) error) error) ([]Proof, error) {
	out, wanted := make([]Proof, len(leaves)), make([]proof.Nodes, len(leaves))
	found, texts := map[compact.NodeID][]byte{}, map[int64][]byte{}
	for i, leaf := range leaves {
		out[i] = Proof{Leaf: leaf, Head: head}
		if leaf < 0 || leaf >= head.Size {
			return nil, fmt.Errorf("line %d of %d", leaf, head.Size)
		}
		var err error
		if wanted[i], err = proof.Inclusion(uint64(leaf), uint64(head.Size)); err != nil {
			return nil, err
		}
		for _, id := range wanted[i].IDs {
			found[id] = nil
		}
		texts[leaf] = nil
	}
	tree, err := Grow(sum, 0, nil)
	if err != nil {
		return nil, err
	}
	err = lines(func(line []byte) error {
		if _, ok := texts[tree.Size()]; ok {
			texts[tree.Size()] = line
		}
		return tree.AppendSeen(line, func(id compact.NodeID, hash []byte) {
			if _, ok := found[id]; ok {
				found[id] = hash
			}
		})
	})
	if err != nil {
		return nil, err
	}
	for i := range out {
		hashes := make([][]byte, len(wanted[i].IDs))
		for j, id := range wanted[i].IDs {
			if hashes[j] = found[id]; hashes[j] == nil {
				return nil, fmt.Errorf("the tree of %d lines has no node %v", tree.Size(), id)
			}
		}
		out[i].Line = texts[out[i].Leaf]
		if out[i].Path, err = wanted[i].Rehash(hashes, sum.HashChildren); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Shown is lines that stand under one head, each with its path, so that it can be checked without the log.
type Shown struct {
	Head    Head       `json:"head"`
	Public  string     `json:"public"` // public point of the key that signed the head, base64
	Lines   []Standing `json:"lines"`
	Waiting []string   `json:"waiting"` // ids of lines that were too fresh to stand under a head
}

// Standing is one line under the head: its place from 0, its text as Encode made it, and its path.
type Standing struct {
	Leaf int64    `json:"leaf"`
	Line []byte   `json:"line"`
	Path [][]byte `json:"path"`
}

// Check says with nil that every line stands at its place under the head's root; the head's signature is another matter.
func (s Shown) Check(sum Sum) error {
	for _, l := range s.Lines {
		if err := (Proof{Leaf: l.Leaf, Line: l.Line, Path: l.Path, Head: s.Head}).Check(sum); err != nil {
			return fmt.Errorf("line %d: %w", l.Leaf, err)
		}
	}
	return nil
}
