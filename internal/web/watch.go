package web

import (
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/oversight"
	"hefa/internal/region"
	"hefa/internal/sheet"
	"hefa/internal/watch"
)

// gradeFilter is what the page compares; days that cannot be read are problems of their fields.
func gradeFilter(q url.Values) (oversight.GradeFilter, look.Problems) {
	f := oversight.GradeFilter{Dimension: watch.Dimension(q.Get("by")), Measure: watch.Measure(q.Get("share")), Region: region.Code(q.Get("region"))}
	var p look.Problems
	var ok bool
	if f.From, ok = look.ReadDay(q.Get("from")); !ok {
		p = append(p, fault.Field{Name: "from", Key: "audit.day.wrong"})
	}
	if f.To, ok = look.ReadDay(q.Get("to")); !ok {
		p = append(p, fault.Field{Name: "to", Key: "audit.day.wrong"})
	}
	return f, p
}

// grades compares how grades fall out.
func (s *Server) grades(w http.ResponseWriter, r *http.Request) error {
	f, wrong := gradeFilter(r.URL.Query())
	v := gradesView{q: r.URL.Query(), export: actor(r).Can(access.ListExport)}
	status := http.StatusOK
	if len(wrong) == 0 {
		var err error
		v.Grades, err = s.oversight.Grades(r.Context(), actor(r), f)
		if fault.Of(err) == fault.Invalid {
			wrong = look.Find(err)
		} else if err != nil {
			return err
		}
	}
	if len(wrong) > 0 {
		status = http.StatusUnprocessableEntity
		v.Grades = oversight.Grades{GradeFilter: f}
	}
	var err error
	if v.place, err = s.placeField(r, look.Field{Name: "region", Label: lang.T("people.region")}, v.Region); err != nil {
		return err
	}
	if v.late, err = s.lateCards(r, v.Region); len(wrong) == 0 && err != nil {
		return err
	}
	p := s.page(w, r, lang.T("watch.title"))
	p.Problems = wrong
	return show(w, r, status, gradesPage(p, v))
}

// gradesExport is the same as a workbook.
func (s *Server) gradesExport(w http.ResponseWriter, r *http.Request) error {
	f, _ := gradeFilter(r.URL.Query())
	return s.take(w, r, taking{name: lang.T("watch.title"), columns: oversight.GradeColumns, write: func(to sheet.Out) error {
		return s.oversight.ExportGrades(r.Context(), actor(r), f, to)
	}})
}

// gradeCases is the cases behind one unit.
func (s *Server) gradeCases(w http.ResponseWriter, r *http.Request) error {
	f, wrong := gradeFilter(r.URL.Query())
	if len(wrong) > 0 {
		return fault.New(fault.Missing, "record.missing")
	}
	g, err := s.oversight.GradeCases(r.Context(), actor(r), f, r.URL.Query().Get("unit"))
	if fault.Of(err) == fault.Invalid {
		return fault.New(fault.Missing, "record.missing")
	}
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("watch.cases.title"))
	p.Caption = g.Name
	p.Crumbs = []look.Link{{Text: lang.T("watch.title"), Href: watchHref("/watch", r.URL.Query())}}
	return show(w, r, http.StatusOK, gradeCasesPage(p, gradeCasesView{g, actor(r).Can(access.ApplicationRead)}))
}

// watchHref is an address with the conditions of q and more.
func watchHref(path string, q url.Values, more ...string) string {
	return carrying(path, q, []string{"by", "share", "region", "from", "to"}, more...)
}

// gradesView is the comparison as the page lays it out.
type gradesView struct {
	oversight.Grades
	q      url.Values
	place  look.Choice
	late   []look.Stat // townships with cards that are late
	export bool
}

func (v gradesView) by() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "by", Label: lang.T("watch.by")}, Value: string(v.Dimension)}, watch.Dimensions)
}

func (v gradesView) share() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "share", Label: lang.T("watch.share")}, Value: string(v.Measure)}, watch.Measures)
}

func (v gradesView) day(name string) look.Date {
	d := look.Date{Field: look.Field{Name: name, Label: lang.T("watch." + name)}, Value: v.From}
	if name == "to" {
		d.Value = v.To
	}
	if d.Value == "" {
		d.Typed = v.q.Get(name)
	}
	return d
}

// summary says what all are compared with.
func (v gradesView) summary() string {
	return lang.T("watch.summary", v.From.Chinese(), v.To.Chinese(), v.Base, v.Measure, v.Events, oversight.Percent(v.Share))
}

func (v gradesView) table() look.Table {
	t := look.Table{Caption: lang.T("watch.title"), Quiet: true, Empty: lang.T("watch.empty"), Columns: []look.Column{{Text: word(v.Dimension)}, {Text: lang.T("watch.column.found"), Number: true},
		{Text: lang.T("watch.column.levels")}, {Text: lang.T("watch.column.busiest"), Number: true}, {Text: lang.T("watch.column.time"), Number: true}, {Text: lang.T("watch.column.events"), Number: true},
		{Text: lang.T("watch.column.share"), Number: true}, {Text: lang.T("watch.column.expected"), Tight: true}, {Text: lang.T("watch.column.mark"), Tight: true}}}
	for _, u := range v.Units {
		name := look.Cell{Text: v.Names[u.Key]}
		if u.Events > 0 {
			name.Href = watchHref("/watch/cases", v.q, "unit", u.Key)
		}
		share, expected := look.Cell{}, look.Cell{}
		if u.Base > 0 {
			share.Text, expected.Text = oversight.Percent(u.Share), lang.T("watch.between", oversight.Percent(u.Low), oversight.Percent(u.High))
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{name, {Text: strconv.Itoa(u.Found)},
			{Text: lang.T("watch.levels", u.Levels[0], u.Levels[1], u.Levels[2], u.Levels[3])}, {Text: strconv.Itoa(u.Busiest)}, v.time(u),
			{Text: lang.T("watch.of", u.Events, u.Base)}, share, expected, {Tag: markTag(u.Mark)}}})
	}
	return t
}

