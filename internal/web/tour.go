package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"hefa/internal/assessing"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/org"
	"hefa/internal/region"
	"hefa/internal/session"
)

// tour is the form of a tour of group sessions, with the townships in the order of their urgency.
func (s *Server) tour(w http.ResponseWriter, r *http.Request) error {
	t, err := s.assessing.Touring(r.Context(), actor(r))
	if err != nil {
		return err
	}
	q := url.Values{}
	nobody := !slices.ContainsFunc(t.Needs, func(n session.Need) bool { return n.Waiting > 0 }) // days are often set before anybody applies
	for i, n := range t.Needs {
		if n.Waiting > 0 || nobody {
			q.Set(orderOf(n.Region), strconv.Itoa(i+1))
		}
	}
	return s.tourShow(w, r, tourView{Tour: t, q: q}, nil)
}

func (s *Server) tourShow(w http.ResponseWriter, r *http.Request, v tourView, wrong error) error {
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	p := s.page(w, r, lang.T("tour.title"))
	p.Problems, p.Crumbs = look.Find(wrong), sessionCrumbs()
	return show(w, r, status, tourPage(p, v))
}

// tourMake shows what a tour would be, or keeps its sessions.
func (s *Server) tourMake(w http.ResponseWriter, r *http.Request) error {
	v := tourView{q: r.PostForm}
	var err error
	if v.Tour, err = s.assessing.Touring(r.Context(), actor(r)); err != nil {
		return err
	}
	o, wrong := v.order()
	if err := wrong.Fault(); err != nil {
		return s.tourShow(w, r, v, err)
	}
	if v.q.Get("do") == "save" {
		kept, err := s.assessing.PlanTour(r.Context(), actor(r), o)
		if err == nil {
			return s.done(w, r, "/sessions?from="+string(o.From), "tour.done", strconv.Itoa(kept.Days()*len(o.Hospitals)))
		}
		if !again(err) {
			return err
		}
		return s.tourShow(w, r, v, err)
	}
	t, err := s.assessing.ProposeTour(r.Context(), actor(r), o)
	if err != nil && !again(err) {
		return err
	}
	if err == nil {
		v.Tour, v.made = t, o
	}
	return s.tourShow(w, r, v, err)
}

// tourView is a tour as it was typed, and as it was worked out.
type tourView struct {
	assessing.Tour
	q    url.Values
	made assessing.TourOrder
}

// orderOf is the field in which a township's place in the tour is typed.
func orderOf(r region.Code) string { return "order-" + string(r) }

// order reads the form.
func (v tourView) order() (assessing.TourOrder, fault.Problems) {
	o := assessing.TourOrder{Place: strings.TrimSpace(v.q.Get("place")), Weekends: v.q.Get("weekends") == "yes"}
	var p fault.Problems
	var ok bool
	if o.From, ok = look.ReadDay(v.q.Get("from")); !ok {
		p.Add("from", "session.day.typed")
	}
	var err error
	if o.Capacity, err = strconv.Atoi(look.Narrow(v.q.Get("capacity"))); err != nil {
		p.Add("capacity", "session.capacity.wrong")
	}
	for _, h := range v.q["hospitals"] {
		o.Hospitals = append(o.Hospitals, org.ID(h))
	}
	at := map[region.Code]int{}
	for _, n := range v.Needs {
		typed := look.Narrow(v.q.Get(orderOf(n.Region)))
		if typed == "" {
			continue
		}
		i, err := strconv.Atoi(typed)
		if err != nil || i < 1 {
			p.Add(orderOf(n.Region), "tour.order.wrong")
			continue
		}
		at[n.Region] = i
		o.Townships = append(o.Townships, n.Region)
	}
	slices.SortStableFunc(o.Townships, func(a, b region.Code) int { return cmp.Compare(at[a], at[b]) })
	return o, p
}

func (v tourView) name(r region.Code) string {
	for _, t := range v.Townships {
		if t.Code == r {
			return t.Name
		}
	}
	return string(r)
}

func (v tourView) from() look.Date {
	return look.Date{Field: look.Field{Name: "from", Label: lang.T("tour.from"), Hint: lang.T("tour.from.hint")}, Typed: v.q.Get("from")}
}

func (v tourView) hospitals() look.Choices {
	c := look.Choices{Field: look.Field{Name: "hospitals", Label: lang.T("tour.hospitals"), Hint: lang.T("tour.hospitals.hint")}, Values: v.q["hospitals"]}
	for _, h := range v.Hospitals {
		c.Options = append(c.Options, look.Option{Value: string(h.ID), Text: h.Name})
	}
	return c
}

func (v tourView) capacity() look.Input {
	return look.Input{Field: look.Field{Name: "capacity", Label: lang.T("tour.capacity")}, Value: v.q.Get("capacity"), Width: look.W5, Numeric: true, Suffix: lang.T("session.people"), Complete: "off"}
}

func (v tourView) place() look.Input {
	return look.Input{Field: look.Field{Name: "place", Label: lang.T("session.column.place"), Hint: lang.T("session.place.hint"), Optional: true}, Value: v.q.Get("place"), Complete: "off"}
}

func (v tourView) weekends() look.Choices {
	return look.Choices{Field: look.Field{Name: "weekends", Label: lang.T("tour.weekends"), Optional: true}, Values: v.q["weekends"],
		Options: []look.Option{{Value: "yes", Text: lang.T("tour.weekends.yes")}}}
}

// townships is a field for the place of each township in the tour.
func (v tourView) townships() []look.Input {
	var out []look.Input
	for _, n := range v.Needs {
		f := look.Field{Name: orderOf(n.Region), Label: v.name(n.Region), Hint: lang.T("tour.nobody"), Optional: true}
		if n.Waiting > 0 {
			f.Hint = lang.T("tour.waiting", n.Waiting, n.Due.Chinese())
		}
		out = append(out, look.Input{Field: f, Value: v.q.Get(f.Name), Width: look.W4, Numeric: true, Complete: "off"})
	}
	return out
}

// stops is the tour as it was worked out.
func (v tourView) stops() look.Table {
	t := look.Table{Caption: lang.T("tour.proposed"), Quiet: true, Columns: []look.Column{{Text: lang.T("session.column.day"), Tight: true}, {Text: lang.T("session.column.region")},
		{Text: lang.T("tour.column.waiting"), Number: true}, {Text: lang.T("tour.column.seats"), Number: true}, {Text: lang.T("tour.column.due"), Tight: true}}}
	for _, s := range v.Stops {
		for i, d := range s.Days {
			due := look.Cell{Text: string(s.Due)}
			if s.Late && i == 0 {
				due = look.Cell{Tag: look.Tag{Text: lang.T("tour.late"), Colour: look.Red}, Note: string(s.Due)}
			}
			t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: string(d), Note: lang.T("tour.weekday", weekday(d))}, {Text: v.name(s.Region)}, {Text: strconv.Itoa(s.Waiting)},
				{Text: strconv.Itoa(v.made.Capacity * len(v.made.Hospitals))}, due}})
		}
	}
	return t
}

// span is the first and the last day of the tour.
func (v tourView) span() (first, last day.Day) {
	end := v.Stops[len(v.Stops)-1].Days
	return v.Stops[0].Days[0], end[len(end)-1]
}

// weekday is the day of the week, as it follows 星期: 一.
func weekday(d day.Day) string { return lang.T("weekday." + strconv.Itoa(int(d.Time().Weekday()))) }

// lateStops is how many townships begin after their first limit.
func lateStops(stops []session.Stop) int {
	n := 0
	for _, s := range stops {
		if s.Late {
			n++
		}
	}
	return n
}
