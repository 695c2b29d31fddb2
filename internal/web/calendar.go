package web

import (
	"net/http"
	"strconv"
	"strings"

	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/office"
)

// calendarForm is what was typed into the two forms of the page.
type calendarForm struct {
	Day, Name, Working string
	From, Days         string
}

// calendar shows a year's holidays and make-up days, and reckons a limit when asked to.
func (s *Server) calendar(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	f := calendarForm{From: q.Get("from"), Days: q.Get("days"), Working: "no"}
	if !q.Has("from") && !q.Has("days") {
		return s.calendarShow(w, r, http.StatusOK, f, nil)
	}
	from, _ := look.ReadDay(f.From)
	n, err := strconv.Atoi(look.Narrow(f.Days))
	if err != nil {
		n = -1
	}
	reckoned, err := s.office.Reckon(r.Context(), actor(r), from, n)
	if again(err) {
		return s.calendarShow(w, r, http.StatusUnprocessableEntity, f, err)
	}
	if err != nil {
		return err
	}
	return s.calendarReckoned(w, r, f, &reckoned)
}

func (s *Server) calendarShow(w http.ResponseWriter, r *http.Request, status int, f calendarForm, wrong error) error {
	v, p, err := s.calendarPage(w, r, f)
	if err != nil {
		return err
	}
	p.Problems = look.Find(wrong)
	return show(w, r, status, calendarPage(p, v))
}

func (s *Server) calendarReckoned(w http.ResponseWriter, r *http.Request, f calendarForm, reckoned *office.Reckoning) error {
	v, p, err := s.calendarPage(w, r, f)
	if err != nil {
		return err
	}
	v.reckoned = reckoned
	return show(w, r, http.StatusOK, calendarPage(p, v))
}

func (s *Server) calendarPage(w http.ResponseWriter, r *http.Request, f calendarForm) (calendarView, look.Page, error) {
	year, err := strconv.Atoi(r.FormValue("year"))
	if err != nil || year < 1949 || year > 2100 {
		year = 0
	}
	y, err := s.office.Calendar(r.Context(), actor(r), year)
	p := s.page(w, r, lang.T("calendar.title"))
	p.Caption, p.Crumbs = lang.T("calendar.year", y.Year), houseCrumbs()
	return calendarView{Year: y, form: f}, p, err
}

// calendarSet makes a day a holiday or a make-up day.
func (s *Server) calendarSet(w http.ResponseWriter, r *http.Request) error {
	f := calendarForm{Day: r.PostFormValue("day"), Name: look.Narrow(r.PostFormValue("name")), Working: r.PostFormValue("working")}
	d, _ := look.ReadDay(f.Day)
	err := s.office.SetDay(r.Context(), actor(r), office.Holiday{Day: d, Working: f.Working == "yes", Name: f.Name})
	if again(err) {
		return s.calendarShow(w, r, http.StatusUnprocessableEntity, f, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/calendar?year="+strconv.Itoa(d.Year()), "calendar.set.done", d.Chinese())
}

// calendarDrop lets a day follow the ordinary week again.
func (s *Server) calendarDrop(w http.ResponseWriter, r *http.Request) error {
	d, ok := look.ReadDay(r.PostFormValue("day"))
	if !ok {
		return fault.New(fault.Missing, "record.missing")
	}
	err := s.office.DropDay(r.Context(), actor(r), d)
	if again(err) {
		return s.calendarShow(w, r, http.StatusUnprocessableEntity, calendarForm{}, err)
	}
	if err != nil && fault.Of(err) != fault.Stale { // somebody dropped it already
		return err
	}
	return s.done(w, r, "/calendar?year="+strconv.Itoa(d.Year()), "calendar.drop.done", d.Chinese())
}

// calendarView is a year as the page lays it out.
type calendarView struct {
	office.Year
	form     calendarForm
	reckoned *office.Reckoning
}

func (v calendarView) years() []look.Link {
	var out []look.Link
	for _, y := range v.Years {
		out = append(out, look.Link{Text: lang.T("calendar.year", y), Href: "/calendar?year=" + strconv.Itoa(y), Current: y == v.Year.Year})
	}
	return out
}

func dayText(d day.Day) string {
	return lang.T("calendar.day", d.Chinese(), weekday(d))
}

func dayTag(h office.Holiday) look.Tag {
	if h.Working {
		return look.Tag{Text: lang.T("calendar.work"), Colour: look.Blue}
	}
	return look.Tag{Text: lang.T("calendar.off"), Colour: look.Green}
}

func (v calendarView) table() look.Table {
	t := look.Table{Caption: lang.T("calendar.list"), Empty: lang.T("calendar.empty"), Columns: []look.Column{{Text: lang.T("calendar.date"), Tight: true},
		{Text: lang.T("calendar.what"), Tight: true}, {Text: lang.T("calendar.name")}}}
	if v.Keeps {
		t.Columns = append(t.Columns, look.Column{Text: lang.T("calendar.change")})
	}
	for _, h := range v.Days {
		cells := []look.Cell{{Text: dayText(h.Day)}, {Tag: dayTag(h)}, {Text: h.Name}}
		if v.Keeps {
			cells = append(cells, look.Cell{Body: calendarDropForm(h)})
		}
		t.Rows = append(t.Rows, look.Row{Cells: cells})
	}
	return t
}

func (v calendarView) free() string {
	var parts []string
	for _, h := range v.reckoned.Free {
		parts = append(parts, lang.T("calendar.passed.day", h.Day.Chinese(), dayTag(h).Text))
	}
	return strings.Join(parts, "、")
}

func (v calendarView) workingField() look.Choice {
	return look.Choice{Field: look.Field{Name: "working", Label: lang.T("calendar.what")}, Value: v.form.Working, Inline: true,
		Options: []look.Option{{Value: "no", Text: lang.T("calendar.off")}, {Value: "yes", Text: lang.T("calendar.work")}}}
}
