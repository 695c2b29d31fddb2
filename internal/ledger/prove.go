package ledger

import "fmt"

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
