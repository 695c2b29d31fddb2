package fieldwork

import (
	"context"
	"io"
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/lang"
	"hefa/internal/person"
	"hefa/internal/statement"
	"hefa/internal/store"
)

// StatementFilter narrows a list of signed papers.
type StatementFilter = store.StatementFilter

// Statements is the signed papers of the area, the newest first, and whether there are more.
func (d *Desk) Statements(ctx context.Context, by access.Actor, f StatementFilter) (all []statement.Statement, more bool, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		if f.Region, err = by.Scope(access.StatementRead, f.Region); err != nil {
			return err
		}
		page := f
		page.Limit++
		if all, err = tx.Statements(page); err != nil {
			return err
		}
		if more = len(all) > f.Limit; more {
			all = all[:f.Limit]
		}
		return nil
	})
	return all, more, err
}

// Statement is a signed paper with those who are on it and whom the actor may see.
type Statement struct {
	statement.Statement
	People []person.Person
}

// Statement is the signed paper with the id.
func (d *Desk) Statement(ctx context.Context, by access.Actor, of statement.ID) (out Statement, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		if out.Statement, err = stated(tx, access.StatementRead, of); err != nil {
			return err
		}
		out.People, err = named(tx, out.Statement)
		return err
	})
	return out, err
}

// StatementsOf is the signed papers that a person is on, the oldest first.
func (d *Desk) StatementsOf(ctx context.Context, by access.Actor, of person.ID) (all []statement.Statement, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		p, err := tx.Person(of)
		if err != nil {
			return err
		}
		if err := by.May(access.StatementRead, p.Region); err != nil {
			return err
		}
		all, err = tx.StatementsOf(p.County(), of)
		return err
	})
	return all, err
}

// named is those who are on a signed paper and whom the actor may see.
func named(tx *store.Tx, s statement.Statement) ([]person.Person, error) {
	all, err := tx.StatementPeople(s)
	return slices.DeleteFunc(all, func(p person.Person) bool { return tx.By().May(access.PersonRead, p.Region) != nil }), err
}

func stated(tx *store.Tx, act access.Act, of statement.ID) (statement.Statement, error) {
	s, err := tx.Statement(of)
	if err != nil {
		return s, err
	}
	return s, tx.By().May(act, s.Region)
}

// IssueStatements numbers papers that are to be printed, and answers with their printing: for somebody in the register (a survey: for everybody of the
// household whom the actor may see), for who pledges, or for a place, to be filled in by hand.
func (d *Desk) IssueStatements(ctx context.Context, by access.Actor, o statement.Order) (issue statement.ID, err error) {
	err = d.db.Update(ctx, by, func(tx *store.Tx) error {
		where := o.Region
		var people []person.Person
		signer := ""
		if o.Person != "" {
			p, err := tx.Person(o.Person)
			if err != nil {
				return err
			}
			where, signer, people = p.Region, p.Name, []person.Person{p}
		}
		if where == "" {
			where = by.Region
		}
		if err := by.May(access.StatementIssue, where); err != nil {
			return err
		}
		o.Region = where
		if err := o.Check(); err != nil {
			return err
		}
		if o.Kind == statement.Waiver && len(people) > 0 {
			if err := mobilised(tx, people[0]); err != nil {
				return err
			}
		}
		if o.Kind == statement.Survey && len(people) > 0 {
			if people, err = home(tx, people[0]); err != nil {
				return err
			}
		}
		if o.Signer != "" {
			signer = o.Signer
		}
		for range o.Count {
			n, err := tx.Next(where.County(), "statement-"+string(tx.Today()[:4]))
			if err != nil {
				return err
			}
			s := statement.Statement{ID: statement.ID(id.New()), Issue: issue, Region: where, No: statement.No(where.County(), tx.Today().Year(), n), Kind: o.Kind, Signer: signer, Post: o.Post,
				State: statement.Out, Printed: tx.Today(), Clerk: by.Name}
			if issue == "" {
				issue, s.Issue = s.ID, s.ID
			}
			if err := tx.AddStatement(s, people); err != nil {
				return err
			}
		}
		return nil
	})
	return issue, err
}

// home is everybody of a person's household whom the actor may see, the person first.
func home(tx *store.Tx, p person.Person) ([]person.Person, error) {
	out := []person.Person{p}
	life, err := tx.Life(p)
	if err != nil || life.Household == "" {
		return out, err
	}
	all, err := tx.Members(p.County(), life.Household)
	for _, m := range all {
		if m.ID != p.ID && tx.By().May(access.PersonRead, m.Region) == nil {
			out = append(out, m)
		}
	}
	return out, err
}

