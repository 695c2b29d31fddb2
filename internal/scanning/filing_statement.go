package scanning

import (
	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/id"
	"hefa/internal/pile"
	"hefa/internal/statement"
	"hefa/internal/store"
)

// statement takes in a signed paper: it is kept once, and stands in the file of everybody who is on it. Whose file is not opened yet gets it when it is.
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
		d, ok, err := tx.Dossier(p.County(), p.ID)
		if err != nil {
			return err
		}
		if !ok || d.State == archive.Destroyed {
			continue
		}
		if err := tx.AddItems(d, []archive.Item{s.Item(id.New())}); err != nil {
			return err
		}
		d.Closed = tx.Today()
		if err := tx.SaveDossier(access.StatementReceive, d, s.No); err != nil {
			return err
		}
	}
	return nil
}
