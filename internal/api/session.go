package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/application"
	"hefa/internal/assessing"
	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/org"
	"hefa/internal/region"
	"hefa/internal/session"
)

// Session is a hospital's day for one township.
type Session struct {
	ID       string  `json:"id"`
	Region   string  `json:"region"`
	Hospital string  `json:"hospital" doc:"id of the hospital"`
	Kind     string  `json:"kind" enum:"central,clinic,home,remote"`
	Day      day.Day `json:"day"`
	Place    string  `json:"place"`
	Capacity int     `json:"capacity" doc:"people that can be examined"`
	Taken    int     `json:"taken" doc:"people who have a seat"`
	Waiting  int     `json:"waiting" doc:"people who still wait for a conclusion"`
	Blocked  int     `json:"blocked" doc:"of these, whom nobody may examine there any more; for those who give seats"`
}

// SessionDay is a session with its people.
type SessionDay struct {
	Session
	Starts       string       `json:"starts,omitempty"`
	Team         string       `json:"team,omitempty"`
	Vehicle      string       `json:"vehicle,omitempty"`
	Gear         string       `json:"gear,omitempty"`
	Version      int          `json:"version"`
	Applications []string     `json:"applications" doc:"ids of the cases of those who have a seat or were examined, in the order of the day"`
	Who          []BlockedOne `json:"blocked_cases" doc:"whom nobody may examine there any more; for those who give seats"`
}

// BlockedOne is somebody whom nobody may examine in the session any more.
type BlockedOne struct {
	ID  string `json:"id" doc:"of the case"`
	Why string `json:"why" doc:"with the clause"`
}

type sessionChange struct {
	Day      string `json:"day" format:"date"`
	Place    string `json:"place,omitempty" maxLength:"400"`
	Capacity int    `json:"capacity"`
	Starts   string `json:"starts,omitempty" maxLength:"400"`
	Team     string `json:"team,omitempty" maxLength:"400"`
	Vehicle  string `json:"vehicle,omitempty" maxLength:"400"`
	Gear     string `json:"gear,omitempty" maxLength:"400"`
	Version  int    `json:"version" doc:"as read"`
}

type sessionQuery struct {
	Region   string `query:"region" maxLength:"12"`
	Hospital string `query:"hospital" maxLength:"64"`
	From     string `query:"from" doc:"first day; empty is today" maxLength:"10"`
	Limit    int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	After    string `query:"after" maxLength:"64"`
}

type sessionText struct {
	Region   string `json:"region" maxLength:"12" doc:"of the township, or of the whole county"`
	Hospital string `json:"hospital" maxLength:"64"`
	Kind     string `json:"kind" enum:"central,clinic,home,remote"`
	Day      string `json:"day" format:"date"`
	Place    string `json:"place,omitempty" maxLength:"400"`
	Capacity int    `json:"capacity"`
}

// SessionMade names a session that was planned.
type SessionMade struct {
	ID string `json:"id"`
}

type tourText struct {
	From      string   `json:"from" format:"date" doc:"first day that may be taken"`
	Hospitals []string `json:"hospitals" maxItems:"50" doc:"every township goes to all of them"`
	Capacity  int      `json:"capacity" doc:"people a day at each hospital"`
	Place     string   `json:"place,omitempty" maxLength:"400"`
	Weekends  bool     `json:"weekends,omitempty" doc:"also on weekends that are made up for"`
	Townships []string `json:"townships" maxItems:"400" doc:"in the order of the tour"`
	Save      bool     `json:"save,omitempty" doc:"keep the sessions; otherwise nothing is kept"`
}

// TourStop is a township's days of a tour.
type TourStop struct {
	Region  string    `json:"region"`
	Waiting int       `json:"waiting" doc:"people who wait for a seat"`
	Due     day.Day   `json:"due,omitempty" doc:"by when the first of them should have one"`
	Days    []day.Day `json:"days"`
	Late    bool      `json:"late" doc:"begins after due"`
}

func (s *Server) sessions(a huma.API) {
	tags := []string{"sessions"}
	huma.Register(a, huma.Operation{OperationID: "session-list", Method: http.MethodGet, Path: "/api/v1/sessions", Tags: tags,
		Summary: "List sessions from a day on, the next first"}, s.sessionList)
	huma.Register(a, huma.Operation{OperationID: "session-plan", Method: http.MethodPost, Path: "/api/v1/sessions", Tags: tags, Summary: "Plan a session"}, s.sessionPlan)
	huma.Register(a, huma.Operation{OperationID: "session-read", Method: http.MethodGet, Path: "/api/v1/sessions/{id}", Tags: tags,
		Summary: "Read a session with its people"}, s.sessionRead)
	huma.Register(a, huma.Operation{OperationID: "session-change", Method: http.MethodPut, Path: "/api/v1/sessions/{id}", Tags: tags,
		Summary: "Move a session to another day or place or give it other seats; a day on which nobody may examine somebody who has a seat is refused"}, s.sessionChange)
	huma.Register(a, huma.Operation{OperationID: "session-seats", Method: http.MethodPost, Path: "/api/v1/sessions/{id}/seats", Tags: tags,
		Summary: "Put cases on a session; those whose only doctors there are relatives get no seat and are named"}, s.sessionSeats)
	huma.Register(a, huma.Operation{OperationID: "session-tour", Method: http.MethodPost, Path: "/api/v1/sessions/tour", Tags: tags,
		Summary: "Work out a tour of group sessions, one township after the other, and keep it when asked to"}, s.sessionTour)
}

