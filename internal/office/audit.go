package office

import (
	"context"
	"strings"
	"time"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/sheet"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// Line is one audit line.
type Line = store.Line

// AuditSearch is what the audit administrator looks for; empty fields do not narrow.
type AuditSearch struct {
	County   region.Code // the auditor's own county when empty
	Who      string      // a login or a name
	Act      access.Act
	Subject  string  // a record's id, or the number of a case
	From, To day.Day // first and last day
	After    string  // the last line of the page before
	Limit    int
}

// AuditPage is one page of lines, newest first.
type AuditPage struct {
	Lines  []Line
	More   bool
	Places map[region.Code]string
}

// Audit searches the lines; the search leaves a line itself.
func (d *Desk) Audit(ctx context.Context, by access.Actor, s AuditSearch) (AuditPage, error) {
	var page AuditPage
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		f, err := auditFilter(tx, &s)
		if err != nil {
			return err
		}
		f.Limit++
		lines, err := tx.Lines(f)
		if err != nil {
			return err
		}
		page = AuditPage{Lines: lines[:min(len(lines), s.Limit)], More: len(lines) > s.Limit}
		if page.Places, err = placesOf(tx, page.Lines); err != nil {
			return err
		}
		return tx.Note(access.AuditRead, s.subject(by, "search"))
	})
	return page, err
}

// auditFilter asks whether the actor may search there and turns what was typed into what the store looks for.
func auditFilter(tx *store.Tx, s *AuditSearch) (store.AuditFilter, error) {
	by := tx.By()
	if s.County == "" {
		s.County = by.Region.County()
	}
	where := s.County
	if where == "" || where.Contains(by.Region) {
		where = by.Region
	}
	f := store.AuditFilter{County: s.County, Act: s.Act, After: s.After, Limit: s.Limit}
	if err := by.May(access.AuditRead, where); err != nil {
		return f, err
	}
	if s.From != "" {
		f.From = s.From.Begins(day.Beijing)
	}
	if s.To != "" {
		f.To = s.To.Add(1).Begins(day.Beijing)
	}
	if who := strings.TrimSpace(s.Who); who != "" {
		a, err := tx.AccountByLogin(strings.ToLower(who))
		switch {
		case err == nil && by.Region.Contains(a.Region):
			f.Account = string(a.ID)
		case err == nil || fault.Of(err) == fault.Missing:
			f.Name = who
		default:
			return f, err
		}
	}
	f.Subject = strings.TrimSpace(s.Subject)
	if f.Subject == "" || s.County == "" {
		return f, nil
	}
	cases, err := tx.Cases(store.CaseFilter{Region: s.County, No: f.Subject, Limit: 1})
	if len(cases) > 0 {
		f.Subject = string(cases[0].Application.ID)
	}
	return f, err
}

func placesOf(tx *store.Tx, lines []Line) (map[region.Code]string, error) {
	var codes []region.Code
	seen := map[region.Code]bool{}
	for _, l := range lines {
		if !seen[l.Region] {
			seen[l.Region] = true
			codes = append(codes, l.Region)
		}
	}
	return tx.RegionNames(codes...)
}

// subject is the line that a search leaves: what was looked for.
func (s AuditSearch) subject(by access.Actor, note string) store.Subject {
	where := s.County
	if where == "" {
		where = by.Region
	}
	parts := []string{s.Who, string(s.Act), s.Subject, string(s.From), string(s.To)}
	return store.Subject{Kind: "audit", ID: string(where), Region: where, Note: strings.Join(strings.Fields(strings.Join(parts, " ")), " ") + " " + note}
}

// exportAtOnce is how many lines one transaction of an export reads.
const exportAtOnce = 2000

// AuditColumns is what can be taken out of the audit.
var AuditColumns = []string{"audit.at", "audit.who", "audit.role", "audit.act", "audit.about", "audit.where", "audit.addr"}

// ExportAudit writes every line that fits as a workbook; it leaves a line itself.
func (d *Desk) ExportAudit(ctx context.Context, by access.Actor, s AuditSearch, to sheet.Out) error {
	if err := to.Check(AuditColumns); err != nil {
		return err
	}
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		if _, err := auditFilter(tx, &s); err != nil {
			return err
		}
		return tx.Note(access.AuditRead, s.subject(by, "export"))
	})
	if err != nil {
		return err
	}
	s.Limit = exportAtOnce
	t := sheet.Table{Name: lang.T("audit.title"), Title: lang.T("audit.title"),
		Columns: sheet.Keyed(AuditColumns)}
	t.Rows = func(yield func([]string, error) bool) {
		for {
			page, err := d.auditPart(ctx, by, s)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, l := range page.Lines {
				row := []string{l.At.In(day.Beijing).Format(time.DateTime), l.Name, lang.T(l.Role.Word()), lang.T(l.Act.Word()), Told(l), page.Places[l.Region], l.Addr}
				if !yield(row, nil) {
					return
				}
			}
			if !page.More {
				return
			}
			s.After = page.Lines[len(page.Lines)-1].ID
		}
	}
	return to.Write(t)
}

// auditPart is one part of an export.
func (d *Desk) auditPart(ctx context.Context, by access.Actor, s AuditSearch) (AuditPage, error) {
	var page AuditPage
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		f, err := auditFilter(tx, &s)
		if err != nil {
			return err
		}
		if page.Lines, err = tx.Lines(f); err != nil {
			return err
		}
		page.More = len(page.Lines) == s.Limit
		page.Places, err = placesOf(tx, page.Lines)
		return err
	})
	return page, err
}

// Told is what a line says beside its act, in words: the kind of record and the note, whose last word may be one of ours.
func Told(l Line) string {
	kind := ""
	if key := "audit.kind." + l.Kind; lang.Has(key) {
		kind = lang.T(key)
	}
	head, last := "", l.Note
	if i := strings.LastIndex(l.Note, " "); i >= 0 {
		head, last = l.Note[:i], l.Note[i+1:]
	}
	if key := "audit.note." + last; last != "" && lang.Has(key) {
		last = lang.T(key)
	}
	return strings.Join(strings.Fields(kind+" "+head+" "+last), " ")
}

// Sight is how often one account saw a full number since a day, how often of that today, and whether that is more than its work explains.
type Sight struct {
	store.Deeds
	Today   int
	Unusual bool
}

// Reveals is how often each account of a county ("" for the auditor's own) saw a full number since a day; thirty days before today make the daily mean.
func (d *Desk) Reveals(ctx context.Context, by access.Actor, county region.Code, since day.Day) ([]Sight, error) {
	var out []Sight
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		f, err := auditFilter(tx, &AuditSearch{County: county, From: since})
		if err != nil {
			return err
		}
		all, err := tx.Counts(f.County, access.PersonReveal, f.From)
		if err != nil {
			return err
		}
		fresh, err := tx.Counts(f.County, access.PersonReveal, tx.Today().Begins(day.Beijing))
		if err != nil {
			return err
		}
		o, err := tx.Office(f.County)
		if err != nil {
			return err
		}
		today := map[string]int{}
		for _, d := range fresh {
			today[d.Account] = d.Count
		}
		for _, d := range all {
			n := today[d.Account]
			out = append(out, Sight{d, n, staff.Unusual(n, d.Count-n, o.Policy.Count(policy.RevealMost))})
		}
		return nil
	})
	return out, err
}
