package renewing

import (
	"bytes"
	"context"
	"fmt"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/lapse"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/sheet"
	"hefa/internal/store"
)

// yearMonths is how far the view looks.
const yearMonths = 12

// Year is how many certificates of each township end in each of the next twelve months, and how many of them will be lost at the rate of the twelve
// months before.
type Year struct {
	Region  region.Code
	Months  []string // YYYY-MM, the running month first
	Towns   []TownYear
	Sum     TownYear
	Holding store.Holding // of those that ended in the twelve months before
	Outlook lapse.Outlook // of a whole county; without an estimate of its people there is none
}

// TownYear is one township's line.
type TownYear struct {
	Code   region.Code
	Name   string
	Counts []int // by month
	Total  int
	Lost   int // forecast; −1 when nothing can be told
}

// Year is the view of a place of one county.
func (d *Desk) Year(ctx context.Context, by access.Actor, where region.Code) (Year, error) {
	var y Year
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		where, err := scope(by, access.ReminderRead, where)
		if err != nil {
			return err
		}
		y, err = yearOf(tx, where)
		return err
	})
	return y, err
}

// yearOf counts the year of a place.
func yearOf(tx *store.Tx, where region.Code) (Year, error) {
	today := tx.Today()
	first := day.Day(string(today)[:8] + "01")
	y := Year{Region: where, Sum: TownYear{Counts: make([]int, yearMonths)}}
	column := map[string]int{}
	for m := range yearMonths {
		month := string(first.AddMonths(m))[:7]
		column[month] = m
		y.Months = append(y.Months, month)
	}
	all, err := tx.Expiries(where, today, first.AddMonths(yearMonths))
	if err != nil {
		return y, err
	}
	if y.Holding, err = tx.Holding(where, today.AddMonths(-yearMonths), today); err != nil {
		return y, err
	}
	var codes []region.Code
	for _, e := range all {
		if n := len(codes); n == 0 || codes[n-1] != e.Town {
			codes = append(codes, e.Town)
			y.Towns = append(y.Towns, TownYear{Code: e.Town, Counts: make([]int, yearMonths)})
		}
		for _, line := range []*TownYear{&y.Towns[len(y.Towns)-1], &y.Sum} {
			line.Counts[column[e.Month]] += e.Count
			line.Total += e.Count
		}
	}
	names, err := tx.RegionNames(codes...)
	for i := range y.Towns {
		y.Towns[i].Name = names[y.Towns[i].Code]
		y.forecast(&y.Towns[i])
	}
	y.forecast(&y.Sum)
	if err != nil {
		return y, err
	}
	return y, y.look(tx, first.AddMonths(yearMonths).Add(-1))
}

// look counts the holders of a county against the estimate of its disabled people; a certificate that has run out but is not cancelled still counts as held,
// as on the overview, and ends within the year like those that run out until then.
func (y *Year) look(tx *store.Tx, until day.Day) error {
	if y.Region.Level() != region.County {
		return nil
	}
	office, err := tx.Office(y.Region)
	if err != nil {
		return err
	}
	towns, err := tx.Figures(y.Region, until)
	o := lapse.Outlook{Estimated: office.Policy.Count(policy.BaseEstimate)}
	for _, f := range towns {
		o.Holders += f.Holders
		o.Ending += f.Lapsing
	}
	o.Lost = lapse.Forecast(o.Ending, y.Holding.Lost, y.Holding.Lost+y.Holding.Renewed)
	y.Outlook = o
	return err
}

// Rates is the holding rates of the outlook in words, with how each is called; none without an estimate.
func (y Year) Rates() [][2]string {
	o := y.Outlook
	if o.Estimated == 0 {
		return nil
	}
	expected, known := o.Expected()
	text := lang.T("year.unknown")
	if known {
		text = lang.T("year.percent", fmt.Sprintf("%.2f", expected))
	}
	return [][2]string{{lang.T("year.holding.now"), lang.T("year.percent", fmt.Sprintf("%.2f", o.Now()))}, {lang.T("year.holding.unrenewed"), lang.T("year.percent", fmt.Sprintf("%.2f", o.Unrenewed()))},
		{lang.T("year.holding.expected"), text}}
}

// forecast is what a line loses at the rate of the whole place, because that of one township would be chance.
func (y Year) forecast(line *TownYear) {
	line.Lost = lapse.Forecast(line.Total, y.Holding.Lost, y.Holding.Lost+y.Holding.Renewed)
}

// ExportYear writes the view as a list; its columns are the months.
func (d *Desk) ExportYear(ctx context.Context, by access.Actor, where region.Code, to sheet.Out) error {
	if err := to.Check(nil); err != nil {
		return err
	}
	var file bytes.Buffer
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		file.Reset()
		where, err := scope(by, access.ListExport, where)
		if err != nil {
			return err
		}
		y, err := yearOf(tx, where)
		if err != nil {
			return err
		}
		heads := append([]string{lang.T("lapse.column.township")}, y.Months...)
		heads = append(heads, lang.T("year.total"), lang.T("year.lost"))
		y.Sum.Name = lang.T("year.sum")
		err = to.Into(&file).Write(sheet.Table{Name: lang.T("year.title"), Title: lang.T("year.title"), Columns: sheet.Columns(heads...), Rows: func(yield func([]string, error) bool) {
			for _, line := range append(y.Towns, y.Sum) {
				if !yield(line.Texts(), nil) {
					return
				}
			}
			for _, rate := range y.Rates() {
				cells := make([]string, len(heads))
				cells[0], cells[len(heads)-1] = rate[0], rate[1]
				if !yield(cells, nil) {
					return
				}
			}
		}})
		if err != nil {
			return err
		}
		return tx.Note(access.ListExport, store.Subject{Kind: "reminder", ID: string(where), Region: where, Note: strconv.Itoa(len(y.Towns))})
	})
	if err != nil {
		return err
	}
	_, err = file.WriteTo(to.To)
	return err
}

// Texts is the line as cells: name, months, total, forecast.
func (l TownYear) Texts() []string {
	out := []string{l.Name}
	for _, n := range l.Counts {
		out = append(out, strconv.Itoa(n))
	}
	lost := lang.T("year.unknown")
	if l.Lost >= 0 {
		lost = strconv.Itoa(l.Lost)
	}
	return append(out, strconv.Itoa(l.Total), lost)
}