func (s *Server) sessionList(ctx context.Context, in *sessionQuery) (*body[list[Session]], error) {
	from, _ := day.Parse(in.From) // what is no day is today
	l, err := s.Assessing.Sessions(ctx, actor(ctx), assessing.Filter{Region: region.Code(in.Region), Hospital: org.ID(in.Hospital), From: from, After: session.ID(in.After),
		Limit: in.Limit})
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[Session]]{list[Session]{Items: []Session{}}}
	for _, x := range l.Lines {
		out.Body.Items = append(out.Body.Items, sessionOf(x.Session, x.Waiting, x.Blocked))
	}
	if l.More {
		out.Body.Next = string(l.Lines[len(l.Lines)-1].ID)
	}
	return out, nil
}

func sessionOf(x session.Session, waiting, blocked int) Session {
	return Session{ID: string(x.ID), Region: string(x.Region), Hospital: string(x.Hospital), Kind: string(x.Kind), Day: x.Day, Place: x.Place, Capacity: x.Capacity, Taken: x.Taken,
		Waiting: waiting, Blocked: blocked}
}

func (s *Server) sessionRead(ctx context.Context, in *struct {
	ID string `path:"id" maxLength:"64"`
}) (*body[SessionDay], error) {
	d, err := s.Assessing.Session(ctx, actor(ctx), session.ID(in.ID))
	if err != nil {
		return nil, failed(ctx, err)
	}
	r := d.Round
	out := SessionDay{sessionOf(d.Session, len(d.Expected()), len(d.Blocked)), r.Starts, r.Team, r.Vehicle, r.Gear, d.Version, []string{}, []BlockedOne{}}
	for _, c := range d.Cases {
		out.Applications = append(out.Applications, string(c.Application.ID))
	}
	for _, b := range d.Blocked {
		out.Who = append(out.Who, BlockedOne{string(b.Application.ID), assessing.BlockedText([]assessing.Blocked{b})})
	}
	return &body[SessionDay]{out}, nil
}

func (s *Server) sessionChange(ctx context.Context, in *struct {
	ID   string `path:"id" maxLength:"64"`
	Body sessionChange
}) (*body[SessionDay], error) {
	b := in.Body
	to := session.Session{ID: session.ID(in.ID), Day: day.Day(b.Day), Place: b.Place, Capacity: b.Capacity, Version: b.Version,
		Round: session.Round{Starts: b.Starts, Team: b.Team, Vehicle: b.Vehicle, Gear: b.Gear}}
	if err := s.Assessing.ChangeSession(ctx, actor(ctx), to); err != nil {
		return nil, failed(ctx, err)
	}
	return s.sessionRead(ctx, &struct {
		ID string `path:"id" maxLength:"64"`
	}{in.ID})
}

func (s *Server) sessionPlan(ctx context.Context, in *struct{ Body sessionText }) (*body[SessionMade], error) {
	b := in.Body
	id, err := s.Assessing.PlanSession(ctx, actor(ctx), session.Session{Region: region.Code(b.Region), Hospital: org.ID(b.Hospital), Kind: session.Kind(b.Kind), Day: day.Day(b.Day),
		Place: b.Place, Capacity: b.Capacity})
	if err != nil {
		return nil, failed(ctx, err)
	}
	return &body[SessionMade]{SessionMade{string(id)}}, nil
}

// Seats is what became of putting cases on a session.
type Seats struct {
	Seated  []string  `json:"seated" doc:"ids of the cases"`
	LeftOut []Related `json:"left_out" doc:"who got no seat, because only relatives could assess them there"`
	Recused []Related `json:"recused" doc:"who got one, although a doctor there is a relative and keeps away"`
}

// Related is a case and the doctors of the hospital who declared its person as a relative.
type Related struct {
	ID      string   `json:"id" doc:"of the case"`
	Doctors []string `json:"doctors" doc:"names"`
	Why     string   `json:"why"`
}

func (s *Server) sessionSeats(ctx context.Context, in *struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		Applications []string `json:"applications" maxItems:"200" doc:"ids of the cases"`
	}
}) (*body[Seats], error) {
	var cases []application.ID
	for _, a := range in.Body.Applications {
		cases = append(cases, application.ID(a))
	}
	given, err := s.Assessing.ScheduleApplications(ctx, actor(ctx), session.ID(in.ID), cases)
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := Seats{[]string{}, relatedOf(given.Left, "session.relative.block"), relatedOf(given.Recused, "session.relative.recused")}
	for _, id := range given.Seated {
		out.Seated = append(out.Seated, string(id))
	}
	return &body[Seats]{out}, nil
}

func relatedOf(all []assessing.Related, key string) []Related {
	out := []Related{}
	for _, r := range all {
		one := Related{ID: string(r.Application), Doctors: []string{}, Why: lang.T(key, assessing.RelatedText([]assessing.Related{r}))}
		for _, k := range r.Doctors {
			one.Doctors = append(one.Doctors, k.Name)
		}
		out = append(out, one)
	}
	return out
}

func (s *Server) sessionTour(ctx context.Context, in *struct{ Body tourText }) (*body[list[TourStop]], error) {
	b := in.Body
	o := assessing.TourOrder{From: day.Day(b.From), Capacity: b.Capacity, Place: b.Place, Weekends: b.Weekends}
	for _, h := range b.Hospitals {
		o.Hospitals = append(o.Hospitals, org.ID(h))
	}
	for _, t := range b.Townships {
		o.Townships = append(o.Townships, region.Code(t))
	}
	work := s.Assessing.ProposeTour
	if b.Save {
		work = s.Assessing.PlanTour
	}
	t, err := work(ctx, actor(ctx), o)
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[TourStop]]{list[TourStop]{Items: []TourStop{}}}
	for _, x := range t.Stops {
		out.Body.Items = append(out.Body.Items, TourStop{Region: string(x.Region), Waiting: x.Waiting, Due: x.Due, Days: x.Days, Late: x.Late})
	}
	return out, nil
}
