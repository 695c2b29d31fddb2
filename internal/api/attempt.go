package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/attempt"
	"hefa/internal/day"
	"hefa/internal/person"
)

// Attempt is that somebody tried to win a person over.
type Attempt struct {
	ID     string  `json:"id"`
	Day    day.Day `json:"day"`
	Way    string  `json:"way" enum:"visit,meeting,phone,message"`
	Party  []Goer  `json:"party"`
	Result string  `json:"result" enum:"agreed,dead,moved,away,bedridden,alone,unaware,refuses,unreachable,other"`
	Note   string  `json:"note"`
	Author string  `json:"author" doc:"who entered it"`
}

// Goer is somebody who went.
type Goer struct {
	Name string `json:"name" maxLength:"200"`
	Post string `json:"post" enum:"delegate,committee,cadre,team,contact,doctor,neighbour,township,county,other"`
}

// Mobilising is every attempt with a person, and what a statement of giving up still wants.
type Mobilising struct {
	Attempts []Attempt `json:"attempts" doc:"the first first"`
	Visits   int       `json:"visits" doc:"days on which somebody went to the person's home"`
	Wanted   int       `json:"wanted" doc:"of these before a statement of giving up is printed"`
}

type attemptInput struct {
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Day    day.Day `json:"day" doc:"today or within the last twelve months"`
		Way    string  `json:"way" enum:"visit,meeting,phone,message"`
		Party  []Goer  `json:"party" maxItems:"8"`
		Result string  `json:"result" enum:"agreed,dead,moved,away,bedridden,alone,unaware,refuses,unreachable,other"`
		Note   string  `json:"note,omitempty" maxLength:"1000" doc:"wanted for other"`
	}
}

// attempts puts the operations on attempts on the API.
func (s *Server) attempts(a huma.API) {
	op := func(id, method, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: "/api/v1/people/{id}/attempts", Tags: []string{"people"}, Summary: summary}
	}
	huma.Register(a, op("attempt-list", http.MethodGet, "List every time that somebody tried to win a person over"), s.attemptList)
	huma.Register(a, op("attempt-record", http.MethodPost, "Record that somebody tried to win a person over; it urges the person's open letters"), func(ctx context.Context, in *attemptInput) (*body[Mobilising], error) {
		b := in.Body
		t := attempt.Attempt{Person: person.ID(in.ID), Day: b.Day, Way: attempt.Way(b.Way), Result: attempt.Result(b.Result), Note: b.Note}
		for _, g := range b.Party {
			t.Party = append(t.Party, attempt.Goer{Name: g.Name, Post: attempt.Post(g.Post)})
		}
		if err := s.Fieldwork.RecordAttempt(ctx, actor(ctx), t); err != nil {
			return nil, failed(ctx, err)
		}
		return s.attemptList(ctx, &applicationPath{ID: in.ID})
	})
}

func (s *Server) attemptList(ctx context.Context, in *applicationPath) (*body[Mobilising], error) {
	m, err := s.Fieldwork.Attempts(ctx, actor(ctx), person.ID(in.ID))
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := Mobilising{Attempts: []Attempt{}, Visits: m.Visits, Wanted: m.Wanted}
	for _, t := range m.Attempts {
		x := Attempt{ID: t.ID, Day: t.Day, Way: string(t.Way), Result: string(t.Result), Note: t.Note, Author: t.Author}
		for _, g := range t.Party {
			x.Party = append(x.Party, Goer{g.Name, string(g.Post)})
		}
		out.Attempts = append(out.Attempts, x)
	}
	return &body[Mobilising]{out}, nil
}
