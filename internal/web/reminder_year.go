package web

import (
	"net/http"

	"hefa/internal/access"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/region"
	"hefa/internal/renewing"
	"hefa/internal/sheet"
)

// year is how many certificates end in each township and month of the next year, with a forecast.
func (s *Server) year(w http.ResponseWriter, r *http.Request) error {
	by, where := actor(r), region.Code(r.URL.Query().Get("region"))
	v := yearView{mayExport: by.Can(access.ListExport), query: r.URL.RawQuery}
	var err error
	if v.where, v.whole, err = s.ofCounty(r, access.ReminderRead, where); err != nil {
		return err
	}
	if !v.whole {
		if v.Year, err = s.renewing.Year(r.Context(), by, where); err != nil {
			return err
		}
	}
	p := s.page(w, r, lang.T("year.title"))
	return show(w, r, http.StatusOK, yearPage(p, v))
}

// yearExport is the same as a workbook.
func (s *Server) yearExport(w http.ResponseWriter, r *http.Request) error {
	return s.take(w, r, taking{name: lang.T("year.title"), write: func(to sheet.Out) error {
		return s.renewing.ExportYear(r.Context(), actor(r), region.Code(r.URL.Query().Get("region")), to)
	}})
}

// yearView is the year as the page lays it out.
type yearView struct {
	renewing.Year
	where     look.Choice
	whole     bool // no county is chosen yet
	mayExport bool
	query     string
}

// rate says what the forecast rests on.
func (v yearView) rate() string {
	base := v.Holding.Lost + v.Holding.Renewed
	if v.Sum.Lost < 0 {
		return lang.T("year.rate.unknown", base)
	}
	return lang.T("year.rate", base, v.Holding.Renewed, v.Holding.Lost)
}

// county says whether the year is that of a whole county, whose people are estimated.
func (v yearView) county() bool { return v.Region.Level() == region.County }

func (v yearView) rates() (out []look.Detail) {
	for _, r := range v.Rates() {
		out = append(out, look.Detail{Key: r[0], Value: r[1]})
	}
	return out
}

func (v yearView) table() look.Table {
	t := look.Table{Caption: lang.T("year.title"), Quiet: true, Empty: lang.T("year.empty"), Columns: []look.Column{{Text: lang.T("lapse.column.township")}}}
	if v.whole {
		t.Empty = lang.T("reminder.list.choose")
	}
	for _, m := range v.Months {
		t.Columns = append(t.Columns, look.Column{Text: m, Number: true})
	}
	t.Columns = append(t.Columns, look.Column{Text: lang.T("year.total"), Number: true}, look.Column{Text: lang.T("year.lost"), Number: true})
	lines := v.Towns
	if len(lines) > 0 {
		sum := v.Sum
		sum.Name = lang.T("year.sum")
		lines = append(lines, sum)
	}
	for _, l := range lines {
		var cells []look.Cell
		for _, text := range l.Texts() {
			cells = append(cells, look.Cell{Text: text})
		}
		t.Rows = append(t.Rows, look.Row{Cells: cells})
	}
	return t
}
