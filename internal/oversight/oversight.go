// Package oversight is what the city and the county watch: how grades fall out, and where they differ by more than chance.
package oversight

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/org"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/sheet"
	"hefa/internal/staff"
	"hefa/internal/store"
	"hefa/internal/watch"
)

// Desk is where grades are watched.
type Desk struct{ db *store.DB }

// New is the desk over a store.
func New(db *store.DB) *Desk { return &Desk{db} }

// GradeFilter is what is compared with its like, by which share, where and when. Empty fields are filled in: hospitals, the share of severe levels, the
// actor's whole area, the last twelve months.
type GradeFilter struct {
	Dimension watch.Dimension
	Measure   watch.Measure
	Region    region.Code
	From, To  day.Day
	Quick     int // minutes below which a time is short: what policy says in the place, whatever is typed
	Alike     int // from how many of a day on findings are a cluster, likewise
}

// ask lets the actor watch the place, completes the filter and checks it.
func ask(tx *store.Tx, f GradeFilter) (GradeFilter, error) {
	var err error
	if f.Region, err = tx.By().Scope(access.GradeWatch, f.Region); err != nil {
		return f, err
	}
	if f.Dimension == "" {
		f.Dimension = watch.Hospital
	}
	if f.Measure == "" {
		f.Measure = watch.Severe
	}
	if f.To == "" {
		f.To = tx.Today()
	}
	if f.From == "" {
		f.From = f.To.AddMonths(-12).Add(1)
	}
	var p fault.Problems
	if !slices.Contains(watch.Dimensions, f.Dimension) {
		p.Add("by", "watch.dimension.wrong")
	}
	if !slices.Contains(watch.Measures, f.Measure) {
		p.Add("share", "watch.measure.wrong")
	}
	if f.From > f.To {
		p.Add("from", "watch.from.wrong")
	}
	office, err := tx.Office(f.Region)
	f.Quick, f.Alike = office.Policy.Count(policy.ExamQuick), max(2, office.Policy.Count(policy.ExamAlike))
	return f, cmp.Or(err, p.Fault())
}

func (f GradeFilter) where() store.GradeFilter {
	return store.GradeFilter{Region: f.Region, From: f.From, To: f.To, Quick: f.Quick, Alike: f.Alike}
}

// Grades is how grades fall out.
type Grades struct {
	GradeFilter
	watch.Funnel
	Names map[string]string // of the units, by their keys
}

// Grades compares hospitals, doctors, categories or places of the actor's area.
func (d *Desk) Grades(ctx context.Context, by access.Actor, f GradeFilter) (Grades, error) {
	var g Grades
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		var err error
		if g.GradeFilter, err = ask(tx, f); err != nil {
			return err
		}
		all, err := tx.GradeTallies(g.Dimension, g.where())
		if err != nil {
			return err
		}
		g.Funnel = watch.Compare(g.Measure, all)
		var keys []string
		for _, t := range all {
			keys = append(keys, t.Key)
		}
		g.Names, err = names(tx, g.Dimension, keys)
		return err
	})
	return g, err
}

// names is what units are called.
func names(tx *store.Tx, d watch.Dimension, keys []string) (map[string]string, error) {
	out := map[string]string{}
	if d == watch.Doctor {
		var ids []staff.ID
		for _, k := range keys {
			ids = append(ids, staff.ID(k))
		}
		found, err := tx.StaffNames(ids)
		for id, name := range found {
			out[string(id)] = name
		}
		return out, err
	}
	for _, k := range keys {
		name, err := name(tx, d, k)
		if err != nil {
			return nil, fmt.Errorf("naming %s %s: %w", d, k, err)
		}
		out[k] = name
	}
	return out, nil
}

func name(tx *store.Tx, d watch.Dimension, key string) (string, error) {
	switch d {
	case watch.Hospital:
		o, err := tx.Org(org.ID(key))
		return o.Name, err
	case watch.Category:
		return lang.T(certificate.Category(key).Word()), nil
	}
	r, err := tx.Region(region.Code(key))
	return r.Name, err
}

// CasesMost is how many findings behind a unit are shown.
const CasesMost = 200

