package casework

import (
	"context"
	"fmt"
	"iter"
	"regexp"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/lang"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/sheet"
	"hefa/internal/store"
)

// CaseFilter narrows the list of cases; empty fields do not. Query is the beginning of a name or of its initials, an acceptance number or a
// whole identity number.
type CaseFilter struct {
	Region   region.Code
	Query    string
	State    application.State
	Matter   application.Matter
	Category certificate.Category
	Mine     bool // in the actor's hand
	Overdue  bool
	After    application.ID
	Limit    int
}

// CasePage is one page of the list of cases.
type CasePage struct {
	Cases     []Case
	More      bool
	Names     map[region.Code]string // of the places of the cases
	Handlers  map[string]string
	Townships []region.Region
	Villages  []region.Region // of the township that the list is narrowed to
}

// Applications is the cases of the area that fit: by name when a name is sought, by deadline when only the late ones are wanted, else the newest first.
func (d *Desk) Applications(ctx context.Context, by access.Actor, f CaseFilter) (CasePage, error) {
	var p CasePage
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		where, err := by.Scope(access.ApplicationRead, f.Region)
		if err != nil {
			return err
		}
		f.Region, f.Limit = where, f.Limit+1
		if p.Cases, err = find(tx, f); err != nil {
			return err
		}
		if p.More = len(p.Cases) == f.Limit; p.More {
			p.Cases = p.Cases[:f.Limit-1]
		}
		if p.Handlers, err = handlers(tx, p.Cases); err != nil {
			return err
		}
		if p.Names, err = placeNames(tx, p.Cases); err != nil {
			return err
		}
		return p.choices(tx, where)
	})
	return p, err
}

// choices fills in the places by which the list can be narrowed.
func (p *CasePage) choices(tx *store.Tx, where region.Code) error {
	var err error
	if top := tx.By().Region; top.Level() <= region.County && where.County() != "" {
		if p.Townships, err = tx.Regions(where.County()); err != nil {
			return err
		}
	}
	if where.Township() != "" && tx.By().Region.Level() <= region.Township {
		p.Villages, err = tx.Regions(where.Township())
	}
	return err
}

// find is the cases of one page; nobody has an identity number that no person of the county has.
func find(tx *store.Tx, f CaseFilter) ([]Case, error) {
	s := store.CaseFilter{Region: f.Region, State: f.State, Matter: f.Matter, Category: f.Category, Handler: mine(tx, f.Mine), Overdue: f.Overdue,
		After: f.After, Limit: f.Limit}
	q := strings.TrimSpace(f.Query)
	switch latin := strings.ToLower(q); {
	case q == "":
	case person.Number(strings.ToUpper(q)).Check() == "":
		var err error
		if s.Person, err = holder(tx, person.Number(strings.ToUpper(q)), f.Region.County()); err != nil || s.Person == "" {
			return nil, err
		}
	case acceptance.MatchString(q):
		s.No = q
	case person.IsLatin(latin):
		s.Initials = latin
	default:
		s.Name = q
	}
	return tx.Cases(s)
}

// holder is who of the county has the number, or had it before it was corrected; "" for nobody.
func holder(tx *store.Tx, n person.Number, county region.Code) (person.ID, error) {
	home, who, err := tx.Identity(n)
	if err == nil && who == "" {
		f, wrong := tx.Former(n)
		if err = wrong; f != nil {
			home, who = f.County, f.Person
		}
	}
	if err != nil || home != county {
		return "", err
	}
	return who, nil
}

// acceptance is the form of the number on a slip.
var acceptance = regexp.MustCompile(`^\d{6}-\d{4}-\d+$`)

// placeNames is the names of the places where the cases belong, with those above.
func placeNames(tx *store.Tx, cases []Case) (map[region.Code]string, error) {
	var codes []region.Code
	for _, c := range cases {
		codes = append(codes, c.Application.Region)
	}
	return tx.RegionNames(codes...)
}

const (
	// ExportMost is how many rows an export has at most.
	ExportMost = 100_000
	exportPage = 2000
)

// CaseColumns is what can be taken out of a list of cases.
var CaseColumns = []string{"cases.column.no", "cases.column.name", "cases.column.number", "cases.column.sex", "cases.column.place", "cases.column.matter",
	"cases.column.state", "cases.column.since", "cases.column.due", "cases.column.category", "cases.column.level", "cases.column.opened",
	"cases.column.handler"}

// ExportApplications writes the cases that fit as a spreadsheet, up to ExportMost, with masked numbers; that the list was taken out is on record before
// the first row is written. Rows are read page by page, so that no transaction waits for a slow line.
func (d *Desk) ExportApplications(ctx context.Context, by access.Actor, f CaseFilter, to sheet.Out) error {
	if err := to.Check(CaseColumns); err != nil {
		return err
	}
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		where, err := by.Scope(access.ListExport, f.Region)
		if err != nil {
			return err
		}
		f.Region = where
		if _, err := tx.County(where); err != nil {
			return err
		}
		return tx.Note(access.ListExport, store.Subject{Kind: "application", Region: where, Note: f.note()})
	})
	if err != nil {
		return err
	}
	return to.Write(sheet.Table{Name: lang.T("cases.title"), Rows: d.exported(ctx, by, f), Columns: sheet.Keyed(CaseColumns)})
}

// note is the conditions of an export as the audit keeps them; what was sought may be a number, and is left out.
func (f CaseFilter) note() string {
	return fmt.Sprintf("state=%s matter=%s category=%s mine=%t overdue=%t query=%t", f.State, f.Matter, f.Category, f.Mine, f.Overdue, f.Query != "")
}

// exported is the rows of an export, page by page.
func (d *Desk) exported(ctx context.Context, by access.Actor, f CaseFilter) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		f.Limit = exportPage
		for n := 0; n < ExportMost; n += exportPage {
			p, err := d.Applications(ctx, by, f)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, c := range p.Cases {
				if !yield(p.row(c), nil) {
					return
				}
			}
			if !p.More {
				return
			}
			f.After = p.Cases[len(p.Cases)-1].Application.ID
		}
	}
}

// row is one case as the spreadsheet has it.
func (p CasePage) row(c Case) []string {
	a, who := c.Application, c.Person
	category, level := "", ""
	if a.Category != "" {
		category, level = lang.T(a.Category.Word()), lang.T(a.Level.Word())
	}
	return []string{a.No, who.Name, who.Number.Masked(), lang.T(who.Sex.Word()), p.Place(a.Region), lang.T(a.Matter.Word()), lang.T(a.State.Word()),
		string(a.Since), string(a.Due), category, level, string(a.Opened), p.Handlers[a.Handler]}
}

// Place is a township and village of the page by name.
func (p CasePage) Place(code region.Code) string {
	if code.Level() == region.Village {
		return p.Names[code.Township()] + p.Names[code]
	}
	return p.Names[code]
}