// time is how long the unit takes for an assessment, with how many were timed and short.
func (v gradesView) time(u watch.Unit) look.Cell {
	if u.Timed == 0 {
		return look.Cell{}
	}
	return look.Cell{Text: lang.T("watch.minutes", u.Minutes()), Note: lang.T("watch.quick", v.Quick, u.Quick, u.Timed)}
}

func markTag(m watch.Mark) look.Tag {
	colour := map[watch.Mark]look.Colour{watch.FarHigh: look.Orange, watch.FarLow: look.Orange, watch.High: look.Yellow, watch.Low: look.Yellow, watch.NoNumber: look.Grey}[m]
	if m == watch.Inside {
		colour = look.Green
	}
	return look.Tag{Text: word(m), Colour: colour}
}

// The picture's measures, in its own units: the frame, and the room around it for figures.
const (
	funnelWidth, funnelHeight = 760.0, 320.0
	funnelLeft, funnelFoot    = 60.0, 40.0
)

// funnel is the picture: each unit by how many were looked at and its share, between the limits of chance. It says no more than the table.
type funnel struct {
	Points           []funnelPoint
	Inner, Outer     [2]string // the lower and the upper line of each pair of limits
	Middle           string    // height of the share of all
	Most             int       // the largest number on the axis
	Left, Foot, Side string
	Labels           []funnelLabel
}

type funnelPoint struct{ X, Y, Class, Title string }

type funnelLabel struct{ Y, Text string }

func (v gradesView) funnel() funnel {
	most := 10
	for _, u := range v.Units {
		most = max(most, u.Base)
	}
	x := func(n float64) string { return coordinate(funnelLeft + n/float64(most)*(funnelWidth-funnelLeft-10)) }
	y := func(share float64) string { return coordinate(10 + (1-share)*(funnelHeight-funnelFoot-10)) }
	f := funnel{Most: most, Middle: y(v.Funnel.Share), Left: coordinate(funnelLeft), Foot: coordinate(funnelHeight - funnelFoot), Side: coordinate(funnelWidth - 10)}
	for _, u := range v.Units {
		if u.Base == 0 {
			continue
		}
		class := "hf-funnel__unit"
		if u.Mark.Far() {
			class += " hf-funnel__unit--far"
		}
		f.Points = append(f.Points, funnelPoint{x(float64(u.Base)), y(u.Share), class, lang.T("watch.point", v.Names[u.Key], u.Events, u.Base, oversight.Percent(u.Share))})
	}
	for i, tail := range []float64{watch.Inner, watch.Outer} {
		var lines [2]strings.Builder
		for step := range 60 {
			n := max(1, int(math.Pow(float64(step+1)/60, 2)*float64(most)))
			low, high := watch.Limits(n, v.Funnel.Share, tail)
			for at, share := range []float64{low, high} {
				fmt.Fprintf(&lines[at], "%s,%s ", x(float64(n)), y(share))
			}
		}
		pair := [2]string{lines[0].String(), lines[1].String()}
		if i == 0 {
			f.Inner = pair
		} else {
			f.Outer = pair
		}
	}
	for _, share := range []float64{0, 0.25, 0.5, 0.75, 1} {
		f.Labels = append(f.Labels, funnelLabel{y(share), strconv.Itoa(int(share*100)) + "%"})
	}
	return f
}

func coordinate(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }

// gradeCasesView is the cases behind a unit as the page lays them out.
type gradeCasesView struct {
	oversight.GradeCases
	open bool // the reader may open cases
}

func (v gradeCasesView) table() look.Table {
	t := look.Table{Caption: lang.T("watch.cases.title"), Quiet: true, Empty: lang.T("watch.cases.empty"), Columns: []look.Column{{Text: lang.T("watch.column.day"), Tight: true},
		{Text: word(watch.Township)}, {Text: word(watch.Hospital)}, {Text: word(watch.Doctor)}, {Text: lang.T("watch.column.grade")}, {Text: lang.T("watch.column.suggested")},
		{Text: lang.T("watch.column.earlier")}, {Text: lang.T("watch.column.took"), Number: true}}}
	for _, c := range v.Cases {
		on := look.Cell{Text: string(c.Day)}
		if v.open {
			on.Href = "/applications/" + string(c.Application)
		}
		grade := word(c.Category)
		if c.Level != "" {
			grade += word(c.Level)
		} else {
			grade += lang.T("watch.unmet")
		}
		suggested, before := "", ""
		if c.Suggested != "" {
			suggested = word(c.Suggested)
		}
		if c.Before != "" {
			before = word(c.Before)
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{on, {Text: v.Places[string(c.Region.Township())]}, {Text: v.Hospitals[string(c.Hospital)]},
			{Text: v.Doctors[string(c.Doctor)]}, {Text: grade}, {Text: suggested}, {Text: before},
			{Text: watch.Minutes(c.Seconds)}}})
	}
	return t
}
