package web

import (
	"net/http"
	"strconv"
	"strings"

	"hefa/internal/access"
	"hefa/internal/assessing"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/org"
	"hefa/internal/region"
	"hefa/internal/session"
)

// sessionPlan shows the form of a new session.
func (s *Server) sessionPlan(w http.ResponseWriter, r *http.Request) error {
	f := sessionForm{session: session.Session{Region: region.Code(r.URL.Query().Get("region")), Kind: session.Central}}
	return s.sessionPlanShow(w, r, http.StatusOK, f, nil)
}

func (s *Server) sessionPlanShow(w http.ResponseWriter, r *http.Request, status int, f sessionForm, err error) error {
	plan, loadErr := s.assessing.Plan(r.Context(), actor(r))
	if loadErr != nil {
		return loadErr
	}
	f.Plan = plan
	p := s.page(w, r, lang.T("session.plan.title"))
	p.Problems, p.Crumbs = look.Find(err), sessionCrumbs()
	return show(w, r, status, sessionPlanPage(p, f))
}

// sessionAdd plans the session.
func (s *Server) sessionAdd(w http.ResponseWriter, r *http.Request) error {
	f, wrong := readSession(r)
	f.session.Region, f.session.Hospital, f.session.Kind = region.Code(r.PostFormValue("region")), org.ID(r.PostFormValue("hospital")), session.Kind(r.PostFormValue("kind"))
	if err := wrong.Fault(); err != nil {
		return s.sessionPlanShow(w, r, http.StatusUnprocessableEntity, f, err)
	}
	id, err := s.assessing.PlanSession(r.Context(), actor(r), f.session)
	if again(err) {
		return s.sessionPlanShow(w, r, http.StatusUnprocessableEntity, f, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, sessionHref(id), "session.plan.done")
}

// sessionChange shows the form of a session that is planned already.
func (s *Server) sessionChange(w http.ResponseWriter, r *http.Request) error {
	d, err := s.assessing.Session(r.Context(), actor(r), session.ID(r.PathValue("id")))
	if err == nil {
		err = actor(r).May(access.SessionPlan, d.Region)
	}
	if err != nil {
		return err
	}
	return s.sessionChangeShow(w, r, http.StatusOK, sessionForm{session: d.Session}, nil)
}

func (s *Server) sessionChangeShow(w http.ResponseWriter, r *http.Request, status int, f sessionForm, err error) error {
	d, loadErr := s.assessing.Session(r.Context(), actor(r), session.ID(r.PathValue("id")))
	if loadErr != nil {
		return loadErr
	}
	if f.now = d; fault.Of(err) == fault.Stale {
		f.stale, f.session.Version = true, d.Version
	}
	p := s.page(w, r, lang.T("session.change.title"))
	p.Caption, p.Problems = lang.T("session.title", d.Township, d.Day), look.Find(err)
	p.Crumbs = append(sessionCrumbs(), look.Link{Text: lang.T("session.title", d.Township, d.Day), Href: sessionHref(d.ID)})
	return show(w, r, status, sessionChangePage(p, f))
}

// sessionSave changes the session; when somebody else was faster, both values are shown (409).
func (s *Server) sessionSave(w http.ResponseWriter, r *http.Request) error {
	f, wrong := readSession(r)
	f.session.ID = session.ID(r.PathValue("id"))
	f.session.Version, _ = strconv.Atoi(r.PostFormValue("version"))
	if err := wrong.Fault(); err != nil {
		return s.sessionChangeShow(w, r, http.StatusUnprocessableEntity, f, err)
	}
	err := s.assessing.ChangeSession(r.Context(), actor(r), f.session)
	switch {
	case fault.Of(err) == fault.Stale:
		return s.sessionChangeShow(w, r, http.StatusConflict, f, err)
	case again(err):
		return s.sessionChangeShow(w, r, http.StatusUnprocessableEntity, f, err)
	case err != nil:
		return err
	}
	return s.done(w, r, sessionHref(f.session.ID), "session.change.done")
}

// sessionForm is a session as typed, with what its fields offer.
type sessionForm struct {
	assessing.Plan
	session       session.Session
	day, capacity string // as typed when they could not be read
	now           assessing.Day
	stale         bool
}

// readSession reads the fields that both forms have.
func readSession(r *http.Request) (sessionForm, fault.Problems) {
	var f sessionForm
	var wrong fault.Problems
	var ok bool
	if f.session.Day, ok = look.ReadDay(r.PostFormValue("day")); !ok {
		f.day = r.PostFormValue("day")
		wrong.Add("day", "session.day.typed")
	}
	var err error
	f.capacity = look.Narrow(r.PostFormValue("capacity"))
	if f.session.Capacity, err = strconv.Atoi(f.capacity); err != nil {
		wrong.Add("capacity", "session.capacity.wrong")
	}
	f.session.Place = strings.TrimSpace(r.PostFormValue("place"))
	f.session.Round = session.Round{Starts: r.PostFormValue("starts"), Team: r.PostFormValue("team"), Vehicle: r.PostFormValue("vehicle"), Gear: r.PostFormValue("gear")}
	return f, wrong
}

func (f sessionForm) place() look.Choice {
	c := look.Choice{Field: look.Field{Name: "region", Label: lang.T("session.column.region"), Hint: lang.T("session.region.hint")}, Value: string(f.session.Region),
		Empty: lang.T("session.choose")}
	for _, r := range f.Townships {
		c.Options = append(c.Options, look.Option{Value: string(r.Code), Text: r.Name})
	}
	c.Options = append(c.Options, look.Option{Value: string(f.County.Code), Text: lang.T("session.whole", f.County.Name)})
	return c
}

func (f sessionForm) hospitals() look.Choice {
	c := hospitalChoice(f.Hospitals, string(f.session.Hospital))
	c.Empty = lang.T("session.choose")
	return c
}

func (f sessionForm) kinds() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "kind", Label: lang.T("session.column.kind")}, Value: string(f.session.Kind), Inline: true}, session.Kinds)
}

