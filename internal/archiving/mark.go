package archiving

import (
	"context"
	"slices"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/lang"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/sheet"
	"hefa/internal/store"
)

// MarkPaper says of a paper of a file what is wrong with it: from now on the file lacks it, until the mark is lifted.
func (d *Desk) MarkPaper(ctx context.Context, by access.Actor, of person.ID, m archive.Mark) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		f, err := whole(tx, access.ArchiveKeep, of)
		if err != nil {
			return err
		}
		m.Region, m.Person = f.Region, of
		return mark(tx, access.ArchiveKeep, m, f.Items)
	})
}

// MarkFiling does so for a paper of a case that waits to be filed; the case then goes to the shelf for a reason only.
func (d *Desk) MarkFiling(ctx context.Context, by access.Actor, of application.ID, m archive.Mark) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, office, err := waiting(tx, of)
		if err != nil {
			return err
		}
		if !slices.Contains(a.State.Steps(), access.ApplicationFile) {
			return fault.New(fault.Refused, "application.step.wrong", access.ApplicationFile, a.State)
		}
		items, _, err := gather(tx, a, office.Policy)
		if err != nil {
			return err
		}
		m.Region, m.Person, m.Application = a.Region, a.Person, string(a.ID)
		return mark(tx, access.ApplicationFile, m, items)
	})
}

func mark(tx *store.Tx, act access.Act, m archive.Mark, papers []archive.Item) error {
	if err := m.Check(papers); err != nil {
		return err
	}
	m.ID, m.Day, m.Clerk = id.New(), tx.Today(), tx.By().Name
	return tx.AddMark(act, m)
}

// LiftMark ends a mark on a paper of a file, because the paper was replaced or is right after all.
func (d *Desk) LiftMark(ctx context.Context, by access.Actor, of person.ID, which, answer string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		p, err := tx.Person(of)
		if err != nil {
			return err
		}
		act := access.ArchiveKeep
		if !by.Can(act) {
			act = access.ApplicationFile
		}
		if err := by.May(act, p.Region); err != nil {
			return err
		}
		open, err := tx.Marks(p.County(), of)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(open, func(m archive.Mark) bool { return m.ID == which })
		if i < 0 {
			var wrong fault.Problems
			wrong.Add("mark", "archive.mark.missing")
			return wrong.Fault()
		}
		if err := open[i].Lift(answer, by.Name, tx.Today()); err != nil {
			return err
		}
		return tx.SaveMark(act, open[i])
	})
}

// replace lifts the marks on papers of a file that a new one takes the place of: the same kind under the same title.
func replace(tx *store.Tx, d archive.Dossier, with archive.Item) error {
	open, err := tx.Marks(d.County(), d.Person)
	for _, m := range open {
		if err != nil || m.Kind != with.Kind || m.Title != with.Title {
			continue
		}
		if err = m.Lift(lang.T("archive.mark.replaced", with.Day), tx.By().Name, tx.Today()); err == nil {
			err = tx.SaveMark(access.ArchiveKeep, m)
		}
	}
	return err
}

// LackFilter narrows a list of what files lack.
type LackFilter = store.LackFilter

// Lacker is one line of what files lack.
type Lacker struct {
	store.Lacker
	Place string // the holder's village
}

// Said is what is lacking in words; of a case that is only late, nothing.
func (l Lacker) Said() string {
	if l.Flaw == "" {
		return archive.Words(l.Wanting)
	}
	return lang.T("archive.lack.flaw", l.Title, l.Flaw)
}

// Lackers is what the files of the area lack, the longest known first, and what comes after the page.
func (d *Desk) Lackers(ctx context.Context, by access.Actor, f LackFilter) (all []Lacker, next string, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		if f.Region, err = by.Scope(access.ArchiveRead, f.Region); err != nil {
			return err
		}
		page := f
		page.Limit++
		if all, err = lackers(tx, page); err == nil && len(all) > f.Limit {
			all = all[:f.Limit]
			next = all[f.Limit-1].ID
		}
		return err
	})
	return all, next, err
}

func lackers(tx *store.Tx, f LackFilter) ([]Lacker, error) {
	term, err := termOf(tx, f.Region)
	if err != nil {
		return nil, err
	}
	f.Past = term.past
	found, err := tx.Lackers(f)
	if err != nil {
		return nil, err
	}
	var codes []region.Code
	for _, l := range found {
		codes = append(codes, l.Holder.Region)
	}
	names, err := tx.RegionNames(codes...)
	all := make([]Lacker, len(found))
	for i, l := range found {
		where := l.Holder.Region
		if l.Ended != "" && l.State != application.Delivered {
			l.CaseDue = term.due(l.Ended)
		}
		all[i] = Lacker{l, names[where.Township()]}
		if where != where.Township() {
			all[i].Place += names[where]
		}
	}
	return all, err
}

// taking is a list of the archive that somebody takes out of the house: of where they ask, and what it is called in the log.
type taking struct {
	by        access.Actor
	asked     region.Code
	id, title string
}

// takeOut is what read finds where the actor may take a list out; that it was is written down.
func takeOut[T any](ctx context.Context, d *Desk, t taking, read func(*store.Tx, region.Code) ([]T, error)) (all []T, err error) {
	err = d.db.Update(ctx, t.by, func(tx *store.Tx) error {
		where, err := t.by.Scope(access.ArchiveRead, t.asked)
		if err != nil {
			return err
		}
		if err := t.by.May(access.ListExport, where); err != nil {
			return err
		}
		if all, err = read(tx, where); err != nil {
			return err
		}
		return tx.Note(access.ListExport, store.Subject{Kind: "list", ID: t.id, Region: where, Note: t.title + " " + strconv.Itoa(len(all))})
	})
	return all, err
}

// LackColumns is what can be taken out of the list of what files lack.
var LackColumns = []string{"archive.holder", "cases.column.number", "cases.village", "archive.lacks.case", "archive.column.kind", "archive.lacks", "archive.flaw", "archive.mark.reason",
	"archive.mark.day", "archive.mark.clerk", "archive.lacks.late", "archive.lacks.filed", "archive.lacks.why"}

// ExportLackers writes the list as a spreadsheet with masked numbers; taking it out is written down.
func (d *Desk) ExportLackers(ctx context.Context, by access.Actor, f LackFilter, to sheet.Out) error {
	if err := to.Check(LackColumns); err != nil {
		return err
	}
	title := lang.T("archive.lacks.title")
	all, err := takeOut(ctx, d, taking{by, f.Region, "lacks", title}, func(tx *store.Tx, where region.Code) ([]Lacker, error) {
		f.Region, f.After, f.Limit = where, "", exportMost
		return lackers(tx, f)
	})
	if err != nil {
		return err
	}
	rows := make([][]string, len(all))
	for i, l := range all {
		kind, title, flaw, late := "", l.Title, "", ""
		if l.Flaw == "" {
			title = l.Said()
		}
		if l.Flaw != "" {
			kind, flaw = lang.T(l.Kind.Word()), lang.T(l.Flaw.Word())
		}
		if l.Late {
			late = string(l.CaseDue)
		}
		rows[i] = []string{l.Holder.Name, l.Holder.Number.Masked(), l.Place, l.CaseNo, kind, title, flaw, l.Reason, string(l.Day), l.Clerk, late, string(l.Filed), l.Why}
	}
	return to.Write(sheet.Table{Name: title, Title: title, Rows: sheet.Rows(rows), Columns: sheet.Keyed(LackColumns)})
}