// NameOnStatement says that somebody of the county is on a paper that was filled in by hand, by their identity number: on a survey sheet, or as the one who
// gives up. Of a paper that is back it stands in their file from now on.
func (d *Desk) NameOnStatement(ctx context.Context, by access.Actor, of statement.ID, number person.Number) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		s, err := stated(tx, access.StatementReceive, of)
		if err != nil {
			return err
		}
		if s.State == statement.Void {
			return fault.New(fault.Refused, "statement.over", s.No, s.State)
		}
		on, err := tx.StatementPeople(s)
		if err != nil {
			return err
		}
		if !s.Takes(len(on)) {
			return fault.New(fault.Refused, "statement.named.alone", s.Kind)
		}
		var wrong fault.Problems
		if flaw := number.Check(); flaw != "" {
			wrong.Add("number", "person.number."+string(flaw))
			return wrong.Fault()
		}
		where, who, err := tx.Identity(number)
		if err == nil && who == "" {
			err = tx.Renumbered("number", number)
		}
		if err != nil {
			return err
		}
		var p person.Person
		if who != "" && where == s.County() {
			p, err = tx.Person(who)
		}
		if err != nil || p.ID == "" || by.May(access.PersonRead, p.Region) != nil {
			wrong.Add("number", "statement.number.unknown")
			return wrong.Fault()
		}
		if s.Kind == statement.Waiver {
			if err := mobilised(tx, p); err != nil {
				return err
			}
		}
		if err := tx.NameOn(s, p); err != nil {
			return err
		}
		if err := tx.SaveStatement(access.StatementReceive, s, p.Name); err != nil {
			return err
		}
		return tx.FileStatement(s, p)
	})
}

// TakeOffStatement takes somebody who was named on the wrong paper off it, for a reason, and the paper out of their file.
func (d *Desk) TakeOffStatement(ctx context.Context, by access.Actor, of statement.ID, who person.ID, reason string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		s, err := stated(tx, access.StatementReceive, of)
		if err != nil {
			return err
		}
		on, err := named(tx, s)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(on, func(p person.Person) bool { return p.ID == who })
		if i < 0 {
			return fault.New(fault.Missing, "record.missing")
		}
		if err := s.TakeOff(reason); err != nil {
			return err
		}
		if err := tx.TakeOff(s, on[i]); err != nil {
			return err
		}
		if err := unfiled(tx, s, on[i], reason); err != nil {
			return err
		}
		return tx.SaveStatement(access.StatementReceive, s, on[i].Name+" "+strings.TrimSpace(reason))
	})
}

// unfiled takes the signed paper out of a person's file, where it lies there, and lifts what was marked on it.
func unfiled(tx *store.Tx, s statement.Statement, p person.Person, reason string) error {
	d, ok, err := tx.Dossier(p.County(), p.ID)
	if err != nil || !ok || s.Proof == "" {
		return err
	}
	items, err := tx.Items(d)
	if err != nil {
		return err
	}
	for _, i := range items {
		if i.Hash != s.Proof || i.Number != s.No || i.Destroyed != "" {
			continue
		}
		if err := tx.TakeOutItem(access.StatementReceive, d, i, strings.TrimSpace(reason)); err != nil {
			return err
		}
		return tx.LiftMarks(access.StatementReceive, archive.Mark{Region: p.Region, Person: p.ID, Paper: s.Proof}, lang.T("pile.back.lifted", tx.Today()))
	}
	return nil
}

// SpoilStatement ends a paper that will not come back.
func (d *Desk) SpoilStatement(ctx context.Context, by access.Actor, of statement.ID, reason string) error {
	return d.endStatement(ctx, by, of, reason, (*statement.Statement).Spoil)
}

// RevokeStatement notes that who gave the certificate up has thought better of it and may apply (N38).
func (d *Desk) RevokeStatement(ctx context.Context, by access.Actor, of statement.ID, reason string) error {
	return d.endStatement(ctx, by, of, reason, (*statement.Statement).Revoke)
}

func (d *Desk) endStatement(ctx context.Context, by access.Actor, of statement.ID, reason string, end func(*statement.Statement, string) error) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		s, err := stated(tx, access.StatementEnd, of)
		if err != nil {
			return err
		}
		if err := end(&s, reason); err != nil {
			return err
		}
		return tx.SaveStatement(access.StatementEnd, s, reason)
	})
}

// StatementProof is the scan of a signed paper with its content type; that it was opened, and why, is written down.
func (d *Desk) StatementProof(ctx context.Context, by access.Actor, of statement.ID, reason string) (kind string, content io.ReadSeekCloser, err error) {
	reason = strings.Join(strings.Fields(reason), " ")
	var s statement.Statement
	err = d.db.Update(ctx, by, func(tx *store.Tx) error {
		if s, err = stated(tx, access.StatementRead, of); err != nil {
			return err
		}
		if s.Proof == "" {
			return fault.New(fault.Missing, "record.missing")
		}
		if err := person.CheckReason(reason); err != nil {
			return err
		}
		return tx.Note(access.StatementRead, store.StatementSubject(s, reason))
	})
	if err != nil {
		return "", nil, err
	}
	f, err := d.files.Open(s.Proof)
	return s.ProofType, f, err
}