func (f sessionForm) date() look.Date {
	return look.Date{Field: look.Field{Name: "day", Label: lang.T("session.column.day"), Hint: lang.T("session.day.hint")}, Value: f.session.Day, Typed: f.day}
}

func (f sessionForm) seats() look.Input {
	i := look.Input{Field: look.Field{Name: "capacity", Label: lang.T("session.column.capacity")}, Value: f.capacity, Width: look.W5, Numeric: true, Suffix: lang.T("session.people")}
	if i.Value == "" && f.session.Capacity > 0 {
		i.Value = strconv.Itoa(f.session.Capacity)
	}
	if f.now.Taken > 0 {
		i.Hint = lang.T("session.capacity.hint", f.now.Taken)
	}
	return i
}

func (f sessionForm) where() look.Input {
	return look.Input{Field: look.Field{Name: "place", Label: lang.T("session.column.place"), Hint: lang.T("session.place.hint"), Optional: true}, Value: f.session.Place}
}

// round is how the session is carried out.
func (f sessionForm) round() []look.Input {
	text := func(name, value, hint string) look.Input {
		return look.Input{Field: look.Field{Name: name, Label: lang.T("session." + name), Hint: hint, Optional: true}, Value: value, Complete: "off"}
	}
	r := f.session.Round
	return []look.Input{text("starts", r.Starts, lang.T("session.starts.hint")), text("team", r.Team, ""), text("vehicle", r.Vehicle, ""), text("gear", r.Gear, lang.T("session.gear.hint"))}
}

// kept is what somebody else saved meanwhile.
func (f sessionForm) kept() []look.Detail {
	return []look.Detail{{Key: lang.T("session.column.day"), Value: f.now.Day.Chinese()}, {Key: lang.T("session.column.capacity"), Value: strconv.Itoa(f.now.Capacity)},
		{Key: lang.T("session.column.place"), Value: f.now.Place}}
}

func sessionCrumbs() []look.Link {
	return []look.Link{{Text: lang.T("nav.tray"), Href: "/"}, {Text: lang.T("session.list.title"), Href: "/sessions"}}
}
