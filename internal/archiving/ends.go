package archiving

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/day"
	"hefa/internal/departure"
	"hefa/internal/lang"
	"hefa/internal/lapse"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/reminder"
	"hefa/internal/sheet"
	"hefa/internal/store"
)

// EndFilter narrows a list of what came to an end and is not filed.
type EndFilter = store.EndFilter

// Unfiled is one line of what came to an end and is not filed.
type Unfiled struct {
	store.Unfiled
	Place string // the holder's village
	Late  bool
}

// Said is what ended, in words: 新办（不予批准）, 注销公示（期满未换证).
func (u Unfiled) Said() string {
	switch u.Kind {
	case archive.CaseEnd:
		return lang.T("archive.end.said", application.Matter(u.What), application.State(u.State))
	case archive.LapseEnd:
		return lang.T("archive.end.said", u.Kind, lapse.Cause(u.What))
	case archive.DepartureEnd:
		return lang.T("archive.end.said", u.Kind, departure.Kind(u.What))
	}
	return lang.T("archive.end.said", u.Kind, reminder.Kind(u.What))
}

// term is the days within which papers are filed.
type term struct {
	office application.Office
	past   day.Day // what ended until then should have been filed
}

func (t term) due(ended day.Day) day.Day {
	return t.office.Calendar.After(ended, t.office.Policy.Count(policy.FileDays))
}

func termOf(tx *store.Tx, where region.Code) (term, error) {
	office, err := tx.Office(where)
	return term{office, office.Calendar.Past(office.Today, office.Policy.Count(policy.FileDays))}, err
}

// Ends is what came to an end in the area and is not filed, the oldest first, and what comes after the page.
func (d *Desk) Ends(ctx context.Context, by access.Actor, f EndFilter) (all []Unfiled, next string, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		if f.Region, err = by.Scope(access.ArchiveRead, f.Region); err != nil {
			return err
		}
		page := f
		page.Limit++
		if all, err = unfiled(tx, page); err == nil && len(all) > f.Limit {
			all = all[:f.Limit]
			last := all[f.Limit-1]
			next = string(last.On) + " " + last.ID
		}
		return err
	})
	return all, next, err
}

func unfiled(tx *store.Tx, f EndFilter) ([]Unfiled, error) {
	t, err := termOf(tx, f.Region)
	if err != nil {
		return nil, err
	}
	f.Past = t.past
	found, err := tx.Ends(f)
	if err != nil {
		return nil, err
	}
	var codes []region.Code
	for _, e := range found {
		codes = append(codes, e.Holder.Region)
	}
	names, err := tx.RegionNames(codes...)
	all := make([]Unfiled, len(found))
	for i, e := range found {
		if e.Due == "" {
			e.Due = t.due(e.On)
		}
		where := e.Holder.Region
		all[i] = Unfiled{e, names[where.Township()], e.Due < t.office.Today}
		if where != where.Township() {
			all[i].Place += names[where]
		}
	}
	return all, err
}

// lateMost is where a count of what should have been filed stops.
const lateMost = 100

// Late is how much of the area should have been filed, up to a hundred, for whoever files it.
func (d *Desk) Late(ctx context.Context, by access.Actor, where region.Code) (n int, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		if where, err = by.Scope(access.ApplicationFile, where); err != nil {
			return err
		}
		t, err := termOf(tx, where)
		if err != nil {
			return err
		}
		n, err = tx.EndsLate(where, t.past, lateMost)
		return err
	})
	return n, err
}

// EndColumns is what can be taken out of the list of what is not filed.
var EndColumns = []string{"archive.holder", "cases.column.number", "cases.village", "archive.end.kind", "archive.end.what", "archive.end.no", "archive.end.on", "archive.end.due", "archive.lacks.late"}

// ExportEnds writes the list as a spreadsheet with masked numbers; taking it out is written down.
func (d *Desk) ExportEnds(ctx context.Context, by access.Actor, f EndFilter, to sheet.Out) error {
	if err := to.Check(EndColumns); err != nil {
		return err
	}
	title := lang.T("archive.ends.title")
	all, err := takeOut(ctx, d, taking{by, f.Region, "ends", title}, func(tx *store.Tx, where region.Code) ([]Unfiled, error) {
		f.Region, f.After, f.Limit = where, "", exportMost
		return unfiled(tx, f)
	})
	if err != nil {
		return err
	}
	rows := make([][]string, len(all))
	for i, u := range all {
		late := ""
		if u.Late {
			late = lang.T("archive.lacks.late.yes")
		}
		rows[i] = []string{u.Holder.Name, u.Holder.Number.Masked(), u.Place, lang.T(u.Kind.Word()), u.Said(), u.No, string(u.On), string(u.Due), late}
	}
	return to.Write(sheet.Table{Name: title, Title: title, Rows: sheet.Rows(rows), Columns: sheet.Keyed(EndColumns)})
}
