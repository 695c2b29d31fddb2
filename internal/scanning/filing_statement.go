package scanning

import (
	"hefa/internal/access"
	"hefa/internal/pile"
	"hefa/internal/statement"
	"hefa/internal/store"
)

// statement takes in a signed paper: it is kept once, and stands in the file of everybody who is on it.
func (f filing) statement(tx *store.Tx, t pile.Target, b bound) error {
	s, err := tx.Statement(statement.ID(t.Subject))
	if err != nil {
		return err
	}
	if err := tx.By().May(access.StatementReceive, s.Region); err != nil {
		return err
	}
	if err := s.Receive(statement.Scan{On: f.pile.Received, Hash: b.hash, Type: b.kind, Pages: len(f.leaves)}); err != nil {
		return err
	}
	if b.hash == "" {
		return errTried
	}
	if err := tx.SaveStatement(access.StatementReceive, s, ""); err != nil {
		return err
	}
	people, err := tx.StatementPeople(s)
	if err != nil {
		return err
	}
	for _, p := range people {
		if err := tx.FileStatement(s, p); err != nil {
			return err
		}
	}
	return nil
}
