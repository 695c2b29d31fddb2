package archiving

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/person"
	"hefa/internal/store"
)

// LoanFilter narrows a list of loans.
type LoanFilter = store.LoanFilter

// Loans is one page of the loans of a county.
type Loans struct {
	Rows  []Lending
	More  bool
	Today day.Day
}

// Loans is the loans of a county, the latest first.
func (d *Desk) Loans(ctx context.Context, by access.Actor, f LoanFilter) (Loans, error) {
	var out Loans
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		home, err := tx.CountyFor(access.ArchiveRead, f.County)
		if err != nil {
			return err
		}
		page := f
		page.County, page.Limit = home, f.Limit+1
		if out.Rows, err = tx.Loans(page); err != nil {
			return err
		}
		if out.More = len(out.Rows) > f.Limit; out.More {
			out.Rows = out.Rows[:f.Limit]
		}
		out.Today = tx.Today()
		return nil
	})
	return out, err
}

// AskLoan asks for a person's paper file.
func (d *Desk) AskLoan(ctx context.Context, by access.Actor, of person.ID, l archive.Loan) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		f, err := load(tx, access.LoanAsk, of)
		if err != nil {
			return err
		}
		if err := l.Check(); err != nil {
			return err
		}
		if f.State == archive.Destroyed {
			return fault.New(fault.Refused, "archive.out", f.No)
		}
		l.ID, l.Person, l.Region, l.Asked, l.AskedBy, l.State = id.New(), of, f.Region, tx.Today(), by.Account, archive.Asked
		return tx.AddLoan(access.LoanAsk, l)
	})
}

// DecideLoan grants or denies what somebody else asked for.
func (d *Desk) DecideLoan(ctx context.Context, by access.Actor, id string, grant bool, answer string) error {
	return d.loan(ctx, by, access.LoanDecide, id, func(_ *store.Tx, l *archive.Loan, _ *archive.Dossier) error {
		return l.Decide(by.Account, by.Name, grant, answer)
	})
}

// TakeLoan hands a granted file out.
func (d *Desk) TakeLoan(ctx context.Context, by access.Actor, id string) error {
	return d.loan(ctx, by, access.LoanTake, id, func(tx *store.Tx, l *archive.Loan, f *archive.Dossier) error {
		office, err := tx.Office(f.Region)
		if err != nil {
			return err
		}
		return l.Take(f, office.Today, office.Calendar, office.Policy)
	})
}

// ReturnLoan puts a file back on the shelf.
func (d *Desk) ReturnLoan(ctx context.Context, by access.Actor, id string) error {
	return d.loan(ctx, by, access.LoanTake, id, func(tx *store.Tx, l *archive.Loan, f *archive.Dossier) error {
		return l.Return(f, tx.Today())
	})
}

// loan takes one step with a loan and its file.
func (d *Desk) loan(ctx context.Context, by access.Actor, act access.Act, id string, step func(*store.Tx, *archive.Loan, *archive.Dossier) error) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		home, err := tx.CountyFor(act, "")
		if err != nil {
			return err
		}
		l, err := tx.Loan(home, id)
		if err != nil {
			return err
		}
		f, err := load(tx, act, l.Person)
		if err != nil {
			return err
		}
		was := f.State
		if err := step(tx, &l, &f.Dossier); err != nil {
			return err
		}
		if f.State != was {
			if err := tx.SaveDossier(act, f.Dossier, string(f.State)); err != nil {
				return err
			}
		}
		return tx.SaveLoan(act, l)
	})
}