// GradeCases is the findings behind one unit that count for the share.
type GradeCases struct {
	GradeFilter
	Name      string // of the unit
	Cases     []store.GradedCase
	Hospitals map[string]string
	Doctors   map[string]string
	Places    map[string]string // townships
}

// GradeCases is the newest findings of one unit that count for the share.
func (d *Desk) GradeCases(ctx context.Context, by access.Actor, f GradeFilter, unit string) (GradeCases, error) {
	var g GradeCases
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		var err error
		if g.GradeFilter, err = ask(tx, f); err != nil {
			return err
		}
		if g.Cases, err = tx.GradedCases(g.Dimension, unit, g.Measure, g.where(), CasesMost); err != nil || len(g.Cases) == 0 {
			return err
		}
		if err = g.name(tx); err != nil {
			return err
		}
		named, err := names(tx, g.Dimension, []string{unit})
		g.Name = named[unit]
		return err
	})
	return g, err
}

// name finds what the hospitals, doctors and townships of the cases are called.
func (g *GradeCases) name(tx *store.Tx) (err error) {
	var hospitals, doctors, places []string
	add := func(to *[]string, key string) {
		if !slices.Contains(*to, key) {
			*to = append(*to, key)
		}
	}
	for _, c := range g.Cases {
		add(&hospitals, string(c.Hospital))
		add(&doctors, string(c.Doctor))
		add(&places, string(c.Region.Township()))
	}
	if g.Hospitals, err = names(tx, watch.Hospital, hospitals); err != nil {
		return err
	}
	if g.Doctors, err = names(tx, watch.Doctor, doctors); err != nil {
		return err
	}
	g.Places, err = names(tx, watch.Township, places)
	return err
}

// GradeColumns is what can be taken out of a comparison.
var GradeColumns = []string{"watch.column.unit", "watch.column.found", "watch.column.one", "watch.column.two", "watch.column.three", "watch.column.four", "watch.column.weighed",
	"watch.column.differs", "watch.column.before", "watch.column.upgraded", "watch.column.busiest", "watch.column.timed", "watch.column.quick", "watch.column.median", "watch.column.alike",
	"watch.column.kin", "watch.column.base", "watch.column.events", "watch.column.share", "watch.column.low", "watch.column.high", "watch.column.mark"}

// ExportGrades writes the comparison as a workbook.
func (d *Desk) ExportGrades(ctx context.Context, by access.Actor, f GradeFilter, to sheet.Out) error {
	if err := to.Check(GradeColumns); err != nil {
		return err
	}
	g, err := d.Grades(ctx, by, f)
	if err != nil {
		return err
	}
	err = d.db.Update(ctx, by, func(tx *store.Tx) error {
		if err := by.May(access.ListExport, g.Region); err != nil {
			return err
		}
		return tx.Note(access.ListExport, store.Subject{Kind: "grades", ID: string(g.Region), Region: g.Region, Note: strconv.Itoa(len(g.Units))})
	})
	if err != nil {
		return err
	}
	return to.Write(sheet.Table{Name: lang.T("watch.title"), Title: lang.T("watch.title"), Columns: sheet.Keyed(GradeColumns),
		Rows: func(yield func([]string, error) bool) {
			for _, u := range g.Units {
				if !yield(g.row(u), nil) {
					return
				}
			}
		}})
}

// row is one line of the workbook.
func (g Grades) row(u watch.Unit) []string {
	row := []string{g.Names[u.Key]}
	for _, n := range []int{u.Found, u.Levels[0], u.Levels[1], u.Levels[2], u.Levels[3], u.Weighed, u.Differs, u.Before, u.Upgraded, u.Busiest, u.Timed, u.Quick} {
		row = append(row, strconv.Itoa(n))
	}
	row = append(row, u.Minutes(), strconv.Itoa(u.Alike), strconv.Itoa(u.Kin), strconv.Itoa(u.Base), strconv.Itoa(u.Events))
	return append(row, Percent(u.Share), Percent(u.Low), Percent(u.High), lang.T(u.Mark.Word()))
}

// Percent is a share as people read it: 12.3%.
func Percent(share float64) string { return strconv.FormatFloat(share*100, 'f', 1, 64) + "%" }
